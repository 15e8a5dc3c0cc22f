"""The engine that comes with the software: a tantivy index in a directory of its own."""

import json
import os
import threading
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache, partial
from math import log2
from pathlib import Path
from typing import Any

import tantivy

from gongkai.search import analysis
from gongkai.search.engines import tantivy_counting, tantivy_query
from gongkai.search.engines.contract import HEAVIEST, Answer, Busy, Item, Place, Stats, Unusable, Wanted
from gongkai.search.engines.tantivy_schema import as_document, boost, schema

VERSION = f"{analysis.VERSION} tantivy-6"
"""Of tokens and fields together: an index that says something else is made anew."""

_HEAP_BYTES = 64 * 1024 * 1024
_STAMP = "gongkai.json"
_META = "meta.json"
_AT_ONCE = 5_000

Hit = tuple[Any, tantivy.DocAddress]
"""A score, or a place by date, and where the item lies."""

_MANY = 20_000  # items: from so many on it pays to look first whether the best hits are found without meeting all
_SLACK = 1.001  # scores and weights are rounded


class TantivyEngine:
    """An index in ``directory``. ``create`` makes a new one, else it must be there and of this version."""

    def __init__(self, directory: Path, *, create: bool = False, heap: int = _HEAP_BYTES) -> None:
        self.directory, self._heap = directory, heap
        self._lock = threading.RLock()
        self._writer: tantivy.IndexWriter | None = None
        self._seen: tuple[int, int] = (0, 0)
        with _told():
            if create:
                directory.mkdir(parents=True, exist_ok=True)
                self._index = tantivy.Index(schema(), path=str(directory))
                (directory / _STAMP).write_text(json.dumps({"version": VERSION}), encoding="utf-8")
            else:
                if _version_at(directory) != VERSION:
                    raise Unusable(f"{directory} was made by another version")
                self._index = tantivy.Index.open(str(directory))
            self._index.config_reader(reload_policy="manual")
            self._make = tantivy_query.QueryMaker(self._index.schema)
            self._reader()

    def replace(self, subjects: Iterable[str], items: Iterable[Item]) -> None:
        """Take out everything projected from these subjects and put these items in."""
        self.remove(subjects)
        with self._lock, _told():
            writer = self._writing()
            for item in items:
                writer.add_document(as_document(item))

    def remove(self, subjects: Iterable[str]) -> None:
        """Take out everything projected from these subjects."""
        with self._lock, _told():
            writer = self._writing()
            for subject in subjects:
                writer.delete_documents_by_term("subject", subject)

    def commit(self) -> None:
        """Make all since the last commit durable and visible at once."""
        with self._lock, _told():
            if self._writer is not None:
                self._writer.commit()

    def release(self) -> None:
        """Let another process write, once the pieces being joined are joined."""
        with self._lock, _told():
            writer, self._writer = self._writer, None
            if writer is not None:
                writer.wait_merging_threads()

    def search(self, wanted: Wanted) -> Answer:
        """The answer to one question, as of the last commit."""
        with _told():
            searcher = self._reader()
            passes = tantivy_counting.passes(wanted)
            count = partial(tantivy_counting.counted, searcher, self._make, wanted)
            counting = [_beside().submit(count, one) for one in passes]
            total, hits = self._page(searcher, wanted, count=all(one.without for one in passes))
            places = [_place(searcher, *hit) for hit in hits]
            found: tantivy_counting.Counts = {}
            for one, (met, counts) in zip(passes, [each.result() for each in counting], strict=True):
                total, found = total if one.without else met, found | counts
        return Answer(total, places, {name: found[name] for name in wanted.facets})

    def count(self, wanted: Wanted) -> int:
        """Only the total."""
        with _told():
            return tantivy_counting.total(self._reader(), self._make.matching(wanted))

    def keys(self) -> Mapping[str, str]:
        """A fingerprint of every item by key."""
        with _told():
            return dict(self._all(self._reader()))

    def stats(self) -> Stats:
        """How large it is."""
        with _told():
            searcher = self._reader()
            size = sum(path.stat().st_size for path in self.directory.iterdir() if path.is_file())
            return Stats(searcher.num_docs, searcher.num_segments, size)

    def close(self) -> None:
        """Let go of everything; what was not committed is lost."""
        with self._lock:
            self._writer = None

    def _writing(self) -> tantivy.IndexWriter:
        if self._writer is None:
            try:
                self._writer = self._index.writer(heap_size=self._heap, num_threads=1)
            except ValueError as error:
                if "LockBusy" in str(error):
                    raise Busy(str(error)) from error
                raise
        return self._writer

    def _reader(self) -> tantivy.Searcher:
        """A searcher as of the last commit of whatever process: one look at the file that a commit replaces."""
        with self._lock:
            found = (self.directory / _META).stat()
            seen = (found.st_mtime_ns, found.st_ino)
            if seen != self._seen:
                self._index.reload()
                self._seen = seen
            return self._index.searcher()

    def _page(self, searcher: tantivy.Searcher, wanted: Wanted, *, count: bool) -> tuple[int, list[Hit]]:
        """The hits of the page, and how many match when that is asked for (else 0)."""
        counted: int | None = None
        if wanted.by_date:
            rising, begins = wanted.newer_than is not None, wanted.older_than is wanted.newer_than is None
            order = tantivy.Order.Asc if rising else tantivy.Order.Desc
            placed, with_total = self._make.placed(wanted), count and begins
            found = searcher.search(placed, _limit(wanted), count=with_total, order_by_field="order", order=order)
            hits, counted = found.hits[::-1] if rising else found.hits, found.count  # type: ignore[attr-defined]
        elif (best := self._lifted(searcher, wanted)) is not None:
            hits = best
        else:
            found = self._ranked(searcher, wanted, self._make.ranked(wanted), count=count)
            hits, counted = found.hits, found.count  # type: ignore[attr-defined]
        if count and counted is None:
            counted = tantivy_counting.total(searcher, self._make.matching(wanted))
        return counted or 0, hits[: wanted.size]

    def _lifted(self, searcher: tantivy.Searcher, wanted: Wanted) -> list[Hit] | None:
        """The page by relevance without meeting every match, if that is certain to be the same page.

        A word that stands in most texts hardly tells them apart, and titles that have it go first. So only those are
        scored; they are the page when the last of it scores no less than a match without such a title could at most.
        """
        terms = self._make.terms(wanted)
        if not terms or not wanted.size or min(searcher.doc_freq(*one) for one in terms) < _MANY:
            return None
        hits = self._ranked(searcher, wanted, self._make.ranked(wanted, lifted=True), count=False).hits
        if len(hits) < wanted.size:
            return None
        best = [searcher.search(self._make.scored(*one), limit=1, count=False).hits for one in terms]
        most = sum(score for each in best for score, _ in each[:1]) * log2(2 + boost(HEAVIEST)) * _SLACK
        return hits if hits[-1][0] >= most else None

    def _ranked(
        self, searcher: tantivy.Searcher, wanted: Wanted, query: tantivy.Query, *, count: bool
    ) -> tantivy.SearchResult:
        return searcher.search(query, _limit(wanted), count=count, offset=wanted.offset, weight_by_field="weight")

    def _all(self, searcher: tantivy.Searcher) -> Iterator[tuple[str, str]]:
        done, total = 0, searcher.num_docs
        while done < total:
            hits = searcher.search(tantivy.Query.all_query(), limit=_AT_ONCE, offset=done, count=False).hits
            if not hits:
                return
            done += len(hits)
            for hit in hits:
                place = _place(searcher, *hit)
                yield place.key, str(place.shown["print"])


@cache
def _pool(process: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=os.cpu_count() or 1, thread_name_prefix="search")


def _beside() -> ThreadPoolExecutor:
    """Threads of this process for what can be done at the same time: tantivy works without Python's lock."""
    return _pool(os.getpid())


def _limit(wanted: Wanted) -> int:
    return max(1, wanted.size)


def _place(searcher: tantivy.Searcher, score: Any, address: tantivy.DocAddress) -> Place:
    document = searcher.doc(address)
    shown = json.loads(bytes(document.get_first("shown") or b"{}"))
    order = int(document.get_first("order") or 0)
    return Place(str(document.get_first("key")), order, float(score or 0), shown)


def _version_at(directory: Path) -> str:
    try:
        return str(json.loads((directory / _STAMP).read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unusable(f"{directory}: {error}") from error


@contextmanager
def _told() -> Iterator[None]:
    """What goes wrong inside tantivy, a panic of its Rust code included, is told as ``Unusable``."""
    try:
        yield
    except (Unusable, Busy):
        raise
    except (ValueError, OSError, RuntimeError) as error:
        raise Unusable(str(error)) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise Unusable(f"tantivy: {error}") from error
        raise
