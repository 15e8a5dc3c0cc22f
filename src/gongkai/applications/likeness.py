"""When two applications ask for the same: their contents, reduced to what matters, have the same digest."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable

_KEPT = re.compile(r"[^\w]+")


def likeness_of(wanted: Iterable[tuple[str, str, str]]) -> str:
    """A digest of all items (name, number, features) in any order; punctuation, width and case do not matter."""
    parts = sorted("".join(_reduced(part) for part in item) for item in wanted)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _reduced(text: str) -> str:
    return _KEPT.sub("", unicodedata.normalize("NFKC", text)).casefold()


def overlap(one: str, other: str) -> float:
    """How much of the shorter text's pairs of characters the other has too, 0 to 1."""
    first, second = _pairs(_reduced(one)), _pairs(_reduced(other))
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller else 0.0


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}
