"""Homes: what is new, where to go, and what it costs the database."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html
from tests.catalog.portal.reading import get, links, text
from tests.factories import editions, sites
from tests.factories.people import Staffed
from tests.factories.sites import City

from gongkai.catalog.actions.columns import create_column, save_topic
from gongkai.catalog.actions.documents import set_topics
from gongkai.ledger.refs import SYSTEM

pytestmark = pytest.mark.django_db


def test_the_city_gathers_its_agencies(city: City) -> None:
    page = get(city.portal.agency, "/")
    found = links(page)
    host = city.at.agency.hosts.get(primary=True).host
    assert found["关于印发《投放设施设置规范》的通知"] == f"http://{host}{city.policy.get_absolute_url()}"
    assert found["澜川市城市管理委员会"] == f"http://{host}/"
    assert "澜川市市容委员会" not in found
    assert any(label.startswith("图解") for label in found)
    assert any(label.startswith("政府信息公开指南") for label in found)


def test_search_comes_first_and_once(city: City, paths: dict[str, str]) -> None:
    for agency in (city.portal.agency, city.at.agency):
        page = html.fromstring(get(agency, "/").content)
        assert page.xpath("//main//form[@role='search']/@action") == ["/search/"]
        assert page.xpath("//header//form") == []
    for path in paths.values():
        if path != "/":
            page = html.fromstring(get(city.at.agency, path).content)
            assert page.xpath("//header[@class='masthead']//form[@role='search']/@action") == ["/search/"], path


def test_an_agency_shows_its_columns_and_whom_to_ask(city: City) -> None:
    page = get(city.at.agency, "/")
    said = text(page)
    for value in ("通知公告", "政策文件", "林岸", "0000-5550100"):
        assert value in said
    assert links(page)["关于印发《投放设施设置规范》的通知"] == city.policy.get_absolute_url()


def test_an_agency_that_set_up_nothing_shows_what_is_new(at: Staffed) -> None:
    editions.released(at, title="第一份公告")
    assert "第一份公告" in links(get(at.agency, "/"))


def test_an_empty_site_says_so(at: Staffed) -> None:
    assert "还没有公开的信息" in text(get(at.agency, "/"))


def test_the_year_is_drawn_and_told_in_figures(at: Staffed, frozen_time: Callable[[str], Any]) -> None:
    frozen_time("2026-03-10 10:00")
    sites.many(at, 12)
    page = get(at.agency, "/")
    said = text(page)
    assert "2026年公开了什么" in said
    assert "共 12 条" in said
    assert page.content.decode().count("<rect") == 3


def test_a_topic_leads_to_the_column_that_gathers_it(at: Staffed) -> None:
    topic = save_topic(at.agency, slug="heating", name="供热", by=SYSTEM)
    set_topics(editions.released(at).document, [topic], by=at.drafter)
    assert "供热" not in links(get(at.agency, "/"))
    create_column(at.agency, by=SYSTEM, key="heating", name="供热专题", rule={"topics": ["heating"]})
    assert links(get(at.agency, "/"))["供热"] == "/lm/heating/"


def test_the_directory_knows_existing_and_former_bodies(city: City) -> None:
    page = get(city.portal.agency, "/jg/")
    assert "已经撤并的机关" in text(page)
    slug = city.merged.agency.slug
    former = get(city.portal.agency, links(page)["澜川市市容委员会"])
    assert f"/jg/{slug}/" == links(page)["澜川市市容委员会"]
    assert "职责由澜川市城市管理委员会承继" in text(former)
    assert "关于背街小巷整治的通告" in links(former)
    assert get(city.portal.agency, "/jg/nobody/").status_code == 404
    elsewhere = get(city.at.agency, "/jg/")
    assert elsewhere.status_code == 301
    assert elsewhere["Location"].startswith(f"http://{city.portal.agency.hosts.get(primary=True).host}/jg/")


@pytest.mark.parametrize("path", ["/", "/lm/notices/", "/lm/fdzdgk/", "/lm/xxgk/", "/lm/zhinan/"])
def test_a_page_costs_as_many_queries_with_500_documents_as_with_5(city: City, path: str) -> None:
    for agency in (city.portal.agency, city.at.agency):
        sites.many(city.at, 5)
        with CaptureQueriesContext(
            connection,
        ) as few:
            assert get(agency, path).status_code == 200
        sites.many(city.at, 495)
        with CaptureQueriesContext(connection) as many:
            assert get(agency, path).status_code == 200
        assert len(many) == len(few)


def test_a_document_page_costs_the_same_whatever_hangs_on_it(city: City) -> None:
    plain = editions.released(city.at).document
    with CaptureQueriesContext(connection) as few:
        get(city.at.agency, plain.get_absolute_url())
    with CaptureQueriesContext(connection) as many:
        get(city.at.agency, city.policy.get_absolute_url())
    assert len(many) == len(few)
    assert len(many) <= 18
