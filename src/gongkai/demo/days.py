"""Dates of the demo: working days, seasons that come back, office hours. Pure; ``today`` is always passed in."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from random import Random

import chinese_calendar

from gongkai.demo.shapes import CHINA

#: A seasonal day counts as past only so many days after, so that what follows from it lies in the past too.
SETTLED_DAYS = 45


@lru_cache(maxsize=10_000)
def is_working_day(day: date) -> bool:
    """Whether offices are open: the State Council's arrangement where it is known, else Monday to Friday."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def working_day_from(day: date) -> date:
    """``day`` itself when it is worked, else the next working day."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def working_day_until(day: date) -> date:
    """``day`` itself when it is worked, else the last working day before it."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def add_working_days(day: date, count: int) -> date:
    """The ``count``-th working day after ``day``; before it when ``count`` is negative; 0 gives ``day`` itself."""
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        if is_working_day(day):
            left -= 1
    return day


def season_day(month_day: str, ago: int, today: date) -> date:
    """The working day at or after ``month_day`` ("05-13") in the year that lies ``ago`` occurrences back.

    0 is the latest occurrence that is settled, i.e. at least ``SETTLED_DAYS`` before ``today``.
    """
    month, day = (int(part) for part in month_day.split("-"))
    year = today.year
    if date(year, month, day) > today - timedelta(days=SETTLED_DAYS):
        year -= 1
    return working_day_from(date(year - ago, month, day))


def next_day(month_day: str, after: date) -> date:
    """The first calendar day ``month_day`` ("07-01") after ``after``: when a document takes effect."""
    month, day = (int(part) for part in month_day.split("-"))
    found = date(after.year, month, day)
    return found if found > after else date(after.year + 1, month, day)


def years_later(day: date, years: int) -> date:
    """The first day after a validity of ``years`` years that begins on ``day``: the 失效日期 of the header."""
    return date(day.year + years, day.month, day.day if (day.month, day.day) != (2, 29) else 28)


def office_time(day: date, rng: Random) -> datetime:
    """A moment of ``day`` within office hours, lunch left out."""
    hour = rng.choice((9, 9, 10, 10, 11, 14, 15, 15, 16, 17))
    return datetime.combine(day, time(hour, rng.choice((0, 5, 10, 20, 25, 30, 40, 45, 50))), tzinfo=CHINA)


def at(day: date, clock: str) -> datetime:
    """``day`` at ``clock`` ("09:30"), China Standard Time."""
    hour, minute = (int(part) for part in clock.split(":"))
    return datetime.combine(day, time(hour, minute), tzinfo=CHINA)


def spoken(day: date) -> str:
    """2025年3月6日."""
    return f"{day.year}年{day.month}月{day.day}日"
