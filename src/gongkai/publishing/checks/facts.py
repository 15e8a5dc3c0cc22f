"""What the checks are told about a draft. Gathered by the desk; nothing here reads a database or a clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Literal

from gongkai.publishing.checks.places import Passage, Where
from gongkai.texts.richtext import plain_text

LinkState = Literal["ok", "broken", "external", "unknown"]
WordKind = Literal["wrong", "sensitive", "former", "forbidden"]


@dataclass(frozen=True)
class HiddenFact:
    """Something in a file that no reader sees but anybody can dig out: comments, tracked changes, hidden rows.

    ``kind`` is a ``gongkai.texts.reading.HiddenKind``, by its value or by its Chinese label.
    """

    kind: str
    count: int
    excerpt: str = ""


@dataclass(frozen=True)
class AttachmentFacts:
    """One attached file. ``size`` in bytes; ``has_text`` is false for a PDF that is only scanned pages."""

    id: str
    name: str
    kind: str
    size: int
    readable: bool = True
    text: str = ""
    hidden: tuple[HiddenFact, ...] = ()
    has_text: bool = True


@dataclass(frozen=True)
class LinkFacts:
    """One link of the body, in the order of the body, already looked up by whoever gathered the facts."""

    href: str
    text: str
    state: LinkState = "unknown"
    note: str = ""


@dataclass(frozen=True)
class CitedFacts:
    """A document cited by title; ``validity`` is valid, amended, expired, repealed, pending or unknown."""

    title: str
    validity: str
    successor_title: str = ""
    successor_url: str = ""


@dataclass(frozen=True)
class WordRule:
    """One entry of a word list.

    ``exceptions`` are longer phrases in which the word is right. A ``since`` day keeps a rule away from documents
    formed earlier: 工商行政管理局 is no mistake in a document of 2015.
    """

    word: str
    kind: WordKind
    severity: str
    suggestions: tuple[str, ...] = ()
    note: str = ""
    exceptions: tuple[str, ...] = ()
    since: date | None = None


# Free text of the header that the public will read; the other keys are dates, numbers and choices from a list.
SPOKEN_HEADER_FIELDS: tuple[str, ...] = ("summary", "keywords", "source", "issuer")


@dataclass(frozen=True)
class DraftFacts:
    """Everything known about a draft at the moment of the check.

    ``header`` keys: document_number, date_of_issue, published_on, effective_on, expires_on (dates or None), subject,
    genre, keywords, summary, issuer, disclosure (proactive / on_application / withheld), ground, source, title.
    ``type_key`` is the document type's key in the catalogue. ``answered`` holds the fingerprints of findings that a
    person has already answered (保留并说明理由). ``agency_names`` are the names bodies of this installation have today.
    """

    type_key: str
    title: str
    body_html: str
    today: date
    header: Mapping[str, Any] = field(default_factory=dict)
    required_fields: tuple[tuple[str, str], ...] = ()
    attachments: tuple[AttachmentFacts, ...] = ()
    links: tuple[LinkFacts, ...] = ()
    cited: tuple[CitedFacts, ...] = ()
    words: tuple[WordRule, ...] = ()
    answered: frozenset[str] = frozenset()
    agency_names: frozenset[str] = frozenset()

    @cached_property
    def body_text(self) -> str:
        """The body as a reader sees it, without markup: every offset of a body finding counts in this text."""
        return plain_text(self.body_html)

    @cached_property
    def body(self) -> Passage:
        return Passage(Where.BODY, self.body_text)

    @cached_property
    def headline(self) -> Passage:
        return Passage(Where.TITLE, self.title, field="title")

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every text the public could read: title, spoken header fields, body, text of the attachments."""
        return (self.headline, *self._spoken_header(), self.body, *self._attachment_texts())

    def header_text(self, key: str) -> str:
        """A header value as text; several values (keywords) are joined by 、; nothing is ''."""
        value = self.header.get(key)
        if value is None:
            return ""
        if isinstance(value, list | tuple | set | frozenset):
            return "、".join(str(item) for item in value)
        return str(value)

    def header_date(self, key: str) -> date | None:
        value = self.header.get(key)
        return value if isinstance(value, date) else None

    def _spoken_header(self) -> Iterator[Passage]:
        for key in SPOKEN_HEADER_FIELDS:
            if text := self.header_text(key):
                yield Passage(Where.HEADER, text, field=key)

    def _attachment_texts(self) -> Iterator[Passage]:
        for attachment in self.attachments:
            if attachment.text:
                yield Passage(Where.ATTACHMENT, attachment.text, field=attachment.name, attachment_id=attachment.id)
