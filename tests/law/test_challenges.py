"""When the agency must answer in reconsideration and litigation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from gongkai.law.calendar import Calendar, CalendarRangeError
from gongkai.law.challenges import AnswerTerm, answer_due
from gongkai.law.remedies import RemedyKind

CALENDAR = Calendar()


@pytest.mark.parametrize(
    ("kind", "simplified", "received", "due"),
    [
        # ten working days over National Day 2026 (2026-09-20 and 10-10 are worked)
        ("reconsideration", False, "2026-09-18", "2026-10-09"),
        ("reconsideration", True, "2026-09-18", "2026-09-24"),
        # received on a Saturday: the first day is the next working day
        ("reconsideration", True, "2026-11-07", "2026-11-13"),
        # fifteen calendar days
        ("litigation_direct", False, "2026-11-02", "2026-11-17"),
        ("litigation_after", False, "2026-11-03", "2026-11-18"),
        # the fifteenth day is in the National Day holiday
        ("litigation_direct", False, "2026-09-18", "2026-10-08"),
        # simplified procedure is reconsideration's
        ("litigation_direct", True, "2026-11-02", "2026-11-17"),
        # before 2024: ten calendar days, a Sunday moved on
        ("reconsideration", False, "2023-11-01", "2023-11-13"),
        ("reconsideration", True, "2023-11-02", "2023-11-13"),
        ("reconsideration", False, "2024-01-02", "2024-01-16"),
    ],
)
def test_the_last_day(kind: str, simplified: bool, received: str, due: str) -> None:
    found = answer_due(RemedyKind(kind), date.fromisoformat(received), CALENDAR, simplified=simplified)
    assert found.date == date.fromisoformat(due)


def test_the_reason_names_the_provision_and_the_days() -> None:
    working = answer_due(RemedyKind.RECONSIDERATION, date(2026, 9, 18), CALENDAR)
    assert working.reason.startswith("《中华人民共和国行政复议法》第四十八条、第八十八条：自2026年9月18日起10个工作日")
    calendar_days = answer_due(RemedyKind.LITIGATION_DIRECT, date(2026, 9, 18), CALENDAR)
    assert calendar_days.reason == (
        "《中华人民共和国行政诉讼法》第六十七条：自2026年9月18日起15日（始日不计），至2026年10月3日；"
        "该日为休息日，顺延至2026年10月8日。"
    )


def test_an_agency_may_set_what_is_not_verified() -> None:
    own = AnswerTerm(10, False, "本机关设定", "忆")
    assert answer_due(RemedyKind.RECONSIDERATION, date(2026, 9, 18), CALENDAR, term=own).date == date(2026, 9, 28)


def test_an_unannounced_year_is_provisional(package_covers: Callable[[int], None]) -> None:
    package_covers(2026)
    found = answer_due(RemedyKind.RECONSIDERATION, date(2026, 12, 25), Calendar())
    assert (found.date, found.provisional) == (date(2027, 1, 11), True)
    assert answer_due(RemedyKind.LITIGATION_AFTER, date(2026, 12, 25), Calendar()).provisional


def test_dates_the_calendar_cannot_answer_for() -> None:
    with pytest.raises(CalendarRangeError):
        answer_due(RemedyKind.LITIGATION_DIRECT, date(1999, 1, 1), CALENDAR)
