"""A city whose interface is asked; without limits, but for the tests of the limits themselves."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from tests.factories import people, sites
from tests.factories.people import Staffed
from tests.factories.sites import City

from gongkai.agencies.bodies import Agency


@pytest.fixture(autouse=True)
def _unlimited(settings: Any) -> None:
    settings.RATELIMIT_ENABLE = False


@pytest.fixture
def limited(settings: Any) -> None:
    """Limits hold, and nobody has asked yet."""
    settings.RATELIMIT_ENABLE = True
    cache.clear()


@pytest.fixture(scope="module")
def _built(django_db_setup: None, django_db_blocker: Any, _test_settings: None) -> Iterator[City]:
    """Built once for a module and never committed: most tests only look."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield sites.full_city()
        transaction.set_rollback(True)


@pytest.fixture
def city(_built: City, db: None) -> City:
    """A portal and an agency with one of everything; whatever the test does to it is undone."""
    return _built


@pytest.fixture
def at(db: None) -> Staffed:
    """One agency with its site, in a city that has its portal."""
    if not Agency.objects.filter(is_city=True).exists():
        people.agency("澜川市人民政府", is_city=True)
    return people.staffed("澜川市城市管理委员会")
