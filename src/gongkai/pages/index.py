"""The index of the store: which pages lie there, what each shows, which of them are no longer true.

A small database file beside the pages, so that pages and index are made, copied and lost together. It is no part of the
product's data: everything in it can be found out again by rendering.
"""

import contextlib
import json
import os
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

_SCHEMA = """
CREATE TABLE IF NOT EXISTS page (
  id INTEGER PRIMARY KEY, host TEXT NOT NULL, path TEXT NOT NULL, state INTEGER NOT NULL, rank INTEGER NOT NULL,
  rare INTEGER NOT NULL DEFAULT 0, digest TEXT NOT NULL DEFAULT '', size INTEGER NOT NULL DEFAULT 0,
  rendered REAL NOT NULL DEFAULT 0, expires REAL, not_before REAL NOT NULL DEFAULT 0, mark INTEGER NOT NULL DEFAULT 0,
  UNIQUE (host, path));
DROP INDEX IF EXISTS page_order;
CREATE INDEX IF NOT EXISTS page_turn ON page (state, rank, rendered) WHERE state > 0;
CREATE INDEX IF NOT EXISTS page_due ON page (state, not_before) WHERE state > 0;
CREATE INDEX IF NOT EXISTS page_expires ON page (expires) WHERE expires IS NOT NULL;
CREATE TABLE IF NOT EXISTS shows (key TEXT NOT NULL, page INTEGER NOT NULL, PRIMARY KEY (key, page)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS shows_page ON shows (page);
CREATE TABLE IF NOT EXISTS change (key TEXT PRIMARY KEY, mark INTEGER NOT NULL, at REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_BUSY_SECONDS = 20


class State(IntEnum):
    """How a page stands."""

    TRUE = 0  # says what it should
    STALE = 1  # lies there and says something old: to be renewed
    AWAY = 2  # taken away, or not made yet: to be made when there is time


class Rank(IntEnum):
    """How soon readers miss what is new on a page: the order in which pages are renewed."""

    FIRST = 0  # homes, and a document that was just released
    LIST = 1  # what lists the newest
    PAGE = 2  # any other page
    MIRROR = 3  # the same page in another script
    LATER = 4  # what programs read, and figures: feeds, catalogues, full lists


@dataclass(frozen=True)
class Row:
    """One page of the index. ``mark`` is the number of the change that made it untrue, or of its keeping."""

    id: int
    host: str
    path: str
    state: State
    rare: bool
    digest: str
    mark: int


class Index:
    """The index in one file. Every thread has a connection of its own; writers wait for each other."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._local = threading.local()

    @contextlib.contextmanager
    def writing(self, *, durable: bool = False) -> Iterator[sqlite3.Connection]:
        """A write transaction. ``durable``: on the disk when it ends, so that a mark survives power loss as surely as
        the ledger position that is saved after it."""
        connection = self.connection()
        if durable:
            connection.execute("PRAGMA synchronous=FULL")
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()
        finally:
            if durable:
                connection.execute("PRAGMA synchronous=NORMAL")

    def connection(self) -> sqlite3.Connection:
        """This thread's connection; a new one when the file was replaced or deleted meanwhile."""
        there = self._identity()
        known: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if known is not None and there is not None and self._local.identity == there:
            return known
        if known is not None:
            known.close()
        connection = self._opened()
        self._local.connection, self._local.identity = connection, self._identity()
        return connection

    def exists(self) -> bool:
        """Whether there is an index file."""
        return self._identity() is not None

    def close(self) -> None:
        """Close this thread's connection."""
        known: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if known is not None:
            known.close()
            self._local.connection = None

    def _opened(self) -> sqlite3.Connection:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.file, timeout=_BUSY_SECONDS, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.executescript(_SCHEMA)
        except BaseException:
            connection.close()
            raise
        return connection

    def _identity(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self.file)
        except FileNotFoundError:
            return None
        return (found.st_dev, found.st_ino)


def fact(connection: sqlite3.Connection, name: str, otherwise: str = "") -> str:
    """A fact about the store itself."""
    found = connection.execute("SELECT value FROM fact WHERE name=?", (name,)).fetchone()
    return found[0] if found else otherwise


def set_fact(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Note a fact about the store itself."""
    connection.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (name, value))


def next_mark(connection: sqlite3.Connection) -> int:
    """The number of the next change; inside a write transaction."""
    mark = int(fact(connection, "mark", "0")) + 1
    set_fact(connection, "mark", str(mark))
    return mark


def note_changes(connection: sqlite3.Connection, keys: Iterable[str], mark: int) -> None:
    """Remember when these keys last changed: a page being rendered from before that must not be kept."""
    now = time.time()
    connection.executemany(
        "INSERT INTO change VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET mark=excluded.mark, at=excluded.at",
        [(key, mark, now) for key in keys],
    )


def changed_since(connection: sqlite3.Connection, keys: Sequence[str], mark: int) -> bool:
    """Whether one of these keys changed after that mark."""
    asked = "SELECT 1 FROM change WHERE mark > ? AND key IN (SELECT value FROM json_each(?)) LIMIT 1"
    return connection.execute(asked, (mark, json.dumps(keys))).fetchone() is not None


def showing(connection: sqlite3.Connection, keys: Sequence[str]) -> list[Row]:
    """The pages that show one of these keys, each once."""
    shown = "SELECT page FROM shows WHERE key IN (SELECT value FROM json_each(?))"
    return pages(connection, f"id IN ({shown})", (json.dumps(keys),))


def pages(connection: sqlite3.Connection, where: str, values: Sequence[object] = (), order: str = "id") -> list[Row]:
    """Rows that fulfil a condition of this module's own."""
    rows = connection.execute(
        f"SELECT id, host, path, state, rare, digest, mark FROM page WHERE {where} ORDER BY {order}",  # noqa: S608
        values,
    )
    return [Row(row[0], row[1], row[2], State(row[3]), bool(row[4]), row[5], row[6]) for row in rows]
