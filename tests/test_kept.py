"""What is put back is what was made; what was not made before is not invented."""

from collections.abc import Callable
from itertools import count

import pytest
from django.db import connection
from tests.factories import people
from tests.flushing import TableContent, content
from tests.kept import kept

from gongkai.agencies.bodies import Agency
from gongkai.ledger.entries import Entry

pytestmark = pytest.mark.django_db
_calls = count(1)
_made: list[list[TableContent]] = []


@kept
def station(name: str = "澜川市测试站") -> Agency:
    """A body; its code tells how often a body was really made."""
    return people.agency(name, code=f"K{next(_calls):02d}")


def comparable() -> list[TableContent]:
    """All rows but for the transaction in which PostgreSQL stamps them."""
    tables = [one for one in content(connection) if one.table != Entry._meta.db_table]
    return [*tables, TableContent(Entry._meta.db_table, [], list(Entry.objects.order_by("id").values_list("id", "at")))]


@pytest.mark.parametrize("turn", ["made", "put back"])
def test_the_same_rows_and_the_same_thing(turn: str) -> None:
    made = station()
    assert Agency.objects.get() == made
    assert made.hosts.get(primary=True).host
    _made.append(comparable())
    assert _made[-1] == _made[0]
    made.name = "改了名的站"


def test_each_test_has_its_own_copy() -> None:
    assert station().name == "澜川市测试站", "in spite of what the tests before did to theirs"


def test_other_arguments_are_another_thing() -> None:
    assert station("澜川市另一站").code != station().code


def test_where_a_test_has_done_something_of_its_own_it_is_made_anew() -> None:
    before = station()
    people.agency("澜川市别的局")
    assert station("澜川市第三站").code != before.code
    assert Agency.objects.count() == 3


def test_a_number_that_is_taken_is_no_obstacle() -> None:
    """By rows of which the ledger says nothing."""
    first = station()
    Agency.objects.create(pk=first.pk + 1, code="X1", slug="x1", name="占号的局", short_name="占号")
    assert station("澜川市第三站").pk != first.pk + 1


def test_on_another_day_it_is_made_on_that_day(frozen_time: Callable[[str], object]) -> None:
    frozen_time("2031-05-06 09:00")
    station()
    assert Entry.objects.order_by("id").last().at.year == 2031  # type: ignore[union-attr]


def test_things_as_arguments_are_not_remembered() -> None:
    parent = people.agency("澜川市人民政府", is_city=True)
    below = kept(people.agency)
    assert below("澜川市甲局", parent=parent).parent is parent
