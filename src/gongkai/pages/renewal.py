"""What the worker does for the store: renew what is stale, make what is expected, forget what is none any more."""

import contextlib
import fcntl
import logging
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings

from gongkai.ledger import clockwork
from gongkai.pages import derived, installation, shared
from gongkai.pages.index import Rank, Row, State, pages
from gongkai.pages.middleware import Kept, kept
from gongkai.pages.rendering import render
from gongkai.pages.store import Store
from gongkai.pages.verifying import sweep_after_restart

logger = logging.getLogger(__name__)

AT_ONCE = 40  # pages of one share, and of what is made under one ticket
_SHARES: tuple[tuple[Rank, Rank, float], ...] = (
    (Rank.FIRST, Rank.PAGE, 0.4),
    (Rank.MIRROR, Rank.MIRROR, 0.05),
    (Rank.LATER, Rank.LATER, 0.03),
)
"""Of a round, each kind of stale pages has so many seconds, and one page at least: the next release is not kept waiting
by what nobody waits for, and a rush of releases does not keep that waiting for ever."""
_STOCK_SECONDS = 0.1  # of a round without stale pages, for those made for stock
REST_SECONDS = 0.5
"""A page is not renewed more often than this: a thousand releases in a row do not render a home a thousand times."""
_PRUNE_SECONDS = 600
_AFTER_FAILURE_SECONDS = 30
_AFTER_SOURCE_SECONDS = 0.1
_TRIES = 3
_BUSY_ELSEWHERE_SECONDS = 1.0
_NEXT: tuple[tuple[str, tuple[float, ...]], ...] = (
    ("SELECT MIN(MAX(not_before, rendered + ?)) FROM page WHERE state=?", (REST_SECONDS, State.STALE)),
    ("SELECT MIN(not_before) FROM page WHERE state=?", (State.AWAY,)),
    ("SELECT MIN(expires) FROM page WHERE expires IS NOT NULL AND state=?", (State.TRUE,)),
)
_GONE = frozenset({301, 302, 308, 404, 410})


@dataclass
class _Pace:
    """What this process remembers between rounds."""

    begun: bool = False
    pruned_at: float = 0.0
    elsewhere_until: float = 0.0


_PACE = _Pace()


def next_at() -> datetime | None:
    """When the store next needs the worker."""
    store = installation.store()
    if store is None:
        return None
    try:
        connection = store.index.connection()
        moments = [connection.execute(asked, values).fetchone()[0] for asked, values in _NEXT]
    except sqlite3.Error:
        logger.exception("the index of the page store cannot be read")
        return None
    due = [one for one in moments if one is not None]
    return datetime.fromtimestamp(max(min(due), _PACE.elsewhere_until), tz=UTC) if due else None


def run(now: datetime) -> int:
    """One round; returns how many pages were dealt with. Only one process does this at a time."""
    store = installation.store()
    if store is None:
        return 0
    with _only_one(store) as mine:
        if not mine:
            _PACE.elsewhere_until = time.time() + _BUSY_ELSEWHERE_SECONDS
            return 0
        try:
            _begin(store)
            _expire(store, now)
            with shared.one_round(store):
                return _renew_stale(store) or _make_for_stock(store)
        except (OSError, sqlite3.Error):
            logger.exception("the page store could not be renewed")
            return 0


def settle(tick: Callable[[], object] = lambda: None) -> int:
    """Renew and make everything now, for commands and tests; ``tick`` is called after each page. Returns how many pages
    were tried. One that cannot be rendered is tried a few times and left as it is."""
    store = installation.store()
    if store is None:
        return 0
    tried: dict[int, int] = {}
    while left := [row for row in _waiting(store) if tried.get(row.id, 0) < _TRIES]:
        for at in range(0, len(left), AT_ONCE):
            with shared.one_round(store):
                for row in left[at : at + AT_ONCE]:
                    tried[row.id] = tried.get(row.id, 0) + 1
                    _renew(store, row)
                    tick()
    return len(tried)


def _waiting(store: Store) -> list[Row]:
    """Everything that is to be renewed or made, each page before those made from it."""
    return pages(store.index.connection(), "state > 0", order="rank, id")


def _renew_stale(store: Store) -> int:
    now = time.time()
    connection = store.index.connection()
    due = "state=? AND rank BETWEEN ? AND ? AND not_before<=? AND rendered<=?"
    done = 0
    for first, last, seconds in _SHARES:
        values = (State.STALE, first, last, now, now - REST_SECONDS)
        done += _renew_within(store, pages(connection, due, values, f"rank, rendered LIMIT {AT_ONCE}"), seconds)
    return done


def _make_for_stock(store: Store) -> int:
    due, now = "state=? AND not_before<=?", time.time()
    rows = pages(store.index.connection(), due, (State.AWAY, now), f"rank, rendered LIMIT {AT_ONCE}")
    return _renew_within(store, rows, _STOCK_SECONDS)


def _renew_within(store: Store, rows: Sequence[Row], seconds: float) -> int:
    """Renew so many of these as there is time for, the first in any case."""
    until = time.monotonic() + seconds
    for done, row in enumerate(rows, start=1):
        _renew(store, row)
        if time.monotonic() > until:
            return done
    return len(rows)


def _renew(store: Store, row: Row) -> None:
    source = derived.source_of(row.path)
    if source is not None and store.waits(row.host, source):
        store.put_off(row.id, _AFTER_SOURCE_SECONDS)  # made from it, once that is renewed
        return
    if derived.keep(store, row.host, row.path):
        return
    response = render(row.host, row.path)  # never raises: what fails answers 500, and is logged where it failed
    if response.status_code in _GONE:
        store.drop(row.host, row.path, mark=row.mark)
    elif response.status_code != 200 or kept(response) is Kept.FAILED:
        logger.warning("page %s%s answers %s and was not renewed", row.host, row.path, response.status_code)
        store.put_off(row.id, _AFTER_FAILURE_SECONDS)
    elif kept(response) is Kept.NO_PAGE:  # nothing to be kept at this address any more
        store.drop(row.host, row.path, mark=row.mark)


def _expire(store: Store, now: datetime) -> None:
    """What changes by date alone is stale from its moment on; a rarely read page is taken away."""
    connection = store.index.connection()
    late = pages(connection, "expires<=? AND state=?", (now.timestamp(), State.TRUE))
    if late:
        store.outdate(late)


def _begin(store: Store) -> None:
    if not _PACE.begun:
        store.adopt(installation.stamp())
        sweep_after_restart(store)
        _PACE.begun = True
    if time.time() - _PACE.pruned_at > _PRUNE_SECONDS:
        store.prune(settings.GONGKAI_PAGES_MAX_BYTES)
        _PACE.pruned_at = time.time()


@contextlib.contextmanager
def _only_one(store: Store) -> Iterator[bool]:
    """Hold the renewal; False when another process has it. Ends with the process, however that ends."""
    file = store.home / "locks" / "renewal"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


clockwork.register(clockwork.Timed("prepared pages", next_at, run))
