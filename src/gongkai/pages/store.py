"""The page store: keeps what was rendered, and lets nothing that changed meanwhile be kept or served.

A rendering begins with a ticket (the number of the last change known here). It is kept only when none of the things it
shows changed since, so that a page read from the database before a commit can never lie there after it. Whatever is
killed at whatever instant leaves pages that are marked to be renewed, never an untrue one that counts as true.
"""

import contextlib
import fcntl
import hashlib
import json
import logging
import sqlite3
import time
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from gongkai.pages import files, index
from gongkai.pages.index import Index, Rank, Row, State
from gongkai.pages.places import place_of

logger = logging.getLogger(__name__)

EVERYTHING = "*"
"""The key that every page shows: what changes for all of them."""
MANY = 300  # pages of one host; beyond it a change takes the host's folder away at once and pages return by and by
_LOCKS = 64
_DROPPED_AT_ONCE = 5_000
_CHANGES_KEPT_SECONDS = 3600  # no rendering takes longer


@dataclass(frozen=True)
class Rendered:
    """A page as it is to be kept: ``keys`` what it shows, ``expires`` when it changes by date alone, ``rank`` how soon
    readers miss it, ``rare`` to be dropped rather than renewed."""

    host: str
    path: str
    content: bytes
    keys: frozenset[str]
    expires: datetime | None = None
    rare: bool = False
    rank: Rank = Rank.PAGE


