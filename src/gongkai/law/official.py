"""The State Council's yearly arrangements (国务院办公厅关于部分节假日安排的通知), as the package `chinesecalendar`
carries them 【核 2025, 2026】.

Which years the package covers is asked of the package, so that a new release is taken up by upgrading it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import chinese_calendar

SOURCE = "国务院办公厅放假安排"

# The package's English names, in the words of the notices.
_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A date the notices name: worked instead (调休上班), or off; `swapped` where the day off was bought with a
    worked weekend."""

    festival: str
    working: bool
    swapped: bool


@lru_cache(maxsize=1)
def covered_years() -> frozenset[int]:
    """Years whose arrangement the package holds: those whose National Day it knows (a next year's notice only adds
    late December)."""
    return frozenset(day.year for day in chinese_calendar.holidays if (day.month, day.day) == (10, 1))


def arrangement(day: date) -> Arrangement | None:
    """What the notices say of `day`; None for a plain weekday or weekend. Only for covered years."""
    makeup = chinese_calendar.workdays.get(day)
    if makeup is not None:
        return Arrangement(_name(makeup), working=True, swapped=True)
    holiday = chinese_calendar.holidays.get(day)
    if holiday is not None:
        return Arrangement(_name(holiday), working=False, swapped=day in chinese_calendar.in_lieu_days)
    return None


def _name(english: str) -> str:
    """The festival in Chinese; one the package added after this was written keeps the package's own Chinese name."""
    return _NAMES.get(english) or chinese_calendar.Holiday(english).chinese
