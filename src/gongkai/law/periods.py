"""Periods of the civil calendar (日、周、月、年): where a period that starts on a day ends.

《中华人民共和国民法典》 【忆】 第二百零一条: the day it starts is not counted. 第二百零二条: a period in months or
years ends on the same day of the month; where the month has no such day, on its last day. 第二百零三条 (a last day
that is a day of rest moves to the next working day) is left to the caller: it needs the working calendar.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum


class PeriodUnit(StrEnum):
    """The unit a period is counted in."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def label(self) -> str:
        """The unit as it is written after a number: 2周, 6个月."""
        return {"day": "日", "week": "周", "month": "个月", "quarter": "个季度", "year": "年"}[self.value]


_MONTHS = {PeriodUnit.MONTH: 1, PeriodUnit.QUARTER: 3, PeriodUnit.YEAR: 12}


def last_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def add_months(start: date, months: int) -> date:
    """The same day `months` later, or the month's last day where it has no such day: 2026-08-31 + 6 → 2027-02-28.

    Negative months go back by the same rule. Raises OverflowError outside the years Python can write.
    """
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError(f"日期超出范围：{start}加{months}个月")
    return min(date(year, month + 1, 1) + timedelta(days=start.day - 1), last_of_month(year, month + 1))


def period_end(start: date, value: int, unit: PeriodUnit) -> date:
    """The last day of a period of `value` units that starts on `start` (the day itself not counted)."""
    if unit in _MONTHS:
        return add_months(start, value * _MONTHS[unit])
    return start + timedelta(days=value * (7 if unit is PeriodUnit.WEEK else 1))


def end_of_current(day: date, unit: PeriodUnit) -> date:
    """The last day of the week (Sunday), month, quarter or year that `day` lies in; the day itself for 日."""
    if unit is PeriodUnit.DAY:
        return day
    if unit is PeriodUnit.WEEK:
        return day + timedelta(days=6 - day.weekday())
    months = _MONTHS[unit]
    return last_of_month(day.year, ((day.month - 1) // months + 1) * months)
