"""Officers at their desks: one client each, signed in."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.factories import people
from tests.factories.people import Staffed

from gongkai.agencies.access import SECOND_FACTOR_DUE
from gongkai.agencies.officers import Officer


@pytest.fixture
def at(db: None) -> Staffed:
    """An agency where every role is filled."""
    return people.staffed()


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
