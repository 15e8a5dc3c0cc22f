"""Times and what is said of them."""

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Spread:
    """Milliseconds of so many samples."""

    samples: int
    p50: float
    p95: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> "Spread":
        """From seconds; the p95 is the smallest sample that 95 % do not exceed."""
        ordered = sorted(seconds)
        return cls(len(ordered), _at(ordered, 0.50) * 1000, _at(ordered, 0.95) * 1000)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def repeat(act: Callable[[], Any], times: int, warm: int = 3) -> Spread:
    """Do it so often, the first few uncounted."""
    for _ in range(warm):
        act()
    return Spread.of([taken(act) for _ in range(times)])


def taken(act: Callable[[], Any]) -> float:
    """Seconds the act took."""
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, max(0, -int(-share * len(ordered) // 1) - 1))]
