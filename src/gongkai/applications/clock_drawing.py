"""The statutory clock as a strip of days: what the desk, the applicant's page and the calculator draw. Pure.

``draw(timeline)`` gives the cells for ``<c-clock :drawing=…>``; the component adds a table that says the same in words.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from gongkai.law.clock import ClockDay, DayState, Timeline
from gongkai.law.numerals import chinese_date

_MARKS = {
    DayState.START: "收",
    DayState.SKIPPED: "·",
    DayState.STOPPED: "停",
    DayState.WAITING: "待",
    DayState.DEFERRED: "延",
    DayState.OVERDUE: "逾",
    DayState.ABANDONED: "弃",
}
_LONGEST_RUN = 40  # days of one state that are not counted: of more, the beginning and the end are drawn
_ENDS_SHOWN = 5
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Cell:
    """One box. ``kind``: a ``DayState`` (or ``gap``: days left out). ``words`` say the day, for table and title."""

    day: date
    kind: str
    mark: str
    label: str
    words: str
    past: bool = False
    today: bool = False
    due: bool = False
    makeup: bool = False
    provisional: bool = False


@dataclass(frozen=True)
class Drawing:
    """A strip with what it says in one sentence, and the kinds that occur in it, for the legend."""

    cells: tuple[Cell, ...]
    summary: str
    legend: tuple[tuple[str, str, str], ...]
    provisional: bool

    def __bool__(self) -> bool:
        return bool(self.cells)

    @property
    def shows_due(self) -> bool:
        """Whether the due date is among the days, and has a place in the legend."""
        return any(one.due for one in self.cells)

    @property
    def rows(self) -> list[dict[str, str]]:
        """Every drawn day in words, for the table beside the strip."""
        return [{"day": f"{one.day:%Y-%m-%d}", "weekday": _weekday(one.day), "words": one.words} for one in self.cells]


def draw(timeline: Timeline) -> Drawing:
    """The strip of a timeline; without cells while the day of receipt is not known."""
    cells = tuple(_shortened([_cell(timeline, one) for one in timeline.days]))
    kinds = {one.kind for one in cells}
    legend = tuple((state.value, _MARKS.get(state, "1"), state.label) for state in DayState if state.value in kinds)
    return Drawing(cells, _summary(timeline), legend, any(one.provisional for one in cells))


def _cell(timeline: Timeline, one: ClockDay) -> Cell:
    day = one.date
    makeup = one.state is DayState.COUNTED and day.weekday() >= 5
    mark = str(one.ordinal) if one.ordinal is not None else _MARKS.get(one.state, "")
    return Cell(
        day=day,
        kind=one.state.value,
        mark=mark,
        label=f"{day.month}.{day.day}",
        words=_words(timeline, one, makeup=makeup),
        past=day < timeline.today,
        today=day == timeline.today,
        due=day == timeline.due_date,
        makeup=makeup,
        provisional=one.provisional,
    )


def _words(timeline: Timeline, one: ClockDay, *, makeup: bool) -> str:
    if one.ordinal is not None:
        said = f"第{one.ordinal}个工作日" + ("（调休上班）" if makeup else "")
    elif one.state is DayState.SKIPPED:
        said = f"{one.reason}，不计"
    else:
        said = one.reason or one.state.label
    if one.date == timeline.due_date:
        said += "，期满日"
    if one.date == timeline.today:
        said += "，今天"
    return said + ("（放假安排尚未公布，暂按推算）" if one.provisional else "")


def _shortened(cells: list[Cell]) -> Iterator[Cell]:
    """Long stretches of the same kind, which nobody counts, without their middle."""
    for kind, grouped in groupby(cells, key=lambda one: one.kind):
        run = list(grouped)
        if kind in (DayState.COUNTED, DayState.SKIPPED) or len(run) <= _LONGEST_RUN:
            yield from run
            continue
        left_out = run[_ENDS_SHOWN:-_ENDS_SHOWN]
        kept = [one for one in left_out if one.today or one.due]
        first, last = left_out[0], left_out[-1]
        words = f"至{chinese_date(last.day)}，共{len(left_out)}天，同前"
        yield from run[:_ENDS_SHOWN]
        yield Cell(first.day, "gap", "…", f"{len(left_out)}天", words)
        yield from kept
        yield from run[-_ENDS_SHOWN:]


def _summary(timeline: Timeline) -> str:
    received = timeline.receipt.day
    if received is None:
        return "收到申请之日尚未确定，期限还没有起算。"
    said = f"{chinese_date(received)}收到申请"
    if timeline.stopped:
        said += f"，期间停止计算{len(timeline.stopped)}次"
    if timeline.due_date is not None:
        said += f"，期满日{chinese_date(timeline.due_date)}"
    return f"{said}，{timeline.status.label}。"


def _weekday(day: date) -> str:
    return f"星期{_WEEKDAYS[day.weekday()]}"
