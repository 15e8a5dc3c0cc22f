"""Finding and masking what belongs to a person, in all the ways it gets written."""

import pytest
from tests.publishing.checks.drafts import BANK_CARD, IDENTITY, MOBILE, OLD_IDENTITY

from gongkai.publishing.checks.personal import Kind, find_personal, mask_personal


def kinds(text: str) -> list[Kind]:
    return [datum.kind for datum in find_personal(text)]


@pytest.mark.parametrize(
    "written",
    [
        IDENTITY,
        "11010119900307775 8",
        "110101 19900307 7758",
        "110101-19900307-7758",
        "１１０１０１１９９００３０７７７５８",
        "110101\u30001990\u20090307\u200b7758",
        "ID:110101199003077758x",
        "2021 110101199003077758",
        "440524188001010014",  # a county that lists of today no longer have
        "11010519491231002X",
        "11010519491231002 x",
    ],
)
def test_an_identity_number_is_found_however_it_is_broken_up(written: str) -> None:
    assert kinds(f"张某（{written}）") == [Kind.IDENTITY]


@pytest.mark.parametrize(
    "written",
    [
        "110101199013077758",  # no thirteenth month
        "110101199003077757",  # check digit
        "1101011990030777580",  # nineteen digits
        "91110108551385082Q",  # 统一社会信用代码
        "2024年110101号1990030777项",
    ],
)
def test_other_numbers_are_not_identity_numbers(written: str) -> None:
    assert kinds(f"编号{written}。") == []


def test_old_numbers_and_wrong_ones_are_told_apart() -> None:
    assert kinds(f"证号{OLD_IDENTITY}") == [Kind.IDENTITY_OLD]
    assert kinds(f"营业执照注册号{OLD_IDENTITY}") == []
    assert kinds("公民身份号码110101199003077757") == [Kind.IDENTITY_SUSPECT]


@pytest.mark.parametrize(
    "written", [MOBILE, "138 0013 8000", "138-0013-8000", "+86 13800138000", "１３８００１３８０００"]
)
def test_mobiles(written: str) -> None:
    assert kinds(f"手机{written}，") == [Kind.MOBILE]


@pytest.mark.parametrize(
    "written",
    ["0551-62345678", "12345", "400-800-1234", "12800138000", "138001380001", "0.13800138000", "13800138000.50",
     "13800138000元", "138\t0013\t8000", "021-13800138000"],
)  # fmt: skip
def test_not_mobiles(written: str) -> None:
    assert kinds(f"：{written}；") == []


def test_bank_cards_need_a_known_issuer_a_length_and_a_check_digit() -> None:
    assert kinds(BANK_CARD) == [Kind.BANK_CARD]
    assert kinds("6217 0012 3456 7890 122") == [Kind.BANK_CARD]
    assert kinds("6217001234567890123") == []
    assert kinds(f"0{BANK_CARD}") == []
    assert kinds(f"{BANK_CARD} 6666") == []


def test_masking_keeps_the_length_and_enough_to_recognise() -> None:
    assert mask_personal(f"甲{IDENTITY}乙") == "甲110***********7758乙"
    assert mask_personal("138-0013-8000") == "138-****-8000"
    assert mask_personal("zhangsan@qq.com") == "z*******@qq.com"
    assert mask_personal("a@qq.com") == "*@qq.com"
    assert mask_personal("护照E12345678") == "护照E1*****78"
    assert mask_personal("现住澜川市东湖区人民路12号") == "现住澜川市东" + "*" * 8


def test_masking_again_changes_nothing() -> None:
    once = mask_personal(f"{IDENTITY}、{MOBILE}、{BANK_CARD}、护照E12345678、zhangsan@qq.com")
    assert mask_personal(once) == once


def test_a_long_table_of_numbers_is_read_in_one_pass() -> None:
    lines = "\n".join(f"户主{number}\t139{number:08d}" for number in range(3000))
    assert len(find_personal(lines)) == 3000
