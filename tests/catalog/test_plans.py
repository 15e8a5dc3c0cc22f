"""Lists are read by their indexes: whole pages at some thousand documents, each statement explained."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.bench import lists, populate
from tests.bench.populate import City

from gongkai.catalog import queries
from gongkai.catalog.actions.columns import create_column, save_topic, set_picks
from gongkai.catalog.actions.documents import set_topics
from gongkai.catalog.columns import ColumnRule
from gongkai.catalog.documents import PUBLIC_STATES, Document
from gongkai.catalog.gathering import newest_of
from gongkai.ledger import followers
from gongkai.ledger.entries import Entry
from gongkai.ledger.positions import Position
from gongkai.ledger.refs import SYSTEM

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


def test_several_types_at_once_are_read_in_order_each_from_its_index(
    city: City, statements: Callable[[Client, str, str], list[str]]
) -> None:
    """What is sorted is the head of each type, found by its key; what explains it is found by its links."""
    for host, index in (("bench-agency.localhost", "catalog_by_type"), ("bench.localhost", "catalog_type_city")):
        asked = statements(Client(), host, "/lm/zcwj/")
        for sql in asked:
            assert scanned(explained(sql)) == [], (host, explained(sql))
        [listed] = [sql for sql in asked if LISTING in sql and "LIMIT 21" in sql]
        plan = explained(listed)
        assert plan.count(index) == 3, plan
        if connection.vendor == "sqlite":
            assert plan.startswith("SEARCH catalog_document USING INTEGER PRIMARY KEY"), plan
            assert plan.count("TEMP B-TREE") == 1, plan


def test_homes_groups_and_figures_count_from_indexes_alone(
    city: City, statements: Callable[[Client, str, str], list[str]]
) -> None:
    own, all_of_city = "bench-agency.localhost", "bench.localhost"
    for host, path in ((own, "/"), (all_of_city, "/"), (own, "/lm/fdzdgk/"), (own, "/ml/"), (all_of_city, "/ml/")):
        counted = [sql for sql in statements(Client(), host, path) if "COUNT(" in sql and "catalog_topic" not in sql]
        assert counted, path
        for sql in counted:
            plan = explained(sql)
            assert scanned(plan) == [], (path, plan)
            if connection.vendor == "sqlite":  # PostgreSQL reads from the index alone what was vacuumed
                touched = [line for line in plan.splitlines() if "catalog_document" in line]
                assert touched, plan
                assert all("COVERING INDEX" in line for line in touched), (path, plan)
                assert "TEMP B-TREE" not in plan, plan


def test_what_a_topic_gathers_and_what_is_picked_is_found_by_its_key(city: City) -> None:
    """However few there are: no list is walked through to find them."""
    agency, drafter = city.measured.agency, city.measured.drafter
    topic = save_topic(agency, slug="heating", name="供热", by=SYSTEM)
    some = list(Document.objects.filter(agency=agency, state="live")[:3])
    for one in some[:2]:
        set_topics(one, [topic], by=drafter)
    gathered = create_column(agency, by=SYSTEM, key="heating", name="供热专题", rule={"topics": ["heating"]})
    picked = create_column(agency, by=SYSTEM, key="rules", name="制度", rule={"types": ["annual_report"]})
    set_picks(picked, some[2:], by=drafter)
    for column, documents in ((gathered, some[:2]), (picked, some[2:])):
        with CaptureQueriesContext(connection) as captured:
            listed = set(queries.newest_in(column, queries.public_documents(), 2000))
        assert listed >= set(documents)
        if connection.vendor == "sqlite":  # PostgreSQL knows how many there are, and chooses by that
            plan = explained(captured[-1]["sql"])
            assert "SEARCH catalog_document USING INTEGER PRIMARY KEY" in plan, plan
            assert not re.findall(r"catalog_by_agency|catalog_city", plan), plan


def test_what_shows_a_matter_is_the_head_of_an_index_for_each_binding(city: City) -> None:
    agency = city.measured.agency
    asked = [(agency.pk, ColumnRule(types=("notice",))), (agency.pk, ColumnRule(items=("20-15",)))]
    with CaptureQueriesContext(connection) as captured:
        newest = newest_of(asked)
    plan = explained(captured[0]["sql"])
    assert scanned(plan) == [], plan
    assert not sorted_anew(plan), plan
    public = Document.objects.filter(agency=agency, state__in=PUBLIC_STATES).order_by("-listed_at", "-id")
    firsts = [public.filter(type="notice").first(), public.filter(item="20-15").first()]
    assert [newest.get(one) for one in asked] == [(one.listed_at, one.pk) if one else None for one in firsts]


def test_followers_begin_where_they_stopped_reading(city: City) -> None:
    last = Entry.objects.order_by("xid", "id").last()
    assert last is not None
    with CaptureQueriesContext(connection) as captured:
        assert followers._next_entries(Position(xid=last.xid, entry=last.pk), 200) == []
    assert len(captured) == 2
    if connection.vendor == "sqlite":
        for one in captured:
            plan = explained(one["sql"])
            assert re.fullmatch(r"SEARCH ledger_entry USING INDEX ledger_follow \(xid(=\?.*>|>)\?\)", plan), plan


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
