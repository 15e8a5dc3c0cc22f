"""The year as bars: geometry for a small drawing beside its table."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 480, 96
_BASE, _TOP = 78, 16
_GAP = 10


@dataclass(frozen=True)
class Bar:
    """One bar in the drawing's own units; ``value`` is what it stands for."""

    label: str
    value: int
    x: float
    y: float
    width: float
    height: float
    middle: float


def of_months(months: Sequence[tuple[int, int]], *, until: int) -> list[Bar]:
    """Bars for (month, count), of the months up to ``until``; places for all twelve, so that years compare."""
    highest = max((count for _, count in months), default=0) or 1
    step = WIDTH / len(months)
    drawn = []
    for place, (month, count) in enumerate(months):
        if month > until:
            break
        height = round((_BASE - _TOP) * count / highest, 1)
        x = round(place * step + _GAP / 2, 1)
        drawn.append(Bar(f"{month}月", count, x, _BASE - height, step - _GAP, height, round(x + (step - _GAP) / 2, 1)))
    return drawn
