"""The stretches of a timeline and its single days (时间轴分段、逐日): derived when they are drawn or told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.law.articles import cite
from gongkai.law.calendar import Calendar, Day
from gongkai.law.clock.counting import ONE_DAY, Stretch
from gongkai.law.clock.course import Course, Run, Wait, WaitKind
from gongkai.law.clock.walking import WAITING
from gongkai.law.numerals import chinese_date


class SegmentKind(StrEnum):
    """What a stretch of days is."""

    RUNNING = "running"
    EXTENDED = "extended"
    DEFERRED = "deferred"
    STOPPED = "stopped"
    WAITING = "waiting"
    OVERDUE = "overdue"
    ABANDONED = "abandoned"

    @property
    def label(self) -> str:
        """In Chinese."""
        return {
            "running": "计算期限",
            "extended": "延长的期限",
            "deferred": "延迟答复",
            "stopped": "停止计算",
            "waiting": "等待申请人",
            "overdue": "逾期",
            "abandoned": "视为放弃",
        }[self.value]

    @property
    def counts(self) -> bool:
        """Whether its working days use up the period to reply."""
        return self in (SegmentKind.RUNNING, SegmentKind.EXTENDED)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of days of one kind, both ends included. `working_days`: those counted, or, where nothing is counted,
    the working days that lie in it."""

    kind: SegmentKind
    first: date
    last: date
    working_days: int
    article: str
    sentence: str
    run: int = 0


class DayState(StrEnum):
    """What a single day is to the clock."""

    START = "start"
    COUNTED = "counted"
    SKIPPED = "skipped"
    STOPPED = "stopped"
    WAITING = "waiting"
    DEFERRED = "deferred"
    OVERDUE = "overdue"
    ABANDONED = "abandoned"

    @property
    def label(self) -> str:
        """In Chinese."""
        return {
            "start": "始日不计",
            "counted": "计入",
            "skipped": "不计",
            "stopped": "停止计算",
            "waiting": "等待申请人",
            "deferred": "延迟答复期间",
            "overdue": "逾期",
            "abandoned": "视为放弃",
        }[self.value]


@dataclass(frozen=True, slots=True)
class ClockDay:
    """One day: `ordinal` is its number in the count where it is counted; `reason` in a few Chinese words."""

    date: date
    state: DayState
    ordinal: int | None
    reason: str
    provisional: bool


def segments(
    course: Course, stopped: tuple[Stretch, ...], ended: date | None, today: date, calendar: Calendar
) -> tuple[Segment, ...]:
    """The stretches from the day after receipt. `ended`: the day the case ended; a run or wait that goes on is told up
    to its last day."""
    found: list[Segment] = []
    for number, phase in enumerate(course.phases):
        if isinstance(phase, Wait):
            found += _waiting(phase, _end_of_waiting(phase, course, ended), calendar, number)
        else:
            found += _running(phase, stopped, _last_of(phase, ended, today), calendar, number)
    if course.abandoned is not None and course.abandoned_for is not None:
        first, last = course.abandoned, max(course.abandoned, ended or today)
        said = f"自{chinese_date(first)}起视为放弃申请，不再处理"
        days = _within(calendar, first, last)
        found.append(Segment(SegmentKind.ABANDONED, first, last, days, WAITING[course.abandoned_for], said))
    return tuple(found)


def _within(calendar: Calendar, first: date, last: date) -> int:
    return calendar.between(first - ONE_DAY, last)


def _end_of_waiting(wait: Wait, course: Course, ended: date | None) -> date:
    """The day of the act that ended it, or as long as may be waited."""
    if wait.ended is not None:
        return wait.ended
    given_up = course.abandoned - ONE_DAY if course.abandoned is not None else wait.until
    return min(wait.until, given_up, ended or wait.until)


def _waiting(wait: Wait, last: date, calendar: Calendar, run: int) -> Iterator[Segment]:
    first = wait.since + ONE_DAY
    if first > last:
        return
    noun = "补正" if wait.kind is WaitKind.SUPPLEMENT else "缴费"
    said = f"{chinese_date(wait.since)}告知{noun}，最迟{chinese_date(wait.until)}"
    if wait.ended is not None:
        said += f"，{chinese_date(wait.ended)}{noun}后重新计算"
    else:
        said += "，其间没有期满日"
    yield Segment(SegmentKind.WAITING, first, last, _within(calendar, first, last), WAITING[wait.kind], said, run)


