"""Figures as drawings: bars beside their tables, in the drawing's own units."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.applications.figures import Figures, Line

WIDTH, HEIGHT = 480, 110
_BASE, _TOP = 88, 16
_MOST_MONTHS = 36


@dataclass(frozen=True)
class Drawn:
    """A line with its bar, in hundredths of the longest."""

    label: str
    number: int
    share: float
    width: float


@dataclass(frozen=True)
class Pair:
    """A month: what came in and what was closed, each a bar."""

    label: str
    received: int
    closed: int
    x: float
    other_x: float
    width: float
    received_y: float
    received_height: float
    closed_y: float
    closed_height: float
    middle: float


def drawn(lines: Sequence[Line]) -> list[Drawn]:
    """Lines of a table with their bars."""
    longest = max((one.number for one in lines), default=0) or 1
    return [Drawn(one.label, one.number, 100 * one.share, round(100 * one.number / longest, 1)) for one in lines]


def months(found: Figures, today: date) -> list[Pair]:
    """Every month of the time, up to the present one; empty where it is too long to draw."""
    first = found.first.year * 12 + found.first.month - 1
    until = min(found.last, max(today, found.first))
    last = until.year * 12 + until.month - 1
    if last - first >= _MOST_MONTHS:
        return []
    known = {month: (received, closed) for month, received, closed in found.by_month}
    highest = max((max(pair) for pair in known.values()), default=0) or 1
    step = WIDTH / max(last - first + 1, 4)
    width = round(step * 0.34, 1)
    pairs = []
    for place, month in enumerate(range(first, last + 1)):
        received, closed = known.get(month, (0, 0))
        x = round(place * step + step * 0.14, 1)
        heights = [round((_BASE - _TOP) * number / highest, 1) for number in (received, closed)]
        pairs.append(
            Pair(
                f"{month % 12 + 1}月" if month % 12 or place == 0 else f"{month // 12}年",
                received,
                closed,
                x,
                round(x + width + step * 0.02, 1),
                width,
                _BASE - heights[0],
                heights[0],
                _BASE - heights[1],
                heights[1],
                round(place * step + step / 2, 1),
            )
        )
    return pairs
