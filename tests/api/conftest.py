"""A city whose interface is asked; without limits, but for the tests of the limits themselves."""

from typing import Any

import pytest
from django.core.cache import cache
from tests.factories import people, sites
from tests.factories.people import Staffed
from tests.factories.sites import City


@pytest.fixture(autouse=True)
def _unlimited(settings: Any) -> None:
    settings.RATELIMIT_ENABLE = False


@pytest.fixture
def limited(settings: Any) -> None:
    """Limits hold, and nobody has asked yet."""
    settings.RATELIMIT_ENABLE = True
    cache.clear()


@pytest.fixture
def city(db: None) -> City:
    """A portal and an agency with one of everything."""
    return sites.full_city()


@pytest.fixture
def at(db: None) -> Staffed:
    """One agency with its site, in a city that has its portal."""
    people.agency("澜川市人民政府", is_city=True)
    return people.staffed("澜川市城市管理委员会")
