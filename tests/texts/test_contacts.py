"""联系方式: one way of writing for each, and refusals that say what to do. All numbers are made up."""

from __future__ import annotations

import pytest

from gongkai.texts.contacts import InvalidContact, email, mobile, phone, postcode


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13800001234", "13800001234"),
        ("138-0000-1234", "13800001234"),
        ("+86 138 0000 1234", "13800001234"),
        ("0086-13800001234", "13800001234"),
        ("１３８００００１２３４", "13800001234"),
        ("（010）８８８８１２３４", "010-88881234"),
        ("010-88881234", "010-88881234"),
        ("021 68881234", "021-68881234"),
        ("+86 10 88881234", "010-88881234"),
        ("0999-8123456", "0999-8123456"),
        ("0999—8123456", "0999-8123456"),
        ("010-88881234-801", "010-88881234-801"),
        ("010-88881234转801", "010-88881234-801"),
        ("0999-8123456 分机 12", "0999-8123456-12"),
        ("010-88881234 ext. 5", "010-88881234-5"),
        ("400-123-4567", "400-123-4567"),
        ("+852 2123 4567", "+85221234567"),
        ("00853-28123456", "+85328123456"),
    ],
)
def test_telephone_numbers_are_kept_one_way(typed: str, kept: str) -> None:
    assert phone(typed) == kept
    assert phone(kept) == kept


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "请填写联系电话"),
        ("88881234", "请加区号，例如010-12345678"),
        ("1380000123", "11位数字，填写的是10位"),
        ("12800001234", "11位数字，填写的不是"),
        ("+86 1280000123", "请填写11位手机号码"),
        ("没有电话", "请填写11位手机号码"),
        ("010-888", "请填写11位手机号码"),
    ],
)
def test_a_number_nobody_answers(typed: str, message: str) -> None:
    with pytest.raises(InvalidContact, match=message):
        phone(typed)


def test_a_mobile_number_alone_takes_no_landline() -> None:
    assert mobile("138 0000 1234") == "13800001234"
    for typed in ("010-88881234", "", "138"):
        with pytest.raises(InvalidContact, match="手机号码"):
            mobile(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Zhang.San@Example.COM", "Zhang.San@example.com"),
        (" zhang＠example。com ", "zhang@example.com"),
        ("a+b@mail.example.com.cn", "a+b@mail.example.com.cn"),
    ],
)
def test_mail_addresses(typed: str, kept: str) -> None:
    assert email(typed) == kept


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "请填写电子邮箱"),
        ("zhang.example.com", "有且只有一个@"),
        ("a@b@example.com", "有且只有一个@"),
        ("zhang@example", "域名是否完整"),
        ("zhang..san@example.com", "多余的符号"),
        ("zhang@-example.com", "域名是否完整"),
        ("张三@example.com", "写法不对"),
        (f"{'a' * 65}@example.com", "过长"),
        (f"a@{'b.' * 130}com", "写法不对"),
    ],
)
def test_a_mail_address_that_cannot_be(typed: str, message: str) -> None:
    with pytest.raises(InvalidContact, match=message):
        email(typed)


def test_postcodes() -> None:
    assert postcode("１０００ ３１") == "100031"
    for typed, message in (("", "请填写邮政编码"), ("10003", "应为6位数字"), ("10003A", "应为6位数字")):
        with pytest.raises(InvalidContact, match=message):
            postcode(typed)