def _last_of(run: Run, ended: date | None, today: date) -> date:
    """The last day to tell of a run."""
    if run.ended is not None:
        return run.ended
    if ended is not None:
        return ended
    return today if run.due is None else max(run.due, today)


def _running(run: Run, stopped: tuple[Stretch, ...], last: date, calendar: Calendar, number: int) -> Iterator[Segment]:
    """A run in its stretches: the first twenty working days, the extension, a later day, and what is too late."""
    first = run.start + ONE_DAY
    for kind, end in (
        (SegmentKind.RUNNING, run.original_due),
        (SegmentKind.EXTENDED, run.counted_due),
        (SegmentKind.DEFERRED, run.due),
        (SegmentKind.OVERDUE, date.max),
    ):
        upto = last if end is None else min(end, last)
        if first > upto:
            continue
        for part, a, b in _parted(kind, first, upto, stopped if kind.counts else ()):
            yield Segment(part, a, b, _within(calendar, a, b), *_told(part, run, a, b), number)
        first = upto + ONE_DAY
        if end is None:
            return


def _parted(
    kind: SegmentKind, first: date, last: date, stopped: tuple[Stretch, ...]
) -> Iterator[tuple[SegmentKind, date, date]]:
    """A stretch with the stops in it cut out."""
    for one in stopped:
        a, b = max(one.first, first), min(one.last, last)
        if a > b:
            continue
        if first < a:
            yield kind, first, a - ONE_DAY
        yield SegmentKind.STOPPED, a, b
        if b >= last:
            return
        first = b + ONE_DAY
    yield kind, first, last


def _told(kind: SegmentKind, run: Run, first: date, last: date) -> tuple[str, str]:
    """The article of a stretch, and a sentence."""
    days = f"{chinese_date(first)}至{chinese_date(last)}" if first != last else chinese_date(first)
    return {
        SegmentKind.RUNNING: (cite(33, 2), f"{days}，自{run.began.label}次日起计算答复期限"),
        SegmentKind.EXTENDED: (cite(33, 2), f"{days}，延长的答复期限"),
        SegmentKind.DEFERRED: (cite(35), f"{days}，已告知延迟答复"),
        SegmentKind.STOPPED: (cite(33, 3), f"{days}，征求意见所需时间不计算在内"),
        SegmentKind.OVERDUE: (cite(33, 2), f"{days}，期满后未答复"),
    }[kind]


_STATES = {
    SegmentKind.RUNNING: DayState.COUNTED,
    SegmentKind.EXTENDED: DayState.COUNTED,
    SegmentKind.DEFERRED: DayState.DEFERRED,
    SegmentKind.STOPPED: DayState.STOPPED,
    SegmentKind.WAITING: DayState.WAITING,
    SegmentKind.OVERDUE: DayState.OVERDUE,
    SegmentKind.ABANDONED: DayState.ABANDONED,
}


def clock_days(course: Course, told: tuple[Segment, ...], calendar: Calendar) -> tuple[ClockDay, ...]:
    """Every day of the stretches, once; a run's first day (不计的始日) is shown as such."""
    found: dict[date, ClockDay] = {}
    for number, phase in enumerate(course.phases):
        ordinal = 0
        for one in (one for one in told if one.run == number and one.kind is not SegmentKind.ABANDONED):
            for day in calendar.days(one.first, one.last):
                ordinal += one.kind.counts and day.working
                found[day.date] = _one(day, one.kind, ordinal)
        if isinstance(phase, Run):
            day = calendar.day(phase.start)
            reason = f"{phase.began.label}之日，始日不计"
            found[phase.start] = ClockDay(phase.start, DayState.START, None, reason, day.provisional)
    for one in told:
        if one.kind is SegmentKind.ABANDONED:
            day = calendar.day(one.first)
            found[one.first] = ClockDay(one.first, DayState.ABANDONED, None, one.kind.label, day.provisional)
    return tuple(found[day] for day in sorted(found))


def _one(day: Day, kind: SegmentKind, ordinal: int) -> ClockDay:
    if not kind.counts:
        return ClockDay(day.date, _STATES[kind], None, kind.label, day.provisional)
    if not day.working:
        return ClockDay(day.date, DayState.SKIPPED, None, day.reason, day.provisional)
    return ClockDay(day.date, DayState.COUNTED, ordinal, day.reason, day.provisional)
