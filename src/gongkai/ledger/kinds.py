"""Kinds of entries: registered once, each saying how it reads in a timeline and how it forgets personal data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Privacy(StrEnum):
    """How a kind deals with personal data, given that entries are never rewritten."""

    NONE = "none"  # the data of this kind never contains personal data of the public
    BY_REFERENCE = "by_reference"  # only the id of a record that can itself be erased
    SEALED = "sealed"  # under a per-person key that can be destroyed (persons.py)


class UnknownKind(LookupError):
    """An entry was to be written under a name nobody registered: a programming error, found by any test."""


@dataclass(frozen=True)
class Kind:
    """One kind of entry.

    ``describe`` turns the entry's data into one Chinese sentence; the actor and the time stand beside it already.
    ``public`` kinds may be shown to readers (release, correction, withdrawal), others only to staff.
    """

    name: str
    label: str
    privacy: Privacy
    describe: Callable[[Mapping[str, Any]], str]
    public: bool = False
    tone: str = "plain"  # plain, go, warn, danger: how a timeline marks it


_KINDS: dict[str, Kind] = {}


def register(
    name: str,
    label: str,
    *,
    privacy: Privacy = Privacy.NONE,
    describe: Callable[[Mapping[str, Any]], str] | None = None,
    public: bool = False,
    tone: str = "plain",
) -> Kind:
    """Declare a kind; the same name twice is an error, so that two packages cannot mean different things by it."""
    if name in _KINDS:
        raise ValueError(f"ledger kind {name!r} is registered twice")
    kind = Kind(name, label, privacy, describe or _nothing_more, public, tone)
    _KINDS[name] = kind
    return kind


def get(name: str) -> Kind:
    """The kind of that name; raises UnknownKind."""
    try:
        return _KINDS[name]
    except KeyError:
        raise UnknownKind(name) from None


def all_kinds() -> list[Kind]:
    """Every registered kind, by name."""
    return sorted(_KINDS.values(), key=lambda kind: kind.name)


def sentence(name: str, data: Mapping[str, Any]) -> str:
    """What an entry of that kind says, in one Chinese sentence (possibly empty: the label says it all)."""
    kind = _KINDS.get(name)
    return kind.describe(data) if kind else ""


def _nothing_more(data: Mapping[str, Any]) -> str:
    return str(data.get("note") or "")
