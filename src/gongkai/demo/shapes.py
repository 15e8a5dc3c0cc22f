"""The shapes of the demo city's content: what a builder needs to fire the real procedures, and nothing of Django.

A ``DemoDocument`` says what a document is; its ``fate`` says how far it has travelled by ``today``.
All times are aware and in China Standard Time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")

#: The keys a document's ``type`` may take; the same keys as the catalogue's declared types.
TYPES: tuple[str, ...] = (
    "rule",
    "normative",
    "other_document",
    "notice",
    "news",
    "interpretation",
    "plan",
    "budget",
    "service",
    "enforcement",
    "fee",
    "procurement",
    "project",
    "emergency",
    "recruitment",
    "organisation",
    "annual_report",
    "topic_page",
)

#: The roles of an officer, in the order in which they see a document.
ROLES: tuple[str, ...] = (
    "drafter",
    "handler",
    "dept_reviewer",
    "office_reviewer",
    "legal_reviewer",
    "secrecy_reviewer",
    "leader",
    "disclosure_officer",
    "disclosure_head",
    "admin",
)

LINK_KINDS: tuple[str, ...] = ("interprets", "amends", "repeals", "basis", "related")


@dataclass(frozen=True)
class Attachment:
    """A file to be made by the builder: ``kind`` is pdf, docx or xlsx.

    ``lines`` are paragraphs; for xlsx each line is a row, its cells separated by tabs, the first row being the header.
    """

    name: str
    kind: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Link:
    """A typed link to another document of the demo, by its key."""

    kind: str
    target: str


@dataclass(frozen=True)
class Released:
    """Published at ``at`` and still as it was."""

    kind: ClassVar[str] = "released"
    at: datetime


@dataclass(frozen=True)
class InReview:
    """Submitted at ``submitted_at``; now waits for the role named by ``step``."""

    kind: ClassVar[str] = "in_review"
    submitted_at: datetime
    step: str


@dataclass(frozen=True)
class Returned:
    """Sent back to its drafter at ``at`` by the role named by ``step``, with the reason the drafter reads."""

    kind: ClassVar[str] = "returned"
    submitted_at: datetime
    at: datetime
    step: str
    reason: str


@dataclass(frozen=True)
class Drafting:
    """Still being written; ``late`` when article 26's twenty working days since its formation are over."""

    kind: ClassVar[str] = "drafting"
    late: bool


@dataclass(frozen=True)
class Approved:
    """Approved at ``at`` by the last reviewer; waits for the disclosure office to release it."""

    kind: ClassVar[str] = "approved"
    at: datetime


@dataclass(frozen=True)
class Scheduled:
    """Approved; to be released at ``at``, which lies after ``today``."""

    kind: ClassVar[str] = "scheduled"
    approved_at: datetime
    at: datetime


@dataclass(frozen=True)
class Corrected:
    """Released at ``released_at``; a slip was corrected at ``at`` (更正), giving ``second_html``."""

    kind: ClassVar[str] = "corrected"
    released_at: datetime
    at: datetime
    note: str
    second_html: str


@dataclass(frozen=True)
class Revised:
    """Released at ``released_at``; revised at ``at`` (修订) with a change note, giving ``second_html``."""

    kind: ClassVar[str] = "revised"
    released_at: datetime
    at: datetime
    change_note: str
    second_html: str


@dataclass(frozen=True)
class Withdrawn:
    """Released at ``released_at``; marked 失效 (``expired``) or 废止 (``repealed``) at ``at``; the text stays."""

    kind: ClassVar[str] = "withdrawn"
    released_at: datetime
    at: datetime
    way: str
    ground: str
    successor: str | None


@dataclass(frozen=True)
class Revoked:
    """Released at ``released_at`` by mistake and taken back at ``at`` (误发撤回)."""

    kind: ClassVar[str] = "revoked"
    released_at: datetime
    at: datetime
    reason: str


@dataclass(frozen=True)
class Emergency:
    """Released at ``at`` before review, for ``reason``; reviewed after the fact at ``reviewed_at``."""

    kind: ClassVar[str] = "emergency"
    at: datetime
    reason: str
    reviewed_at: datetime


Fate = (
    Released
    | InReview
    | Returned
    | Drafting
    | Approved
    | Scheduled
    | Corrected
    | Revised
    | Withdrawn
    | Revoked
    | Emergency
)


@dataclass(frozen=True)
class DemoDocument:
    """One document of the demo city, with everything its header, page and journey need.

    ``article20`` is the item of article 20 it answers (1-15) or None. ``handwritten`` tells a text written for itself
    from one of a series. ``trips`` names the checks that its first text is meant to trip.
    """

    key: str
    agency: str
    department: str
    type: str
    title: str
    document_number: str | None
    date_of_issue: date
    effective_on: date | None
    expires_on: date | None
    subject: str
    genre: str
    keywords: tuple[str, ...]
    summary: str
    source: str
    attribute: str
    ground: str
    article20: int | None
    topics: tuple[str, ...]
    body_html: str
    attachments: tuple[Attachment, ...]
    links: tuple[Link, ...]
    fate: Fate
    handwritten: bool
    trips: tuple[str, ...] = ()

    @property
    def released_at(self) -> datetime | None:
        """When the public could first read it, or None when it has not been released by ``today``."""
        fate = self.fate
        if isinstance(fate, Released | Emergency):
            return fate.at
        if isinstance(fate, Corrected | Revised | Withdrawn | Revoked):
            return fate.released_at
        return None
