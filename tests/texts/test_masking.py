"""How lists show personal data. All people and numbers are made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.texts import masking


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张三", "张*"),
        ("张三丰", "张**"),
        ("欧阳修", "欧阳*"),
        ("欧阳", "欧*"),
        ("龙", "*"),
        ("John Smith", "J*** S****"),
        ("阿依古丽·买买提", "阿***·***"),
        ("", ""),
    ],
)
def test_names(name: str, shown: str) -> None:
    assert masking.name(name) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("110101199001011237", "110101********1237"),
        ("E12345678", "E*****678"),
        ("H1234567800", "H*******800"),
        ("123", "1**"),
        ("7", "*"),
        ("", ""),
    ],
)
def test_numbers_of_proofs(number: str, shown: str) -> None:
    assert masking.credential(number) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("13812345678", "138****5678"),
        ("010-12345678", "010-****5678"),
        ("010-12345678-801", "010-****5678-***"),
        ("0999-8123456", "0999-****456"),
        ("+85221234567", "+852****4567"),
        ("400-123-4567", "400-123-4567"),
        ("", ""),
    ],
)
def test_telephones(number: str, shown: str) -> None:
    assert masking.phone(number) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [("zhangsan@example.com", "z***@example.com"), ("z@example.com", "***@example.com"), ("zhang", "z****"), ("", "")],
)
def test_mail(address: str, shown: str) -> None:
    assert masking.email(address) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("东江省澜城市江北区幸福路1号2单元301室", "东江省澜城市江北区****"),
        ("北京市海淀区中关村大街1号", "北京市海淀区****"),
        ("新疆维吾尔自治区尼勒克县某镇", "新疆维吾尔自治区尼勒克县****"),
        ("内蒙古自治区锡林郭勒盟东乌珠穆沁旗", "内蒙古自治区锡林郭勒盟东乌珠穆沁旗****"),
        ("恩施土家族苗族自治州恩施市舞阳坝街道", "恩施土家族苗族自治州恩施市****"),
        ("江苏省昆山市玉山镇", "江苏省昆山市****"),
        ("香港特别行政区中环", "香港特别行政区****"),
        ("澜城市幸福小区3号楼", "澜城市****"),
        ("澜城市红旗路8号", "澜城市****"),
        ("澜城市菜市场东侧", "澜城市****"),
        ("幸福路1号", "****"),
        ("", ""),
    ],
)
def test_addresses_to_the_district(address: str, shown: str) -> None:
    assert masking.address(address) == shown


@given(st.text("0123456789ABCXYZ", min_size=1, max_size=30))
def test_of_a_number_ten_characters_are_shown_at_most_and_never_more_than_half_of_a_short_one(number: str) -> None:
    shown = masking.credential(number)
    assert len(shown) == len(number)
    assert sum(letter != "*" for letter in shown) <= (10 if len(number) >= 18 else len(number) / 2)
