"""The index as this process has it open: one engine, opened anew when another index takes its place."""

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from gongkai.search import directory
from gongkai.search.engines.contract import Engine, Unusable, Wanted
from gongkai.search.engines.tantivy_engine import TantivyEngine
from gongkai.search.projections import registry

logger = logging.getLogger(__name__)


class Missing(Unusable):
    """There is no index yet, or no longer."""


_lock = threading.Lock()
_open: tuple[Path, Engine] | None = None


def engine() -> Engine:
    """The current index. Raises Missing when there is none, Unusable when it cannot be opened."""
    global _open
    with _lock:
        at = directory.current()
        if _open is not None and _open[0] != at:
            _open[1].close()
            _open = None
        if at is None:
            raise Missing("no index")
        if _open is None:
            _open = (at, TantivyEngine(at))
        return _open[1]


def forget() -> None:
    """Close what is open."""
    global _open
    with _lock:
        if _open is not None:
            _open[1].close()
        _open = None


@contextmanager
def watched() -> Iterator[None]:
    """Inside, an index that turns out to be damaged is noted for the worker; the error goes on to the caller."""
    try:
        yield
    except Missing:
        raise
    except Unusable as error:
        at = directory.current()
        logger.warning("the search index cannot be used: %s", error)
        forget()
        if at is not None:
            directory.condemn(at)
        raise


def sound(at: Path) -> bool:
    """Whether an index opened afresh answers, with its words, its places, its counts and what it shows."""
    try:
        tried = TantivyEngine(at)
        try:
            wanted = Wanted(labels=frozenset({"public"}), today=20200101, facets=("kind", "validity"), size=5)
            tried.search(wanted)
            tried.stats()
        finally:
            tried.close()
    except Unusable:
        return False
    return True


def project(subject: str, ids: Sequence[int], into: Engine) -> None:
    """Put what these subjects are now into the index; the caller commits."""
    if ids:
        # All read before anything is taken out: an error in between must not leave a hole for the next commit.
        items = list(registry.get(subject).items(ids))
        into.replace([f"{subject}:{one}" for one in ids], items)
