"""The calendar against an independent count: one day after the other, from the package's own predicate or a plain
set."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law.calendar import Calendar, DayKind, Override
from gongkai.law.official import covered_years

ONE_DAY = timedelta(days=1)
LAST_COVERED = date(max(covered_years()), 12, 31)

covered_days = st.dates(date(2004, 1, 1), LAST_COVERED)
all_days = st.dates(date(2004, 1, 1), date(2090, 12, 31))
overrides = st.lists(
    st.builds(
        Override, st.dates(date(2026, 11, 1), date(2028, 3, 31)), st.sampled_from(list(DayKind)), st.just("甲号")
    ),
    max_size=30,
)


def naive_add(start: date, n: int, working: Calendar | None = None) -> date:
    """The n-th working day after `start`, walked; `working` None asks the package."""
    day = start
    while n:
        day += ONE_DAY
        n -= chinese_calendar.is_workday(day) if working is None else working.day(day).working
    return day


@given(st.dates(date(2004, 1, 1), LAST_COVERED - timedelta(days=200)), st.integers(0, 90))
def test_adding_agrees_with_a_walk_over_the_package(start: date, n: int) -> None:
    assert Calendar().add(start, n) == naive_add(start, n)


@given(covered_days, st.integers(0, 400))
def test_between_agrees_with_a_count_over_the_package(start: date, length: int) -> None:
    end = min(start + timedelta(days=length), LAST_COVERED)
    walked = [start + timedelta(days=offset) for offset in range(1, (end - start).days + 1)]
    assert Calendar().between(start, end) == sum(map(chinese_calendar.is_workday, walked))


@given(covered_days)
def test_no_covered_day_contradicts_the_package(day: date) -> None:
    assert Calendar().is_working(day) is chinese_calendar.is_workday(day)


@settings(max_examples=60)
@given(overrides, st.dates(date(2026, 11, 1), date(2028, 3, 1)), st.integers(0, 60), st.sets(st.just(2027)))
def test_with_overrides_too(entered: list[Override], start: date, n: int, announced: set[int]) -> None:
    calendar = Calendar(entered, announced)
    due = calendar.add(start, n)
    assert due == naive_add(start, n, calendar)
    last_word = {override.date: override.kind.working for override in entered}
    assert all(calendar.is_working(day) is working for day, working in last_word.items())


@given(all_days, st.integers(0, 500))
def test_between_undoes_add_and_the_due_day_is_worked(start: date, n: int) -> None:
    calendar = Calendar()
    due = calendar.add(start, n)
    assert calendar.between(start, due) == n
    assert calendar.remaining(start, due) == n
    assert n == 0 or calendar.is_working(due)


@given(all_days, st.integers(0, 60))
def test_the_explanation_accounts_for_every_day(start: date, n: int) -> None:
    explained = Calendar().explain(start, n)
    ordinals = [counted.ordinal for counted in explained.days if counted.ordinal is not None]
    assert ordinals == list(range(1, n + 1))
    assert len(explained.days) == (explained.due - start).days
    assert all((counted.ordinal is None) is (not counted.day.working) for counted in explained.days)
    assert sum(explained.skipped.values()) == len(explained.days) - n


@given(all_days)
def test_neighbours_are_the_nearest_working_days(day: date) -> None:
    calendar = Calendar()
    after = calendar.next_working(day)
    assert after > day
    assert calendar.is_working(after)
    assert calendar.between(day, after) == 1
    if day > date(2004, 1, 5):
        before = calendar.previous_working(day)
        assert before < day
        assert calendar.is_working(before)
        assert calendar.between(before, day) == calendar.is_working(day)


@given(st.dates(date(2004, 1, 1), date(2089, 12, 31)), st.integers(-400, 400))
def test_remaining_is_negative_exactly_when_overdue(due: date, offset: int) -> None:
    today = max(due + timedelta(days=offset), date(2004, 1, 1))
    assert (Calendar().remaining(today, due) < 0) is (today > due)
