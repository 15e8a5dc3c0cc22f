"""Where a finding stands, in words that a person reads and a browser can find again.

A place never carries personal data: everything quoted is cut from the masked copy of its passage, letter for letter as
long as the original, so that offsets hold and a ``*`` stands for exactly one hidden character.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from gongkai.publishing.checks.personal import PersonalDatum, find_personal, mask_spans

CONTEXT = 24  # characters kept on either side: enough to tell two equal quotes apart, short enough to read
LONGEST_QUOTE = 120


class Where(StrEnum):
    TITLE = "title"
    HEADER = "header"
    BODY = "body"
    ATTACHMENT = "attachment"


@dataclass(frozen=True)
class Place:
    """A spot in a draft.

    ``start``/``end`` are offsets in the plain text of the passage (None where the finding is about a whole field or
    file). ``quote`` is the text at that spot, ``prefix`` and ``suffix`` its neighbours within the same line: together a
    text-quote selector. In a ``masked`` place a ``*`` of the three matches any one character. ``element`` names an
    element of the body that has no text, as ``tag:index`` counted from zero (``img:2``).
    """

    where: Where
    field: str = ""
    start: int | None = None
    end: int | None = None
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    masked: bool = False
    attachment_id: str | None = None
    element: str = ""

    @property
    def excerpt(self) -> str:
        """The quote in its line, for people to read."""
        return f"{self.prefix}{self.quote}{self.suffix}"


@dataclass(frozen=True)
class Passage:
    """One text of the draft with its address; places are cut from here."""

    where: Where
    value: str
    field: str = ""
    attachment_id: str | None = None

    @cached_property
    def personal(self) -> tuple[PersonalDatum, ...]:
        """Numbers and addresses of persons in this text, in order, not overlapping."""
        return find_personal(self.value)

    @cached_property
    def shown(self) -> str:
        """The text with personal data masked, as long as the original."""
        return mask_spans(self.value, self.personal)

    @cached_property
    def lines(self) -> tuple[tuple[int, str], ...]:
        """(offset, line) of every line, without the line break."""
        found: list[tuple[int, str]] = []
        offset = 0
        for line in self.value.split("\n"):
            found.append((offset, line))
            offset += len(line) + 1
        return tuple(found)

    def place(self, start: int, end: int) -> Place:
        """The place of ``value[start:end]``; a very long stretch is quoted by its beginning."""
        shown_end = min(end, start + LONGEST_QUOTE)
        quote = self.shown[start:shown_end]
        prefix = self.shown[max(0, start - CONTEXT) : start].rpartition("\n")[2]
        suffix = self.shown[shown_end : shown_end + CONTEXT].partition("\n")[0]
        original = self.value[start - len(prefix) : shown_end + len(suffix)]
        return Place(
            where=self.where,
            field=self.field,
            start=start,
            end=shown_end,
            quote=quote,
            prefix=prefix,
            suffix=suffix,
            masked=f"{prefix}{quote}{suffix}" != original,
            attachment_id=self.attachment_id,
        )

    def whole(self) -> Place:
        """The passage as such, without a spot in it."""
        return Place(where=self.where, field=self.field, attachment_id=self.attachment_id)

    def before(self, start: int, length: int = 24) -> str:
        """Up to ``length`` characters before ``start`` on the same line: what a number is called stands there."""
        return self.value[max(0, start - length) : start].rpartition("\n")[2]
