"""How a matter of the full list stands: pure, from the day of its newest document and today."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gongkai.law.limits import Limit
from gongkai.law.numerals import chinese_date
from gongkai.law.recurring import next_expected, recurs
from gongkai.law.upkeep import UpdateDuty

SOON_DAYS = 15
"""即将到期 begins so many days before: time to write, review and release what is due."""


class MatterState(StrEnum):
    """From what must be done to what needs nothing; lists are ordered so."""

    LATE = "late"
    MISSING = "missing"
    DUE_SOON = "due_soon"
    FRESH = "fresh"
    UNBOUND = "unbound"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def tone(self) -> str:
        """Tone of the tag that shows it."""
        return {"late": "late", "missing": "late", "due_soon": "soon", "fresh": "good"}.get(self.value, "line")


_LABELS = {
    MatterState.LATE: "未按时更新",
    MatterState.MISSING: "尚未公开",
    MatterState.DUE_SOON: "即将到期",
    MatterState.FRESH: "已公开",
    MatterState.UNBOUND: "未关联",
}
ORDER = {state: place for place, state in enumerate(MatterState)}


@dataclass(frozen=True)
class MatterFacts:
    """``last``: the day the newest document was published, None for none. ``asked_for``: disclosed on application."""

    limit: Limit
    duty: UpdateDuty | None
    bound: bool
    asked_for: bool
    last: date | None


@dataclass(frozen=True)
class MatterStatus:
    """``next_on``: the last day on which the next disclosure is in time. ``changes_on``: the next day on which all of
    this reads differently though nothing happens; None: never."""

    state: MatterState
    last: date | None
    next_on: date | None
    changes_on: date | None

    def sentence(self) -> str:
        """The state in one Chinese phrase."""
        if self.state is MatterState.UNBOUND:
            return "未关联文件，不计算公开状态"
        if self.last is None:
            return "还没有公开的信息"
        if self.next_on is None:
            return f"最近于{chinese_date(self.last)}公开"
        if self.state is MatterState.LATE:
            return f"应于{chinese_date(self.next_on)}前更新，尚未更新"
        return f"下次应于{chinese_date(self.next_on)}前更新"


def expects_again(limit: Limit, duty: UpdateDuty | None) -> bool:
    """Whether something new is expected from time to time."""
    return duty.period is not None if duty is not None else recurs(limit)


def matter_status(facts: MatterFacts, today: date) -> MatterStatus:
    """How the matter stands today. The day ``next_on`` itself is still in time."""
    if facts.asked_for or not facts.bound:
        return MatterStatus(MatterState.UNBOUND, facts.last, None, None)
    if facts.last is None:
        return MatterStatus(MatterState.MISSING, None, None, None)
    expected = None
    if expects_again(facts.limit, facts.duty):
        expected = next_expected(facts.limit, facts.last, facts.duty.period if facts.duty else None)
    if expected is None:
        return MatterStatus(MatterState.FRESH, facts.last, None, None)
    if today > expected:
        return MatterStatus(MatterState.LATE, facts.last, expected, None)
    soon_on = expected - timedelta(days=SOON_DAYS)
    if today >= soon_on:
        return MatterStatus(MatterState.DUE_SOON, facts.last, expected, expected + timedelta(days=1))
    return MatterStatus(MatterState.FRESH, facts.last, expected, soon_on)
