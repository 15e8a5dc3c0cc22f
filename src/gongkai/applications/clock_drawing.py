"""The statutory clock as a strip of days: what the desk, the applicant's page and the calculator draw. Pure.

``draw(timeline)`` gives weeks of cells for ``<c-clock :drawing=…>``, Monday on the left, so that weeks wrap on a phone
and on paper; the component adds a table that says every day in words.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from gongkai.law.clock import ClockDay, DayState, Received, Timeline
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
_LONGEST_RUN = 40  # days on end that are not counted: of more, the beginning and the end are drawn
_ENDS_SHOWN = 5
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Cell:
    """One box. ``kind``: a ``DayState`` (or ``gap``: days left out); ``column``: its weekday, Monday is 1; ``acts``:
    what happened on it. ``words`` say all of it, for table and title."""

    day: date
    kind: str
    mark: str
    label: str
    words: str
    column: int = 1
    acts: str = ""
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

    def __bool__(self) -> bool:
        return bool(self.cells)

    @property
    def weeks(self) -> list[list[Cell]]:
        """The cells week by week; days left out stand in a week of their own."""
        return [list(days) for _, days in groupby(self.cells, key=_monday)]

    @property
    def legend_of(self) -> list[tuple[str, str, str]]:
        """What else a box may show: class, what stands in it, words."""
        shown = (
            ("is-due", "20", "期满日", any(one.due for one in self.cells)),
            ("is-today", "8", "今天", any(one.today for one in self.cells)),
            ("is-makeup", "6", "调休上班", any(one.makeup for one in self.cells)),
            ("has-acts", "　", "当日有办理事项", any(one.acts for one in self.cells)),
            ("is-provisional", "?", "放假安排未公布，暂按推算", any(one.provisional for one in self.cells)),
        )
        return [(kind, mark, words) for kind, mark, words, there in shown if there]

    @property
    def rows(self) -> list[dict[str, str]]:
        """Every drawn day in words, for the table beside the strip."""
        return [{"day": f"{one.day:%Y-%m-%d}", "weekday": _weekday(one.day), "words": one.words} for one in self.cells]


def draw(timeline: Timeline) -> Drawing:
    """The strip of a timeline; without cells while the day of receipt is not known."""
    acts = _acts(timeline)
    cells = tuple(_shortened([_cell(timeline, one, acts.get(one.date, "")) for one in timeline.days]))
    kinds = {one.kind for one in cells}
    legend = tuple((state.value, _MARKS.get(state, "1"), state.label) for state in DayState if state.value in kinds)
    return Drawing(cells, _summary(timeline), legend)


def used(timeline: Timeline) -> tuple[int, int]:
    """Working days counted in the present run up to today, and how many there are in all."""
    runs = [one for one in timeline.segments if one.kind.counts]
    if not runs:
        return 0, 0
    present = [one for one in timeline.segments if one.run == runs[-1].run]
    days = [
        one.date
        for one in timeline.days
        if one.ordinal is not None and any(part.first <= one.date <= part.last for part in present)
    ]
    return sum(1 for day in days if day <= timeline.today), len(days)


def _acts(timeline: Timeline) -> dict[date, str]:
    """What happened on which day; the receipt is a day of its own."""
    found: dict[date, list[str]] = {}
    for act in timeline.history.acts:
        if isinstance(act, Received):
            continue
        found.setdefault(act.day, []).append(act.NAME)
    return {day: "、".join(dict.fromkeys(names)) for day, names in found.items()}


def _cell(timeline: Timeline, one: ClockDay, acts: str) -> Cell:
    day = one.date
    makeup = one.state is not DayState.SKIPPED and day.weekday() >= 5 and timeline.calendar.is_working(day)
    mark = str(one.ordinal) if one.ordinal is not None else _MARKS.get(one.state, "")
    return Cell(
        day=day,
        kind=one.state.value,
        mark=mark,
        label=f"{day.month}.{day.day}",
        words=_words(timeline, one, acts, makeup=makeup),
        column=day.isoweekday(),
        acts=acts,
        past=day < timeline.today,
        today=day == timeline.today,
        due=day == timeline.due_date,
        makeup=makeup,
        provisional=one.provisional,
    )


def _words(timeline: Timeline, one: ClockDay, acts: str, *, makeup: bool) -> str:
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
    said += "（放假安排尚未公布，暂按推算）" if one.provisional else ""
    return f"{said}；{acts}" if acts else said


def _shortened(cells: list[Cell]) -> Iterator[Cell]:
    """Long stretches of days that are not counted, without their middle."""
    for counted, grouped in groupby(cells, key=lambda one: one.kind == DayState.COUNTED):
        run = list(grouped)
        if counted or len(run) <= _LONGEST_RUN:
            yield from run
            continue
        left_out = [one for one in run[_ENDS_SHOWN:-_ENDS_SHOWN] if not (one.today or one.due or one.acts)]
        first, last = left_out[0], left_out[-1]
        yield from run[:_ENDS_SHOWN]
        words = f"至{chinese_date(last.day)}，其间{len(left_out)}天同前"
        yield Cell(first.day, "gap", "…", f"{len(left_out)}天", words)
        yield from (one for one in run[_ENDS_SHOWN:-_ENDS_SHOWN] if one.today or one.due or one.acts)
        yield from run[-_ENDS_SHOWN:]


def _monday(one: Cell) -> tuple[date, bool]:
    return one.day - timedelta(days=one.day.weekday()), one.kind == "gap"


def _summary(timeline: Timeline) -> str:
    received = timeline.receipt.day
    if received is None:
        return "收到申请之日尚未确定，期限还没有起算。"
    said = f"{chinese_date(received)}收到申请"
    if timeline.stopped:
        said += f"，期间停止计算{len(timeline.stopped)}次"
    if timeline.due_date is not None:
        said += f"，到今天计入{used(timeline)[0]}个工作日，期满日{chinese_date(timeline.due_date)}"
    return f"{said}，{timeline.status.label}。"


def _weekday(day: date) -> str:
    return f"星期{_WEEKDAYS[day.weekday()]}"
