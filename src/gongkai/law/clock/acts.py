"""What happened to an application, as dated acts (办理经过): the history a timeline is derived from.

Acts may be given in any order. They are taken day by day; on one day, requests come before the answers to them, then
what the agency decides, last what ends the case: the order of `ORDER`. Acts of one kind on one day keep the order in
which they were given.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar, TypeAlias

from gongkai.law.receipt import Channel


class ConsultationKind(StrEnum):
    """Whom an agency consults before it answers."""

    THIRD_PARTY = "third_party"
    JOINT_AGENCY = "joint_agency"
    OTHER_AGENCY = "other_agency"

    @property
    def label(self) -> str:
        """The officials' word for it."""
        return {"third_party": "第三方", "joint_agency": "共同制作机关", "other_agency": "其他机关"}[self.value]


class Answer(StrEnum):
    """What the consulted answered."""

    CONSENT = "consent"
    REFUSAL = "refusal"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The officials' word for it."""
        return {"consent": "同意公开", "refusal": "不同意公开", "other": "其他意见"}[self.value]


@dataclass(frozen=True, slots=True)
class Received:
    """收到申请: when it reached the agency, was signed for, was confirmed with the applicant (art. 31)."""

    NAME: ClassVar[str] = "收到申请"
    DATES: ClassVar[tuple[str, ...]] = ("arrived", "signed", "confirmed")

    channel: Channel
    arrived: date
    signed: date | None = None
    confirmed: date | None = None

    @property
    def day(self) -> date:
        """The first day on which the agency had it in hand."""
        return self.arrived if self.signed is None else min(self.arrived, self.signed)


@dataclass(frozen=True, slots=True)
class ClarificationNotice:
    """补正告知 (art. 30): sent on a day, with the last day `until` which the applicant may supplement."""

    NAME: ClassVar[str] = "补正告知"
    DATES: ClassVar[tuple[str, ...]] = ("on",)

    on: date
    until: date | None = None

    @property
    def day(self) -> date:
        return self.on


@dataclass(frozen=True, slots=True)
class ReasonsDemanded:
    """要求说明理由 (art. 35): number or frequency exceed what is reasonable; reasons are due `until`."""

    NAME: ClassVar[str] = "要求说明理由"
    DATES: ClassVar[tuple[str, ...]] = ("on",)

    on: date
    until: date

    @property
    def day(self) -> date:
        return self.on


@dataclass(frozen=True, slots=True)
class ConsultationSent:
    """征求意见 (art. 32, 33, 34): sent on a day; `received` when the consulted got it. `key` tells several apart."""

    NAME: ClassVar[str] = "征求意见"
    DATES: ClassVar[tuple[str, ...]] = ("on", "received")

    key: str
    kind: ConsultationKind
    on: date
    received: date | None = None

    @property
    def day(self) -> date:
        return self.on


@dataclass(frozen=True, slots=True)
class FeeNotice:
    """收费通知: the day the applicant *received* it."""

    NAME: ClassVar[str] = "收费通知"
    DATES: ClassVar[tuple[str, ...]] = ("on",)

    on: date
    amount: Decimal | None = None

    @property
    def day(self) -> date:
        return self.on


@dataclass(frozen=True, slots=True)
class DelayExcused:
    """补正逾期有正当理由 (art. 30): the agency accepts the reason on a day, and a supplement up to `until`; that may be
    a day already past, when the supplement is there."""

    NAME: ClassVar[str] = "认可补正逾期的正当理由"
    DATES: ClassVar[tuple[str, ...]] = ("on",)

    on: date
    until: date

    @property
    def day(self) -> date:
        return self.on


@dataclass(frozen=True, slots=True)
class Supplement:
    """收到补正 (art. 30)."""

    NAME: ClassVar[str] = "收到补正"
    DATES: ClassVar[tuple[str, ...]] = ("on",)

    on: date

    @property
    def day(self) -> date:
        return self.on


@dataclass(frozen=True, slots=True)
class ReasonsGiven:
    """收到理由说明 (art. 35)."""

    NAME: ClassVar[str] = "收到理由说明"
    DATES: ClassVar[tuple[str, ...]] = ("on",)

    on: date

    @property
    def day(self) -> date:
        return self.on


