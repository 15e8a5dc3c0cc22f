"""Checking an announced year (放假安排) as an operator entered it, before deadlines rest on it.

The State Council's arrangement moves days off but gives as many as the statute does
(《全国年节及纪念日放假办法》第二、六、七条【核】); it gave more only twice since 2008 (2015, 2020). An entry that
does not balance is nearly always a forgotten line. Doubts are hints to read the notice again, never a refusal: the
notice is the authority.
"""

from __future__ import annotations

from calendar import isleap
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from gongkai.law.calendar import YEAR_END, DayKind, Override, checked_year
from gongkai.law.festivals import days_off
from gongkai.law.numerals import chinese_date


def doubts(year: int, overrides: Iterable[Override]) -> list[str]:
    """What looks wrong in the overrides entered for `year`, in Chinese sentences; empty when all is well.

    `overrides` are those of the year's notice: dates of that year, or of the last days of the year before.
    Raises CalendarRangeError for a year outside 2004–2099.
    """
    checked_year(year)
    entered = list(overrides)
    found = [doubt for override in entered if (doubt := _doubt_of_one(year, override))]
    repeated = [day for day, times in Counter(override.date for override in entered).items() if times > 1]
    found += [f"{chinese_date(day)}录入了不止一次，请只保留一条" for day in sorted(repeated)]
    if not found:
        found += _imbalance(year, entered)
    return found


def _doubt_of_one(year: int, override: Override) -> str | None:
    day = chinese_date(override.date)
    weekend = override.date.weekday() >= 5
    if override.date.year != year and not (
        override.date.year == year - 1 and (override.date.month, override.date.day) >= YEAR_END
    ):
        return f"{day}不在{year}年放假安排的范围内，请核对年份"
    if not override.document_number.strip():
        return f"{day}没有填写依据文件的发文字号"
    if override.kind is DayKind.MAKEUP and not weekend:
        return f"{day}不是周六、周日，不会是调休补班，请核对日期"
    if override.kind is DayKind.WEEKEND and not weekend:
        return f"{day}不是周六、周日，请改为放假"
    if override.kind is DayKind.WORKDAY and weekend:
        return f"{day}是周末，要上班的请改为调休补班"
    festival = days_off(override.date.year).get(override.date)
    if override.kind.working and festival is not None and not festival.substitute:
        return f"{day}是法定节日（{festival.festival}），录入为上班，请核对"
    return None


def _imbalance(year: int, entered: list[Override]) -> list[str]:
    """The year's working days (and the notice's reach into the December before) against what the statute alone gives.

    Counted from the entries alone: what a data package may already know must not hide a forgotten line.
    """
    said = {override.date: override.kind.working for override in entered}
    off = days_off(year)
    worked = by_statute = 0
    for offset in range(366 if isleap(year) else 365):
        day = date(year, 1, 1) + timedelta(days=offset)
        plain = day.weekday() < 5
        festival = off.get(day)
        by_statute += plain and festival is None
        # Where a festival is made good is the notice's to say; the festival's own day is off without being entered.
        worked += said.get(day, plain and (festival is None or festival.substitute))
    worked += sum(working - (day.weekday() < 5) for day, working in said.items() if day.year == year - 1)
    if worked == by_statute:
        return []
    more = "多" if worked > by_statute else "少"
    hint = "是否漏录了放假日期" if worked > by_statute else "是否漏录了调休上班的日期"
    return [
        f"按录入的安排，{year}年工作日比法定节日推算的{more}{abs(worked - by_statute)}天"
        f"（{worked}天与{by_statute}天），请对照通知核对{hint}"
    ]
