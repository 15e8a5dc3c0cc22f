"""Searches by day, drawn: a bar per day, of which the dark part had no hit. Geometry only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 720, 120
_BASE, _TOP = 98, 18
_GAP = 4
_SIDE = 18  # so that the first and last day's label has room
_LABEL_EVERY = 7


@dataclass(frozen=True)
class DayBar:
    """One day: the whole bar, the part without a hit standing at its foot, and what to write below it."""

    day: date
    total: int
    missed: int
    x: float
    width: float
    y: float
    height: float
    missed_y: float
    missed_height: float
    middle: float
    label: str


def bars(days: Sequence[tuple[date, int, int]]) -> list[DayBar]:
    """Bars for (day, searches, searches without a hit), in the drawing's own units."""
    highest = max((total for _, total, _ in days), default=0) or 1
    step = (WIDTH - 2 * _SIDE) / max(len(days), 1)
    drawn = []
    for place, (day, total, missed) in enumerate(days):
        height, foot = _height(total, highest), _height(missed, highest)
        x, width = _SIDE + place * step + _GAP / 2, step - _GAP
        labelled = (len(days) - 1 - place) % _LABEL_EVERY == 0
        drawn.append(
            DayBar(
                day=day,
                total=total,
                missed=missed,
                x=round(x, 1),
                width=round(width, 1),
                y=_BASE - height,
                height=height,
                missed_y=_BASE - foot,
                missed_height=foot,
                middle=round(x + width / 2, 1),
                label=f"{day.month}-{day.day}" if labelled else "",
            )
        )
    return drawn


def _height(value: int, highest: int) -> float:
    return round((_BASE - _TOP) * value / highest, 1)
