"""Decisions about documents, from facts given: validity, notices, which column holds what. No database, no clock."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.catalog.documents import DocumentState, NoticeKind


class Validity(StrEnum):
    """有效性 as readers know it. Derived every time, never stored: tomorrow it may be another."""

    NONE = ""
    PENDING = "pending"
    VALID = "valid"
    AMENDED = "amended"
    EXPIRED = "expired"
    REPEALED = "repealed"

    @property
    def label(self) -> str:
        return _VALIDITY_LABELS[self]

    @property
    def tone(self) -> str:
        """Tone of the tag that shows it."""
        return {"valid": "go", "amended": "go", "pending": "blue", "expired": "danger", "repealed": "danger"}.get(
            self, ""
        )


_VALIDITY_LABELS = {
    Validity.NONE: "",
    Validity.PENDING: "尚未施行",
    Validity.VALID: "现行有效",
    Validity.AMENDED: "已修改，现行有效",
    Validity.EXPIRED: "失效",
    Validity.REPEALED: "废止",
}


@dataclass(frozen=True)
class ValidityFacts:
    """What validity depends on. ``has_validity``: the type is one that can lapse at all (declared per type)."""

    has_validity: bool
    state: str
    notice_kind: str
    notice_on: date | None
    effective_on: date | None
    expires_on: date | None
    amended: bool


def validity(facts: ValidityFacts, today: date) -> Validity:
    """Whether the text holds today.

    A notice counts from its day on; a period of validity ends with the day before ``expires_on`` (its first day out).
    """
    if facts.state == DocumentState.WITHDRAWN and (facts.notice_on is None or facts.notice_on <= today):
        return Validity.REPEALED if facts.notice_kind == NoticeKind.REPEALED else Validity.EXPIRED
    if not facts.has_validity:
        return Validity.NONE
    if facts.expires_on is not None and facts.expires_on <= today:
        return Validity.EXPIRED
    if facts.effective_on is not None and facts.effective_on > today:
        return Validity.PENDING
    return Validity.AMENDED if facts.amended else Validity.VALID


def next_change(facts: ValidityFacts, today: date) -> date | None:
    """The next day on which validity changes by itself (a page prepared today is stale from then); None if never."""
    days = [facts.effective_on, facts.expires_on, facts.notice_on]
    later = [day for day in days if day is not None and day > today]
    return min(later) if later else None


def archived(has_validity: bool, expires_on: date | None, body_ended_on: date | None, today: date) -> bool:
    """Whether a text is kept for the record only (已归档), computed from what is known, never set by hand:

    the body that said it has ended, or it is of a type that cannot lapse (a notice of works, say) and its own last day
    is past. A text that can lapse is 失效 or 废止 instead, and says that.
    """
    over = not has_validity and expires_on is not None and expires_on <= today
    return over or (body_ended_on is not None and body_ended_on <= today)
