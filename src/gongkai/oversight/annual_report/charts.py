"""Drawings of an agency's years: geometry of bars for inline SVG, always beside the table of the same numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT = 420, 150
_TOP, _BASE = 18, 128
_SHARE = 0.62  # of a year's place that its bars take


@dataclass(frozen=True)
class Series:
    """One row of numbers: its name and a value for each year (None: not told)."""

    label: str
    values: Sequence[Decimal | None]


@dataclass(frozen=True)
class Bar:
    """A bar in the drawing's own units; ``part`` says which series it is of, ``text`` what stands over it."""

    x: float
    y: float
    width: float
    height: float
    part: int
    text: str = ""

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True)
class Chart:
    """A drawing with its data. ``stacked``: the series of a year stand on each other."""

    title: str
    unit: str
    years: Sequence[int]
    series: Sequence[Series]
    stacked: bool = False
    whole: Decimal | None = None  # what the full height stands for (100 for shares); None: the highest value

    @property
    def bars(self) -> list[Bar]:
        return self._stacked() if self.stacked else self._beside()

    @property
    def labels(self) -> list[tuple[float, int]]:
        """The years under their places."""
        step = WIDTH / len(self.years)
        return [(round((place + 0.5) * step, 1), year) for place, year in enumerate(self.years)]

    @property
    def keys(self) -> list[tuple[int, str]]:
        return [(number % 6, one.label) for number, one in enumerate(self.series)]

    @property
    def rows(self) -> list[tuple[int, list[str]]]:
        """The table beside it: a line a year."""
        return [(year, [_told(one.values[place]) for one in self.series]) for place, year in enumerate(self.years)]

    def _highest(self) -> Decimal:
        if self.whole is not None:
            return self.whole
        columns = [[one.values[place] or Decimal(0) for one in self.series] for place in range(len(self.years))]
        heights = [sum(column, Decimal(0)) if self.stacked else max(column) for column in columns]
        return max(heights, default=Decimal(0)) or Decimal(1)

    def _beside(self) -> list[Bar]:
        step, highest = WIDTH / len(self.years), self._highest()
        width = round(step * _SHARE / len(self.series), 1)
        bars = []
        for place in range(len(self.years)):
            left = (place + (1 - _SHARE) / 2) * step
            for number, one in enumerate(self.series):
                value = one.values[place]
                if value is not None:
                    height = _height(value, highest)
                    x = round(left + number * width, 1)
                    bars.append(Bar(x, _BASE - height, width - 1, height, number % 6, _told(value)))
        return bars

    def _stacked(self) -> list[Bar]:
        step, highest = WIDTH / len(self.years), self._highest()
        width = round(step * _SHARE, 1)
        bars = []
        for place in range(len(self.years)):
            x, level = round((place + (1 - _SHARE) / 2) * step, 1), float(_BASE)
            for number, one in enumerate(self.series):
                height = _height(one.values[place] or Decimal(0), highest)
                level -= height
                if height:
                    bars.append(Bar(x, round(level, 1), width, height, number % 6))
            total = sum((one.values[place] or Decimal(0) for one in self.series), Decimal(0))
            bars.append(Bar(x, round(level, 1), width, 0, 0, _told(total)))
        return bars


def _height(value: Decimal, highest: Decimal) -> float:
    return round(float((_BASE - _TOP) * value / highest), 1)


def _told(value: Decimal | None) -> str:
    if value is None:
        return ""
    return f"{value:f}" if value == value.to_integral_value() else f"{value.normalize():f}"
