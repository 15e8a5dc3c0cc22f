"""Waking the worker when something was committed, so that readers see a release within the second.

PostgreSQL: NOTIFY inside the transaction, delivered at its commit. SQLite: nothing is sent; the worker watches the
database's own change counter (``PRAGMA data_version``), which costs microseconds.
"""

import time
from types import TracebackType

from django.db import connection, connections

_CHANNEL = "gongkai_ledger"
_SQLITE_WATCH_SECONDS = 0.05


def on_commit() -> None:
    """Let waiting followers know once the current transaction commits."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {_CHANNEL}")


class Waker:
    """Waits for the next commit that wrote to the ledger, at most so many seconds. Use as a context manager."""

    def __init__(self) -> None:
        self._listener = connections.create_connection("default")
        self._data_version: int | None = None

    def __enter__(self) -> "Waker":
        self._listener.ensure_connection()
        if self._listener.vendor == "postgresql":
            self._listener.connection.autocommit = True
            self._listener.connection.execute(f"LISTEN {_CHANNEL}")
        else:
            self._data_version = self._read_data_version()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.close()

    def wait(self, seconds: float) -> bool:
        """Return True as soon as something was committed, False when the time is over."""
        if self._listener.vendor == "postgresql":
            return any(True for _ in self._listener.connection.notifies(timeout=max(seconds, 0.0), stop_after=1))
        return self._watch_sqlite(seconds)

    def _watch_sqlite(self, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while True:
            version = self._read_data_version()
            if version != self._data_version:
                self._data_version = version
                return True
            left = until - time.monotonic()
            if left <= 0:
                return False
            time.sleep(min(_SQLITE_WATCH_SECONDS, left))

    def _read_data_version(self) -> int:
        with self._listener.cursor() as cursor:
            cursor.execute("PRAGMA data_version")
            return int(cursor.fetchone()[0])
