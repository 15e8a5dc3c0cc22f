"""For which days figures are told: a year, a quarter, or days chosen freely."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.law.periods import last_of_month

_YEARS, _QUARTERS = 6, 6
FREE = "free"


@dataclass(frozen=True)
class Period:
    """The days, both included; ``key`` as the address says it; ``problem``: why it is not what was asked for."""

    first: date
    last: date
    label: str
    key: str
    problem: str = ""

    @property
    def query(self) -> str:
        """The address' part that asks for it."""
        days = f"&first={self.first.isoformat()}&last={self.last.isoformat()}" if self.key == FREE else ""
        return f"period={self.key}{days}"


def year(number: int) -> Period:
    """A calendar year."""
    return Period(date(number, 1, 1), date(number, 12, 31), f"{number}年", str(number))


def quarter(number: int, which: int) -> Period:
    """A quarter of a year, from 1."""
    first = date(number, 3 * which - 2, 1)
    return Period(first, last_of_month(number, 3 * which), f"{number}年第{which}季度", f"{number}Q{which}")


def asked(given: Mapping[str, str], today: date) -> Period:
    """What the address asks for; this year where it asks for nothing readable."""
    key = given.get("period", "")
    if key == FREE:
        return _free(given, today)
    number, _, which = key.partition("Q")
    if number.isascii() and number.isdigit() and 2000 <= int(number) <= today.year + 1:
        if which in {"1", "2", "3", "4"}:
            return quarter(int(number), int(which))
        if not which:
            return year(int(number))
    return year(today.year)


def _free(given: Mapping[str, str], today: date) -> Period:
    try:
        first, last = (date.fromisoformat(given.get(name, "")) for name in ("first", "last"))
    except ValueError:
        whole = year(today.year)
        return Period(whole.first, whole.last, whole.label, whole.key, "自定时段须填写起止日期，如2026-03-01。")
    if first > last:
        first, last = last, first
    return Period(first, last, f"{first:%Y-%m-%d}至{last:%Y-%m-%d}", FREE)


def offered(today: date) -> list[tuple[str, str]]:
    """What can be chosen: recent years, recent quarters, free days."""
    years = [year(number) for number in range(today.year, today.year - _YEARS, -1)]
    this = (today.month + 2) // 3
    quarters = []
    for back in range(_QUARTERS):
        place = today.year * 4 + this - 1 - back
        quarters.append(quarter(place // 4, place % 4 + 1))
    return [*((one.key, one.label) for one in (*years, *quarters)), (FREE, "自定时段")]
