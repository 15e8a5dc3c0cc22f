"""Every public page in Traditional Chinese: converted, and the same page in everything else."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html
from tests.catalog.portal.reading import get, labels, links, text
from tests.factories import sites
from tests.factories.sites import City

from gongkai.agencies.actions import bodies
from gongkai.agencies.bodies import Agency
from gongkai.catalog.addresses import OldAddress
from gongkai.catalog.portal.mirror import PREFIX, has_mirror
from gongkai.ledger.refs import SYSTEM
from gongkai.pages import keys
from gongkai.texts.script import to_traditional

pytestmark = pytest.mark.django_db


def traditional(agency: Agency, path: str, **headers: str) -> Any:
    return get(agency, PREFIX + path, **headers)


def shape(page: Any) -> list[tuple[str, Any, Any]]:
    """Every element with what is not for reading: tag, id, class."""
    return [(one.tag, one.get("id"), one.get("class")) for one in html.fromstring(page.content).iter()]


def test_every_kind_of_page_is_the_same_page_in_the_other_script(city: City, paths: dict[str, str]) -> None:
    for kind, path in paths.items():
        simplified, shown = get(city.at.agency, path), traditional(city.at.agency, path)
        assert shown.status_code == simplified.status_code == 200, kind
        tree = html.fromstring(shown.content)
        assert tree.get("lang") == "zh-Hant"
        # But for the switch, which says in each page what the other is called.
        assert text(shown).replace("简体", "") == to_traditional(text(simplified)).replace("繁體", ""), kind
        assert shape(shown) == shape(simplified), kind
        for name in ("Content-Security-Policy", "Cache-Control", "Content-Type", "Referrer-Policy"):
            assert (
                shown.headers.get(name, "").partition("nonce-")[0]
                == simplified.headers.get(name, "").partition("nonce-")[0]
            ), (kind, name)
        assert keys.shown(shown) == keys.shown(simplified), kind
        assert keys.expiry(shown) == keys.expiry(simplified), kind
        assert keys.is_rare(shown) == keys.is_rare(simplified), kind


def test_words_of_the_law_are_those_of_officials(city: City, paths: dict[str, str]) -> None:
    guide = text(traditional(city.at.agency, paths["column guide"]))
    assert "政府信息公開" in guide
    for wrong in ("資訊", "複議", "答覆"):
        assert wrong not in guide
    assert labels(traditional(city.at.agency, "/"))["SiteName"] == "瀾川市城市管理委員會"


def test_what_is_not_there_is_said_in_the_same_script(city: City, gone: dict[str, tuple[str, int]]) -> None:
    for kind, (path, status) in gone.items():
        page = traditional(city.at.agency, path)
        assert page.status_code == status, kind
        assert text(page).replace("简体", "") == to_traditional(text(get(city.at.agency, path))).replace("繁體", "")
    assert keys.shown(traditional(city.at.agency, gone["revoked"][0])) >= {city.revoked.ref().key}


def test_a_walk_along_the_links_stays_inside(city: City) -> None:
    """Breadth first over both sites of the city; every page reached is Traditional, and none is lost."""
    by_host = {one.hosts.get(primary=True).host: one for one in (city.at.agency, city.portal.agency)}
    host = city.portal.agency.hosts.get(primary=True).host
    waiting, seen, outside = [(host, f"{PREFIX}/")], {(host, f"{PREFIX}/")}, set()
    while waiting:
        at, path = waiting.pop(0)
        page = get(by_host[at], path)
        assert page.status_code == 200, (at, path)
        tree = html.fromstring(page.content)
        assert tree.get("lang") == "zh-Hant", path
        for link in tree.xpath("//a[@href]"):
            parts = urlsplit(link.get("href"))
            to = (parts.hostname or at, parts.path or path)
            if parts.scheme in ("mailto", "tel") or link.get("hreflang") == "zh-Hans":
                continue
            if parts.query and not parts.path:
                continue
            if not to[1].startswith(PREFIX):
                outside.add(to[1])
            elif to[0] in by_host and to not in seen:
                seen.add(to)
                waiting.append(to)
    assert {at for at, _ in seen} == set(by_host)
    assert len(seen) > 30
    assert any(path.startswith("/files/") for path in outside)
    assert [path for path in outside if has_mirror(path)] == [], "only files are the same in both scripts"


def test_each_page_leads_to_itself_in_the_other_script(city: City) -> None:
    sites.many(city.at, 45)
    first = links(get(city.at.agency, "/lm/notices/"), "//nav")["较早"]
    for path in ("/", city.policy.get_absolute_url(), f"/lm/notices/{first}", "/no/such/page?a=1&b=<2>"):
        there = links(get(city.at.agency, path), "//header")["繁體"]
        back = links(get(city.at.agency, there), "//header")["简体"]
        assert there == PREFIX + back
        assert back.partition("?")[0] == path.partition("?")[0]
        assert text(get(city.at.agency, back)) == text(get(city.at.agency, path))


def test_both_pages_name_one_canonical_page_and_each_other(city: City, paths: dict[str, str]) -> None:
    def named(page: Any) -> list[tuple[str, str | None, str]]:
        found = html.fromstring(page.content).xpath("//link[@rel='canonical' or @hreflang]")
        return [(one.get("rel"), one.get("hreflang"), one.get("href")) for one in found]

    host = city.at.agency.hosts.get(primary=True).host
    path = paths["document"]
    both = [named(get(city.at.agency, path)), named(traditional(city.at.agency, path))]
    assert both[0] == both[1]
    assert both[0] == [
        ("canonical", None, f"http://{host}{path}"),
        ("alternate", "zh-Hans", f"http://{host}{path}"),
        ("alternate", "zh-Hant", f"http://{host}{PREFIX}{path}"),
    ]


def test_links_lead_on_inside_and_to_nothing_else(city: City) -> None:
    home = traditional(city.portal.agency, "/")
    tree = html.fromstring(home.content)
    own = city.at.agency.hosts.get(primary=True).host
    assert f"http://{own}{PREFIX}/" in tree.xpath("//a/@href"), "the site of another agency"
    assert set(tree.xpath("//form/@action")) <= {f"{PREFIX}/search/"}
    assert [one for one in tree.xpath("//link[@rel='stylesheet']/@href|//script/@src") if PREFIX in one] == []
    document = traditional(city.at.agency, city.policy.get_absolute_url())
    assert links(document)["示意圖.png"].startswith("/files/")


def test_redirects_keep_the_reader_inside(city: City) -> None:
    new = city.policy.get_absolute_url()
    OldAddress.objects.create(agency=city.at.agency, path="/art/2019/1.html", document=city.policy)
    bodies.set_host(city.at.agency, host="old.localhost", by=SYSTEM, primary=False)
    portal = city.portal.agency.hosts.get(primary=True).host
    own = city.at.agency.hosts.get(primary=True).host
    expected = {
        (city.at.agency, "/art/2019/1.html"): PREFIX + new,
        (city.at.agency, new.rstrip("/")): PREFIX + new,
        (city.at.agency, "/jg/?x=1"): f"http://{portal}{PREFIX}/jg/?x=1",
        (city.portal.agency, new): f"http://{own}{PREFIX}{new}",
    }
    for (agency, path), to in expected.items():
        assert traditional(agency, path).headers["Location"] == to
    former = Client().get(f"{PREFIX}/jg/?x=1", headers={"host": "old.localhost"})
    assert former.headers["Location"] == f"http://{own}{PREFIX}/jg/?x=1"


def test_what_is_the_same_in_both_scripts_has_one_address(city: City) -> None:
    for path in ("/static/ui/base.css", city.picture.get_absolute_url(), "/desk/", "/api/v1/documents", "/feed.xml"):
        assert not has_mirror(path)
        answer = traditional(city.at.agency, path)
        assert (answer.status_code, answer.headers["Location"]) == (301, path)
    assert traditional(city.at.agency, f"{PREFIX}/jg/").headers["Location"] == f"{PREFIX}/jg/"
    assert get(city.at.agency, f"{PREFIX}?a=1").headers["Location"] == f"{PREFIX}/?a=1"
    assert get(city.at.agency, f"{PREFIX}//evil.test/x.png").headers["Location"] == "/%2Fevil.test/x.png"
    assert get(city.at.agency, "/zh-hantx/").status_code == 404


def test_readers_conditions_are_about_the_page_they_have(city: City, paths: dict[str, str]) -> None:
    path = paths["document"]
    simplified, shown = get(city.at.agency, path)["ETag"], traditional(city.at.agency, path)
    assert shown["ETag"] != simplified
    assert "no-cache" in shown["Cache-Control"]
    same = traditional(city.at.agency, path, **{"if-none-match": shown["ETag"]})
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", shown["ETag"])
    assert traditional(city.at.agency, path, **{"if-none-match": simplified}).status_code == 200
    assert get(city.at.agency, path, **{"if-none-match": shown["ETag"]}).status_code == 200
    sites.revised(city.at, city.policy, note="再改")
    assert traditional(city.at.agency, path, **{"if-none-match": shown["ETag"]}).status_code == 200


def test_length_and_head(city: City) -> None:
    host = city.at.agency.hosts.get(primary=True).host
    whole = traditional(city.at.agency, "/")
    assert int(whole["Content-Length"]) == len(whole.content)
    head = Client().head(f"{PREFIX}/", headers={"host": host})
    assert (head.status_code, head.content) == (200, b"")
    assert Client().post(f"{PREFIX}/", headers={"host": host}).status_code == 405


def test_it_costs_one_query_more_at_most(city: City, paths: dict[str, str]) -> None:
    for path in (paths["document"], paths["column list"], "/"):
        with CaptureQueriesContext(connection) as inner:
            get(city.at.agency, path)
        with CaptureQueriesContext(connection) as outer:
            traditional(city.at.agency, path)
        assert len(outer) <= len(inner) + 1


def test_an_unknown_host_is_told_so(db: None) -> None:
    answer = Client().get(f"{PREFIX}/", headers={"host": "nobody.localhost"})
    assert answer.status_code == 404
    assert 'lang="zh-Hant"' in answer.content.decode()
