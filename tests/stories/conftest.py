"""A worker beside the live site, as an installation has one."""

import threading
from collections.abc import Iterator

import pytest
from django.db import connections

from gongkai.ledger import worker


@pytest.fixture
def at_work(live_site: object) -> Iterator[threading.Thread]:
    """The real worker, in a thread of its own, stopped before the database is emptied."""
    stop = threading.Event()

    def work() -> None:
        try:
            worker.run(stop)
        finally:
            connections.close_all()

    thread = threading.Thread(target=work, name="worker")
    thread.start()
    yield thread
    stop.set()
    thread.join(30)
    assert not thread.is_alive()
