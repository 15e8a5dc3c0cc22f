"""How an application stands on a day (办理状态): its status, and the colour of urgency."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from gongkai.law.calendar import Calendar
from gongkai.law.clock.acts import Closed, Replied, Withdrawn
from gongkai.law.clock.counting import Stretch
from gongkai.law.clock.course import Course, WaitKind
from gongkai.law.clock.history import History


class Status(StrEnum):
    """Where an application stands."""

    AWAITING_CONFIRMATION = "awaiting_confirmation"
    RUNNING = "running"
    STOPPED = "stopped"
    AWAITING_SUPPLEMENT = "awaiting_supplement"
    AWAITING_REASONS = "awaiting_reasons"
    AWAITING_PAYMENT = "awaiting_payment"
    OVERDUE = "overdue"
    DEEMED_ABANDONED = "deemed_abandoned"
    REPLIED = "replied"
    REPLIED_LATE = "replied_late"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The officials' word for it."""
        return _LABELS[self]

    @property
    def open(self) -> bool:
        """Whether the case still goes on."""
        return self not in _ENDED


_LABELS = {
    Status.AWAITING_CONFIRMATION: "待确认收到",
    Status.RUNNING: "计算中",
    Status.STOPPED: "征求意见，暂停计算",
    Status.AWAITING_SUPPLEMENT: "等待补正",
    Status.AWAITING_REASONS: "等待说明理由",
    Status.AWAITING_PAYMENT: "等待缴费",
    Status.OVERDUE: "已逾期",
    Status.DEEMED_ABANDONED: "视为放弃申请",
    Status.REPLIED: "已答复",
    Status.REPLIED_LATE: "逾期答复",
    Status.WITHDRAWN: "申请人撤回",
    Status.CLOSED: "已办结",
}
_ENDED = {Status.DEEMED_ABANDONED, Status.REPLIED, Status.REPLIED_LATE, Status.WITHDRAWN, Status.CLOSED}


class Light(StrEnum):
    """The colour of urgency."""

    NONE = "none"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"

    @property
    def label(self) -> str:
        """In Chinese."""
        return {"none": "不计时", "green": "正常", "amber": "临近期限", "red": "逾期"}[self.value]


def status_of(
    history: History, received: date | None, course: Course, due: date | None, stopped: tuple[Stretch, ...], today: date
) -> Status:
    """The status. A reply is in time up to the due date; while there is none (waiting) it cannot be late."""
    final = history.final
    if isinstance(final, Replied):
        return Status.REPLIED_LATE if due is not None and final.on > due else Status.REPLIED
    if isinstance(final, Withdrawn):
        return Status.WITHDRAWN
    if course.abandoned is not None:
        return Status.DEEMED_ABANDONED
    if isinstance(final, Closed):
        return Status.CLOSED
    if received is None:
        return Status.AWAITING_CONFIRMATION
    if course.wait is not None:
        supplement = course.wait.kind is WaitKind.SUPPLEMENT
        return Status.AWAITING_SUPPLEMENT if supplement else Status.AWAITING_PAYMENT
    if due is not None and today > due:
        return Status.OVERDUE
    if any(one.holds(today) for one in stopped):
        return Status.STOPPED
    if course.reasons_until is not None and today <= course.reasons_until:
        return Status.AWAITING_REASONS
    return Status.RUNNING


def light_of(status: Status, next_due: date | None, today: date, soon: int, calendar: Calendar) -> Light:
    """Red: a duty is overdue. Amber: the next lawful deadline is at most `soon` working days away."""
    if not status.open:
        return Light.NONE
    if status is Status.OVERDUE or (next_due is not None and next_due < today):
        return Light.RED
    near = next_due is not None and calendar.remaining(today, next_due) <= soon
    return Light.AMBER if near or status is Status.AWAITING_CONFIRMATION else Light.GREEN
