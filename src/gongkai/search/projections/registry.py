"""The door for findable kinds: how a subject becomes items, which entries touch it, and how a hit is shown.

A new kind (published replies, services, questions and answers) is one module that registers a ``Projection`` on import,
imported in ``SearchConfig.ready``.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from django.utils.safestring import SafeString

from gongkai.ledger.entries import Entry
from gongkai.search.asking import Hit
from gongkai.search.engines.contract import Item, Place

ALL = "all"
"""The scope of every subject of a kind."""


@dataclass
class Touched:
    """What has to be projected anew: single subjects by id, and scopes (``agency:7``, ``all``) that may hold very many
    and are done bit by bit."""

    ids: set[int] = field(default_factory=set)
    scopes: set[str] = field(default_factory=set)


class Shows(Protocol):
    """How the words of a question are shown in a text."""

    def title(self, text: str) -> SafeString:
        """The whole text, escaped and marked."""

    def fragment(self, texts: Iterable[tuple[str, str]]) -> tuple[str, SafeString]:
        """Of (name, text) pairs the first that has the words: its name, and the words with what stands around."""


@dataclass(frozen=True)
class Projection:
    """One kind of subject, and the kinds of items it becomes (with their Chinese names).

    ``items`` gives what the subjects of these ids are now (nothing for what is gone). ``after`` lists ids of a scope in
    rising order, for doing all; ``total`` says how many there are; ``turned`` those
    that became another thing between two days by themselves. ``touched`` reads entries. ``show`` reads hits
    again: only what still carries one of the labels comes back, by key.
    """

    subject: str
    kinds: Mapping[str, str]
    entry_kinds: frozenset[str]
    items: Callable[[Sequence[int]], Iterable[Item]]
    after: Callable[[str, int, int], list[int]]
    total: Callable[[], int]
    turned: Callable[[date, date], list[int]]
    touched: Callable[[Sequence[Entry]], Touched]
    show: Callable[[Sequence[Place], frozenset[str], Shows], Mapping[str, Hit]]


_PROJECTIONS: dict[str, Projection] = {}


def register(projection: Projection) -> Projection:
    """Declare a projection; names of subjects and of kinds of items are unique."""
    taken = {kind for one in _PROJECTIONS.values() for kind in one.kinds}
    if projection.subject in _PROJECTIONS or taken & set(projection.kinds):
        raise ValueError(f"projection of {projection.subject!r} is registered twice")
    _PROJECTIONS[projection.subject] = projection
    return projection


def all_projections() -> list[Projection]:
    """Every registered one, in the order of registration."""
    return list(_PROJECTIONS.values())


def get(subject: str) -> Projection:
    """The projection of that kind of subject; raises KeyError."""
    return _PROJECTIONS[subject]


def of_kind(kind: str) -> Projection:
    """The projection that makes items of this kind; raises KeyError."""
    return next(one for one in _PROJECTIONS.values() if kind in one.kinds)


def kind_labels() -> dict[str, str]:
    """Kinds of items with their Chinese names."""
    return {kind: label for one in _PROJECTIONS.values() for kind, label in one.kinds.items()}
