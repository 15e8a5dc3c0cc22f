"""Word's automatic numbers read as Word prints them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.texts.packages import W_NS, level, numbering

from gongkai.texts.dates import from_chinese_numeral
from gongkai.texts.word_numbers import Numbering, chinese_number, format_number


@pytest.mark.parametrize(
    ("value", "style", "shown"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCounting", "十"),
        (12, "chineseCountingThousand", "十二"),
        (20, "japaneseCounting", "二十"),
        (101, "chineseCountingThousand", "一百零一"),
        (110, "chineseCountingThousand", "一百一十"),
        (1005, "chineseCountingThousand", "一千零五"),
        (3, "ideographTraditional", "丙"),
        (20, "ideographDigital", "二〇"),
        (4, "decimalEnclosedCircle", "④"),
        (21, "decimalEnclosedCircleChinese", "㉑"),
        (12, "decimalFullWidth", "１２"),
        (7, "decimalZero", "07"),
        (9, "lowerRoman", "ix"),
        (44, "upperRoman", "XLIV"),
        (28, "lowerLetter", "bb"),
        (5, "someFutureFormat", "5"),
    ],
)
def test_number_formats(value: int, style: str, shown: str) -> None:
    assert format_number(value, style) == shown


@given(st.integers(1, 9999))
def test_chinese_numbers_read_back_as_themselves(value: int) -> None:
    assert from_chinese_numeral(chinese_number(value)) == value


def read(xml: str) -> Numbering:
    return Numbering.read(etree.fromstring(f'<w:numbering xmlns:w="{W_NS}">{xml}</w:numbering>'))


def labels(counted: Numbering, *steps: tuple[str, int]) -> list[str]:
    found = [counted.next_label(*step) for step in steps]
    return [label.text if label else "-" for label in found]


def test_deeper_levels_begin_again_under_each_higher_one() -> None:
    counted = read(numbering(level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2", start=1)))
    steps = [("1", 0), ("1", 1), ("1", 1), ("1", 0), ("1", 1)]
    assert labels(counted, *steps) == ["第一章", "一.1", "一.2", "第二章", "二.1"]


def test_a_second_numbering_of_the_same_kind_goes_on_unless_it_restarts() -> None:
    more = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    counted = read(numbering(level(0, "decimal", "%1.", start=5)) + more)
    assert labels(counted, ("1", 0), ("2", 0), ("3", 0), ("3", 0), ("9", 0)) == ["5.", "6.", "1.", "2.", "-"]
