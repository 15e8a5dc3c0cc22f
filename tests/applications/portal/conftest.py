"""An agency to apply to, and somebody who does."""

import pytest
from django.core.cache import cache
from tests.applications.portal.filling import Visitor
from tests.factories import people
from tests.factories.people import Staffed


@pytest.fixture
def at(db: None) -> Staffed:
    """One agency with its site; nobody has asked for anything within the last hour."""
    cache.clear()
    return people.staffed("澜川市城市管理委员会")


@pytest.fixture
def visitor(at: Staffed) -> Visitor:
    return Visitor(at.agency)
