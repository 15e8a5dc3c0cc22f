"""A search as a feed."""

import pytest
from lxml import etree
from tests.factories import editions, people
from tests.factories.sites import City
from tests.search.pages.conftest import index, look

from gongkai.search import limits

_ATOM = {"a": "http://www.w3.org/2005/Atom"}


def test_the_newest_results_come_first_with_whole_addresses(city: City) -> None:
    editions.released(city.at, title="关于投放设施检查的公告")
    index()
    response = look(city.at.agency, "/search/feed.xml", q="投放设施")
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    feed = etree.fromstring(response.content)
    titles = [one.text for one in feed.findall("a:entry/a:title", _ATOM)]
    assert titles[0] == "关于投放设施检查的公告"
    assert len(titles) > 3
    host = city.at.agency.hosts.get(primary=True).host
    assert all(one.get("href", "").startswith(f"http://{host}/info/") for one in feed.findall("a:entry/a:link", _ATOM))
    assert feed.find("a:link[@rel='self']", _ATOM).get("href").startswith(f"http://{host}/search/feed.xml?q=")


def test_it_holds_nothing_unpublished_and_nothing_of_others(city: City) -> None:
    other = people.staffed("澜川市水务局")
    editions.released(other, title="关于尚未公开水价的公告")
    index()
    for words in ("尚未公开", "秘密标题"):
        assert not etree.fromstring(look(city.at.agency, "/search/feed.xml", q=words).content).findall("a:entry", _ATOM)
    wide = etree.fromstring(look(city.at.agency, "/search/feed.xml", q="尚未公开", scope="city").content)
    assert [one.text for one in wide.findall("a:entry/a:title", _ATOM)] == ["关于尚未公开水价的公告"]


def test_an_unchanged_feed_is_not_sent_again(city: City) -> None:
    response = look(city.at.agency, "/search/feed.xml", q="投放设施")
    host = city.at.agency.hosts.get(primary=True).host
    from django.test import Client

    again = Client().get(
        "/search/feed.xml", {"q": "投放设施"}, headers={"host": host, "If-None-Match": response.headers["ETag"]}
    )
    assert again.status_code == 304


def test_without_words_or_too_often_it_says_why_not(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    assert look(city.at.agency, "/search/feed.xml").status_code == 400
    monkeypatch.setattr(limits, "FEEDS", 1)
    look(city.at.agency, "/search/feed.xml", q="供热")
    refused = look(city.at.agency, "/search/feed.xml", q="供热")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0


@pytest.mark.parametrize("words", ["<script>", "a\x0bb", "\ud800".encode("utf-8", "replace").decode(), "&amp;]]>"])
def test_whatever_is_asked_the_feed_stays_well_formed(city: City, words: str) -> None:
    response = look(city.at.agency, "/search/feed.xml", q=words)
    assert response.status_code == 200
    assert etree.fromstring(response.content).tag == "{http://www.w3.org/2005/Atom}feed"
