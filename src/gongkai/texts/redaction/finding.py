"""Where a string stands on the pages, for "find and cover" 查找并遮盖."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from gongkai.texts.redaction.boxes import Char
from gongkai.texts.redaction.sources import pages, read_chars

# As many as a person can look through; a single letter in a long file has more.
MAX_FOUND = 2000
# Room around the ink, as a share of the height of the line: a box must not leave the edge of a stroke.
MARGIN = 0.12


@dataclass(frozen=True, slots=True)
class Found:
    """A part of an occurrence on one line: an occurrence across two lines has two, with the same ``occurrence``."""

    occurrence: int
    page: int
    left: float
    top: float
    right: float
    bottom: float


def find(data: bytes, words: str) -> list[Found]:
    """Every occurrence of ``words``, whatever spaces and line ends stand in it, full width or half, large or small.

    Empty for scans: they have no text to search. Raises :class:`gongkai.texts.reading.UnreadableFile`.
    """
    sought = _plain(words)
    found: list[Found] = []
    if not sought:
        return found
    occurrence = 0
    for size in pages(data):
        chars = read_chars(data, size.number)
        text, owners = _searchable(chars)
        at = text.find(sought)
        while at >= 0 and len(found) < MAX_FOUND:
            occurrence += 1
            # One character of the page can stand for several here (㎡ for m2); it is covered once.
            hit = [chars[owner] for owner in dict.fromkeys(owners[at : at + len(sought)])]
            found += [_around(occurrence, size.number, line) for line in _lines(hit)]
            at = text.find(sought, at + len(sought))
    return found


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _searchable(chars: list[Char]) -> tuple[str, list[int]]:
    """The text as it is searched, and of which character each of its letters is."""
    parts: list[str] = []
    owners: list[int] = []
    for index, char in enumerate(chars):
        part = _plain(char.text)
        parts.append(part)
        owners += [index] * len(part)
    return "".join(parts), owners


def _lines(chars: list[Char]) -> list[list[Char]]:
    """Consecutive characters by line: beside each other, or below each other as in a margin or on a turned page."""
    lines: list[list[Char]] = []
    across = down = True
    for char in chars:
        before = lines[-1][-1] if lines else None
        if before is not None:
            left, top, right, bottom = before.cell
            reach = (bottom - top) / 2
            # To the left on a page that stands on its head; there, and below, only where they touch: the next line of
            # a paragraph may begin anywhere.
            onward = char.left >= before.left or abs(char.cell[2] - left) < reach
            beside = across and top <= char.middle[1] <= bottom and onward
            gap = min(abs(char.cell[1] - bottom), abs(char.cell[3] - top))
            below = down and left <= char.middle[0] <= right and gap < reach
            if beside or below:
                across, down = beside, below
                lines[-1].append(char)
                continue
        lines.append([char])
        across = down = True
    return lines


def _around(occurrence: int, page: int, line: list[Char]) -> Found:
    tall = max(char.cell[3] - char.cell[1] for char in line) * MARGIN
    return Found(
        occurrence,
        page,
        max(0.0, min(char.left for char in line) - tall / 2),
        max(0.0, min(char.top for char in line) - tall),
        min(1.0, max(char.right for char in line) + tall / 2),
        min(1.0, max(char.bottom for char in line) + tall),
    )
