"""A page store for the test, and the site as readers reach it: through the layer before Django."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from tests.factories import people, sites
from tests.factories.people import Staffed
from tests.factories.sites import City
from tests.pages.reading import Site

from gongkai.pages import installation, middleware, renewal
from gongkai.pages.serving import PreparedPages
from gongkai.pages.store import Store


@pytest.fixture
def store(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An empty store of its own, with the worker's memory of a new process."""
    settings.GONGKAI_PREPARED_PAGES, settings.DATA_DIR = True, tmp_path
    monkeypatch.setattr(renewal, "_PACE", renewal._Pace())
    monkeypatch.setattr(renewal, "REST_SECONDS", 0.0)
    monkeypatch.setattr(middleware, "SLOW_SECONDS", 600.0)  # a busy machine must not change what is kept
    found = installation.store()
    assert found is not None
    yield found
    found.index.close()


@pytest.fixture
def site(store: Store) -> Iterator[Site]:
    """The installation as a browser meets it; the test's database connection outlives each request."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield Site(PreparedPages(WSGIHandler(), store.www))
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def at(db: None) -> Staffed:
    """One agency with its site and columns."""
    staffed = people.staffed("澜川市城市管理委员会")
    sites.columns_of(staffed)
    return staffed


@pytest.fixture
def city(db: None) -> City:
    """A portal and an agency with one of everything."""
    return sites.full_city()
