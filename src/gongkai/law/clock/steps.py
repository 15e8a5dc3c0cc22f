"""The steps of a case and the last lawful day of each (各环节最迟日期)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.law.answering import CLARIFICATION_NOTICE_WORKING_DAYS
from gongkai.law.articles import cite
from gongkai.law.calendar import Calendar
from gongkai.law.clock.acts import (
    Act,
    ClarificationNotice,
    ReasonsDemanded,
    ReasonsGiven,
    Replied,
)
from gongkai.law.clock.consultations import Consultation, Outcome
from gongkai.law.clock.course import Course, Wait, WaitKind
from gongkai.law.clock.history import History
from gongkai.law.clock.walking import FEE_RULES
from gongkai.law.receipt import Channel, Receipt


class StepState(StrEnum):
    """How a step stands."""

    OPEN = "open"
    DONE = "done"
    DONE_LATE = "done_late"
    LAPSED = "lapsed"
    OVERDUE = "overdue"

    @property
    def label(self) -> str:
        """In Chinese."""
        return {
            "open": "待办",
            "done": "已办",
            "done_late": "逾期办理",
            "lapsed": "期限已过",
            "overdue": "已逾期",
        }[self.value]

    @property
    def pending(self) -> bool:
        """Whether it is still to be done."""
        return self in (StepState.OPEN, StepState.OVERDUE)


class Actor(StrEnum):
    """Whose turn it is."""

    AGENCY = "agency"
    APPLICANT = "applicant"
    CONSULTED = "consulted"

    @property
    def label(self) -> str:
        """In Chinese."""
        return {"agency": "本机关", "applicant": "申请人", "consulted": "被征求意见方"}[self.value]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `due` its last lawful day (None: none, or not known yet), `done_on` when it was done. `required` is
    False for what the agency may do and need not (补正告知、延期告知)."""

    key: str
    label: str
    due: date | None
    done_on: date | None
    article: str
    state: StepState
    actor: Actor = Actor.AGENCY
    required: bool = True


@dataclass(frozen=True, slots=True)
class Facts:
    """What the steps are read from."""

    history: History
    receipt: Receipt
    course: Course
    consulted: tuple[Consultation, ...]
    due: date | None
    original_due: date | None
    horizon: date
    ended: bool
    calendar: Calendar

    def state(self, due: date | None, done: date | None, *, passed: StepState = StepState.LAPSED) -> StepState:
        """How a step stands; `passed` what it is called when its day went by."""
        if done is not None:
            return StepState.DONE_LATE if due is not None and done > due else StepState.DONE
        if due is not None and self.horizon > due:
            return passed
        return StepState.LAPSED if self.ended else StepState.OPEN


def steps(facts: Facts) -> tuple[Step, ...]:
    """The steps in the order of a case: those done, those due, those whose day has passed."""
    found: list[Step | None] = [_confirmation(facts), _clarification(facts)]
    found += [_wait(facts, one) for one in facts.course.phases if isinstance(one, Wait)]
    found += [_reasons(facts), *(_answer(facts, one) for one in facts.consulted)]
    found += [_extension(facts), _reply(facts)]
    return tuple(one for one in found if one is not None)


def next_step(found: tuple[Step, ...]) -> Step | None:
    """The step to be done with the earliest day; one without a day only where there is none with one."""
    pending = [one for one in found if one.state.pending]
    dated = [one for one in pending if one.due is not None]
    return min(dated, key=lambda one: one.due or date.max) if dated else next(iter(pending), None)


def _confirmation(facts: Facts) -> Step | None:
    """Art. 31: a plain letter is to be confirmed on the day it arrives."""
    received = facts.history.received
    if not received.channel.needs_confirmation:
        return None
    due = received.arrived if received.channel is Channel.PLAIN_MAIL else None
    state = facts.state(due, received.confirmed, passed=StepState.OVERDUE)
    if facts.ended and state is StepState.OVERDUE:
        state = StepState.LAPSED
    return Step("confirmation", "与申请人确认收到", due, received.confirmed, received.channel.article, state)


def _clarification(facts: Facts) -> Step | None:
    """Art. 30: seven working days from receipt, whatever stops the reply."""
    if facts.receipt.day is None:
        return None
    notice = facts.history.first(ClarificationNotice)
    due = facts.calendar.add(facts.receipt.day, CLARIFICATION_NOTICE_WORKING_DAYS)
    done = notice.on if notice is not None else None
    if done is None and facts.ended:
        return None
    state = facts.state(due, done)
    return Step("clarification_notice", "告知补正（如需要）", due, done, cite(30), state, required=False)


def _wait(facts: Facts, wait: Wait) -> Step:
    """Art. 30, fee rules: what the applicant has to do."""
    key, label, article = {
        WaitKind.SUPPLEMENT: ("supplement", "申请人补正", cite(30)),
        WaitKind.PAYMENT: ("payment", "申请人缴费", FEE_RULES),
    }[wait.kind]
    return Step(key, label, wait.until, wait.ended, article, facts.state(wait.until, wait.ended), Actor.APPLICANT)


def _reasons(facts: Facts) -> Step | None:
    demanded = facts.history.first(ReasonsDemanded)
    if demanded is None:
        return None
    given = facts.history.first(ReasonsGiven)
    done = given.on if given is not None else None
    state = facts.state(demanded.until, done)
    return Step("reasons", "申请人说明理由", demanded.until, done, cite(35), state, Actor.APPLICANT)


def _answer(facts: Facts, one: Consultation) -> Step:
    """Art. 32, 34: the consulted has fifteen working days."""
    done = one.answered.on if one.answered is not None else None
    label = f"{one.sent.kind.label}提出意见（{one.sent.key}）"
    state = facts.state(one.answer_by, done)
    if one.outcome is Outcome.PENDING and facts.ended:
        state = StepState.LAPSED
    return Step(f"consultation:{one.sent.key}", label, one.answer_by, done, one.article, state, Actor.CONSULTED)


def _extension(facts: Facts) -> Step | None:
    """Art. 33 para. 2: told before the original period ends."""
    run, by = facts.course.last_run, facts.course.extended_by
    if by is not None:
        due = facts.course.extended_before or by.notified_on
        return Step(
            "extension_notice",
            "告知延期",
            due,
            by.notified_on,
            cite(33, 2),
            facts.state(due, by.notified_on),
            required=False,
        )
    if run is None or facts.course.run is None or facts.ended:
        return None
    state = facts.state(facts.original_due, None)
    return Step(
        "extension_notice", "批准并告知延期（如需要）", facts.original_due, None, cite(33, 2), state, required=False
    )


def _reply(facts: Facts) -> Step | None:
    """Art. 33: the reply itself."""
    final: Act | None = facts.history.final
    done = final.on if isinstance(final, Replied) else None
    if done is None and (facts.ended or facts.receipt.day is None):
        return None
    state = facts.state(facts.due, done, passed=StepState.OVERDUE)
    return Step("reply", "答复申请人", facts.due, done, cite(33, 2), state)
