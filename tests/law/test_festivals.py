"""The statutory festivals and the lunar dates behind them, held against the official arrangements of two decades."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest

from gongkai.law import lunar
from gongkai.law.calendar import Calendar
from gongkai.law.festivals import days_off, festivals
from gongkai.law.official import covered_years

from .conftest import Regulations

CALENDAR = Calendar()


@pytest.mark.parametrize(
    ("year", "spring", "dragon_boat", "mid_autumn"),
    [
        (2004, "01-22", "06-22", "09-28"),
        (2020, "01-25", "06-25", "10-01"),
        (2023, "01-22", "06-22", "09-29"),
        (2026, "02-17", "06-19", "09-25"),
        (2027, "02-06", "06-09", "09-15"),
        (2028, "01-26", "05-28", "10-03"),
        # 2033 has its leap month after the eleventh: simple rules get 2034's New Year wrong.
        (2033, "01-31", "06-01", "09-08"),
        (2034, "02-19", "06-20", "09-27"),
        (2099, "01-21", "06-23", "09-29"),
    ],
)
def test_lunar_festivals_of_known_years(year: int, spring: str, dragon_boat: str, mid_autumn: str) -> None:
    found = (lunar.spring_festival(year), lunar.dragon_boat(year), lunar.mid_autumn(year))
    assert [str(day)[5:] for day in found] == [spring, dragon_boat, mid_autumn]


@pytest.mark.parametrize("year", range(2004, 2100))
def test_the_tomb_sweeping_day_agrees_with_the_package(year: int) -> None:
    terms = chinese_calendar.get_solar_terms(date(year, 4, 1), date(year, 4, 10))
    assert [day for day, name in terms if name == "清明"] == [lunar.tomb_sweeping(year)]


@pytest.mark.parametrize("year", sorted(covered_years()))
def test_no_statutory_festival_was_ever_a_working_day(year: int) -> None:
    assert [day for festival in festivals(year) for day in festival.days if CALENDAR.is_working(day)] == []


# Years in which the State Council gave more than the statute (2015 the seventieth anniversary of victory, 2020 Spring
# Festival extended), or moved a swap of New Year's across the turn of the year.
_GAVE_MORE = {2015: -1, 2020: -2}
_SWAPPED_ACROSS = {2006: 1, 2007: -2, 2011: 1, 2012: -1}


@pytest.mark.parametrize("year", sorted(covered_years()))
def test_swaps_move_working_days_but_do_not_change_their_number(year: int) -> None:
    last = date(year, 12, 31)
    weekdays = [
        day
        for offset in range(last.timetuple().tm_yday)
        if (day := date(year, 1, 1) + timedelta(days=offset)).weekday() < 5 and day not in days_off(year)
    ]
    official = sum(day.working for day in CALENDAR.days(date(year, 1, 1), last))
    assert official - len(weekdays) == _GAVE_MORE.get(year, 0) + _SWAPPED_ACROSS.get(year, 0)


def test_the_versions_of_the_statute() -> None:
    def given(year: int) -> dict[str, int]:
        return {festival.name: len(festival.days) for festival in festivals(year)}

    assert given(2007) == {"元旦": 1, "春节": 3, "劳动节": 3, "国庆节": 3}
    assert sum(given(2024).values()) == 11
    assert sum(given(2025).values()) == 13
    assert given(2025) == {
        "元旦": 1,
        "春节": 4,
        "清明节": 1,
        "劳动节": 2,
        "端午节": 1,
        "国庆节": 3,
        "中秋节": 1,
    }
    eve = {year: lunar.spring_festival(year) - timedelta(days=1) for year in (2013, 2014, 2024, 2025)}
    assert [year for year, day in eve.items() if day in days_off(year)] == [2013, 2025]


def test_a_festival_on_a_weekend_is_made_good_on_the_next_free_weekday() -> None:
    off = days_off(2027)
    substitutes = {str(day)[5:]: found.festival for day, found in off.items() if found.substitute}
    assert substitutes == {
        "02-09": "春节",
        "02-10": "春节",
        "05-03": "劳动节",
        "05-04": "劳动节",
        "10-04": "国庆节",
        "10-05": "国庆节",
    }


def test_two_festivals_on_one_day_give_one_day_more() -> None:
    # 2028-10-03 is 中秋 and 国庆; 10-01 is a Sunday.
    off = days_off(2028)
    assert off[date(2028, 10, 3)].festival == "国庆节、中秋节"
    assert {str(day)[5:] for day, found in off.items() if day.month == 10 and found.substitute} == {"10-04", "10-05"}


@pytest.mark.parametrize("year", [2027, 2028, 2031, 2040, 2099])
def test_thirteen_weekdays_are_off_in_every_year_of_the_present_statute(year: int) -> None:
    assert sum(day.weekday() < 5 for day in days_off(year)) == 13


@pytest.mark.shared
def test_the_present_statute_reads_as_we_apply_it(regulations: Regulations) -> None:
    text = regulations.text("行政法规/全国年节及纪念日放假办法(2024-11-10).md")
    for sentence in (
        "元旦，放假1天（1月1日）",
        "春节，放假4天（农历除夕、正月初一至初三）",
        "劳动节，放假2天（5月1日、2日）",
        "国庆节，放假3天（10月1日至3日）",
        "如果适逢周六、周日，应当在工作日补假",
    ):
        assert sentence in text
