"""When the documents of a series appear: monthly, quarterly, weekly in a season, or spread over the year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from gongkai.demo.days import working_day_from

#: How far back a series reaches, in years.
YEARS = 3


def moments(name: str, cadence: dict[str, Any], today: date) -> list[tuple[int, date]]:
    """(ordinal, working day) of every document of a series in the three years before ``today``, oldest first.

    The ordinal numbers the series' documents for ever: the same document has the same one whatever ``today`` is.
    """
    first = today - timedelta(days=365 * YEARS)
    found: dict[date, int] = {}
    for ordinal, day in _KINDS[cadence["kind"]](name, cadence, first.year, today.year):
        worked = working_day_from(day)
        if first <= worked < today - timedelta(days=1):
            found.setdefault(worked, ordinal)
    return [(ordinal, day) for day, ordinal in sorted(found.items())]


def _monthly(name: str, cadence: dict[str, Any], first: int, last: int) -> Iterator[tuple[int, date]]:
    for year in range(first, last + 1):
        for month in cadence.get("months", range(1, 13)):
            yield year * 12 + month, date(year, month, cadence["day"])


def _weekly(name: str, cadence: dict[str, Any], first: int, last: int) -> Iterator[tuple[int, date]]:
    begin, end = cadence["season"]
    day = date(first, 1, 1)
    while day.year <= last:
        week = day.toordinal() // 7
        if day.isoweekday() == cadence["weekday"] and week % cadence["every"] == 0 and _within(day, begin, end):
            yield week // cadence["every"], day
        day += timedelta(days=1)


def _spread(name: str, cadence: dict[str, Any], first: int, last: int) -> Iterator[tuple[int, date]]:
    count = cadence["per_year"]
    begin, end = cadence.get("within", ["01-05", "12-27"])
    for year in range(first, last + 1):
        start = date.fromisoformat(f"{year}-{begin}")
        length = (date.fromisoformat(f"{year}-{end}") - start).days
        for place in range(count):
            shift = Random(f"{name} {year} {place}").uniform(0.15, 0.85)
            yield year * count + place, start + timedelta(days=int(length * (place + shift) / count))


def _within(day: date, begin: str, end: str) -> bool:
    """Whether a day lies in a season that may run over the turn of the year."""
    mark = f"{day:%m-%d}"
    return begin <= mark <= end if begin <= end else mark >= begin or mark <= end


_KINDS = {"monthly": _monthly, "weekly": _weekly, "spread": _spread}
