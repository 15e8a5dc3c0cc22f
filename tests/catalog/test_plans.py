"""Lists are read by their indexes: whole pages at some thousand documents, each statement explained."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.bench import lists, populate
from tests.bench.populate import City

DOCUMENTS = 2_000
LARGE = ("catalog_document", "catalog_edition", "ledger_entry")
LISTING = 'ORDER BY "catalog_document"."listed_at"'


@pytest.fixture
def city(db: None) -> City:
    """A city with a catalogue large enough for the planner to care."""
    made = populate.city()
    populate.grow(made, DOCUMENTS)
    return made


@pytest.fixture
def statements() -> Callable[[Client, str, str], list[str]]:
    """What a page asks of the large tables, once everything around it has been read."""

    def ask(client: Client, host: str, path: str) -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            response = client.get(path, headers={"host": host})
        assert response.status_code == 200
        return [one["sql"] for one in captured if _reads_large(one["sql"])]

    return ask


def test_columns_read_their_twenty_documents_in_order_from_an_index(
    city: City, statements: Callable[[Client, str, str], list[str]]
) -> None:
    own, all_of_city = "bench-agency.localhost", "bench.localhost"
    pages = [(own, "/lm/tzgg/"), (own, "/lm/quanbu/"), (own, "/lm/cjhb/"), (own, "/lm/fd-20-15/")]
    pages += [(own, f"/lm/quanbu/{where}/{lists.middle(city)}/") for where in ("before", "after")]
    pages += [(all_of_city, "/lm/quanbu/"), (all_of_city, "/lm/tzgg/")]
    for host, path in pages:
        listed = [sql for sql in statements(Client(), host, path) if LISTING in sql and "LIMIT 21" in sql]
        assert len(listed) == 1, (path, listed)
        plan = explained(listed[0])
        assert scanned(plan) == [], (path, plan)
        assert not sorted_anew(plan), (path, plan)


def test_pages_of_columns_walk_through_no_large_table(
    city: City, statements: Callable[[Client, str, str], list[str]]
) -> None:
    """Several types at once have to be sorted, but are found by their index; what explains them by its links."""
    for host in ("bench-agency.localhost", "bench.localhost"):
        for sql in statements(Client(), host, "/lm/zcwj/"):
            assert scanned(explained(sql)) == [], (host, explained(sql))


@pytest.mark.parametrize("role", ["drafter", "leader", "disclosure_head"])
def test_the_worklist_walks_through_no_large_table(
    city: City, statements: Callable[[Client, str, str], list[str]], role: str
) -> None:
    asked = statements(lists.signed_in(city.measured.officers[role]), "bench-agency.localhost", "/desk/")
    assert asked
    for sql in asked:
        assert scanned(explained(sql)) == [], (sql, explained(sql))


def _reads_large(sql: str) -> bool:
    return sql.startswith("SELECT") and any(f'"{table}"' in sql for table in LARGE)


def explained(sql: str) -> str:
    """The database's plan. PostgreSQL is told not to scan where an index will do: small tables fit into few pages."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute(("EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN ") + sql)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def scanned(plan: str) -> list[str]:
    """Large tables read from end to end, which no index served."""
    if connection.vendor == "postgresql":
        return [table for table in LARGE if f"Seq Scan on {table}" in plan]
    return re.findall(rf"SCAN (?:{'|'.join(LARGE)})(?! USING)\b.*", plan)


def sorted_anew(plan: str) -> bool:
    """Whether all that matches is brought into order before the first row comes."""
    return "USE TEMP B-TREE FOR ORDER BY" in plan or bool(re.search(r"^\s*(->\s+)?Sort\b", plan, re.M))
