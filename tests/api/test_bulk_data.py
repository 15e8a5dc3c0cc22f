"""Bulk data: everything public of an agency, in every form, streamed; a catalogue that programs find it by."""

import csv
import gzip
import io
import json
from typing import Any

import openpyxl
import pytest
from django.test import Client
from tests.factories import editions, sites
from tests.factories.people import Staffed
from tests.factories.sites import City

from gongkai.catalog import bulk

pytestmark = pytest.mark.django_db


def of(client: Client, at: Staffed, name: str, **headers: str) -> bytes:
    answer = client.get(f"/data/{at.agency.slug}/{name}", headers=headers)
    assert answer.status_code == 200
    assert answer.streaming
    return b"".join(answer.streaming_content)  # type: ignore[arg-type]


def test_json_lines_hold_what_is_public_and_nothing_else(client: Client, city: City) -> None:
    rows = [json.loads(line) for line in of(client, city.at, "documents.jsonl").splitlines()]
    codes = {row["code"] for row in rows}
    assert {city.policy.code, city.withdrawn.code} <= codes
    assert not codes & {city.revoked.code, city.offline.code, city.draft.document.code}
    withdrawn = next(row for row in rows if row["code"] == city.withdrawn.code)
    assert (withdrawn["validity"], withdrawn["notice_ground"]) == ("废止", "由新文件规定废止")
    assert "body" not in withdrawn
    whole = [json.loads(line) for line in of(client, city.at, "fulltext.jsonl").splitlines()]
    assert "同步使用投放设施" in next(row for row in whole if row["code"] == city.policy.code)["text"]


def test_the_table_opens_in_a_spreadsheet_and_runs_nothing(client: Client, at: Staffed) -> None:
    editions.released(at, title="=1+1是公告的标题")
    text = of(client, at, "documents.csv").decode("utf-8-sig")
    [row] = list(csv.DictReader(io.StringIO(text)))
    assert list(row) == list(bulk.COLUMNS.values())
    assert row["标题"] == "'=1+1是公告的标题"
    book = openpyxl.load_workbook(io.BytesIO(of(client, at, "documents.xlsx")))
    heading, values = list(book.worksheets[0].iter_rows())
    assert [cell.value for cell in heading] == list(bulk.COLUMNS.values())
    title = values[list(bulk.COLUMNS).index("title")]
    assert (title.value, title.data_type) == ("=1+1是公告的标题", "s")


def test_data_go_compressed_to_whoever_takes_it(client: Client, at: Staffed) -> None:
    sites.many(at, 3)
    answer = client.get(f"/data/{at.agency.slug}/documents.jsonl", headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    packed = b"".join(answer.streaming_content)  # type: ignore[arg-type]
    assert len(gzip.decompress(packed).splitlines()) == 3


def test_nothing_is_read_before_somebody_takes_it(
    at: Staffed, monkeypatch: Any, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(bulk, "_AT_ONCE", 10)
    sites.many(at, 25)
    with django_assert_num_queries(0):
        lines = bulk.json_lines(bulk.rows(at.agency, lambda one: one.code))
    with django_assert_num_queries(1):
        next(lines)
    with django_assert_num_queries(3):
        assert len(list(lines)) == 24


@pytest.mark.parametrize("path", ["nobody/documents.jsonl", "body1/documents.pdf", "body1/catalog.jsonld"])
def test_what_is_no_data_is_not_found(client: Client, at: Staffed, path: str) -> None:
    assert client.get(f"/data/{path}").status_code == 404


def test_downloads_are_limited(client: Client, at: Staffed, limited: None) -> None:
    url = f"/data/{at.agency.slug}/documents.csv"
    answers = [client.get(url) for _ in range(31)]
    assert [one.status_code for one in answers][-2:] == [200, 429]
    assert answers[-1]["Retry-After"]


def test_the_catalogue_names_every_dataset_with_its_forms(client: Client, city: City) -> None:
    told = json.loads(client.get("/data/catalog.jsonld").content)
    assert told["@type"] == "dcat:Catalog"
    by_title = {one["dct:title"]: one for one in told["dcat:dataset"]}
    own = by_title["澜川市城市管理委员会主动公开文件"]
    assert own["dct:publisher"]["foaf:name"] == "澜川市城市管理委员会"
    assert own["dct:modified"]
    for one in own["dcat:distribution"]:
        assert "来源" in one["dct:license"]["dct:description"]
        assert client.get(one["dcat:downloadURL"]).status_code == 200
    host = city.at.agency.hosts.get(primary=True).host
    alone = json.loads(client.get("/data/catalog.jsonld", headers={"host": host}).content)
    assert len(alone["dcat:dataset"]) == 1


def test_the_page_shows_people_the_way(client: Client, city: City) -> None:
    page = client.get("/data/").content.decode()
    assert "curl " in page
    assert f"/data/{city.at.agency.slug}/documents.csv" in page
    assert "/data/api/" in page


def test_the_reference_names_every_operation_and_loads_nothing_from_elsewhere(client: Client, city: City) -> None:
    page = client.get("/data/api/").content.decode()
    schema = client.get("/api/v1/openapi.json").json()
    for path in schema["paths"]:
        assert path in page
    for name in schema["components"]["schemas"]:
        assert f'id="{name}"' in page
    assert "//cdn" not in page
    assert "<script src" not in page.replace('<script src="/static', "")
