"""The engine that comes with the software: a tantivy index in a directory of its own."""

import json
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import tantivy

from gongkai.search import analysis
from gongkai.search.engines import tantivy_query
from gongkai.search.engines.contract import Answer, Busy, Item, Place, Stats, Unusable, Wanted
from gongkai.search.engines.tantivy_schema import as_document, schema

VERSION = f"{analysis.VERSION} tantivy-5"
"""Of tokens and fields together: an index that says something else is made anew."""

_HEAP_BYTES = 64 * 1024 * 1024
_STAMP = "gongkai.json"
_META = "meta.json"
_AT_ONCE = 5_000
_MOST_VALUES = 20_000  # of a facet: agencies, columns and topics of a large city are some thousands


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
            total, places = self._page(searcher, wanted)
            facets = self._facets(searcher, wanted)
        return Answer(total, places, facets)

    def count(self, wanted: Wanted) -> int:
        """Only the total."""
        with _told():
            return _count(self._reader(), self._make.matching(wanted))

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

    def _page(self, searcher: tantivy.Searcher, wanted: Wanted) -> tuple[int, list[Place]]:
        order: dict[str, Any] = {"limit": max(1, wanted.size)}
        if wanted.by_date:
            query, total = self._make.placed(wanted), _count(searcher, self._make.matching(wanted))
            rising = wanted.newer_than is not None
            order |= {"order_by_field": "order", "order": tantivy.Order.Asc if rising else tantivy.Order.Desc}
            found = searcher.search(query, count=False, **order)
            hits = found.hits[::-1] if rising else found.hits
        else:
            ranked = self._make.ranked(wanted)
            found = searcher.search(ranked, offset=wanted.offset, weight_by_field="weight", **order)
            total, hits = int(found.count or 0), found.hits  # type: ignore[attr-defined]
        return total, [_place(searcher, *hit) for hit in hits][: wanted.size]

    def _facets(self, searcher: tantivy.Searcher, wanted: Wanted) -> dict[str, dict[str, int]]:
        """Every facet among the results; one that is filtered by counts as if it were not."""
        chosen = [name for name in wanted.facets if wanted.filters.get(name)]
        others = [name for name in wanted.facets if name not in chosen]
        found: dict[str, dict[str, int]] = {}
        for names, without in ((others, ""), *(([name], name) for name in chosen)):
            if names:
                asked = tantivy_query.aggregation(names, _MOST_VALUES)
                counted = searcher.aggregate(self._make.matching(wanted, without=without), asked)
                found |= {name: tantivy_query.counts(counted[name]) for name in names}
            if "validity" in names and found["validity"].pop(tantivy_query.DATED, 0):
                dated = searcher.aggregate(self._make.dated(wanted, without), tantivy_query.by_days(wanted.today))
                for value, count in tantivy_query.validity_counts(dated).items():
                    found["validity"][value] = found["validity"].get(value, 0) + count
        return {name: found[name] for name in wanted.facets}

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


def _count(searcher: tantivy.Searcher, query: tantivy.Query) -> int:
    return int(searcher.search(query, limit=1).count or 0)  # type: ignore[attr-defined]


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
