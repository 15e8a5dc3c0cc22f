"""A city whose search is ready, and somebody who looks at its pages."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from tests.factories import sites
from tests.factories.sites import City

from gongkai.agencies.access import SECOND_FACTOR_DUE
from gongkai.agencies.bodies import Agency
from gongkai.agencies.officers import Officer
from gongkai.search import counting, keeping
from gongkai.search.building import rebuild

Look = Callable[..., Any]


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Limits and frequent searches are kept in the cache, counts in memory: every test begins without."""
    cache.clear()
    counting._buffer.take()
    yield
    cache.clear()
    counting._buffer.take()


@pytest.fixture
def city(db: None, own_index: Path) -> City:
    """A portal and an agency with one of everything, indexed."""
    made = sites.full_city()
    index()
    return made


def index() -> None:
    """Make the index of what is there now."""
    rebuild()
    keeping.forget()


def look(agency: Agency, path: str = "/search/", /, **query: Any) -> Any:
    """The answer of the agency's site, to somebody who is nobody in particular."""
    return Client().get(path, query, headers={"host": agency.hosts.get(primary=True).host})


@pytest.fixture
def desk(db: None) -> Callable[[Officer], Client]:
    """``desk(officer)``: that officer's browser, signed in."""

    def sign_in(officer: Officer) -> Client:
        client = Client()
        client.force_login(officer)
        session = client.session
        session[SECOND_FACTOR_DUE] = False
        session.save()
        return client

    return sign_in
