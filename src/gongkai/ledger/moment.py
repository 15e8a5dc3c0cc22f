"""The moment at which something counts as happening: now, unless history is being taken over.

An office that moves in mid-year, and the demo, bring acts with dates of their own; inside ``at`` everything that asks
for the time gets that moment, so that the entries stand in the ledger at their own time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_MOMENT: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """The present moment, aware."""
    return _MOMENT.get() or timezone.now()


def today() -> date:
    """The present day in the installation's time zone."""
    return timezone.localdate(now())


def is_history() -> bool:
    """Whether history is being taken over: what happens inside ``at`` happened elsewhere, at another time."""
    return _MOMENT.get() is not None


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let what happens inside count as having happened at that moment (in this thread or task only)."""
    token = _MOMENT.set(moment)
    try:
        yield
    finally:
        _MOMENT.reset(token)
