"""Acts that a clock starts: registered once, each telling when it is next due and doing what is due."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps


@dataclass(frozen=True)
class Timed:
    """Something the worker does at times. ``next_at``: when the next act is due (None: nothing waits). ``run``: do all
    that is due at the given moment, each in its own transaction, and return how many were done. Must bear being run
    by several workers at once and again after a crash."""

    name: str
    next_at: Callable[[], datetime | None]
    run: Callable[[datetime], int]


_TIMED: dict[str, Timed] = {}


def register(timed: Timed) -> Timed:
    """Declare timed acts (in an AppConfig.ready); names are unique."""
    if timed.name in _TIMED:
        raise ValueError(f"timed act {timed.name!r} is registered twice")
    _TIMED[timed.name] = timed
    return timed


def all_timed() -> list[Timed]:
    """Every registered one, in the order of registration."""
    return list(_TIMED.values())


def at_intervals(every: timedelta, run: Callable[[datetime], int]) -> Callable[[datetime], int]:
    """What may be done at any time but looks at much: at most so often in this process, first at its start."""
    last: list[datetime] = []

    @wraps(run)
    def seldom(now: datetime) -> int:
        if last and timedelta() <= now - last[0] < every:
            return 0
        last[:] = [now]
        run(now)
        return 0  # nothing that another act could be waiting for

    return seldom
