"""The statutory clock drawn as a strip of days: one small picture per week, so that weeks wrap on a phone and on paper.

Every day says what it is: counted with its number, skipped with the reason, stopped, waited, late. The template only
writes out coordinates; the same days stand below as a table, for everybody and on paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.law.clock import ClockDay, DayState, Segment, Timeline
from gongkai.law.numerals import chinese_date

CELL, HEIGHT = 33, 46
_WEEK = 7
_LATE_SHOWN = 28  # days past the due date that are drawn; how late it is stands in words
_WEEKDAYS = "一二三四五六日"
_WORDS = {
    DayState.START: "收",
    DayState.STOPPED: "停",
    DayState.WAITING: "候",
    DayState.DEFERRED: "延",
    DayState.OVERDUE: "逾",
    DayState.ABANDONED: "弃",
    DayState.SKIPPED: "",
}


@dataclass(frozen=True)
class Cell:
    """One day of the strip. ``kind`` is its class, ``inside`` what is written in it, ``title`` the whole in words."""

    x: int
    day: date
    kind: str
    inside: str
    title: str
    past: bool
    today: bool
    due: bool
    makeup: bool
    mark: str = ""

    @property
    def middle(self) -> int:
        """Where its words stand."""
        return self.x + CELL // 2

    @property
    def right(self) -> int:
        """Where its lower edge ends."""
        return self.x + CELL - 3


@dataclass(frozen=True)
class Row:
    """One line of the table of days."""

    day: date
    weekday: str
    state: str
    ordinal: int | None
    reason: str


@dataclass(frozen=True)
class Strip:
    """The whole drawing: weeks of cells, the stretches in words, the days in a table, and a sentence for whoever does
    not see it. ``cut``: whether days past the due date are left out."""

    weeks: Sequence[Sequence[Cell]]
    stretches: Sequence[Segment]
    rows: Sequence[Row]
    sentence: str
    cut: bool
    width: int = CELL * _WEEK
    height: int = HEIGHT
    cell: int = CELL - 3

    def __bool__(self) -> bool:
        return bool(self.weeks)


def strip(line: Timeline) -> Strip:
    """The strip of a timeline; empty while nothing has been received."""
    days = list(line.days)
    last = _last_drawn(line)
    drawn = [one for one in days if last is None or one.date <= last]
    marks = _marks(line)
    weeks: list[list[Cell]] = []
    monday: date | None = None
    for one in drawn:
        begin = one.date - timedelta(days=one.date.weekday())
        if begin != monday:
            weeks.append([])
            monday = begin
        weeks[-1].append(_cell(one, line, marks))
    rows = [_row(one) for one in days]
    return Strip(weeks, line.segments, rows, _sentence(line), cut=len(drawn) < len(days))


def _last_drawn(line: Timeline) -> date | None:
    if line.due_date is None:
        return None
    return line.due_date + timedelta(days=_LATE_SHOWN)


def _cell(one: ClockDay, line: Timeline, marks: dict[date, str]) -> Cell:
    makeup = one.state is not DayState.SKIPPED and one.date.weekday() >= 5 and line.calendar.is_working(one.date)
    inside = str(one.ordinal) if one.ordinal is not None else _WORDS.get(one.state, "")
    title = f"{chinese_date(one.date)}星期{_WEEKDAYS[one.date.weekday()]}：{_said(one)}"
    mark = marks.get(one.date, "")
    due = one.date == line.due_date
    title += "，期满日" if due else ""
    title += f"；{mark}" if mark else ""
    return Cell(
        x=CELL * one.date.weekday(),
        day=one.date,
        kind=one.state.value,
        inside=inside,
        title=title + ("（安排尚未公布，暂按周末推算）" if one.provisional else ""),
        past=one.date < line.today,
        today=one.date == line.today,
        due=due,
        makeup=makeup,
        mark=mark,
    )


def _said(one: ClockDay) -> str:
    number = f"第{one.ordinal}个工作日" if one.ordinal is not None else one.state.label
    return f"{number}，{one.reason}" if one.reason and one.reason != one.state.label else number


def _row(one: ClockDay) -> Row:
    return Row(one.date, _WEEKDAYS[one.date.weekday()], one.state.label, one.ordinal, one.reason)


def _marks(line: Timeline) -> dict[date, str]:
    """What happened on which day, from the acts."""
    found: dict[date, list[str]] = {}
    for act in line.history.acts:
        found.setdefault(act.day, []).append(act.NAME)
    return {day: "、".join(dict.fromkeys(names)) for day, names in found.items()}


def _sentence(line: Timeline) -> str:
    """The drawing in one sentence."""
    parts = [line.receipt.reason]
    counted = sum(1 for one in line.days if one.ordinal is not None and one.date <= line.today)
    stopped = sum(one.working_days for one in line.segments if one.kind.value == "stopped")
    if line.due_date is not None:
        parts.append(f"到今天计入{counted}个工作日，期满日{chinese_date(line.due_date)}")
    else:
        parts.append(line.status.label)
    if stopped:
        parts.append(f"征求意见停止计算{stopped}个工作日")
    return "；".join(parts) + "。"


def used(line: Timeline) -> tuple[int, int]:
    """Working days counted in the present run up to today, and how many there are in all."""
    runs = [one for one in line.segments if one.kind.counts]
    if not runs:
        return 0, 0
    last = runs[-1].run
    ordinals = [one for one in line.days if one.ordinal is not None and _in_run(one, line, last)]
    return sum(1 for one in ordinals if one.date <= line.today), len(ordinals)


def _in_run(one: ClockDay, line: Timeline, run: int) -> bool:
    return any(part.run == run and part.first <= one.date <= part.last for part in line.segments)
