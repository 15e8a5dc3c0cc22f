"""An operator enters the State Council's notice; what does not add up is said before deadlines rest on it."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest

from gongkai.law.announcement import doubts
from gongkai.law.calendar import CalendarRangeError, DayKind, Override

NOTICE = "国办发明电〔2026〕99号"


def entry(day: str, kind: DayKind = DayKind.HOLIDAY, number: str = NOTICE) -> Override:
    return Override(date.fromisoformat(day), kind, number)


def official(year: int) -> list[Override]:
    """The overrides an operator would have entered from the notice of `year`, rebuilt from the package."""
    first, last = date(year - 1, 12, 28), date(year, 12, 27)
    days = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    return [
        Override(day, DayKind.MAKEUP if day in chinese_calendar.workdays else DayKind.HOLIDAY, NOTICE)
        for day in days
        if day in chinese_calendar.workdays or day in chinese_calendar.holidays
    ]


@pytest.mark.parametrize("year", [2009, 2010, 2013, 2014, 2016, 2018, 2019, 2021, 2022, 2023, 2024, 2025, 2026])
def test_real_notices_raise_no_doubt(year: int) -> None:
    assert doubts(year, official(year)) == []


def test_a_forgotten_day_unbalances_the_year() -> None:
    whole = official(2026)
    without_a_makeup = [override for override in whole if override.date != date(2026, 10, 10)]
    assert doubts(2026, without_a_makeup) == [
        "按录入的安排，2026年工作日比法定节日推算的少1天（247天与248天），请对照通知核对是否漏录了调休上班的日期"
    ]
    without_a_holiday = [override for override in whole if override.date != date(2026, 10, 7)]
    assert "多1天" in doubts(2026, without_a_holiday)[0]
    assert "是否漏录了放假日期" in doubts(2026, without_a_holiday)[0]


@pytest.mark.parametrize(
    ("override", "doubt"),
    [
        (entry("2028-01-04"), "2028年1月4日不在2027年放假安排的范围内，请核对年份"),
        (entry("2026-12-20"), "2026年12月20日不在2027年放假安排的范围内，请核对年份"),
        (entry("2027-01-04", number=" "), "2027年1月4日没有填写依据文件的发文字号"),
        (entry("2027-01-04", DayKind.MAKEUP), "2027年1月4日不是周六、周日，不会是调休补班，请核对日期"),
        (entry("2027-01-04", DayKind.WEEKEND), "2027年1月4日不是周六、周日，请改为放假"),
        (entry("2027-01-09", DayKind.WORKDAY), "2027年1月9日是周末，要上班的请改为调休补班"),
        (entry("2027-02-07", DayKind.MAKEUP), "2027年2月7日是法定节日（春节），录入为上班，请核对"),
    ],
)
def test_entries_that_contradict_themselves(override: Override, doubt: str) -> None:
    assert doubts(2027, [override]) == [doubt]


def test_one_date_entered_twice() -> None:
    twice = [entry("2027-01-04"), entry("2027-01-04")]
    assert doubts(2027, twice) == ["2027年1月4日录入了不止一次，请只保留一条"]


def test_a_swap_with_the_december_before_balances() -> None:
    whole = [override for override in official(2019) if override.date.year == 2018]
    assert [(str(override.date), override.kind) for override in whole] == [
        ("2018-12-29", DayKind.MAKEUP),
        ("2018-12-30", DayKind.HOLIDAY),
        ("2018-12-31", DayKind.HOLIDAY),
    ]
    assert doubts(2019, official(2019)) == []
    assert doubts(2019, [override for override in official(2019) if override.date != date(2018, 12, 29)])


def test_years_we_know_nothing_of() -> None:
    with pytest.raises(CalendarRangeError, match="1999年不在工作日历范围内"):
        doubts(1999, [])
