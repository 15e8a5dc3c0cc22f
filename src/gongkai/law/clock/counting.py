"""Counting working days around stretches that do not count (停止计算期间)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.law.calendar import Calendar

ONE_DAY = timedelta(days=1)
OPEN = date.max
"""The end of a stretch whose end is not known yet."""


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """Days from `first` to `last`, both included; `last` is OPEN while its end is unknown."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether `day` lies in it."""
        return self.first <= day <= self.last


def merged(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """The union, in order: consultations that overlap stop the clock once, they do not add up."""
    found: list[Stretch] = []
    for one in sorted(stretches):
        if found and (found[-1].last == OPEN or one.first <= found[-1].last + ONE_DAY):
            found[-1] = Stretch(found[-1].first, max(found[-1].last, one.last))
        else:
            found.append(one)
    return tuple(found)


def count_out(start: date, n: int, stopped: tuple[Stretch, ...], calendar: Calendar) -> date | None:
    """The n-th working day after `start` that lies in no stretch of `stopped` (merged); None when the clock stands
    still before that, until nobody knows when."""
    reached, left = start, n
    for one in stopped:
        if one.last <= reached:
            continue
        before = one.first - ONE_DAY
        if before > reached:
            available = calendar.between(reached, before)
            if left <= available:
                break
            left -= available
        if one.last == OPEN:
            return None
        reached = one.last
    return calendar.add(reached, left)


def counted(start: date, end: date, stopped: tuple[Stretch, ...], calendar: Calendar) -> int:
    """Working days after `start` up to and including `end` that lie in no stretch of `stopped` (merged)."""
    days = calendar.between(start, end)
    for one in stopped:
        first, last = max(one.first, start + ONE_DAY), min(one.last, end)
        if first <= last:
            days -= calendar.between(first - ONE_DAY, last)
    return days
