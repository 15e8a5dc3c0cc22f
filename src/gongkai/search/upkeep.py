"""Keeping the index up: what the worker does between entries, and how it comes to do it."""

import logging
from datetime import date, datetime, timedelta

from django.utils import timezone

from gongkai.ledger import clockwork, followers
from gongkai.search import directory, following, waiting
from gongkai.search.building import Build, needed
from gongkai.search.engines.contract import Busy
from gongkai.search.projections import registry

logger = logging.getLogger(__name__)

_AFTER_AN_ERROR = timedelta(seconds=60)
_WHILE_ANOTHER_WRITES = timedelta(seconds=1)


class Upkeep:
    """What the worker does between entries: a piece of what waits, a step of a build that is needed."""

    def __init__(self) -> None:
        self._build: Build | None = None
        self._not_before: datetime | None = None

    def next_at(self) -> datetime | None:
        """Now, while there is anything to do; a little later after something went wrong."""
        if self._build is None and not self._anything():
            return None
        return max(timezone.now(), self._not_before or timezone.now())

    def run(self, now: datetime) -> int:
        """One piece of each; returns how many pieces were done."""
        if self._not_before is not None and now < self._not_before:
            return 0
        try:
            done = self._step()
        except Exception:
            logger.exception("the search index could not be kept up; trying again")
            self._build, self._not_before = None, now + _AFTER_AN_ERROR
            return 0
        # What waits while another process has the writer is looked at again a little later, not in a circle.
        held_up = not done and waiting.how_many() > 0
        self._not_before = now + _WHILE_ANOTHER_WRITES if held_up else None
        return done

    def _step(self) -> int:
        _turn(timezone.localdate())
        done = min(1, following.work_off()) if directory.current() is not None else 0
        if self._build is None and needed():
            try:
                self._build = Build()
            except Busy:
                return done
        if self._build is not None:
            if not self._build.step():
                self._build = None
            done += 1
        return done

    def _anything(self) -> bool:
        if directory.day() != timezone.localdate() and directory.current() is not None:
            return True
        if waiting.how_many() > 0 and directory.current() is not None:
            return True
        return needed() and not directory.held_elsewhere("build")


def _turn(today: date) -> None:
    """What ended since the last day looked at weighs less from now on; and what turned is kept as what it is."""
    since = directory.day()
    if since is None or since >= today:
        if since != today:
            directory.set_day(today)
        return
    for projection in registry.all_projections():
        if ids := projection.turned(since, today):
            waiting.add([waiting.Job(projection.subject, ids=tuple(ids))])
    directory.set_day(today)


def register() -> None:
    """Have the worker follow and keep up; called once the findable kinds are registered."""
    upkeep = Upkeep()
    followers.register(following.follower())
    clockwork.register(clockwork.Timed("search-upkeep", upkeep.next_at, upkeep.run))
