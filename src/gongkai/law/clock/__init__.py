"""The statutory clock of an application (依申请公开的期限): a history of dated acts in, a timeline out.

Regulation articles 30 to 35 and the fee rules. Enter by `timeline(History([...]), calendar, today, readings)`;
`explain` tells a citizen why the date is that date; `may_extend` and `may_clarify` tell the desk why not;
`load` and `dump` speak the JSON of docs/clock.md.
"""

from gongkai.law.clock.acts import (
    Act,
    Answer,
    ClarificationNotice,
    Closed,
    ConsultationAnswered,
    ConsultationKind,
    ConsultationSent,
    DelayExcused,
    ExtensionGranted,
    FeeNotice,
    FeePaid,
    ReasonsDemanded,
    ReasonsGiven,
    ReasonsJudged,
    Received,
    Replied,
    Supplement,
    Withdrawn,
)
from gongkai.law.clock.consultations import Consultation, Outcome
from gongkai.law.clock.deriving import Timeline, timeline
from gongkai.law.clock.exchange import DocumentError, dump, load
from gongkai.law.clock.explaining import explain, readings_that_mattered
from gongkai.law.clock.findings import Finding, Gravity
from gongkai.law.clock.history import History, HistoryError
from gongkai.law.clock.latest import may_clarify, may_extend
from gongkai.law.clock.segments import ClockDay, DayState, Segment, SegmentKind
from gongkai.law.clock.standing import Light, Status
from gongkai.law.clock.steps import Actor, Step, StepState
from gongkai.law.readings import Reading, Readings, reading, readings_offered
from gongkai.law.receipt import Channel, Receipt

__all__ = [
    "Act",
    "Actor",
    "Answer",
    "Channel",
    "ClarificationNotice",
    "ClockDay",
    "Closed",
    "Consultation",
    "ConsultationAnswered",
    "ConsultationKind",
    "ConsultationSent",
    "DayState",
    "DelayExcused",
    "DocumentError",
    "ExtensionGranted",
    "FeeNotice",
    "FeePaid",
    "Finding",
    "Gravity",
    "History",
    "HistoryError",
    "Light",
    "Outcome",
    "Reading",
    "Readings",
    "ReasonsDemanded",
    "ReasonsGiven",
    "ReasonsJudged",
    "Receipt",
    "Received",
    "Replied",
    "Segment",
    "SegmentKind",
    "Status",
    "Step",
    "StepState",
    "Supplement",
    "Timeline",
    "Withdrawn",
    "dump",
    "explain",
    "load",
    "may_clarify",
    "may_extend",
    "reading",
    "readings_offered",
    "readings_that_mattered",
    "timeline",
]
