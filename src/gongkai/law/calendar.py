"""Working days (工作日): weekends, statutory holidays and make-up days (调休), and counting in them.

The Regulation counts its limits in working days (条例第二十六、三十、三十二至三十四条); which days these are, the
State Council's yearly arrangement of holidays decides 【核】. Official data comes from the package `chinesecalendar`,
from operators' overrides for what was announced later, and, for years not announced yet, from the statute alone
(`festivals`), marked *provisional*. A provisional date becomes final by itself when the data arrives; so due dates
are computed whenever they are shown, never stored.

The day from which a limit runs is not counted (始日不计). Local delays of returning to work (地方性延迟复工) are not
holidays.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from gongkai.law import official
from gongkai.law.festivals import STATUTE, days_off
from gongkai.law.numerals import chinese_date

# 2004: the first year of official data. 2099: beyond any limit this product computes.
FIRST_DAY = date(2004, 1, 1)
LAST_DAY = date(2099, 12, 31)
MAX_WORKING_DAYS = 2500
_RANGE = f"{chinese_date(FIRST_DAY)}至{chinese_date(LAST_DAY)}"

# A year's arrangement can reach back over New Year (2018-12-31 was a holiday, 2018-12-29 worked, by the notice for
# 2019), so these last days of a year are final only when the following year is.
YEAR_END = (12, 28)


class CalendarRangeError(ValueError):
    """A date or number the calendar cannot answer for; the message says in Chinese what to do."""


class DayKind(StrEnum):
    """What kind of day a date is."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKEUP = "makeup"

    @property
    def label(self) -> str:
        """The officials' word for it."""
        return {"workday": "工作日", "weekend": "周末", "holiday": "放假", "makeup": "调休补班"}[self.value]

    @property
    def working(self) -> bool:
        """Whether it counts as a working day."""
        return self in (DayKind.WORKDAY, DayKind.MAKEUP)


@dataclass(frozen=True, slots=True)
class Override:
    """What an official notice says of one date, entered by an operator.

    `document_number` is the notice's 发文字号; `note` a short reason shown to people ("春节假期延长").
    """

    date: date
    kind: DayKind
    document_number: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """One date: its kind, the reason in a few Chinese words, whether that may still change, and where it is known
    from."""

    date: date
    kind: DayKind
    reason: str
    provisional: bool
    source: str

    @property
    def working(self) -> bool:
        """Whether it counts as a working day."""
        return self.kind.working


@dataclass(frozen=True, slots=True)
class CountedDay:
    """A day of an explanation: `ordinal` is its number in the count, None where it is skipped for `day.reason`."""

    day: Day
    ordinal: int | None

    @property
    def label(self) -> str:
        """第3日, or 不计（周六）."""
        return f"第{self.ordinal}日" if self.ordinal is not None else f"不计（{self.day.reason}）"


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why the n-th working day after `start` is `due`: every day after `start` up to `due`, in order."""

    start: date
    n: int
    due: date
    provisional: bool
    days: tuple[CountedDay, ...]

    @property
    def skipped(self) -> dict[str, int]:
        """How many days were skipped, by reason; Saturdays and Sundays together as 周末."""
        reasons = (
            DayKind.WEEKEND.label if counted.day.kind is DayKind.WEEKEND else counted.day.reason
            for counted in self.days
            if counted.ordinal is None
        )
        return dict(Counter(reasons))

    def sentence(self) -> str:
        """The explanation in one Chinese sentence."""
        text = f"自{chinese_date(self.start)}起{self.n}个工作日（始日不计），至{chinese_date(self.due)}"
        if self.skipped:
            text += "；其间不计" + "、".join(f"{reason}{count}天" for reason, count in self.skipped.items())
        makeup = sum(counted.day.kind is DayKind.MAKEUP for counted in self.days)
        if makeup:
            text += f"，计入调休上班{makeup}天"
        if self.provisional:
            text += "。其中有的日期放假安排尚未公布，暂按法定节日推算，公布后自动更新"
        return text + "。"


@dataclass(frozen=True, slots=True)
class _Year:
    """A year's days by day of the year, and its working dates in order (for bisection)."""

    days: tuple[Day, ...]
    working: tuple[date, ...] = field(repr=False)


