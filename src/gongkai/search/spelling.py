"""From titles that have what was typed to the words that were meant: completed, spelt out, put right. Pure."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.search import hints
from gongkai.search.analysis import phrase
from gongkai.search.cutting import words_of
from gongkai.search.pinyin import LETTERS, sounds
from gongkai.search.wording import fold

_HAN = re.compile(r"[㐀-䶿一-鿿]+")
_LONGEST_WORD = 12
_MOST_PLACES = 8


@dataclass(frozen=True)
class Look:
    """One more way to look: what the titles must have (fields of ``Wanted``), and what was meant, read off them."""

    wanted: dict[str, Any]
    meant: Callable[[Sequence[str]], list[str]]


def begins(text: str, typed: str) -> bool:
    """Whether the text begins as typed, by its characters or by its sound."""
    if text.startswith(typed):
        return True
    if not LETTERS.fullmatch(typed.replace(" ", "")):
        return False
    return any(start == 0 for way, _ in hints.asked_by_sound(typed) for start, _ in hints.heard(text, way))


def completions(typed: str, titles: Sequence[str], most: int) -> list[str]:
    """Words of the titles that go on from what was typed (or sound like it), each whole; the most frequent first.

    A word that would begin or end amid another one (务公) is none.
    """
    ways = [way for way, _ in hints.asked_by_sound(typed)]
    counted: Counter[str] = Counter()
    for title in titles:
        text = fold(title)
        found = _spelt(text, ways) if ways else _continued(text, typed)
        counted.update(set(found) - {typed})
    return [word for word, _ in sorted(counted.items(), key=lambda one: (-one[1], len(one[0]), one[0]))[:most]]


def by_sound(typed: str) -> Iterator[Look]:
    """Letters taken as pinyin; Chinese words that others sound like (政务工开 → 政务公开)."""
    ways = hints.asked_by_sound(typed)
    for _, wanted in ways[:3]:
        yield Look({"hints": wanted}, lambda titles: completions(typed, titles, 3))
    said = sounds(typed)
    if not ways and len(said) == len(typed) and 2 <= len(typed) <= _LONGEST_WORD:
        way = tuple(one.syllable for one in said)
        yield Look({"hints": hints.sound_terms(typed)}, lambda titles: _most(_same_sound(titles, way), typed))


def one_character_off(typed: str) -> Iterator[Look]:
    """One character wrong, missing or too many; the rest of at least three stands in a title as it is."""
    if not _HAN.fullmatch(typed) or not 3 <= len(typed) <= _LONGEST_WORD:
        return
    for at in range(min(len(typed), _MOST_PLACES)):
        before, after = typed[:at], typed[at + 1 :]
        parts = tuple(made for one in (before, after) if len(one) >= 2 and (made := phrase(one)) is not None)
        if parts:
            near = re.compile(rf"{re.escape(before)}[㐀-䶿一-鿿]{{0,2}}{re.escape(after)}")
            wanted = {"alternatives": (parts,), "title_only": True}
            yield Look(wanted, lambda titles, near=near: _most(_matching(titles, near), typed))  # type: ignore[misc]


def _spelt(text: str, ways: Sequence[Sequence[str]]) -> Iterator[str]:
    """What is heard, to the end of the word it ends in."""
    edges = _edges(text)
    for way in ways:
        for start, end in hints.heard(text, way):
            yield from _whole(text, edges, start, end)


def _continued(text: str, typed: str) -> Iterator[str]:
    """What is written, to the end of the word; with the next word when it ends there already."""
    edges = _edges(text)
    at = text.find(typed)
    while at >= 0:
        yield from _whole(text, edges, at, at + len(typed) + (at + len(typed) in edges))
        at = text.find(typed, at + 1)


def _whole(text: str, edges: Sequence[int], start: int, end: int) -> Iterator[str]:
    """The words from ``start`` to the first end of one at ``end`` or behind it; nothing when no word begins there."""
    if start not in edges:
        return
    until = next((edge for edge in edges if edge >= end), 0)
    found = text[start:until]
    if 2 <= len(found) <= _LONGEST_WORD and _HAN.fullmatch(found):
        yield found


def _edges(text: str) -> list[int]:
    edges = [0]
    for word in words_of(text):
        edges.append(edges[-1] + len(word))
    return edges


def _same_sound(titles: Sequence[str], way: Sequence[str]) -> Iterator[str]:
    for title in titles:
        text = fold(title)
        yield from (text[start:end] for start, end in hints.heard(text, way))


def _matching(titles: Sequence[str], near: re.Pattern[str]) -> Iterator[str]:
    for title in titles:
        yield from near.findall(fold(title))


def _most(found: Iterator[str], typed: str) -> list[str]:
    counted = Counter(one for one in found if one != typed)
    return [word for word, _ in counted.most_common(3)]
