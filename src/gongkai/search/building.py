"""Making the index anew from the database, beside the one that answers, and putting it in its place.

A build goes in steps, so that the worker can go on following between them. What was entered before it began it reads
from the database; what is entered meanwhile is caught up with before the new index counts, the last of it while nobody
writes the old one.
"""

import logging
import os
import shutil
import time
from collections.abc import Callable, Iterator

from django.db.models import Q

from gongkai.ledger import followers
from gongkai.ledger.entries import EntryQuerySet
from gongkai.search import directory, following, keeping, waiting
from gongkai.search.engines.contract import Unusable
from gongkai.search.engines.tantivy_engine import VERSION, TantivyEngine
from gongkai.search.projections import registry

logger = logging.getLogger(__name__)

_COMMIT_EVERY = 20_000  # subjects; what a commit costs is spread over them
_ENTRIES_AT_ONCE = 500
_CATCH_UP_UNTIL = 200  # entries left for the time when nobody may write


class Build:
    """One making of the index. Raises Busy when one is going on already, in this process or another."""

    def __init__(self) -> None:
        self._held = directory.hold("build", wait=False)
        directory.sweep()
        self._xid, self._entry = followers.settled().reverse().values_list("xid", "id").first() or (0, 0)
        self._at = directory.fresh()
        self._engine = TantivyEngine(self._at, create=True)
        self._steps = self._all()
        self._began = time.monotonic()
        self.done, self.total = 0, sum(one.total() for one in registry.all_projections())
        self.tell()

    def step(self) -> bool:
        """Project a few more subjects, or finish; returns whether there is more to do."""
        try:
            next(self._steps)
        except StopIteration:
            return False
        except BaseException:
            self.abandon()
            raise
        return True

    def abandon(self) -> None:
        """Give up; what was made so far goes."""
        self._engine.close()
        shutil.rmtree(self._at, ignore_errors=True)
        directory.tell_progress(None)
        self._let_go()

    def tell(self) -> None:
        """Leave word of how far it is."""
        directory.tell_progress({"done": self.done, "total": self.total, "pid": os.getpid(), "version": VERSION})

    def _all(self) -> Iterator[None]:
        for projection in registry.all_projections():
            yield from self._scope(waiting.Job(projection.subject, scope=registry.ALL), counted=True)
        while self._settled().count() > _CATCH_UP_UNTIL:
            yield from self._catch_up()
        self._engine.commit()
        with directory.alone("swap"):
            for _ in self._catch_up():
                pass
            self._engine.commit()
            self._engine.release()
            self._engine.close()
            keeping.forget()
            directory.swap(self._at)
        directory.tell_progress(None)
        self._let_go()
        seconds = time.monotonic() - self._began
        logger.info("search index made anew: %s subjects in %.1f s", self.done, seconds)

    def _scope(self, job: waiting.Job, *, counted: bool = False) -> Iterator[None]:
        left: waiting.Job | None = job
        while left is not None:
            ids, left = following.piece(left)
            keeping.project(job.subject, ids, self._engine)
            if counted:
                before, self.done = self.done, self.done + len(ids)
                self.tell()
                if before // _COMMIT_EVERY != self.done // _COMMIT_EVERY:
                    self._engine.commit()
            yield

    def _catch_up(self) -> Iterator[None]:
        """Handle what was entered since, until there is nothing; what is entered while it runs included."""
        while entries := list(self._settled()[:_ENTRIES_AT_ONCE]):
            for job in following.jobs_of(entries):
                yield from self._scope(job)
            self._xid, self._entry = entries[-1].xid, entries[-1].pk

    def _settled(self) -> EntryQuerySet:
        return followers.settled().filter(Q(xid__gt=self._xid) | Q(xid=self._xid, id__gt=self._entry))

    def _let_go(self) -> None:
        if self._held >= 0:
            os.close(self._held)
            self._held = -1


def rebuild(watch: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Make the index anew in one go; returns how many subjects were projected. Raises Busy."""
    build = Build()
    while build.step():
        watch(build.done, build.total)
    return build.done


def needed() -> bool:
    """Whether the index has to be made: none there, of another version, or damaged."""
    at = directory.current()
    if at is None:
        return True
    if directory.condemned(at):
        if directory.suspect(at) or not keeping.sound(at):
            return True
        directory.acquit(at)
    try:
        keeping.engine()
    except Unusable:
        return True
    return False
