"""Dates and numerals as officials type them."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.texts.dates import (
    BEIJING,
    InvalidDate,
    InvalidNumeral,
    chinese_numeral,
    from_chinese_numeral,
    official,
    parse_date,
    parse_datetime,
)


@pytest.mark.parametrize(
    "written",
    [
        "2020年1月29日",
        "2020年01月29日",
        " 2020 年 1 月 29 日 ",
        "２０２０年１月２９日",
        "二〇二〇年一月二十九日",
        "二○二○年一月廿九日",
        "二零二零年一月二十九号",
        "二O二O年一月二十九日",
        "貳零貳零年壹月貳拾玖號",
        "2020年1月29日（星期三）",
        "2020-01-29",
        "2020-1-29 10:00",
        "2020/1/29",
        "2020.01.29",
        "20200129",
        "2020-01-29T10:00:05",
        "2020-01-29T10:00:05.123+08:00",
        "2020-01-28T16:00:00Z",
    ],
)
def test_one_day_written_in_many_ways(written: str) -> None:
    assert parse_date(written) == date(2020, 1, 29)


@pytest.mark.parametrize(
    ("written", "hour", "minute", "second"),
    [
        ("2020-01-29 10:00", 10, 0, 0),
        ("2020年1月29日10时30分", 10, 30, 0),
        ("2020年1月29日 上午10点", 10, 0, 0),
        ("2020年1月29日下午3:05", 15, 5, 0),
        ("2020-01-29T02:03:04Z", 10, 3, 4),
        ("2020-01-29T10:03:04+0800", 10, 3, 4),
        ("2020年1月29日", 0, 0, 0),
    ],
)
def test_moments_are_beijing_time(written: str, hour: int, minute: int, second: int) -> None:
    assert parse_datetime(written) == datetime(2020, 1, 29, hour, minute, second, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("", "请填写日期"),
        ("昨天", "无法识别日期"),
        ("2020年", "缺少月"),
        ("2020年1月", "缺少日"),
        ("2020-01", "缺少日"),
        ("20年1月29日", "四位数"),
        ("1020年1月29日", "超出范围"),
        ("2020-13-01", "月份应在1至12之间"),
        ("2023年2月29日", "2023年2月没有29日"),
        ("2020-01-29 25:00", "时应在0至23之间"),
        ("2020-01-29印发", "“印发”不是时间"),
        ("二十百年一月一日", "不是规范的中文数字"),
    ],
)
def test_what_is_no_date_is_explained(written: str, complaint: str) -> None:
    with pytest.raises(InvalidDate, match=complaint):
        parse_date(written)


def test_the_official_form_has_no_leading_zeros() -> None:
    assert official(date(2020, 1, 9)) == "2020年1月9日"


def test_a_moment_abroad_is_written_by_its_beijing_day() -> None:
    evening_in_london = datetime(2020, 1, 28, 20, 0, tzinfo=timezone(timedelta(0)))
    assert official(evening_in_london) == "2020年1月29日"


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_is_read_back_from_every_form(day: date) -> None:
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(day.year))
    numerals = f"{year}年{chinese_numeral(day.month)}月{chinese_numeral(day.day)}日"
    for written in (official(day), numerals, day.isoformat(), f"{day:%Y%m%d}", f"{day.year}/{day.month}/{day.day}"):
        assert parse_date(written) == day


@pytest.mark.parametrize(
    ("number", "numeral"),
    [
        (0, "零"),
        (10, "十"),
        (15, "十五"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (123, "一百二十三"),
        (1001, "一千零一"),
        (10010, "一万零一十"),
        (99999, "九万九千九百九十九"),
    ],
)
def test_numerals(number: int, numeral: str) -> None:
    assert chinese_numeral(number) == numeral
    assert from_chinese_numeral(numeral) == number


@given(st.integers(0, 99_999))
def test_numerals_are_read_back(number: int) -> None:
    assert from_chinese_numeral(chinese_numeral(number)) == number
    assert from_chinese_numeral(str(number)) == number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("廿三", 23),
        ("壹佰贰拾", 120),
        ("二〇二〇", 2020),
        ("２６", 26),
        ("一百一", 101),
        ("兩萬", 20_000),
        ("一 百", 100),
    ],
)
def test_other_ways_of_writing_numerals(written: str, number: int) -> None:
    assert from_chinese_numeral(written) == number


@pytest.mark.parametrize("written", ["", "甲", "百", "十百", "一二十", "零十", "一百零", "100000", "一万万"])
def test_what_is_no_numeral_is_refused(written: str) -> None:
    with pytest.raises(InvalidNumeral):
        from_chinese_numeral(written)


def test_numerals_have_a_limit() -> None:
    with pytest.raises(InvalidNumeral, match="0至99999"):
        chinese_numeral(100_000)
