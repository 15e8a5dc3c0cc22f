"""What must happen to a case next, and by when: read from its clock every time, stored nowhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.applications import asked_names
from gongkai.applications.applications import Application
from gongkai.applications.clock_facts import Clocks, Standing
from gongkai.applications.remedies import Remedy, RemedyState
from gongkai.law import challenges
from gongkai.law.calendar import Calendar
from gongkai.law.clock import Light, Status, Step, Timeline
from gongkai.law.remedies import RemedyKind as LawRemedyKind

_TONES = {Light.RED: "late", Light.AMBER: "soon", Light.GREEN: "", Light.NONE: ""}
_WAITING = frozenset(
    {Status.AWAITING_CONFIRMATION, Status.AWAITING_SUPPLEMENT, Status.AWAITING_PAYMENT, Status.AWAITING_REASONS}
)


@dataclass(frozen=True)
class Urgency:
    """The next lawful deadline of a case: its day, what is due then, and how near it is in words and colour.

    ``due`` None: nothing is due (waiting without a day, or over); ``now``: since when somebody should act although the
    law names no day (a confirmation that is still to be had).
    """

    light: Light
    due: date | None
    what: str
    text: str
    now: date | None = None

    @property
    def tone(self) -> str:
        """The tone of the tag that shows it."""
        return _TONES[self.light]

    @property
    def order(self) -> date:
        """By what the worklist is sorted: the most urgent first, what has no day last."""
        return self.due or self.now or date.max


def of_case(application: Application, clocks: Clocks) -> Urgency:
    """The most urgent of everything due: the clock's next step, a body's order to reply anew, answers to remedies."""
    return of_standing(application, clocks.read(application), clocks)


def of_standing(
    application: Application, standing: Standing, clocks: Clocks, names: Mapping[str, str] | None = None
) -> Urgency:
    """The same where the timeline was made already. ``names``: of those consulted, where there is room to say whom."""
    line = standing.line
    if line is None:
        return Urgency(Light.RED, clocks.today, "核对日期", "日期有矛盾")
    found = [_of_line(line, names), *_ordered(application, clocks), *_remedies(application.remedies.all(), clocks)]
    return min(found, key=lambda one: (one.order, one.light is not Light.RED))


def _of_line(line: Timeline, names: Mapping[str, str] | None) -> Urgency:
    step = _next(line) if line.status.open else None
    if not line.status.open:
        return Urgency(Light.NONE, None, "", "" if line.status is Status.REPLIED else line.status.label)
    if step is None or step.due is None:
        now = line.today if line.light is Light.AMBER else None
        return Urgency(line.light, None, asked_names.label(step, names) if step else "", line.status.label, now)
    text = _left(line.calendar, line.today, step.due)
    if line.status in _WAITING or line.status is Status.STOPPED:
        text = f"{line.status.label.split('，')[-1]}，{text}"
    return Urgency(line.light, step.due, asked_names.label(step, names), text)


def _next(line: Timeline) -> Step | None:
    """The law's next step; of several on one day, what must be done before what may be."""
    first = line.next_step
    if first is None or first.due is None:
        return first
    same = [one for one in line.steps if one.state.pending and one.due == first.due]
    return min(same, key=lambda one: not one.required)


def _ordered(application: Application, clocks: Clocks) -> Iterable[Urgency]:
    """责令重新答复: the day the body or court set for the new reply."""
    if application.round_of_id is None or not application.is_open:
        return
    for remedy in application.round_of.remedies.all() if application.round_of else ():
        if remedy.orders_new_reply and remedy.reply_within:
            yield dated(remedy.reply_within, "重新答复（责令期限）", clocks)


def _remedies(remedies: Iterable[Remedy], clocks: Clocks) -> Iterable[Urgency]:
    for one in remedies:
        due = answer_due(one, clocks.calendar)
        if one.state == RemedyState.FILED and due is not None:
            yield dated(due.date, f"{one.get_kind_display()}答复", clocks)


def answer_due(remedy: Remedy, calendar: Calendar) -> challenges.AnswerDue | None:
    """By when the agency answers; None until it is known when the papers came."""
    if remedy.served_on is None:
        return None
    kind = LawRemedyKind(remedy.kind)
    return challenges.answer_due(kind, remedy.served_on, calendar, simplified=remedy.simplified)


def dated(due: date, what: str, clocks: Clocks, soon: int = 3) -> Urgency:
    """A day due, and its colour."""
    left = clocks.calendar.remaining(clocks.today, due)
    light = Light.RED if due < clocks.today else Light.AMBER if left <= soon else Light.GREEN
    return Urgency(light, due, what, _left(clocks.calendar, clocks.today, due))


def _left(calendar: Calendar, today: date, due: date) -> str:
    if due == today:
        return "今天到期"
    days = calendar.remaining(today, due)
    if due < today:
        return f"逾期{-days}个工作日"
    return f"剩{days}个工作日" if days else f"剩{(due - today).days}天，都是休息日"
