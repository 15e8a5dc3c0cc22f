"""From the rows of a case to the acts the law counts from. Nothing here is stored: every reader asks again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from gongkai.agencies.workdays import current_calendar
from gongkai.applications.applications import Application, Ending
from gongkai.applications.steps import Answer, Consultation, ConsultationState, ExtensionState
from gongkai.law.articles import cite
from gongkai.law.calendar import Calendar, CalendarRangeError
from gongkai.law.clock import (
    Act,
    ClarificationNotice,
    Closed,
    ConsultationAnswered,
    ConsultationKind,
    ConsultationSent,
    DelayExcused,
    ExtensionGranted,
    FeeNotice,
    FeePaid,
    History,
    HistoryError,
    Readings,
    ReasonsDemanded,
    ReasonsGiven,
    ReasonsJudged,
    Received,
    Replied,
    Supplement,
    Timeline,
    Withdrawn,
    timeline,
)
from gongkai.law.clock import Answer as LawAnswer
from gongkai.law.numerals import chinese_date
from gongkai.law.receipt import Channel
from gongkai.ledger import moment

_ANSWERS: dict[str, LawAnswer] = {Answer.CONSENT: LawAnswer.CONSENT, Answer.OBJECT: LawAnswer.REFUSAL}
"""同意部分公开 is neither to the law."""

CASE_FACTS = ("clarifications", "extensions", "reason_demands", "fees", "consultations")
"""Relations that ``history`` reads: prefetch them for a list of cases, and it costs no query of its own."""


@dataclass
class Clocks:
    """The calendar and the readings, read once per page or batch, and the day it is."""

    calendar: Calendar = field(default_factory=current_calendar)
    readings: Readings = field(default_factory=Readings)
    today: date = field(default_factory=moment.today)

    def of(self, application: Application) -> Timeline:
        """The timeline of one case. Raises ``law.clock.HistoryError`` for rows that contradict each other."""
        line = timeline(history(application), self.calendar, self.today, self.readings)
        return line if application.round_of_id is None else _of_a_round(line, application)

    def read(self, application: Application) -> "Standing":
        """The timeline for a page; rows that contradict each other are told, and nothing breaks."""
        try:
            return Standing(self.of(application))
        except (HistoryError, CalendarRangeError) as error:
            return Standing(None, str(error))

    @cached_property
    def is_final(self) -> bool:
        """Whether this year's and the next year's arrangements are known."""
        return self.calendar.is_final(self.today.year) and self.calendar.is_final(self.today.year + 1)


@dataclass(frozen=True)
class Standing:
    """How a case stands: its timeline, or what is wrong with the dates in its rows (a taken-over ledger has such)."""

    line: Timeline | None
    problem: str = ""


def _of_a_round(line: Timeline, application: Application) -> Timeline:
    """A round begins with the decision to answer anew, and says so: nobody handed anything in on that day."""
    by = "本机关自行纠正" if application.set_right else "责令重新答复"
    reason = f"{by}，自{chinese_date(application.arrived_on)}决定之日的次日起重新计算答复期限"
    return replace(line, receipt=replace(line.receipt, reason=reason, article=cite(33, 2)))


def carry(application: Application, clocks: Clocks) -> None:
    """Let everybody who asks for the clocks of this object get these: a page reads the calendar once."""
    application.__dict__["clocks"] = clocks


def clocks_of(application: Application) -> Clocks:
    """The clocks the object carries, or new ones."""
    found = application.__dict__.get("clocks")
    return found if isinstance(found, Clocks) else Clocks()


def history(application: Application) -> History:
    """Every act of the case that the clock knows, from its rows."""
    return History(tuple(_acts(application)))


def _acts(application: Application) -> Iterator[Act]:
    yield Received(
        Channel(application.channel), application.arrived_on, application.signed_on, application.confirmed_on
    )
    for notice in application.clarifications.all():
        yield ClarificationNotice(notice.notified_on, notice.until)
        if notice.excused_on and notice.excused_until:
            yield DelayExcused(notice.excused_on, notice.excused_until)
        if notice.answered_on:
            yield Supplement(notice.answered_on)
    for extension in application.extensions.all():
        if extension.state != ExtensionState.DECLINED and extension.approved_on:
            yield ExtensionGranted(extension.approved_on, extension.notified_on, extension.working_days)
    yield from _reasons(application)
    yield from _fees(application)
    yield from _consultations(application.consultations.all())
    yield from _end(application)


def _reasons(application: Application) -> Iterator[Act]:
    for demand in application.reason_demands.all():
        yield ReasonsDemanded(demand.demanded_on, demand.until)
        if demand.given_on:
            yield ReasonsGiven(demand.given_on)
        if demand.judged_on and demand.reasonable is not None:
            yield ReasonsJudged(demand.judged_on, demand.reasonable, demand.later_due, demand.notified_on)


def _fees(application: Application) -> Iterator[Act]:
    for fee in application.fees.all():
        if fee.received_on and not (fee.waived_on and not fee.paid_on):
            yield FeeNotice(fee.received_on, fee.amount)
            if fee.paid_on:
                yield FeePaid(fee.paid_on)


def _consultations(consultations: Iterable[Consultation]) -> Iterator[Act]:
    for one in consultations:
        if one.state == ConsultationState.CANCELLED:
            continue
        yield ConsultationSent(str(one.pk), ConsultationKind(one.kind), one.sent_on, one.received_on)
        if one.answered_on:
            yield ConsultationAnswered(str(one.pk), one.answered_on, _ANSWERS.get(one.answer, LawAnswer.OTHER))


def _end(application: Application) -> Iterator[Act]:
    ended = application.closed_on
    if application.replied_on:
        yield Replied(application.replied_on)
    elif ended and application.ending == Ending.WITHDRAWN:
        yield Withdrawn(ended)
    elif ended:
        yield Closed(ended, str(Ending(application.ending).label) if application.ending else "")
