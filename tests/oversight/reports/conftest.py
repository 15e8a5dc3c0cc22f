"""A staffed agency, and a signed-in browser for anybody of it."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.factories import people
from tests.factories.people import Staffed

from gongkai.agencies.access import SECOND_FACTOR_DUE
from gongkai.agencies.officers import Officer

Desk = Callable[[Officer], Client]


@pytest.fixture
def at(db: None) -> Staffed:
    """The agency whose reports are written."""
    return people.staffed()


@pytest.fixture
def desk(db: None) -> Desk:
    """A browser in which that officer is signed in."""

    def signed_in(officer: Officer) -> Client:
        client = Client()
        client.force_login(officer)
        session = client.session
        session[SECOND_FACTOR_DUE] = False
        session.save()
        return client

    return signed_in
