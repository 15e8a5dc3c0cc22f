"""Columns and the inspection's periods: in time on the last day, stale the day after."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.periods import PeriodUnit, add_months, end_of_current, period_end
from gongkai.law.upkeep import DUTIES, UpkeepState, duty, upkeep_status


@pytest.mark.parametrize(
    ("key", "last", "stale_on"),
    [
        ("news", "2026-11-01", "2026-11-16"),
        ("home", "2026-12-25", "2027-01-09"),
        ("notices", "2026-05-22", "2026-11-23"),
        ("policies", "2026-08-31", "2027-03-01"),
        ("policies", "2027-08-30", "2028-03-01"),
        ("quarterly", "2026-11-30", "2027-03-01"),
        ("monthly", "2026-01-31", "2026-03-01"),
        ("yearly", "2024-02-29", "2025-03-01"),
    ],
)
def test_the_day_a_column_becomes_stale(key: str, last: str, stale_on: str) -> None:
    last_update, stale = date.fromisoformat(last), date.fromisoformat(stale_on)
    on_the_last_day = upkeep_status(duty(key), last_update, stale - timedelta(days=1))
    assert (on_the_last_day.state, on_the_last_day.stale_on, on_the_last_day.days) == (UpkeepState.DUE_SOON, stale, 1)
    the_day_after = upkeep_status(duty(key), last_update, stale)
    assert (the_day_after.state, the_day_after.days) == (UpkeepState.STALE, 0)
    assert upkeep_status(duty(key), last_update, last_update).state is UpkeepState.FRESH


def test_what_the_desk_says() -> None:
    news = duty("news")
    last = date(2026, 11, 1)
    assert upkeep_status(news, last, date(2026, 11, 5)).sentence() == "正常更新，最迟应在2026年11月16日前更新"
    assert upkeep_status(news, last, date(2026, 11, 13)).sentence() == "即将到期，最迟应在2026年11月16日前更新"
    assert upkeep_status(news, last, date(2026, 11, 20)).sentence() == "自2026年11月16日起未按时更新，请尽快更新"
    assert upkeep_status(news, None, last).sentence() == "空白栏目，请尽快发布内容，或者下线该栏目"
    assert upkeep_status(news, last, date(2026, 11, 5), soon=14).state is UpkeepState.DUE_SOON
    assert news.sentence == "动态、要闻类：至少每2周更新一次"


def test_fixed_content_never_goes_stale_but_can_be_empty() -> None:
    fixed = duty("fixed")
    kept = upkeep_status(fixed, date(2010, 1, 1), date(2026, 11, 22))
    assert (kept.state, kept.stale_on, kept.sentence()) == (UpkeepState.FRESH, None, "内容固定，变动时更新")
    assert upkeep_status(fixed, None, date(2026, 11, 22)).state is UpkeepState.EMPTY
    assert fixed.sentence == "固定内容：内容固定，变动时更新"


def test_duties_are_marked_with_source_and_verification() -> None:
    assert len({each.key for each in DUTIES}) == len(DUTIES)
    assert {each.verified for each in DUTIES} == {"摘", "忆"}
    assert {each.source for each in DUTIES} == {"国办秘函〔2019〕19号"}
    assert {each.key: each.period.label for each in DUTIES if each.period}["policies"] == "6个月"
    with pytest.raises(KeyError, match="没有编号为weekly的更新要求"):
        duty("weekly")


def test_months_end_where_the_month_does() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert add_months(date(2026, 3, 31), -1) == date(2026, 2, 28)
    assert add_months(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert period_end(date(2026, 11, 30), 1, PeriodUnit.QUARTER) == date(2027, 2, 28)
    with pytest.raises(OverflowError, match="日期超出范围"):
        add_months(date(9999, 12, 1), 1)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(-600, 600))
def test_months_later_is_the_same_day_or_the_months_last(start: date, months: int) -> None:
    later = add_months(start, months)
    assert (later.year * 12 + later.month) - (start.year * 12 + start.month) == months
    assert later.day == start.day or (later.day < start.day and (later + timedelta(days=1)).day == 1)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(list(PeriodUnit)))
def test_the_end_of_the_current_period_holds_the_day(day: date, unit: PeriodUnit) -> None:
    end = end_of_current(day, unit)
    assert end >= day
    assert end_of_current(end, unit) == end
    assert unit is PeriodUnit.DAY or end_of_current(end + timedelta(days=1), unit) > end
