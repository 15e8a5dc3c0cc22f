"""What changed inside one line, as runs a person can read.

Characters are compared, but numbers, dates, article numbers and Latin words are never cut; runs too short to mean
anything are folded into the change around them, and a change is moved to the clause boundary it may as well stand at.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from gongkai.texts.dates import NUMERAL_CHARACTERS
from gongkai.texts.lines import fold_width


class MarkKind(StrEnum):
    SAME = "same"
    INSERTED = "ins"
    DELETED = "del"


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text of one side: same on both sides, `ins` only on the new, `del` only on the old."""

    text: str
    mark: MarkKind


Side = tuple[Segment, ...]
_Edit = tuple[int, int, int, int]

_TOKEN = re.compile(
    r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|[〔\[]\d{4}[〕\]]\d+号|\d+(?:[.,:]\d+)*[%％‰]?"
    rf"|第[0-9{NUMERAL_CHARACTERS}]+[条款项章节编号](?:之[一二三四五六七八九十]+)?"
    rf"|百分之[{NUMERAL_CHARACTERS}]+|[{NUMERAL_CHARACTERS}]+|[A-Za-z]+|.",
    re.DOTALL,
)
_CLAUSE = re.compile(r"[^，。；：]*[，。；：]?")
# Above this product of lengths characters are compared only inside clauses that differ, and clauses not at all.
_LONG = 4_000_000
# Less in common than this, and texts that differ in several places are shown one after the other, not interleaved.
_READABLE = 0.3
# A common run of so few characters between two changes is a coincidence.
_COINCIDENCE = 2


def compare_text(old: str, new: str) -> tuple[Side, Side]:
    """The segments of both sides; joined they give the texts again. Full- and half-width forms count as the same."""
    return _render(old, new, _edits(fold_width(old), fold_width(new)))


def whole(text: str, mark: MarkKind) -> Side:
    """One text with one mark."""
    return (Segment(text, mark),) if text else ()


def _render(old: str, new: str, edits: Sequence[_Edit]) -> tuple[Side, Side]:
    left: list[Segment] = []
    right: list[Segment] = []
    old_at = new_at = 0
    for old_start, old_end, new_start, new_end in [*edits, (len(old), len(old), len(new), len(new))]:
        left += [*whole(old[old_at:old_start], MarkKind.SAME), *whole(old[old_start:old_end], MarkKind.DELETED)]
        right += [*whole(new[new_at:new_start], MarkKind.SAME), *whole(new[new_start:new_end], MarkKind.INSERTED)]
        old_at, new_at = old_end, new_end
    return tuple(left), tuple(right)


def _edits(old: str, new: str) -> list[_Edit]:
    if len(old) * len(new) > _LONG:
        edits = _matched(_CLAUSE.findall(old), _CLAUSE.findall(new))
        edits = [finer for edit in edits for finer in _within(old, new, edit)]
    else:
        edits = _matched(_TOKEN.findall(old), _TOKEN.findall(new))
    edits = _without_coincidences(edits)
    common = len(old) - sum(edit[1] - edit[0] for edit in edits)
    if len(edits) > 1 and common < _READABLE * max(len(old), len(new)):
        return [(0, len(old), 0, len(new))]
    return [_at_boundary(old, new, edit) for edit in edits]


def _within(old: str, new: str, edit: _Edit) -> list[_Edit]:
    old_start, old_end, new_start, new_end = edit
    a, b = old[old_start:old_end], new[new_start:new_end]
    if not a or not b or len(a) * len(b) > _LONG:
        return [edit]
    inner = _matched(_TOKEN.findall(a), _TOKEN.findall(b))
    return [(i + old_start, j + old_start, k + new_start, m + new_start) for i, j, k, m in inner]


def _matched(old: Sequence[str], new: Sequence[str]) -> list[_Edit]:
    """Edits between two sequences of tokens, in characters."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    inner_old, inner_new = old[start : len(old) - end], new[start : len(new) - end]
    if len(inner_old) * len(inner_new) > _LONG:
        # Nobody reads such a comparison, and finding it takes the square of its length.
        characters = [sum(map(len, side)) for side in (old[:start], inner_old, inner_new)]
        return [(characters[0], characters[0] + characters[1], characters[0], characters[0] + characters[2])]
    matcher = SequenceMatcher(None, inner_old, inner_new, autojunk=False)
    old_at, new_at = _offsets(old), _offsets(new)
    return [
        (old_at[start + i1], old_at[start + i2], new_at[start + j1], new_at[start + j2])
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    ]


def _offsets(tokens: Sequence[str]) -> list[int]:
    offsets = [0]
    for token in tokens:
        offsets.append(offsets[-1] + len(token))
    return offsets


def _without_coincidences(edits: Sequence[_Edit]) -> list[_Edit]:
    """Join changes that only a few accidental characters separate.

    A common run is kept when it is longer than _COINCIDENCE and longer than the change on one of its sides.
    """
    joined: list[_Edit] = []
    for edit in edits:
        while joined:
            before = joined[-1]
            common = edit[0] - before[1]
            smaller = min(_size(before), _size(edit))
            if common > _COINCIDENCE and common >= smaller / 2:
                break
            joined.pop()
            edit = (before[0], edit[1], before[2], edit[3])
        joined.append(edit)
    return joined


def _size(edit: _Edit) -> int:
    return max(edit[1] - edit[0], edit[3] - edit[2])


def _at_boundary(old: str, new: str, edit: _Edit) -> _Edit:
    """Slide a pure insertion or deletion to where it begins after a mark of punctuation, when the text allows it.

    甲，乙，丙 against 甲，丙: what was deleted is 乙， and not ，乙.
    """
    old_start, old_end, new_start, new_end = edit
    if (old_start == old_end) == (new_start == new_end):
        return edit
    text, start, end = (new, new_start, new_end) if old_start == old_end else (old, old_start, old_end)
    best, best_score = 0, _boundary(text, start, end)
    for step in (-1, 1):
        shift = 0
        while _can_slide(text, start + shift, end + shift, step) and abs(shift) < 40:
            shift += step
            score = _boundary(text, start + shift, end + shift)
            if score > best_score:
                best, best_score = shift, score
    return old_start + best, old_end + best, new_start + best, new_end + best


def _can_slide(text: str, start: int, end: int, step: int) -> bool:
    if step < 0:
        return start > 0 and text[start - 1] == text[end - 1] and not _cuts(text, start - 1)
    return end < len(text) and text[start] == text[end] and not _cuts(text, start + 1)


def _cuts(text: str, at: int) -> bool:
    """Whether a boundary at this place would cut a number or a word."""
    return 0 < at < len(text) and bool(
        re.fullmatch(rf"[0-9]{{2}}|[A-Za-z]{{2}}|[{NUMERAL_CHARACTERS}]{{2}}", text[at - 1 : at + 1])
    )


def _boundary(text: str, start: int, end: int) -> int:
    """How well a run stands between marks of punctuation: best after one, together with the one that closes it."""
    stops = "，。；：、！？"
    opens = 2 * (start == 0 or text[start - 1] in stops) + (text[end - 1] in stops)
    return opens + (text[start] in stops) + (end == len(text) or text[end] in stops)
