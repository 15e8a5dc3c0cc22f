"""A city to walk through."""

import pytest
from tests.factories import people, sites
from tests.factories.people import Staffed
from tests.factories.sites import City


@pytest.fixture
def city(db: None) -> City:
    """A portal and an agency with one of everything."""
    return sites.full_city()


@pytest.fixture
def at(db: None) -> Staffed:
    """One agency with its site."""
    return people.staffed("澜川市城市管理委员会")


@pytest.fixture
def paths(city: City) -> dict[str, str]:
    """The address of every kind of page on the agency's site, by kind."""
    document = city.policy.get_absolute_url()
    return {
        "home": "/",
        "column list": "/lm/policy/",
        "column group": "/lm/fdzdgk/",
        "column page": "/lm/plan/",
        "column guide": "/lm/zhinan/",
        "column apply": "/lm/yishenqing/",
        "column body": "/lm/about/",
        "empty column": "/lm/zhidu/",
        "document": document,
        "withdrawn document": city.withdrawn.get_absolute_url(),
        "document of a former body": city.merged.get_absolute_url(),
        "former edition": f"{document}v1/",
        "comparison": f"{document}compare/",
        "open data": "/data/",
        "reference of the interface": "/data/api/",
    }


@pytest.fixture
def gone(city: City) -> dict[str, tuple[str, int]]:
    """Addresses that have nothing to show, with the status of their answer."""
    return {
        "revoked": (city.revoked.get_absolute_url(), 410),
        "offline": (city.offline.get_absolute_url(), 404),
        "unknown": ("/no/such/page", 404),
    }