def _built(days: Iterable[Day]) -> _Year:
    known = tuple(days)
    return _Year(known, tuple(day.date for day in known if day.working))


_WEEKDAYS = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]


def _plain(day: date) -> tuple[DayKind, str]:
    """A day by its weekday alone."""
    return (DayKind.WEEKEND if day.weekday() >= 5 else DayKind.WORKDAY), _WEEKDAYS[day.weekday()]


def _official_day(day: date, provisional: bool) -> Day:
    known = official.arrangement(day)
    if known is None:
        kind, reason = _plain(day)
    elif known.working:
        kind, reason = DayKind.MAKEUP, f"{known.festival}调休上班"
    else:
        kind, reason = DayKind.HOLIDAY, f"{known.festival}{'调休' if known.swapped else ''}放假"
    return Day(day, kind, reason, provisional, official.SOURCE)


def _statutory_day(day: date, announced: bool, provisional: bool) -> Day:
    """A day of a year without package data: announced by the operator's overrides, or not announced at all."""
    off = days_off(day.year).get(day)
    # Where the arrangement is known, the operator's entries say where a festival is made good; we no longer guess it.
    if off is not None and not (announced and off.substitute):
        return Day(day, DayKind.HOLIDAY, off.festival + ("补假" if off.substitute else "放假"), provisional, STATUTE)
    kind, reason = _plain(day)
    return Day(day, kind, reason, provisional, "按公布的放假安排" if announced else f"按周末和{STATUTE}推算")


@lru_cache(maxsize=512)
def _base_year(year: int, announced: bool, next_is_final: bool) -> _Year:
    """A year without overrides. Shared by every Calendar."""
    covered = year in official.covered_years()

    def one(day: date) -> Day:
        open_end = not next_is_final and (day.month, day.day) >= YEAR_END
        if covered:
            return _official_day(day, provisional=open_end)
        return _statutory_day(day, announced, provisional=open_end or not announced)

    first = date(year, 1, 1)
    return _built(one(first + timedelta(days=offset)) for offset in range((date(year + 1, 1, 1) - first).days))


def _overridden(day: Day, override: Override) -> Day:
    reason = override.note or (
        _plain(day.date)[1] if override.kind in (DayKind.WORKDAY, DayKind.WEEKEND) else override.kind.label
    )
    return Day(day.date, override.kind, reason, False, override.document_number)


def _checked(day: date) -> date:
    if isinstance(day, datetime):
        raise CalendarRangeError("请给出日期，不要带时间；先换算成北京时间的日期")
    if not FIRST_DAY <= day <= LAST_DAY:
        raise CalendarRangeError(f"{chinese_date(day)}不在工作日历范围内（{_RANGE}），请核对日期")
    return day


def checked_year(year: int) -> int:
    """The year itself. Raises CalendarRangeError outside the years the calendar answers for."""
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        raise CalendarRangeError(f"{year}年不在工作日历范围内（{_RANGE}），请核对年份")
    return year


def _checked_count(n: int) -> int:
    if n < 0:
        raise CalendarRangeError(f"工作日数不能是负数：{n}")
    if n > MAX_WORKING_DAYS:
        raise CalendarRangeError(f"工作日数过大：{n}，一次最多计算{MAX_WORKING_DAYS}个工作日（约十年），请核对期限")
    return n


