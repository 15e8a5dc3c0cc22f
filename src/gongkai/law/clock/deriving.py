"""The timeline of an application (办理时间轴): what a history means on a day, under a calendar and readings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from gongkai.law.articles import cite
from gongkai.law.calendar import Calendar
from gongkai.law.clock.acts import Act, Received, name_of, stated_days
from gongkai.law.clock.consultations import Consultation, Outcome, consultations, stops
from gongkai.law.clock.counting import Stretch
from gongkai.law.clock.course import Course
from gongkai.law.clock.findings import Finding, Gravity
from gongkai.law.clock.history import History, HistoryError
from gongkai.law.clock.segments import ClockDay, Segment, clock_days, segments
from gongkai.law.clock.standing import Light, Status, light_of, status_of
from gongkai.law.clock.steps import Facts, Step, next_step, steps
from gongkai.law.clock.walking import Walk
from gongkai.law.numerals import chinese_date
from gongkai.law.readings import DEFAULT, Readings
from gongkai.law.receipt import Receipt, ReceiptError, receipt

SOON = 3
"""Working days before a lawful deadline from which it is near, unless the caller says otherwise."""


@dataclass(frozen=True)
class Timeline:
    """How an application stands on `today`. `due_date`: the last day to reply, None while the applicant is waited for,
    after giving up, before receipt; `original_due` the same without extension. `days_left`: `Calendar.remaining`.

    `segments` and `days` are made when first asked for.
    """

    history: History
    calendar: Calendar
    today: date
    readings: Readings
    receipt: Receipt
    course: Course
    consultations: tuple[Consultation, ...]
    stopped: tuple[Stretch, ...]
    due_date: date | None
    original_due: date | None
    days_left: int | None
    status: Status
    light: Light
    steps: tuple[Step, ...]
    findings: tuple[Finding, ...]
    provisional: bool

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """The stretches from the day after receipt: running, stopped, waiting …"""
        return segments(self.course, self.stopped, self.ended_on, self.today, self.calendar)

    @cached_property
    def days(self) -> tuple[ClockDay, ...]:
        """Every single day, for drawing a strip."""
        return clock_days(self.course, self.segments, self.calendar)

    @property
    def ended_on(self) -> date | None:
        """The day of the reply, withdrawal or closing."""
        final = self.history.final
        return final.day if final is not None else None

    @property
    def next_step(self) -> Step | None:
        """The step with the earliest day still to come, or overdue."""
        return next_step(self.steps)

    @property
    def consultation_outcomes(self) -> Mapping[str, Outcome]:
        """Each consultation's key with how it stands."""
        return {one.sent.key: one.outcome for one in self.consultations}

    def step(self, key: str) -> Step | None:
        """The step of that key; the latest where there were several."""
        return next((one for one in reversed(self.steps) if one.key == key), None)


def timeline(
    history: History, calendar: Calendar, today: date, readings: Readings = DEFAULT, *, soon: int = SOON
) -> Timeline:
    """The timeline of a history as it stands on `today`.

    Raises HistoryError for dates that contradict each other or lie after `today`, CalendarRangeError for dates the
    calendar cannot answer for.
    """
    _no_later_than(today, history)
    got = _receipt(history.received, calendar, readings)
    final = history.final
    horizon = final.day if final is not None else today
    consulted = consultations(history, calendar, readings, horizon)
    stopped = stops(history, consulted, readings)
    course = Course()
    if got.day is not None:
        course = Walk(calendar, readings, got.day, stopped, horizon).through(history.acts)
    run = course.run
    due, original = (run.due, run.original_due) if run is not None else (None, None)
    status = status_of(history, got.day, course, due, stopped, today)
    ended = final is not None or not status.open
    facts = Facts(history, got, course, consulted, due, original, horizon, ended, calendar)
    found = steps(facts)
    upcoming = next_step(found)
    left = calendar.remaining(today, due) if due is not None and status.open else None
    return Timeline(
        history=history,
        calendar=calendar,
        today=today,
        readings=readings,
        receipt=got,
        course=course,
        consultations=consulted,
        stopped=stopped,
        due_date=due,
        original_due=original,
        days_left=left,
        status=status,
        light=light_of(status, upcoming.due if upcoming is not None else None, today, soon, calendar),
        steps=found,
        findings=(*_receiving(history, got), *course.findings, *_consulting(consulted), *_ending(status, due, history)),
        provisional=_provisional(got.day, found, calendar),
    )


