"""Pages that list: how many queries, how long, and how that compares with reading twenty rows by an index."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.bench.figures import Spread, repeat
from tests.bench.populate import City

from gongkai.agencies.access import SECOND_FACTOR_DUE
from gongkai.agencies.officers import Officer
from gongkai.catalog import queries
from gongkai.catalog.columns import Column


def pages(city: City, times: int) -> dict[str, Any]:
    """Queries and times of each page, and of the bare read."""
    agency_host, city_host = "bench-agency.localhost", "bench.localhost"
    public = Client()
    leader, drafter, head = (
        signed_in(city.measured.officers[role]) for role in ("leader", "drafter", "disclosure_head")
    )
    deep = f"/lm/quanbu/before/{middle(city)}/"
    measured = {
        "栏目列表：一类信息": (public, agency_host, "/lm/tzgg/"),
        "栏目列表：全部信息，中间一页": (public, agency_host, deep),
        "栏目列表：按主题分类": (public, agency_host, "/lm/cjhb/"),
        "栏目列表：全市政策文件": (public, city_host, "/lm/zcwj/"),
        "门户首页": (public, city_host, "/"),
        "工作台：分管领导": (leader, agency_host, "/desk/"),
        "工作台：撰稿": (drafter, agency_host, "/desk/"),
        "工作台：公开机构负责人，超期": (head, agency_host, "/desk/?section=late"),
    }
    bare = repeat(twenty_rows(city), times * 4)
    return {
        "bare": bare.as_dict(),
        "pages": {name: _page(*how, times=times, bare=bare) for name, how in measured.items()},
    }


def middle(city: City) -> queries.Cursor:
    """A place in the middle of the measured agency's list."""
    column = Column.objects.get(agency=city.measured.agency, key="quanbu")
    documents = queries.documents_in(column).order_by("-listed_at", "-id")
    one = documents[documents.count() // 2]
    return queries.Cursor(one.listed_at, one.pk)


def twenty_rows(city: City) -> Any:
    """The bare read: twenty rows of one agency by published date, from an index, without Django's models."""
    statement = (
        "SELECT id, code, listed_at FROM catalog_document WHERE agency_id = %s AND listed_at IS NOT NULL "
        "ORDER BY listed_at DESC, id DESC LIMIT 20"
    )

    def read() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, [city.measured.agency.pk])
            assert len(cursor.fetchall()) == 20

    return read


def signed_in(officer: Officer) -> Client:
    """That officer's browser."""
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[SECOND_FACTOR_DUE] = False
    session.save()
    return client


def _page(client: Client, host: str, path: str, *, times: int, bare: Spread) -> dict[str, Any]:
    def read() -> None:
        response = client.get(path, headers={"host": host})
        assert response.status_code == 200, (path, response.status_code)

    read()
    with CaptureQueriesContext(connection) as captured:
        read()
        count = len(captured)  # the next request empties the log
    spread = repeat(read, times)
    return {"queries": count, "ratio": spread.p50 / bare.p50, **spread.as_dict()}
