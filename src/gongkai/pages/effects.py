"""What ledger entries do to prepared pages: declared by the packages that write them, in their ``AppConfig.ready``.

Every kind is declared, also those after which readers see nothing new: a kind nobody thought about is found by a test,
not by a citizen who reads an old page.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from gongkai.ledger.entries import Entry
from gongkai.ledger.refs import Ref
from gongkai.pages.store import EVERYTHING


@dataclass
class Effect:
    """What a batch of entries does: ``keys`` of what changed, ``gone`` keys whose pages must not be served a moment
    longer, ``made`` (host, path) of pages that should now be ready."""

    keys: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    made: set[tuple[str, str]] = field(default_factory=set)

    def touch(self, *things: Ref) -> None:
        """These things changed."""
        self.keys |= {one.key for one in things}

    def everything(self) -> None:
        """Something changed that every page shows."""
        self.keys.add(EVERYTHING)


Teller = Callable[[Sequence[Entry], Effect], None]
_TELLERS: dict[str, Teller | None] = {}


def register(kinds: Iterable[str], teller: Teller) -> None:
    """Entries of these kinds are given to ``teller``, which adds to the effect what they touch (a batch at a time, so
    that it can look at the database once)."""
    _declare(kinds, teller)


def harmless(kinds: Iterable[str]) -> None:
    """Entries of these kinds change nothing that the public sees."""
    _declare(kinds, None)


def declared() -> frozenset[str]:
    """Every kind that somebody thought about."""
    return frozenset(_TELLERS)


def of(entries: Sequence[Entry]) -> Effect:
    """What these entries together do to the pages."""
    effect = Effect()
    by_teller: dict[Teller, list[Entry]] = {}
    for entry in entries:
        teller = _TELLERS.get(entry.kind)
        if teller is not None:
            by_teller.setdefault(teller, []).append(entry)
    for teller, theirs in by_teller.items():
        teller(theirs, effect)
    return effect


def _declare(kinds: Iterable[str], teller: Teller | None) -> None:
    for kind in kinds:
        if kind in _TELLERS:
            raise ValueError(f"what {kind!r} does to pages is declared twice")
        _TELLERS[kind] = teller
