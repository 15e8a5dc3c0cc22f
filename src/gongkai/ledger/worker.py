"""The worker: one loop that lets followers read on and does what a clock starts.

It sleeps until something is committed or the next act is due, whichever is first. Any number may run; each follower and
each act is held by one at a time. A crash at any instant loses nothing: positions and acts are rows in the database.
"""

import logging
import threading
from datetime import datetime

from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from gongkai.ledger import clockwork, followers, positions, wake

logger = logging.getLogger(__name__)

_LONGEST_SLEEP_SECONDS = 1.0  # also how late a stop signal is noticed at worst
_AFTER_DATABASE_ERROR_SECONDS = 2.0


def run(stop: threading.Event) -> None:
    """Work until ``stop`` is set. A lost database is waited for, not given up on."""
    while not stop.is_set():
        try:
            if positions.mend_epoch():
                logger.warning("the database was restored into another cluster; follower positions stay valid")
            _follow(stop)
        except DatabaseError:
            logger.exception("database unavailable, trying again")
            close_old_connections()
            stop.wait(_AFTER_DATABASE_ERROR_SECONDS)


def work_once() -> int:
    """Everything there is to do now; returns how many entries were read and acts done. For tests and commands too."""
    done = followers.advance_all()
    now = timezone.now()
    for timed in clockwork.all_timed():
        done += timed.run(now)
    return done


def _follow(stop: threading.Event) -> None:
    with wake.Waker() as waker:
        while not stop.is_set():
            if not work_once():
                waker.wait(_sleep_seconds(timezone.now()))


def _sleep_seconds(now: datetime) -> float:
    waits = [(at - now).total_seconds() for timed in clockwork.all_timed() if (at := timed.next_at()) is not None]
    retry = followers.next_retry()
    if retry is not None:
        waits.append(retry)
    return max(0.0, min([*waits, _LONGEST_SLEEP_SECONDS]))
