"""The journey of an edition through the whole chain, as the other tests use it."""

import pytest
from tests.factories import editions, people

pytestmark = pytest.mark.django_db


def test_an_edition_reaches_the_public() -> None:
    at = people.staffed()
    edition = editions.released(at)
    assert edition.state == "released"
    assert edition.document.is_public
    assert edition.document.live == edition


def test_a_next_edition_takes_its_place() -> None:
    at = people.staffed()
    first = editions.released(at)
    second = editions.release_through(at, editions.next_edition(at, first.document))
    first.refresh_from_db()
    assert (first.state, second.state) == ("superseded", "released")
    assert second.document.live == second