class Calendar:
    """The working calendar. Immutable; cheap to make and to keep: years are computed on first use and shared.

    `overrides` win over everything else; of two for one date the later given wins (give them in order of their
    notices). `announced` are years whose arrangement an operator entered completely as overrides.
    """

    __slots__ = ("_announced", "_by_year", "_overrides", "_years")

    def __init__(self, overrides: Iterable[Override] = (), announced: Iterable[int] = ()) -> None:
        self._overrides = {_checked(override.date): override for override in overrides}
        self._announced = frozenset(map(checked_year, announced))
        self._by_year: dict[int, dict[date, Override]] = {}
        for day, override in self._overrides.items():
            self._by_year.setdefault(day.year, {})[day] = override
        self._years: dict[int, _Year] = {}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Calendar):
            return NotImplemented
        return self._overrides == other._overrides and self._announced == other._announced

    def __hash__(self) -> int:
        return hash((frozenset(self._overrides.values()), self._announced))

    def __repr__(self) -> str:
        return f"Calendar({len(self._overrides)} overrides, announced={sorted(self._announced)})"

    def is_final(self, year: int) -> bool:
        """Whether the arrangement of `year` is known, from the package or from an operator."""
        return year in self._announced or year in official.covered_years()

    def _year(self, year: int) -> _Year:
        known = self._years.get(year)
        if known is None:
            known = _base_year(year, year in self._announced, self.is_final(year + 1))
            overrides = self._by_year.get(year)
            if overrides:
                known = _built(
                    _overridden(day, overrides[day.date]) if day.date in overrides else day for day in known.days
                )
            self._years[year] = known
        return known

    def day(self, d: date) -> Day:
        """What `d` is. Raises CalendarRangeError outside 2004–2099."""
        _checked(d)
        return self._year(d.year).days[d.timetuple().tm_yday - 1]

    def days(self, first: date, last: date) -> tuple[Day, ...]:
        """Every day from `first` to `last`, both included (for a month's page). Empty when `last` is before `first`."""
        _checked(first)
        _checked(last)
        found: list[Day] = []
        for year in range(first.year, last.year + 1):
            start = first.timetuple().tm_yday - 1 if year == first.year else 0
            stop = last.timetuple().tm_yday if year == last.year else None
            found += self._year(year).days[start:stop]
        return tuple(found)

    def is_working(self, d: date) -> bool:
        """Whether `d` is a working day."""
        return self.day(d).working

    def add(self, start: date, n: int) -> date:
        """The n-th working day after `start`; `start` itself is not counted, and is the answer for n = 0.

        Raises CalendarRangeError when n < 0 or > MAX_WORKING_DAYS, or the answer lies beyond LAST_DAY.
        """
        _checked(start)
        if not _checked_count(n):
            return start
        year = start.year
        working = self._year(year).working
        place = bisect_right(working, start) + n - 1
        while place >= len(working):
            place -= len(working)
            year += 1
            if year > LAST_DAY.year:
                raise CalendarRangeError(
                    f"自{chinese_date(start)}起{n}个工作日超出工作日历范围（至{chinese_date(LAST_DAY)}）"
                )
            working = self._year(year).working
        return working[place]

    def between(self, start: date, end: date) -> int:
        """The number of working days in (start, end]: after `start`, up to and including `end`. `add` undone.

        Raises CalendarRangeError when `end` is before `start`.
        """
        _checked(start)
        _checked(end)
        if end < start:
            raise CalendarRangeError(f"结束日期{chinese_date(end)}早于开始日期{chinese_date(start)}，请核对日期")
        whole = sum(len(self._year(year).working) for year in range(start.year, end.year))
        return whole + self._rank(end) - self._rank(start)

    def _rank(self, day: date) -> int:
        """Working days of its year up to and including `day`."""
        return bisect_right(self._year(day.year).working, day)

    def remaining(self, today: date, due: date) -> int:
        """Working days left after `today` up to and including `due`; 0 on the last day; negative when overdue.

        Overdue begins the day after `due`, even on a day of rest (期满日次日起即为逾期): then the answer is minus the
        number of working days in (due, today], and at least -1.
        """
        if today <= due:
            return self.between(today, due)
        return -max(1, self.between(due, today))

    def explain(self, start: date, n: int) -> Explanation:
        """`add` with its reasons: each day after `start` up to the due date, counted or skipped. Errors as `add`."""
        due = self.add(start, n)
        days: list[CountedDay] = []
        ordinal = 0
        for day in self.days(start, due)[1:]:
            ordinal += day.working
            days.append(CountedDay(day, ordinal if day.working else None))
        return Explanation(start, n, due, any(counted.day.provisional for counted in days), tuple(days))

    def is_provisional(self, start: date, end: date) -> bool:
        """Whether a count over (start, end] rests on a day whose arrangement is not announced yet."""
        return any(day.provisional for day in self.days(start, end)[1:])

    def next_working(self, d: date) -> date:
        """The first working day after `d` (次一工作日)."""
        return self.add(d, 1)

    def previous_working(self, d: date) -> date:
        """The last working day before `d`. Raises CalendarRangeError before the first working day of 2004."""
        _checked(d)
        day = d - timedelta(days=1)
        while not self.is_working(day):
            day -= timedelta(days=1)
        return day
