"""证件号码: what people type, what is kept, what each refusal says. All numbers are made up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.texts.credentials import (
    CredentialKind,
    InvalidCredential,
    birthday,
    folded,
    read,
    resident_id,
    social_credit,
)

NUMBER = "110101199003071233"
ENDS_IN_X = "11010119900307109X"
CODE = "91110000600037341L"


@pytest.mark.parametrize(
    "typed",
    [
        NUMBER,
        " 110101 19900307 1233 ",
        "１１０１０１１９９００３０７１２３３",
        "110101-19900307-1233",
        "110101\u200b199003071233",
        "110101　19900307　1233",
    ],
)
def test_what_people_type_is_folded(typed: str) -> None:
    assert resident_id(typed) == NUMBER


@pytest.mark.parametrize("typed", ["11010119900307109x", "11010119900307109Ｘ", "11010119900307109ｘ"])
def test_a_lower_case_or_full_width_x(typed: str) -> None:
    assert resident_id(typed) == ENDS_IN_X


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "请填写居民身份证号码"),
        ("　", "请填写居民身份证号码"),
        ("110101900307123", "15位的旧号码已经停用"),
        ("11010119900307123", "应为18位，填写的是17位"),
        ("1101011990030712334", "应为18位，填写的是19位"),
        ("11010119900307ABCD", "17位数字加1位数字或者字母X"),
        ("X10101199003071233", "17位数字加1位数字或者字母X"),
        ("990101199003071233", "前两位99不是行政区划代码"),
        ("110101199013071233", "不是有效的出生日期"),
        ("110101199002301233", "不是有效的出生日期"),
        ("110101000003071233", "不是有效的出生日期"),
        ("110101179003071233", "出生年份1790不对"),
        ("110101199003071234", "校验位不对，多半有一位填错"),
        ("110101199003071323", "校验位不对"),
    ],
)
def test_each_refusal_says_what_to_do(typed: str, message: str) -> None:
    with pytest.raises(InvalidCredential, match=message):
        resident_id(typed)


def test_the_birthday_and_one_that_has_not_been_yet() -> None:
    assert birthday(NUMBER) == date(1990, 3, 7)
    assert resident_id(NUMBER, today=date(1990, 3, 7)) == NUMBER
    with pytest.raises(InvalidCredential, match="在今天以后"):
        resident_id(NUMBER, today=date(1990, 3, 6))


@pytest.mark.parametrize(
    "typed", [CODE, "９１１１００００６０００３７３４１ｌ", "911100006 00037341L", "91110000-600037341-l"]
)
def test_social_credit_codes(typed: str) -> None:
    assert social_credit(typed) == CODE


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "请填写统一社会信用代码"),
        ("60003734-1", "9位的组织机构代码"),
        ("9111000060003734", "应为18位，填写的是16位"),
        ("91110000600037341M", "校验位不对"),
        ("9111000O600037341L", "有无误认"),
        ("91110000600O37341L", "有无误认"),
        ("91110000中00037341L", "由数字和大写字母组成"),
    ],
)
def test_a_wrong_social_credit_code(typed: str, message: str) -> None:
    with pytest.raises(InvalidCredential, match=message):
        social_credit(typed)


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("residence_permit", "810000199001011230", "810000199001011230"),
        ("residence_permit", "83000019900101124X", None),
        ("residence_permit", NUMBER, None),
        ("hk_macao_permit", "h12345678", "H12345678"),
        ("hk_macao_permit", "M1234567800", "M1234567800"),
        ("hk_macao_permit", "K12345678", None),
        ("taiwan_permit", "12345678", "12345678"),
        ("taiwan_permit", "1234567", None),
        ("passport", "e 12345678", "E12345678"),
        ("passport", "ABCDEFG", None),
        ("passport", "护照", None),
        ("foreign_resident", "USA110090031234", "USA110090031234"),
        ("foreign_resident", "US1100900312345", None),
        ("other", "军字第123456号", "军字第123456号"),
        ("other", "7", None),
    ],
)
def test_other_proofs_are_read_loosely(kind: str, typed: str, kept: str | None) -> None:
    if kept is None:
        with pytest.raises(InvalidCredential, match=r"核对|校验位|改选"):
            read(CredentialKind(kind), typed)
    else:
        assert read(CredentialKind(kind), typed) == kept


@pytest.mark.parametrize("kind", CredentialKind)
def test_empty_asks_for_what_is_meant(kind: CredentialKind) -> None:
    with pytest.raises(InvalidCredential, match=f"请填写{kind.label}"):
        read(kind, " ")
    assert kind.of_organisation is (kind is CredentialKind.SOCIAL_CREDIT)


@given(at=st.integers(0, 17), digit=st.integers(0, 9))
def test_one_wrong_digit_is_always_noticed(at: int, digit: int) -> None:
    typed = NUMBER[:at] + str(digit) + NUMBER[at + 1 :]
    if typed == NUMBER:
        assert resident_id(typed) == NUMBER
    else:
        with pytest.raises(InvalidCredential):
            resident_id(typed)


@given(at=st.integers(0, 16))
def test_two_neighbours_exchanged_are_always_noticed(at: int) -> None:
    typed = NUMBER[:at] + NUMBER[at + 1] + NUMBER[at] + NUMBER[at + 2 :]
    if typed != NUMBER:
        with pytest.raises(InvalidCredential):
            resident_id(typed)


def test_folding_leaves_chinese_alone() -> None:
    assert folded("（京）公 证—１２３ 号") == "(京)公证123号"