def _no_later_than(today: date, history: History) -> None:
    for act in history.acts:
        late = [day for day in stated_days(act) if day > today]
        if late:
            raise HistoryError(
                f"{name_of(act)}：日期{chinese_date(max(late))}晚于计算之日{chinese_date(today)}；要试算以后的情形，"
                "请把计算之日改到那一天"
            )


def _receipt(received: Received, calendar: Calendar, readings: Readings) -> Receipt:
    try:
        return receipt(
            received.channel,
            arrived=received.arrived,
            signed=received.signed,
            confirmed=received.confirmed,
            calendar=calendar,
            readings=readings,
        )
    except ReceiptError as error:
        raise HistoryError(f"{name_of(received)}：{error}") from error


def _receiving(history: History, got: Receipt) -> list[Finding]:
    found = [Finding("receipt", Gravity.WARNING, said, got.article) for said in got.warnings]
    others = [act for act in history.acts if not isinstance(act, Received)]
    if got.day is None and others:
        said = f"尚未确定收到之日，期限没有起算；{'、'.join(map(name_of, others))}不影响期限"
        found.append(Finding("not_received", Gravity.WARNING, said, got.article))
    early = [act for act in others if got.actual is not None and act.day < got.actual]
    if early:
        said = f"{'、'.join(map(name_of, early))}早于收到之日{chinese_date(got.actual or early[0].day)}"
        found.append(Finding("before_receipt", Gravity.WARNING, said, got.article))
    return found


def _consulting(consulted: tuple[Consultation, ...]) -> list[Finding]:
    found = []
    for one in consulted:
        name = f"{name_of(one.sent)}"
        if one.sent.received is None:
            said = f"{name}没有记录对方何时收到，请补录"
            if one.answer_by is not None:
                said += f"；暂按发出之日计算，至{chinese_date(one.answer_by)}期满"
            reading = "unrecorded_delivery_counts_from_sending"
            found.append(Finding("no_delivery", Gravity.WARNING, said, one.article, reading))
        if one.outcome in (Outcome.AGENCY_DECIDES, Outcome.DEEMED_CONSENT) and one.answer_by is not None:
            said = f"{name}：至{chinese_date(one.answer_by)}{one.outcome.label}"
            if one.answered is not None:
                said += f"；{chinese_date(one.answered.on)}才提出意见，可供参考"
            found.append(Finding(one.outcome.value, Gravity.NOTE, said, one.article))
    return found


def _ending(status: Status, due: date | None, history: History) -> list[Finding]:
    final: Act | None = history.final
    if due is None:
        return []
    if status is Status.OVERDUE:
        said = f"答复期限已于{chinese_date(due)}届满，尚未答复"
        return [Finding("overdue", Gravity.VIOLATION, said, cite(33, 2))]
    if status is Status.REPLIED_LATE and final is not None:
        said = f"答复期限于{chinese_date(due)}届满，{chinese_date(final.day)}才答复"
        return [Finding("replied_late", Gravity.VIOLATION, said, cite(33, 2))]
    return []


def _provisional(start: date | None, found: tuple[Step, ...], calendar: Calendar) -> bool:
    """Whether a date shown rests on a day whose arrangement is not announced yet."""
    dates = [step.due for step in found if step.due is not None]
    if start is None or not dates or max(dates) <= start:
        return False
    return calendar.is_provisional(start, max(dates))
