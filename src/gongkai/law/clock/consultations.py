"""Consultations (征求意见): the time they take is not counted (art. 33 para. 3), and what silence means.

A third party's silence leaves the decision to the agency (art. 32); that of an agency which made the information
jointly is consent (art. 34). Both have fifteen working days from receiving the letter. For other agencies the
Regulation sets no limit; a reading does, and silence leaves the decision to the agency.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.law.answering import CONSULTATION_WORKING_DAYS
from gongkai.law.articles import cite
from gongkai.law.calendar import Calendar
from gongkai.law.clock.acts import (
    ConsultationAnswered,
    ConsultationKind,
    ConsultationSent,
    ReasonsDemanded,
    ReasonsGiven,
)
from gongkai.law.clock.counting import ONE_DAY, OPEN, Stretch, merged
from gongkai.law.clock.history import History
from gongkai.law.readings import Readings


class Outcome(StrEnum):
    """How a consultation stands."""

    PENDING = "pending"
    ANSWERED = "answered"
    AGENCY_DECIDES = "agency_decides"
    DEEMED_CONSENT = "deemed_consent"

    @property
    def label(self) -> str:
        """In Chinese."""
        return {
            "pending": "等待意见",
            "answered": "已提出意见",
            "agency_decides": "逾期未提出意见，由机关依照条例决定",
            "deemed_consent": "逾期未提出意见，视为同意公开",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Consultation:
    """One consultation: `answer_by` is the last day to answer in time (None while it does not run); `stop` the days it
    keeps the clock still, if any."""

    sent: ConsultationSent
    answer_by: date | None
    answered: ConsultationAnswered | None
    outcome: Outcome
    stop: Stretch | None

    @property
    def article(self) -> str:
        """Where its rule stands."""
        return article_of(self.sent.kind)


def article_of(kind: ConsultationKind) -> str:
    """The article that lets the agency consult."""
    return {
        ConsultationKind.THIRD_PARTY: cite(32),
        ConsultationKind.JOINT_AGENCY: cite(34),
        ConsultationKind.OTHER_AGENCY: cite(33, 3),
    }[kind]


def consultations(history: History, calendar: Calendar, readings: Readings, horizon: date) -> tuple[Consultation, ...]:
    """Every consultation as it stands on `horizon`, in the order sent."""
    answers = {act.key: act for act in history.of(ConsultationAnswered)}
    return tuple(
        _consultation(sent, answers.get(sent.key), calendar, readings, horizon) for sent in history.of(ConsultationSent)
    )


def _consultation(
    sent: ConsultationSent,
    answered: ConsultationAnswered | None,
    calendar: Calendar,
    readings: Readings,
    horizon: date,
) -> Consultation:
    answer_by = _answer_by(sent, calendar, readings)
    in_time = answered is not None and (answer_by is None or answered.on <= answer_by)
    end = answered.on if answered is not None and in_time else answer_by
    if in_time:
        outcome = Outcome.ANSWERED
    elif answer_by is None or horizon <= answer_by:
        outcome = Outcome.PENDING
    elif sent.kind is ConsultationKind.JOINT_AGENCY:
        outcome = Outcome.DEEMED_CONSENT
    else:
        outcome = Outcome.AGENCY_DECIDES
    return Consultation(sent, answer_by, answered, outcome, _stop(sent.on, end, readings))


def _answer_by(sent: ConsultationSent, calendar: Calendar, readings: Readings) -> date | None:
    """The fifteenth working day after the consulted received the letter."""
    if sent.received is None and not readings.unrecorded_delivery_counts_from_sending:
        return None
    other = sent.kind is ConsultationKind.OTHER_AGENCY
    days = readings.other_agency_working_days if other else CONSULTATION_WORKING_DAYS
    return calendar.add(sent.received or sent.on, days)


def _stop(sent: date, end: date | None, readings: Readings) -> Stretch | None:
    first = sent if readings.stop_takes_send_day else sent + ONE_DAY
    if end is None:
        return Stretch(first, OPEN)
    last = end if readings.stop_takes_end_day else end - ONE_DAY
    return Stretch(first, last) if first <= last else None


def stops(history: History, consulted: tuple[Consultation, ...], readings: Readings) -> tuple[Stretch, ...]:
    """The days on which the clock stands still, merged. With the reading `reasons_stop_clock`, those of waiting for
    reasons too."""
    found = [one.stop for one in consulted if one.stop is not None]
    demanded = history.first(ReasonsDemanded)
    if readings.reasons_stop_clock and demanded is not None:
        given = history.first(ReasonsGiven)
        end = min(given.on, demanded.until) if given is not None else demanded.until
        waiting = _stop(demanded.on, end, readings)
        found += [waiting] if waiting is not None else []
    return merged(found)
