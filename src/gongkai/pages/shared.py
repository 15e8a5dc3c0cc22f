"""What the pages of one round show alike (whose site it is, its columns, head and foot), read once for all of them.

A round takes one ticket before it reads anything, and every page made in it is kept under that ticket. So what was
read for the first of them is never older than the ticket of the last, and a change noted meanwhile keeps all that show
it out of the store. Outside of a round, for a reader who waits, everything is read anew.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

from gongkai.pages.store import Store

T = TypeVar("T")


@dataclass
class _Round:
    ticket: int
    known: dict[Hashable, Any] = field(default_factory=dict)


_ROUND: ContextVar[_Round | None] = ContextVar("round of renewal", default=None)


@contextmanager
def one_round(store: Store) -> Iterator[None]:
    """Pages rendered within share what ``once`` reads. As short as may be: what another process marks meanwhile has to
    be made again."""
    token = _ROUND.set(_Round(store.ticket()))
    try:
        yield
    finally:
        _ROUND.reset(token)


def ticket() -> int | None:
    """The ticket of the round going on; None outside of one."""
    current = _ROUND.get()
    return None if current is None else current.ticket


def ticket_of(store: Store) -> int:
    """What a page made now is kept under: the ticket of its round, since it may show what was read for that; outside of
    one a ticket of its own."""
    known = ticket()
    return store.ticket() if known is None else known


def once(name: Hashable, read: Callable[[], T]) -> T:
    """What ``read`` brings; within a round only the first call of that name reads. Nobody may change what is shared."""
    current = _ROUND.get()
    if current is None:
        return read()
    if name not in current.known:
        current.known[name] = read()
    found: T = current.known[name]
    return found