class Store:
    """The store in one directory: ``www`` is what a web server serves, ``index.sqlite3`` knows it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.www = home / "www"
        self.trash = home / "trash"
        self.index = Index(home / "index.sqlite3")

    def file(self, place: PurePosixPath) -> Path:
        """Where a page lies."""
        return self.www / place

    def ticket(self) -> int:
        """What a rendering takes along before it reads anything."""
        return int(index.fact(self._sound().connection(), "mark", "0"))

    def keep(self, page: Rendered, ticket: int) -> bool:
        """Keep a rendered page; returns whether it may be counted on. Raises NotAPlace, OSError (disk full).

        False: something it shows changed while it was rendered (it stays marked for renewal).
        """
        place = place_of(page.host, page.path)
        with self._alone_at(place):
            mark = self._announce(page, ticket)
            if mark is None:
                return False
            try:
                files.write(self.file(place), page.content)
            except OSError:
                files.remove(self.file(place))  # what lies there is old; without room for the new it is made on demand
                raise
            return self._confirm(page, mark, place)

    def waits(self, host: str, path: str) -> bool:
        """Whether the page lies there and is to be renewed."""
        asked = "SELECT 1 FROM page WHERE host=? AND path=? AND state=?"
        return self._sound().connection().execute(asked, (host, path, State.STALE)).fetchone() is not None

    def lying(self, host: str, path: str) -> Rendered | None:
        """The page as it lies there with what is known of it; None unless it is true."""
        asked = (
            "SELECT digest, expires, rare, rank, (SELECT json_group_array(key) FROM shows WHERE page = page.id) "
            "FROM page WHERE host=? AND path=? AND state=?"
        )
        row = self._sound().connection().execute(asked, (host, path, State.TRUE)).fetchone()
        content = files.read(self.file(place_of(host, path))) if row is not None else None
        if content is None or hashlib.sha256(content).hexdigest() != row[0]:  # it is being replaced just now
            return None
        expires = datetime.fromtimestamp(row[1], tz=UTC) if row[1] is not None else None
        return Rendered(host, path, content, frozenset(json.loads(row[4])), expires, bool(row[2]), Rank(row[3]))

    def mark(self, keys: Iterable[str], *, away: bool = False, durable: bool = False) -> int:
        """These things changed: every page that shows one of them is to be renewed; returns how many there are.

        ``away``: such pages are not even served in between (what was withdrawn by mistake). Rarely read ones are taken
        away in any case. A change that touches very many pages of a host takes its folder away in one step.
        """
        wanted = sorted(set(keys))
        if not wanted:
            return 0
        with self._sound().writing(durable=durable) as connection:
            number = index.next_mark(connection)
            index.note_changes(connection, wanted, number)
            found = index.pages(connection, "1") if EVERYTHING in wanted else index.showing(connection, wanted)
            taken = self._taken_hosts(found)
            self._take_away(connection, taken, number)
            lying = self._untrue(connection, [row for row in found if row.host not in taken], number, away=away)
        self._clear(lying, rare=bool(lying or taken))
        return len(found)

    def outdate(self, rows: Sequence[Row]) -> None:
        """These pages are past their day: renew them, take rarely read ones away."""
        with self._sound().writing() as connection:
            lying = self._untrue(connection, rows, index.next_mark(connection))
        self._clear(lying, rare=bool(lying))

    def expect(self, host: str, paths: Iterable[str], *, rank: Rank = Rank.PAGE, soon: bool = False) -> None:
        """Have these pages made when there is time (``soon``: among those that are renewed), unless they lie there
        already. Raises NotAPlace."""
        wanted = [path for path in paths if place_of(host, path)]
        with self._sound().writing() as connection:
            connection.executemany(
                "INSERT INTO page (host, path, state, rank) VALUES (?, ?, ?, ?) ON CONFLICT (host, path) DO NOTHING",
                [(host, path, State.STALE if soon else State.AWAY, rank) for path in wanted],
            )

    def drop(self, host: str, path: str, *, mark: int | None = None) -> None:
        """Forget a page that is none any more (its address answers 404 or 410 now). With ``mark``: unless something
        happened to it since it bore that mark."""
        place = place_of(host, path)
        with self._alone_at(place), self._sound().writing() as connection:
            row = connection.execute("SELECT id, mark FROM page WHERE host=? AND path=?", (host, path)).fetchone()
            if row is not None and mark not in (None, row[1]):
                return  # it changed, or was kept, since somebody saw that it is none
            files.remove(self.file(place))
            if row is not None:
                _forget(connection, row[0])

    def put_off(self, row_id: int, seconds: float) -> None:
        """Do not try to renew this page again for so long (its rendering failed)."""
        with self._sound().writing() as connection:
            connection.execute("UPDATE page SET not_before=? WHERE id=?", (time.time() + seconds, row_id))

    def adopt(self, stamp: str) -> bool:
        """Pages belong to one version of the program and its settings: under another stamp all are made anew.

        Returns whether they had to be taken away.
        """
        with self._sound().writing() as connection:
            if index.fact(connection, "stamp") == stamp:
                return False
            number = index.next_mark(connection)
            index.note_changes(connection, [EVERYTHING], number)
            hosts = {row[0] for row in connection.execute("SELECT DISTINCT host FROM page")}
            self._take_away(connection, hosts, number)
            index.set_fact(connection, "stamp", stamp)
        self._forget_rare()
        return True

    def stamp(self) -> str:
        """For which version and address the pages there were made; empty before any was."""
        return index.fact(self._sound().connection(), "stamp")

    def abandon(self) -> None:
        """Take everything out of service: for when what changed cannot even be noted (disk full, index torn).

        Needs no room on the disk. Pages are then rendered on demand, and kept anew as soon as that is possible.
        """
        files.set_aside(self.www, self.trash)
        self.index.close()
        for ending in ("-wal", "-shm", ""):
            self.index.file.with_name(self.index.file.name + ending).unlink(missing_ok=True)

    def prune(self, most_bytes: int) -> int:
        """Forget changes so old that no rendering from before them can still be under way; empty the trash; when the
        pages are more than ``most_bytes``, drop the longest unchanged that are no lists. Returns how many were dropped.
        """
        with self._sound().writing() as connection:
            connection.execute("DELETE FROM change WHERE at < ?", (time.time() - _CHANGES_KEPT_SECONDS,))
        files.empty(self.trash)
        connection = self.index.connection()
        over = connection.execute("SELECT COALESCE(SUM(size), 0) FROM page").fetchone()[0] - most_bytes
        dropped = 0
        if over > 0:
            oldest = "SELECT host, path, size FROM page WHERE state=? AND rank>? ORDER BY rendered LIMIT ?"
            for host, path, size in connection.execute(oldest, (State.TRUE, Rank.LIST, _DROPPED_AT_ONCE)).fetchall():
                if over <= 0:
                    break
                self.drop(host, path)
                over, dropped = over - size, dropped + 1
        return dropped

    def _announce(self, page: Rendered, ticket: int) -> int | None:
        keys = sorted(page.keys | {EVERYTHING})
        with self._sound().writing() as connection:
            if index.changed_since(connection, keys, ticket) or ticket > int(index.fact(connection, "mark", "0")):
                return None
            number = index.next_mark(connection)
            row = connection.execute(
                "INSERT INTO page (host, path, state, rank, rare, expires, rendered, mark) VALUES (?,?,?,?,?,?,?,?) "
                "ON CONFLICT (host, path) DO UPDATE SET state=excluded.state, rank=excluded.rank, rare=excluded.rare, "
                "expires=excluded.expires, rendered=excluded.rendered, mark=excluded.mark, not_before=0 RETURNING id",
                (
                    page.host,
                    page.path,
                    State.STALE,
                    page.rank,
                    page.rare,
                    page.expires.timestamp() if page.expires else None,
                    time.time(),
                    number,
                ),
            ).fetchone()
            connection.execute("DELETE FROM shows WHERE page=?", row)
            shown = [(key, row[0]) for key in keys if key != EVERYTHING]
            connection.executemany("INSERT INTO shows VALUES (?, ?)", shown)
            return number

    def _confirm(self, page: Rendered, mark: int, place: PurePosixPath) -> bool:
        digest = hashlib.sha256(page.content).hexdigest()
        with self._sound().writing() as connection:
            done = connection.execute(
                "UPDATE page SET state=?, digest=?, size=? WHERE host=? AND path=? AND mark=?",
                (State.TRUE, digest, len(page.content), page.host, page.path, mark),
            )
            if done.rowcount:
                return True
            row = connection.execute(
                "SELECT state FROM page WHERE host=? AND path=?", (page.host, page.path)
            ).fetchone()
        if row is None or row[0] == State.AWAY:  # taken away while it was being written: it must not be served
            files.remove(self.file(place))
        return False

    def _taken_hosts(self, found: Sequence[Row]) -> set[str]:
        counted = Counter(row.host for row in found)
        return {host for host, count in counted.items() if count > MANY}

    def _untrue(
        self, connection: sqlite3.Connection, rows: Sequence[Row], mark: int, *, away: bool = False
    ) -> list[Path]:
        """Mark these pages; returns the files that must not lie there any longer."""
        gone = [row for row in rows if away or row.rare]
        connection.executemany(
            "UPDATE page SET state=?, mark=? WHERE id=?",
            [(State.AWAY if away or row.rare else State.STALE, mark, row.id) for row in rows],
        )
        return [self.file(place_of(row.host, row.path)) for row in gone]

    def _clear(self, lying: Iterable[Path], *, rare: bool) -> None:
        for one in lying:
            files.remove(one)
        if rare:
            self._forget_rare()

    def _take_away(self, connection: sqlite3.Connection, hosts: Iterable[str], mark: int) -> None:
        for host in hosts:
            connection.execute("UPDATE page SET state=?, mark=? WHERE host=?", (State.AWAY, mark, host))
            files.set_aside(self.www / host, self.trash)

    def _forget_rare(self) -> None:
        """A rarely read page that was taken away is not made again before somebody asks. Only once its file is gone:
        killed before, the row is still there to remember it."""
        with self._sound().writing() as connection:
            rows = index.pages(connection, "rare=1 AND state=?", (State.AWAY,))
            for row in rows:
                files.remove(self.file(place_of(row.host, row.path)))
                _forget(connection, row.id)

    def _sound(self) -> Index:
        """The index; a missing or torn one is begun anew, and then no page without a row may stay in service."""
        try:
            if self.index.exists():
                self.index.connection()
                return self.index
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            logger.exception("the index of the page store is torn; all pages are made anew")
            self.index.close()
        with self._begun_by_one():
            if not self.index.exists() or not _is_sound(self.index.file):
                files.set_aside(self.www, self.trash)
                for ending in ("", "-wal", "-shm"):
                    self.index.file.with_name(self.index.file.name + ending).unlink(missing_ok=True)
                # Tickets given out by the former index are smaller than this mark: what changed since is not known.
                with self.index.writing() as connection:
                    first = time.time_ns()
                    index.set_fact(connection, "mark", str(first))
                    index.note_changes(connection, [EVERYTHING], first)
        return self.index

    @contextlib.contextmanager
    def _alone_at(self, place: PurePosixPath) -> Iterator[None]:
        """Nobody else writes or removes this page meanwhile; a killed holder lets go by itself."""
        with _locked(self.home / "locks" / str(zlib.crc32(str(place).encode()) % _LOCKS)):
            yield

    @contextlib.contextmanager
    def _begun_by_one(self) -> Iterator[None]:
        with _locked(self.home / "locks" / "index"):
            yield


@contextlib.contextmanager
def _locked(file: Path) -> Iterator[None]:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _is_sound(file: Path) -> bool:
    try:
        with contextlib.closing(sqlite3.connect(file, timeout=20)) as connection:
            return bool(connection.execute("SELECT COUNT(*) FROM fact").fetchone())
    except sqlite3.DatabaseError:
        return False


def _forget(connection: sqlite3.Connection, page: int) -> None:
    connection.execute("DELETE FROM shows WHERE page=?", (page,))
    connection.execute("DELETE FROM page WHERE id=?", (page,))
