"""Followers: everything downstream reads the ledger from its own position on, and can be replayed from the start.

A follower handles each entry idempotently (it looks at the present state of the subject). Its position is saved in the
transaction of its own writes: what it does in the database happens exactly once, what it does outside at least once.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils import timezone

from gongkai.ledger.entries import Entry, EntryQuerySet
from gongkai.ledger.positions import Position

logger = logging.getLogger(__name__)

BATCH = 200
_FIRST_RETRY_SECONDS = 1
_LONGEST_RETRY_SECONDS = 300


@dataclass(frozen=True)
class Follower:
    """A reader of the ledger. ``handle`` gets entries of its kinds in order; None means every kind."""

    name: str
    label: str
    handle: Callable[[Sequence[Entry]], None]
    kinds: frozenset[str] | None = None


_FOLLOWERS: dict[str, Follower] = {}


def register(follower: Follower) -> Follower:
    """Declare a follower (in an AppConfig.ready); names are unique because positions are kept under them."""
    if follower.name in _FOLLOWERS:
        raise ValueError(f"follower {follower.name!r} is registered twice")
    _FOLLOWERS[follower.name] = follower
    return follower


def all_followers() -> list[Follower]:
    """Every registered follower, in the order of registration."""
    return list(_FOLLOWERS.values())


def get(name: str) -> Follower:
    """The follower of that name; raises KeyError."""
    return _FOLLOWERS[name]


def settled() -> EntryQuerySet:
    """Entries that no running transaction can still come before, in the order in which followers read them.

    On PostgreSQL entries commit out of order; below the oldest running transaction (pg_snapshot_xmin) all is decided.
    """
    entries = Entry.objects.order_by("xid", "id")
    if connection.vendor == "postgresql":
        horizon = RawSQL(
            "(SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint + xid_offset "
            "FROM ledger_epoch WHERE id = 1)",
            (),
        )
        entries = entries.filter(xid__lt=horizon)
    return entries


def advance(follower: Follower, limit: int = BATCH) -> int:
    """Let the follower handle what is new, at most ``limit`` entries; returns how many it went past.

    One transaction; another process at the same follower makes this return 0 at once. When the handler fails nothing
    of the batch counts, the error is kept with the position, and the next attempt waits (back-off).
    """
    if not _anything_new(follower):  # a cheap look first: the transaction below takes SQLite's only write lock
        return 0
    with transaction.atomic():
        position = _lock(follower)
        if position is None or (position.retry_at and position.retry_at > timezone.now()):
            return 0
        entries = _next_entries(position, limit)
        if not entries:
            return 0
        try:
            with transaction.atomic():
                follower.handle([entry for entry in entries if follower.kinds is None or entry.kind in follower.kinds])
        except Exception as error:
            logger.exception("follower %s failed at entry %s", follower.name, entries[0].pk)
            _put_off(position, error)
            return 0
        position.xid, position.entry = entries[-1].xid, entries[-1].pk
        position.failures, position.last_error, position.retry_at = 0, "", None
        position.save()
        return len(entries)


def advance_all(followers: Iterable[Follower] | None = None) -> int:
    """Let every follower catch up with what is there now; returns how many entries were gone past in all."""
    total = 0
    for follower in followers if followers is not None else all_followers():
        while done := advance(follower):
            total += done
    return total


def replay(follower: Follower) -> None:
    """Send the follower back to the start: it handles everything again, looking at the present state."""
    with transaction.atomic():
        Position.objects.update_or_create(
            follower=follower.name,
            defaults={"xid": 0, "entry": 0, "failures": 0, "last_error": "", "retry_at": None},
        )


def lag(follower: Follower) -> int:
    """How many settled entries the follower has still to read."""
    position = Position.objects.filter(pk=follower.name).first() or Position(follower=follower.name)
    return settled().filter(_after(position)).count()


def next_retry() -> float | None:
    """Seconds until a follower that failed may try again; None when none waits."""
    earliest = Position.objects.exclude(retry_at=None).order_by("retry_at").values_list("retry_at", flat=True).first()
    return None if earliest is None else max(0.0, (earliest - timezone.now()).total_seconds())


def _anything_new(follower: Follower) -> bool:
    position = Position.objects.filter(pk=follower.name).first() or Position(follower=follower.name)
    return settled().filter(_after(position)).exists()


def _lock(follower: Follower) -> Position | None:
    Position.objects.get_or_create(follower=follower.name)
    rows = Position.objects.filter(pk=follower.name)
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)
    return rows.first()


def _next_entries(position: Position, limit: int) -> list[Entry]:
    """What comes after the position. Two ranges of the index, each from where it begins: with both in one condition the
    database would go through the whole ledger to find its last entries. What the position's own transaction wrote is
    settled since it was read, so nothing can come between the two."""
    entries = list(settled().filter(xid=position.xid, id__gt=position.entry)[:limit])
    if len(entries) < limit:
        entries += settled().filter(xid__gt=position.xid)[: limit - len(entries)]
    return entries


def _after(position: Position) -> Q:
    return Q(xid__gt=position.xid) | Q(xid=position.xid, id__gt=position.entry)


def _put_off(position: Position, error: Exception) -> None:
    position.failures += 1
    wait = min(_FIRST_RETRY_SECONDS * 2 ** min(position.failures - 1, 20), _LONGEST_RETRY_SECONDS)
    position.last_error = f"{type(error).__name__}: {error}"
    position.retry_at = timezone.now() + timedelta(seconds=wait)
    position.save()
