"""Feeds, sitemap and robots: what machines read of the site."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree
from tests.catalog.portal.reading import get
from tests.factories import editions, sites
from tests.factories.people import Staffed
from tests.factories.sites import City

from gongkai.catalog.documents import Document
from gongkai.catalog.portal import crawling
from gongkai.pages.keys import releases, shown

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def _locations(agency: object, path: str) -> list[str]:
    response = get(agency, path)  # type: ignore[arg-type]
    assert response.status_code == 200
    return [one.text or "" for one in etree.fromstring(response.content).iter(f"{SITEMAP}loc")]


def test_a_column_can_be_followed_in_both_formats(city: City) -> None:
    host = city.at.agency.hosts.get(primary=True).host
    atom = get(city.at.agency, "/lm/policy/atom.xml")
    assert atom["Content-Type"] == "application/xml; charset=utf-8"
    entries = list(etree.fromstring(atom.content).iter(f"{ATOM}entry"))
    by_title = {one.findtext(f"{ATOM}title"): one for one in entries}
    policy = by_title["关于印发《投放设施设置规范》的通知"]
    assert policy.find(f"{ATOM}link").get("href") == f"http://{host}{city.policy.get_absolute_url()}"
    assert policy.findtext(f"{ATOM}summary") == "规定投放设施的数量和位置。"
    updated, published = (datetime.fromisoformat(policy.findtext(f"{ATOM}{one}")) for one in ("updated", "published"))
    assert updated > published
    rss = etree.fromstring(get(city.at.agency, "/lm/policy/rss.xml").content)
    assert {one.text for one in rss.iter("title")} >= set(by_title)
    assert f"{releases(city.at.agency.pk).key}/type/normative" in shown(atom)


def test_the_city_s_feed_has_everybody_s_news_and_an_agency_s_its_own(city: City) -> None:
    editions.released(city.portal, title="门户公告")
    of_city = get(city.portal.agency, "/atom.xml").content.decode()
    assert "门户公告" in of_city
    assert "关于印发《投放设施设置规范》的通知" in of_city
    assert "门户公告" not in get(city.at.agency, "/atom.xml").content.decode()
    assert "误发的秘密标题" not in of_city + get(city.at.agency, "/rss.xml").content.decode()


def test_a_feed_has_the_newest_thirty_and_says_the_same_until_something_changes(at: Staffed) -> None:
    sites.columns_of(at)
    assert get(at.agency, "/lm/notices/atom.xml").content == get(at.agency, "/lm/notices/atom.xml").content
    sites.many(at, 35)
    feed = etree.fromstring(get(at.agency, "/lm/notices/atom.xml").content)
    assert len(list(feed.iter(f"{ATOM}entry"))) == 30


def test_the_sitemap_has_every_public_document_and_no_other(city: City) -> None:
    host = city.at.agency.hosts.get(primary=True).host
    parts = _locations(city.at.agency, "/sitemap.xml")
    found = [one for part in parts for one in _locations(city.at.agency, part.removeprefix(f"http://{host}"))]
    assert len(found) == len(set(found))
    served = Document.objects.filter(agency__in=[city.at.agency, city.merged.agency], state__in=["live", "withdrawn"])
    wanted = {f"http://{host}{one.get_absolute_url()}" for one in served}
    assert {one for one in found if "/info/" in one} == wanted
    assert f"http://{host}/lm/policy/" in found
    assert f"http://{host}/map/" in found
    for address in found:
        assert get(city.at.agency, address.removeprefix(f"http://{host}")).status_code == 200


def test_parts_of_the_sitemap_stay_small(at: Staffed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crawling, "IN_PART", 10)
    sites.many(at, 5)
    with CaptureQueriesContext(connection) as few:
        get(at.agency, "/sitemap.xml")
    sites.many(at, 40)
    with CaptureQueriesContext(connection) as many:
        paths = [one.split("localhost", 1)[1] for one in _locations(at.agency, "/sitemap.xml")]
    assert len(many) == len(few)
    parts = [path for path in paths if "documents" in path]
    assert len(parts) >= 5
    sizes = [len(_locations(at.agency, path)) for path in parts]
    assert max(sizes) <= 10
    assert sum(sizes) == 45
    assert get(at.agency, "/sitemap/documents-99999.xml").status_code == 404


def test_robots_are_shown_the_sitemap_and_kept_from_the_desk(city: City) -> None:
    host = city.at.agency.hosts.get(primary=True).host
    said = get(city.at.agency, "/robots.txt").content.decode().splitlines()
    assert {"Disallow: /desk/", "Disallow: /search/", f"Sitemap: http://{host}/sitemap.xml"} <= set(said)
