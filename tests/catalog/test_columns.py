"""Columns are saved rules: a misspelt one gathers nothing, renaming and moving touch one row."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.factories import editions, people

from gongkai.agencies.actions import bodies
from gongkai.catalog import queries
from gongkai.catalog.actions import columns
from gongkai.catalog.columns import Column, ColumnRule
from gongkai.ledger.refs import SYSTEM

pytestmark = pytest.mark.django_db


def column(at: people.Staffed, key: str = "notices", **facts: Any) -> Column:
    given = {"name": "通知公告", "rule": {"types": ["notice"]}} | facts
    return columns.create_column(at.agency, by=at.disclosure_head, key=key, **given)


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ({"type": ["notice"]}, "无法识别的条件：type"),
        ({"types": ["notices"]}, "没有这些类型或事项：notices"),
        ({"items": ["20-99"]}, "没有这些类型或事项：20-99"),
    ],
)
def test_a_misspelt_rule_is_an_error_and_no_column(rule: dict[str, Any], told: str) -> None:
    at = people.staffed()
    with pytest.raises(ValidationError, match=told):
        column(at, rule=rule)
    assert not Column.objects.filter(key="notices").exists()


def test_a_rule_that_became_unreadable_gathers_nothing() -> None:
    with pytest.raises(ValueError, match="无法识别"):
        ColumnRule.of({"typos": ["notice"]})


def test_a_column_holds_what_its_rule_says() -> None:
    at, other = people.staffed(), people.staffed()
    held = column(at, rule={"types": ["notice"], "genres": ["公告"]})
    mine = editions.released(at)
    editions.released(at, genre="通告")
    editions.released(at, type_key="news", genre="动态")
    editions.released(other)
    assert list(queries.documents_in(held)) == [mine.document]


def test_a_city_wide_column_gathers_from_every_agency() -> None:
    at, other = people.staffed(), people.staffed()
    held = column(at, rule={"types": ["notice"], "reach": "city"})
    documents = {editions.released(at).document, editions.released(other).document}
    assert set(queries.documents_in(held)) == documents


def test_hand_picked_documents_come_first_and_stay_where_they_are() -> None:
    at, other = people.staffed(), people.staffed()
    held = column(at, rule={"picked_only": True})
    one, two = editions.released(at).document, editions.released(other).document
    columns.set_picks(held, [two, one], by=at.disclosure_head)
    assert queries.picked(held) == [two, one]
    assert set(queries.documents_in(held)) == {one, two}
    assert two.agency == other.agency


def test_renaming_and_moving_change_one_row_whatever_it_holds(django_assert_num_queries: Callable[..., Any]) -> None:
    at = people.staffed()
    parent, held = column(at, "parent", name="政策"), column(at)
    for number in range(3):
        editions.released(at, title=f"公告{number}")
    before = list(queries.documents_in(held).values_list("pk", "version"))
    with django_assert_num_queries(_cost_of_change(at)) as asked:
        columns.change_column(held, by=at.disclosure_head, name="公告公示", parent=parent)
    written = [query["sql"] for query in asked if query["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]
    assert len([sql for sql in written if sql.startswith("UPDATE")]) == 1
    assert "catalog_column" in next(sql for sql in written if sql.startswith("UPDATE"))
    assert len(written) == 2
    held.refresh_from_db()
    assert (held.name, held.parent, held.key) == ("公告公示", parent, "notices")
    assert list(queries.documents_in(held).values_list("pk", "version")) == before


def _cost_of_change(at: people.Staffed) -> int:
    """What the same change costs on a column that holds nothing."""
    above, empty = column(at, "above", name="上级"), column(at, "empty", name="空", rule={"types": ["plan"]})
    with CaptureQueriesContext(connection) as asked:
        columns.change_column(empty, by=at.disclosure_head, name="改", parent=above)
    return len(asked)


def test_a_column_does_not_move_below_itself() -> None:
    at = people.staffed()
    above = column(at, "above", name="上")
    below = column(at, "below", name="下", parent=above)
    with pytest.raises(ValidationError, match="自己的下级"):
        columns.change_column(above, by=at.disclosure_head, parent=below)


def test_statutory_columns_are_there_once_and_stay() -> None:
    at = people.staffed()
    assert columns.ensure_required(at.agency, by=at.disclosure_head) == []
    statutory = at.agency.columns.filter(required=True).first()
    assert statutory is not None
    with pytest.raises(ValidationError, match="法定栏目"):
        columns.remove_column(statutory, by=at.disclosure_head)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite 只有一个写入者，不会同时设立")
def test_two_at_once_make_the_statutory_columns_once() -> None:
    """A worker follows the founding of an agency while the command that founded it goes on."""
    agency = bodies.create_agency(by=SYSTEM, code="T99", slug="founded", name="澜川市气象局", short_name="市气象局")

    def beside() -> list[Column]:
        try:
            return columns.ensure_required(agency, by=SYSTEM)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            assert columns.ensure_required(agency, by=SYSTEM)
            second = thread.submit(beside)
            until = time.monotonic() + 30
            while not _somebody_waits() and not second.done():
                assert time.monotonic() < until
        assert second.result(30) == []


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])
