"""Counting what is searched, cheaply: in memory first, then many at once into the database.

No person acts here and nothing is decided by it, so there is no ledger entry. What a process that is killed had not
written yet is lost: some counts of the last minute.
"""

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from time import monotonic

from django.db import DatabaseError, transaction
from django.db.models import F
from django.http.response import HttpResponseBase
from django.utils import timezone

from gongkai.search.countable import countable
from gongkai.search.frequent import SearchCount

logger = logging.getLogger(__name__)

FLUSH_AFTER_SECONDS = 20.0
FLUSH_AT = 200
_AT_MOST = 5_000  # different queries that wait while the database is away; beyond it new ones are not counted
MOST_A_DAY = 20_000
"""Different queries counted on a site in a day: nobody fills the database by asking nonsense."""

Key = tuple[int, date, str]


@dataclass
class _Counted:
    count: int = 0
    hits: int = 0


class Buffer:
    """Counts of this process that are not in the database yet; for any number of threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[Key, _Counted] = {}
        self._since = monotonic()

    def add(self, key: Key, hits: int, times: int = 1) -> None:
        """Count it so many times more."""
        with self._lock:
            if not self._counts:
                self._since = monotonic()
            if key not in self._counts and len(self._counts) >= _AT_MOST:
                return
            counted = self._counts.setdefault(key, _Counted())
            counted.count += times
            counted.hits = hits

    def due(self) -> bool:
        """Whether it is time to write."""
        with self._lock:
            waited = monotonic() - self._since
            return len(self._counts) >= FLUSH_AT or (bool(self._counts) and waited >= FLUSH_AFTER_SECONDS)

    def take(self) -> dict[Key, _Counted]:
        """Everything counted so far; the buffer is empty afterwards."""
        with self._lock:
            counts, self._counts = self._counts, {}
            return counts


_buffer = Buffer()


def note(agency_id: int, text: str, hits: int, *, day: date | None = None) -> None:
    """Count that somebody asked this on that agency's site (today) and got so many hits.

    What may be personal is dropped before it is remembered anywhere. No query.
    """
    query = countable(text)
    if query is not None:
        _buffer.add((agency_id, day or timezone.localdate(), query), hits)


def flush_after(response: HttpResponseBase) -> None:
    """Write, if it is time, once this answer is out: writing may have to wait for others, and nobody who searches shall
    wait for that."""
    response._resource_closers.append(flush_if_due)  # type: ignore[attr-defined] # as Django's own file responses do


def flush_if_due() -> None:
    """Write when enough has come together or waited long enough; what cannot be written now waits on."""
    if _buffer.due():
        flush()


def flush() -> int:
    """Write what was counted, in one short transaction; returns how many rows. A database that is away is no error of
    the person who searches: the counts wait."""
    counts = _buffer.take()
    if not counts:
        return 0
    try:
        _write(counts)
    except DatabaseError:
        logger.warning("search counts could not be written, they wait", exc_info=True)
        for key, counted in counts.items():
            _buffer.add(key, counted.hits, counted.count)
        return 0
    return len(counts)


@transaction.atomic
def _write(counts: Mapping[Key, _Counted]) -> None:
    rooms = {place: _room(*place) for place in {(agency, day) for agency, day, _ in counts}}
    new = [key for key in sorted(counts) if rooms[key[:2]]]
    SearchCount.objects.bulk_create(
        [SearchCount(agency_id=agency, day=day, query=query) for agency, day, query in new], ignore_conflicts=True
    )
    for (agency, day, query), counted in sorted(counts.items()):
        SearchCount.objects.filter(agency=agency, day=day, query=query).update(
            count=F("count") + counted.count, hits=counted.hits
        )


def _room(agency_id: int, day: date) -> bool:
    return SearchCount.objects.filter(agency=agency_id, day=day).count() < MOST_A_DAY