@dataclass(frozen=True, slots=True)
class ConsultationAnswered:
    """收到意见: the answer to the consultation `key`."""

    NAME: ClassVar[str] = "收到意见"
    DATES: ClassVar[tuple[str, ...]] = ("on",)

    key: str
    on: date
    answer: Answer = Answer.OTHER

    @property
    def day(self) -> date:
        return self.on


@dataclass(frozen=True, slots=True)
class FeePaid:
    """缴费."""

    NAME: ClassVar[str] = "缴费"
    DATES: ClassVar[tuple[str, ...]] = ("on",)

    on: date

    @property
    def day(self) -> date:
        return self.on


@dataclass(frozen=True, slots=True)
class ReasonsJudged:
    """审查理由 (art. 35): `reasonable` or not; if so perhaps a later day `later_due` for the reply, told to the
    applicant on `notified_on`."""

    NAME: ClassVar[str] = "审查理由"
    DATES: ClassVar[tuple[str, ...]] = ("on", "notified_on")

    on: date
    reasonable: bool
    later_due: date | None = None
    notified_on: date | None = None

    @property
    def day(self) -> date:
        return self.on


@dataclass(frozen=True, slots=True)
class ExtensionGranted:
    """延期 (art. 33): approved by the head of the disclosure office, and told to the applicant on `notified_on`."""

    NAME: ClassVar[str] = "延期"
    DATES: ClassVar[tuple[str, ...]] = ("approved_on", "notified_on")

    approved_on: date
    notified_on: date | None = None
    working_days: int = 20

    @property
    def day(self) -> date:
        return self.approved_on


@dataclass(frozen=True, slots=True)
class Replied:
    """答复 (art. 36): what counts is the day it was sent."""

    NAME: ClassVar[str] = "答复"
    DATES: ClassVar[tuple[str, ...]] = ("on",)

    on: date

    @property
    def day(self) -> date:
        return self.on


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """申请人撤回."""

    NAME: ClassVar[str] = "撤回申请"
    DATES: ClassVar[tuple[str, ...]] = ("on",)

    on: date

    @property
    def day(self) -> date:
        return self.on


@dataclass(frozen=True, slots=True)
class Closed:
    """办结 without a reply, or the file closed after one; `how` in Chinese."""

    NAME: ClassVar[str] = "办结"
    DATES: ClassVar[tuple[str, ...]] = ("on",)

    on: date
    how: str = ""

    @property
    def day(self) -> date:
        return self.on


Act: TypeAlias = (
    Received
    | ClarificationNotice
    | ReasonsDemanded
    | ConsultationSent
    | FeeNotice
    | DelayExcused
    | Supplement
    | ReasonsGiven
    | ConsultationAnswered
    | FeePaid
    | ReasonsJudged
    | ExtensionGranted
    | Replied
    | Withdrawn
    | Closed
)

ORDER: tuple[type[Act], ...] = (
    Received,
    ClarificationNotice,
    ReasonsDemanded,
    ConsultationSent,
    FeeNotice,
    DelayExcused,
    Supplement,
    ReasonsGiven,
    ConsultationAnswered,
    FeePaid,
    ReasonsJudged,
    ExtensionGranted,
    Replied,
    Withdrawn,
    Closed,
)
"""The order of acts on one day."""

INCOMING = (Supplement, ReasonsGiven, ConsultationAnswered, FeePaid)
"""What others do: it may still come after the end of a case, and then changes nothing."""

FINAL = (Replied, Withdrawn, Closed)
"""What ends a case."""


def name_of(act: Act) -> str:
    """The act in Chinese, with its key and day: 征求意见“甲公司”（2024年2月9日）."""
    key = f"“{act.key}”" if isinstance(act, ConsultationSent | ConsultationAnswered) else ""
    return f"{act.NAME}{key}（{act.day.year}年{act.day.month}月{act.day.day}日）"


def stated_days(act: Act) -> Iterator[date]:
    """The days of an act that are facts (not days set for the future)."""
    for field in act.DATES:
        day = getattr(act, field)
        if day is not None:
            yield day
