"""Telling a label however it was written: retyped, shortened, a character lost, punctuation of another kind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

_NUMBERING = re.compile(r"^(?:[（(]?[一二三四五六七八九十]+[）)、.．]|[（(]?\d+[）)、.．])+")
_MARKS = re.compile(r"[\s\W_]+")


def plain(text: str) -> str:
    """The characters that matter: no numbering in front, no punctuation, no blanks, half-width."""
    folded = unicodedata.normalize("NFKC", text).strip()
    return _MARKS.sub("", _NUMBERING.sub("", folded))


def alike(text: str, other: str) -> float:
    """From 0 to 1, how alike two labels are once numbering and punctuation are gone."""
    mine, theirs = plain(text), plain(other)
    if not mine or not theirs:
        return 0.0
    return SequenceMatcher(None, mine, theirs, autojunk=False).ratio()


def in_order(labels: Sequence[str], wanted: Sequence[str], *, least: float) -> dict[int, int]:
    """Which label is which of the wanted ones, in the same order, so that the whole fits best: label → wanted."""
    width = len(wanted) + 1
    best = [[0.0] * width for _ in range(len(labels) + 1)]
    for row, label in enumerate(labels, start=1):
        for column in range(1, width):
            score = alike(label, wanted[column - 1])
            taken = best[row - 1][column - 1] + (score if score >= least else -1.0)
            best[row][column] = max(best[row - 1][column], best[row][column - 1], taken)
    return _traced(best, labels, wanted, least)


def _traced(best: list[list[float]], labels: Sequence[str], wanted: Sequence[str], least: float) -> dict[int, int]:
    found: dict[int, int] = {}
    row, column = len(labels), len(wanted)
    while row and column:
        score = alike(labels[row - 1], wanted[column - 1])
        if score >= least and best[row][column] == best[row - 1][column - 1] + score:
            found[row - 1] = column - 1
            row, column = row - 1, column - 1
        elif best[row][column] == best[row - 1][column]:
            row -= 1
        else:
            column -= 1
    return found
