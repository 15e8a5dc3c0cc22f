"""What the search asks of an engine, and what it is given. Values only; nothing here knows documents or Django."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from gongkai.search.analysis import Phrase

NEVER = 99_999_999
"""A day (YYYYMMDD) that does not come."""

EVERYBODY = "public"
"""The label of what everybody may find; nearly every item has it."""

HEAVIEST = 2.0
"""No item weighs more: what is not among the best words cannot be lifted above them by its weight."""


class Unusable(RuntimeError):
    """The index at this place is torn, half deleted or of another version: it has to be made anew."""


class Busy(RuntimeError):
    """Another process writes this index."""


@dataclass(frozen=True)
class Holding:
    """When a text holds, in days YYYYMMDD. ``base`` is what it is between ``begins`` and its end: "none" for what
    cannot lapse, "valid", "amended". A repeal goes before an expiry."""

    base: str = "none"
    begins: int = 0
    expired: int = NEVER
    repealed: int = NEVER

    def on(self, day: int) -> str:
        """The validity on that day; the same decision as ``catalog.rules.validity``."""
        if self.repealed <= day:
            return "repealed"
        if self.expired <= day:
            return "expired"
        return "pending" if self.begins > day else self.base

    def around(self, day: int) -> tuple[int, int]:
        """The days from which and before which it is what it is on that day."""
        turns = (self.begins, self.expired, self.repealed)
        return max([0, *(one for one in turns if one <= day)]), min([NEVER, *(one for one in turns if one > day)])


@dataclass(frozen=True)
class Item:
    """One findable thing.

    ``key`` names it; ``subject`` is what it was projected from: all items of a subject are replaced together.
    ``labels``: who brings one of them may find it; none means nobody. ``texts`` are searched beside the title, no
    phrase reaching from one into the next. ``numbers`` are found as wholes only. ``terms`` are values by facet.
    ``order`` is unique and grows with the date; ``day`` is the date as YYYYMMDD (0: none). ``weight`` multiplies how
    well the words fit (``weighing``), ``HEAVIEST`` at most. ``as_of`` is the day it was looked at: it changes no
    answer, but what did not turn since then is counted and filtered by validity quickest. ``hints`` are what it can
    be suggested by before its words are typed whole (``search.hints``). ``shown`` comes back with the hit.
    """

    key: str
    subject: str
    labels: tuple[str, ...]
    title: str
    texts: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: int = 0
    day: int = 0
    holding: Holding = Holding()
    weight: float = 1.0
    as_of: int = 0
    hints: tuple[str, ...] = ()
    shown: Mapping[str, Any] = field(default_factory=dict)


def fingerprint(item: Item) -> str:
    """Tells two states of an item apart, by everything that is found or shown."""
    holding = item.holding
    parts: Iterable[object] = (
        item.labels, item.title, item.texts, item.numbers, item.hints, sorted(item.terms.items()), item.order, item.day,
        item.weight, holding.base, holding.begins, holding.expired, holding.repealed, sorted(item.shown.items()),
    )  # fmt: skip
    return hashlib.blake2b(repr(tuple(parts)).encode(), digest_size=8).hexdigest()


@dataclass(frozen=True)
class Wanted:
    """One question to the engine.

    An item matches when it has all phrases of one of the ``alternatives`` or one of the ``numbers`` (both empty: every
    item), one of the ``labels``, of every filter one value, and lies between the days. ``alternatives`` after the first
    count for less. It must have all ``hints``. ``today`` (YYYYMMDD) decides validity. ``whole`` is the question
    squeezed: a title that is exactly it comes first.
    """

    labels: frozenset[str]
    today: int
    alternatives: tuple[tuple[Phrase, ...], ...] = ()
    numbers: tuple[str, ...] = ()
    whole: str = ""
    hints: tuple[str, ...] = ()
    title_only: bool = False
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: int = 0
    until: int = NEVER
    facets: tuple[str, ...] = ()
    by_date: bool = False
    size: int = 20
    offset: int = 0
    older_than: int | None = None
    newer_than: int | None = None


@dataclass(frozen=True)
class Place:
    """One hit: its key, its place by date, and what was given to be shown."""

    key: str
    order: int
    score: float
    shown: Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """Exact total, hits in order, exact counts by facet and value."""

    total: int
    places: Sequence[Place]
    facets: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Stats:
    """How large the index is: items, pieces it consists of, bytes on the disk."""

    items: int
    segments: int
    bytes: int


class Engine(Protocol):
    """An index at a place. Reading is safe from many threads; one process writes at a time.

    What was written is found after ``commit``, by other processes as well. Any method raises ``Unusable`` when the
    index turns out to be damaged, the writing ones ``Busy`` when another process holds it.
    """

    def replace(self, subjects: Iterable[str], items: Iterable[Item]) -> None:
        """Take out everything projected from these subjects and put these items in."""

    def remove(self, subjects: Iterable[str]) -> None:
        """Take out everything projected from these subjects."""

    def commit(self) -> None:
        """Make all since the last commit durable and visible at once."""

    def release(self) -> None:
        """Let another process write."""

    def search(self, wanted: Wanted) -> Answer:
        """The answer to one question, as of the last commit."""

    def count(self, wanted: Wanted) -> int:
        """Only the total."""

    def keys(self) -> Mapping[str, str]:
        """A fingerprint of every item by key, for the comparison with the database."""

    def stats(self) -> Stats:
        """How large it is."""

    def close(self) -> None:
        """Let go of everything."""
