"""The statutory festivals (法定节日) of 《全国年节及纪念日放假办法》, and the days off they alone would give.

The State Council announces each year's arrangement (放假调休) a few weeks before that year. Until then only this much
is certain: which days the festivals are (article 2), and that a festival on a Saturday or Sunday is made good on a
working day (article 6). Swaps of weekends (article 7 调休) are never guessed here.

Versions 【核 2013, 2024; 忆 1999, 2007, agreeing with the official arrangements of 2004–2013】: from 2000 元旦1 春节3
劳动节3 国庆3; from 2008 劳动节1, 清明1 端午1 中秋1, 春节 from the eve; from 2014 春节 from the first day; from 2025
春节4 from the eve, 劳动节2.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from gongkai.law import lunar

STATUTE = "《全国年节及纪念日放假办法》"


@dataclass(frozen=True, slots=True)
class Festival:
    """One festival of one year: its name and the consecutive days that article 2 gives."""

    name: str
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class DayOff:
    """One day off by the statute alone: the festival's own day, or a day that makes one good (补假)."""

    date: date
    festival: str
    substitute: bool


def _run(first: date, length: int) -> tuple[date, ...]:
    return tuple(first + timedelta(days=offset) for offset in range(length))


def _spring_festival(year: int) -> tuple[date, ...]:
    new_year = lunar.spring_festival(year)
    if year >= 2025:
        return _run(new_year - timedelta(days=1), 4)
    if 2008 <= year < 2014:
        return _run(new_year - timedelta(days=1), 3)
    return _run(new_year, 3)


@lru_cache(maxsize=256)
def festivals(year: int) -> tuple[Festival, ...]:
    """The festivals of all citizens in `year`, in order of date (article 2, the version in force that year)."""
    found = [
        Festival("元旦", (date(year, 1, 1),)),
        Festival("春节", _spring_festival(year)),
        Festival("国庆节", _run(date(year, 10, 1), 3)),
    ]
    if year < 2008:
        found.append(Festival("劳动节", _run(date(year, 5, 1), 3)))
    else:
        found += [
            Festival("清明节", (lunar.tomb_sweeping(year),)),
            Festival("劳动节", _run(date(year, 5, 1), 2 if year >= 2025 else 1)),
            Festival("端午节", (lunar.dragon_boat(year),)),
            Festival("中秋节", (lunar.mid_autumn(year),)),
        ]
    return tuple(sorted(found, key=lambda festival: festival.days))


def _weekdays_after(day: date) -> Iterator[date]:
    while True:
        day += timedelta(days=1)
        if day.weekday() < 5:
            yield day


@lru_cache(maxsize=256)
def days_off(year: int) -> MappingProxyType[date, DayOff]:
    """Every day off the statute alone gives in `year`: festival days, and 补假 on the first weekdays after the
    festival.

    Article 6 says that a festival on a weekend is made good on a working day, not on which: the first free one after
    the festival is how the State Council arranges it where it makes no swap (2022-01-03, 2023-01-02). Two festivals
    on one day (中秋 on 国庆: 2028, 2031) also give one more day, as the arrangements of 2009 and 2020 did; the
    statute is silent.
    """
    off: dict[date, DayOff] = {}
    owed: list[tuple[Festival, int]] = []
    for festival in festivals(year):
        missing = 0
        for day in festival.days:
            if day in off:
                missing += 1
                off[day] = DayOff(day, f"{off[day].festival}、{festival.name}", False)
            else:
                missing += day.weekday() >= 5
                off[day] = DayOff(day, festival.name, False)
        owed.append((festival, missing))
    for festival, missing in owed:
        after = _weekdays_after(festival.days[-1])
        for _ in range(missing):
            substitute = next(day for day in after if day not in off)
            off[substitute] = DayOff(substitute, festival.name, True)
    return MappingProxyType(dict(sorted(off.items())))
