"""What readers get from the layer before Django, and what is none of its business."""

import gzip
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import brotli
import pytest
from django.db import connection
from django.db.utils import OperationalError
from tests.factories import editions
from tests.factories.people import Staffed
from tests.factories.sites import City
from tests.pages.reading import Site

from gongkai.catalog.documents import Document
from gongkai.pages import files, middleware
from gongkai.pages.index import pages
from gongkai.pages.serving import accepts
from gongkai.pages.store import Store


@pytest.fixture
def document(at: Staffed) -> Document:
    return editions.released(at).document


@contextmanager
def database_down() -> Iterator[None]:
    """Meanwhile the database does not answer."""

    def down(*_: object, **__: object) -> None:
        raise OperationalError("could not connect to server")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "cursor", down)
        yield


def test_the_second_reader_needs_no_django(
    site: Site, at: Staffed, document: Document, django_assert_num_queries: Any
) -> None:
    path = document.get_absolute_url()
    host = at.agency.hosts.get(primary=True).host
    first = site.get(host, path)
    assert first.status == 200
    with django_assert_num_queries(0):
        second = site.get(host, path)
    assert (second.status, second.body) == (200, first.body)


def test_it_is_sent_as_django_sends_it(site: Site, at: Staffed, document: Document) -> None:
    path = document.get_absolute_url()
    made, prepared = site.get(at.agency, path), site.get(at.agency, path)
    told = {"etag", "vary", "content-language"}

    def comparable(headers: dict[str, str]) -> dict[str, Any]:
        sent: dict[str, Any] = {name: value for name, value in headers.items() if name not in told}
        return sent | {"content-security-policy": set(headers["content-security-policy"].split("; "))}

    assert comparable(made.headers) == comparable(prepared.headers)
    assert prepared.headers["vary"] == "Accept-Encoding"


def test_compressed_for_who_takes_it(site: Site, at: Staffed, document: Document) -> None:
    path = document.get_absolute_url()
    plain = site.get(at.agency, path).body
    for asked, unpack in (("br, gzip", brotli.decompress), ("gzip;q=0.8", gzip.decompress)):
        packed = site.get(at.agency, path, accept_encoding=asked)
        assert unpack(packed.body) == plain
        assert packed.headers["content-encoding"] == asked.split(",")[0].split(";")[0]
        assert len(packed.body) < len(plain) / 2
    assert "content-encoding" not in site.get(at.agency, path, accept_encoding="br;q=0, identity").headers


def test_who_has_it_already_is_told_so(site: Site, at: Staffed, document: Document) -> None:
    path = document.get_absolute_url()
    site.get(at.agency, path)
    etag = site.get(at.agency, path).headers["etag"]
    again = site.get(at.agency, path, if_none_match=f'"other", {etag}')
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == etag
    assert site.get(at.agency, path, if_none_match='"other"').status == 200


def test_head_says_all_but_the_page(site: Site, at: Staffed, document: Document) -> None:
    path = document.get_absolute_url()
    whole = len(site.get(at.agency, path).body)
    head = site.get(at.agency, path, method="HEAD")
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(whole))


@pytest.mark.parametrize(
    ("path", "method"),
    [("/?a=1", "GET"), ("/", "POST"), ("/desk/", "GET"), ("/no/such/", "GET"), ("/lm/notices", "GET")],
)
def test_nothing_is_kept_that_is_no_page(site: Site, store: Store, at: Staffed, path: str, method: str) -> None:
    site.get(at.agency, path, method=method)
    assert pages(store.index.connection(), "1") == []


def test_what_cannot_be_shown_is_not_kept(site: Site, store: Store, city: City) -> None:
    for gone, status in ((city.revoked, 410), (city.offline, 404), (city.merged, 200)):
        assert site.get(city.at.agency, gone.get_absolute_url()).status == status
    assert [row.path for row in pages(store.index.connection(), "1")] == [city.merged.get_absolute_url()]


def test_a_page_is_kept_for_the_port_it_was_made_for(
    site: Site, store: Store, at: Staffed, settings: Any, document: Document
) -> None:
    host = at.agency.hosts.get(primary=True).host
    assert site.get(f"{host}:9000", document.get_absolute_url()).status == 200
    assert pages(store.index.connection(), "1") == []


def test_with_the_database_down_prepared_pages_go_on(site: Site, at: Staffed, document: Document) -> None:
    host = at.agency.hosts.get(primary=True).host
    path = document.get_absolute_url()
    before = {one: site.get(host, one).body for one in ("/", "/lm/notices/", path)}
    with database_down():
        assert {one: site.get(host, one).body for one in before} == before
        other = site.get(host, "/lm/news/")
    assert other.status == 503
    assert other.headers["retry-after"]
    assert "已经公开的信息仍可查阅" in other.text


def test_a_deleted_store_heals_while_it_is_read(site: Site, store: Store, at: Staffed, document: Document) -> None:
    path = document.get_absolute_url()
    first = site.get(at.agency, path)
    shutil.rmtree(store.home)
    assert site.get(at.agency, path).body == first.body
    assert [row.path for row in pages(store.index.connection(), "1")] == [path]
    assert len(list(files.walk(store.www))) == 1


def test_with_a_full_disk_pages_are_made_on_demand(
    site: Site, store: Store, at: Staffed, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = files.write

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "write", full)
    path = document.get_absolute_url()
    assert site.get(at.agency, path).status == 200
    assert list(files.walk(store.www)) == []
    monkeypatch.setattr(files, "write", write)
    site.get(at.agency, path)
    assert len(list(files.walk(store.www))) == 1


@pytest.mark.parametrize(
    ("header", "takes"),
    [
        ("", False),
        ("br", True),
        ("gzip, deflate, br", True),
        ("BR;q=1.0", True),
        ("br;q=0", False),
        ("br; q=0.0", False),
        ("brotli", False),
        ("gzip", False),
    ],
)
def test_accept_encoding(header: str, takes: bool) -> None:
    assert accepts(header, "br") is takes


def test_what_takes_long_is_not_renewed_at_every_release(
    site: Site, store: Store, at: Staffed, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(middleware, "SLOW_SECONDS", 0.0)
    for path in ("/", "/lm/notices/"):
        site.get(at.agency, path)
    assert {row.path: row.rare for row in pages(store.index.connection(), "1")} == {"/": False, "/lm/notices/": True}
