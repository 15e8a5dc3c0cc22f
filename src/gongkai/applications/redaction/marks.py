"""The boxes of a file as they are saved: read from what a browser sends, and made into what covers.

A mark is a JSON object: ``page`` from 1, ``left``, ``top``, ``right``, ``bottom`` in fractions of the page, ``ground``
("" until somebody chooses it), ``note``.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from gongkai.applications.redaction import grounds
from gongkai.texts.redaction import Box
from gongkai.texts.redaction.boxes import place, reading_order

MAX_MARKS = 2000
"""As many as one file can have: a table of names has some hundred."""
NOTE_LENGTH = 200
_SIDES = ("left", "top", "right", "bottom")
_DIGITS = 5  # a hundred-thousandth of A4 is 3 micrometres

Mark = dict[str, Any]


def parse(text: str, *, pages: int) -> list[Mark]:
    """Marks from JSON, in the order of the pages. Raises ValidationError with everything that is wrong."""
    try:
        given = json.loads(text or "[]")
    except ValueError:
        raise ValidationError("遮盖框的数据不完整，没有保存。请刷新页面后再试。") from None
    if not isinstance(given, list):
        raise ValidationError("遮盖框的数据不完整，没有保存。请刷新页面后再试。")
    return clean(given, pages=pages)


def clean(given: Sequence[Any], *, pages: int) -> list[Mark]:
    """Marks checked and put in order; the same mark twice is one. Raises ValidationError."""
    if len(given) > MAX_MARKS:
        raise ValidationError(f"遮盖框有{len(given)}处，超过{MAX_MARKS}处。请把文件拆开后分别处理。")
    problems: list[str] = []
    marks: list[Mark] = []
    for number, one in enumerate(given, start=1):
        try:
            mark = _mark(one, pages)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            told = str(error) if type(error) is ValueError and str(error).endswith("。") else "位置有误。"
            problems.append(f"第{number}处：{told}")
            continue
        if mark not in marks:
            marks.append(mark)
    if problems:
        raise ValidationError(problems)
    return in_order(marks)


def _mark(one: Mark, pages: int) -> Mark:
    sides = _sides(one)
    page, ground = int(one["page"]), str(one.get("ground") or "")
    if not 1 <= page <= pages:
        raise ValueError(f"文件没有第{page}页。")
    if ground and not grounds.is_known(ground):
        raise ValueError("遮盖依据不在条例第十四条至第十六条之列。")
    Box(page, *sides, ground)
    return {
        "page": page,
        **dict(zip(_SIDES, sides, strict=True)),
        "ground": ground,
        "note": str(one.get("note") or "").strip()[:NOTE_LENGTH],
    }


def in_order(marks: Iterable[Mark]) -> list[Mark]:
    """In the order in which they are numbered."""
    return sorted(marks, key=lambda mark: reading_order(**{name: mark[name] for name in ("page", *_SIDES)}))


def merged(one: Sequence[Mark], other: Sequence[Mark], *, pages: int) -> list[Mark]:
    """Both, the same places once: where two people drew at the same time, what either covered stays covered."""
    known = {_where(mark) for mark in one}
    return clean([*one, *(mark for mark in other if _where(mark) not in known)], pages=pages)


def boxes(marks: Iterable[Mark]) -> list[Box]:
    """What covers, with the words that are printed in it. Raises KeyError for a mark without a ground."""
    return [_box(mark, grounds.printed(mark["ground"])) for mark in marks]


def without_ground(marks: Sequence[Mark]) -> list[str]:
    """The places that lack a ground, in words."""
    return [
        f"第{number}处（第{mark['page']}页{place(_box(mark, ''))}）没有选择遮盖依据。"
        for number, mark in enumerate(marks, start=1)
        if not mark["ground"]
    ]


def rows(marks: Sequence[Mark]) -> list[dict[str, Any]]:
    """The list of covered places: number, page, where on it, ground, note."""
    return [
        {
            "number": number,
            "page": mark["page"],
            "place": place(_box(mark, "")),
            "ground": grounds.printed(mark["ground"]) if mark["ground"] else "",
            "note": mark["note"],
            "mark": mark,
        }
        for number, mark in enumerate(marks, start=1)
    ]


def _sides(mark: Mark) -> tuple[float, float, float, float]:
    left, top, right, bottom = (round(float(mark[side]), _DIGITS) for side in _SIDES)
    return left, top, right, bottom


def _where(mark: Mark) -> tuple[int, tuple[float, float, float, float]]:
    return mark["page"], _sides(mark)


def _box(mark: Mark, ground: str) -> Box:
    return Box(mark["page"], *_sides(mark), ground, mark["note"])
