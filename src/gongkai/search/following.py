"""The follower ``search``: every entry's subjects are projected anew, and the index is committed before the position is
saved. It looks at what is, never at what the entry says, so that doing it twice does nothing.

What is too much for a moment waits beside the index (``waiting``) and is done by the timed act in between.
"""

from collections.abc import Sequence

from gongkai.ledger import followers
from gongkai.ledger.entries import Entry
from gongkai.search import directory, keeping, waiting
from gongkai.search.engines.contract import Busy, Unusable
from gongkai.search.projections import registry

NAME = "search"
AT_ONCE = 100  # subjects projected between two looks at anything else


def follow(entries: Sequence[Entry]) -> None:
    """Bring the index up to these entries. Without a usable index nothing is to be done: the one being made, or made
    next, begins at a position before them."""
    if directory.current() is None:
        return
    jobs = jobs_of(entries)
    waiting.add(job for job in jobs if job.scope)
    singles = [job for job in jobs if job.ids]
    if not singles:
        return
    try:
        with directory.alone("swap"), keeping.watched():
            engine = keeping.engine()
            for job in singles:
                for at in range(0, len(job.ids), AT_ONCE):
                    keeping.project(job.subject, job.ids[at : at + AT_ONCE], engine)
            engine.commit()
    except Busy:
        waiting.add(singles)
    except Unusable:
        return


def jobs_of(entries: Sequence[Entry]) -> list[waiting.Job]:
    """What these entries touch."""
    jobs = []
    for projection in registry.all_projections():
        touched = projection.touched([entry for entry in entries if entry.kind in projection.entry_kinds])
        if touched.ids:
            jobs.append(waiting.Job(projection.subject, ids=tuple(sorted(touched.ids))))
        jobs += [waiting.Job(projection.subject, scope=scope) for scope in sorted(touched.scopes)]
    return jobs


def work_off() -> int:
    """Do a piece of the oldest job that waits; returns how many subjects were projected."""
    found = waiting.first()
    if found is None:
        return 0
    path, job = found
    ids, rest = piece(job)
    try:
        with directory.alone("swap"), keeping.watched():
            engine = keeping.engine()
            keeping.project(job.subject, ids, engine)
            engine.commit()
    except (Busy, Unusable):
        return 0
    waiting.done(path, rest)
    return max(1, len(ids))


def piece(job: waiting.Job) -> tuple[list[int], waiting.Job | None]:
    """The first subjects of a job, and the job that is left."""
    if not job.scope:
        ids = list(job.ids[:AT_ONCE])
        left = job.ids[AT_ONCE:]
        return ids, waiting.Job(job.subject, ids=left) if left else None
    ids = registry.get(job.subject).after(job.scope, job.last, AT_ONCE)
    return ids, waiting.Job(job.subject, scope=job.scope, last=ids[-1]) if len(ids) == AT_ONCE else None


def follower() -> followers.Follower:
    """As it is registered."""
    kinds = frozenset(kind for one in registry.all_projections() for kind in one.entry_kinds)
    return followers.Follower(NAME, "全文检索", follow, kinds)
