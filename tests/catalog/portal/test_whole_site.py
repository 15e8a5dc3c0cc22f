"""The whole site, walked from its homes by following every link: nothing is dead, and every page says what it is."""

from collections import deque
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from lxml import html
from tests.catalog.portal.reading import labels
from tests.catalog.portal.test_labels import ARTICLE, COLUMN, SITE
from tests.factories import editions, sites
from tests.factories.sites import City

from gongkai.catalog.actions.columns import create_column, save_topic
from gongkai.catalog.actions.documents import set_topics
from gongkai.catalog.portal import services
from gongkai.ledger.refs import SYSTEM
from gongkai.pages.keys import shown

pytestmark = pytest.mark.django_db

ENDLESS = ("/search/", "/data/")  # met, but not walked through: every answer leads to further questions


class Page:
    """One answer: where, what, and what it leads to."""

    def __init__(self, address: str, came_from: str) -> None:
        parts = urlsplit(address)
        self.address, self.host, self.path, self.came_from = address, parts.netloc, parts.path, came_from
        self.response = Client().get(address.split(parts.netloc, 1)[1].split("#")[0], headers={"host": parts.netloc})
        self.is_page = (
            self.response.get("Content-Type", "").startswith("text/html") and self.response.status_code == 200
        )
        self.tree = html.fromstring(self.response.content) if self.is_page else None

    def leads_to(self) -> Iterator[str]:
        """Addresses of links on this page, without those for mail and telephone."""
        if self.tree is None or self.path.removeprefix("/zh-hant").startswith(ENDLESS):
            return
        for link in self.tree.xpath("//a/@href | //link[@rel='alternate' or @rel='canonical']/@href"):
            address = urljoin(self.address, link)
            if urlsplit(address).scheme in ("http", "https"):
                yield address.split("#")[0]


def walk(*homes: str) -> list[Page]:
    """Every page that can be reached on these hosts, breadth first."""
    hosts = {urlsplit(one).netloc for one in homes}
    waiting, known, found = deque((one, "") for one in homes), set(homes), []
    while waiting:
        page = Page(*waiting.popleft())
        found.append(page)
        for address in page.leads_to():
            if address not in known and urlsplit(address).netloc in hosts:
                known.add(address)
                waiting.append((address, page.address))
    return found


def walked(city: City) -> list[Page]:
    """The city and the agency, with a topic, a library, a linked outside address and a list of several pages."""
    at = city.at
    create_column(at.agency, by=SYSTEM, key="gfxwj", name="行政规范性文件", rule={"types": ["normative"]}, in_nav=True)
    create_column(at.agency, by=SYSTEM, key="heating", name="供热", rule={"topics": ["heating"]})
    topic = save_topic(at.agency, slug="heating", name="供热", by=SYSTEM)
    set_topics(editions.released(at, title="供热公告").document, [topic], by=at.drafter)
    sites.many(at, 45)
    return walk(*(f"http://{one.agency.hosts.get(primary=True).host}/" for one in (city.portal, at)))


def test_every_page_is_met_alive_and_complete(city: City) -> None:
    """One walk, three questions: it follows every link of two sites in both scripts, which takes its time."""
    pages = walked(city)
    _every_kind_of_page_and_no_dead_link(pages, city)
    _complete_by_itself(pages)
    _titles_of_their_own(pages)


def _every_kind_of_page_and_no_dead_link(walked: list[Page], city: City) -> None:
    dead = {page.address: (page.response.status_code, page.came_from) for page in walked if not _alive(page)}
    assert dead == {}
    paths = {page.path for page in walked}
    policy = city.policy.get_absolute_url()
    wanted = {"/", "/jg/", "/map/", "/lm/xxgk/", "/lm/zhinan/", "/lm/yishenqing/", "/lm/gfxwj/valid/", "/lm/heating/"}
    wanted |= {
        policy,
        f"{policy}v1/",
        f"{policy}compare/",
        f"{policy}compare/1-2/all/",
        "/atom.xml",
        "/lm/news/rss.xml",
    }
    wanted |= {"/zh-hant/", f"/zh-hant{policy}", *(one.path for one in services.offered())}
    assert wanted <= paths
    assert {True, False} == {"/before/" in path for path in paths}
    assert [path for path in paths if city.draft.document.code in path or city.revoked.code in path] == []


def _complete_by_itself(walked: list[Page]) -> None:
    """Labels of 国办发〔2017〕47号, language, title, one heading, one address; nothing foreign, nothing that shifts."""
    wrong = {page.address: problems for page in walked if page.tree is not None and (problems := [*_problems(page)])}
    assert wrong == {}


def _titles_of_their_own(walked: list[Page]) -> None:
    titles: dict[tuple[str, str], set[str]] = {}
    for page in walked:
        deeper = any(part in page.path for part in ("/info/", "/before/", "/after/"))
        if page.tree is not None and not deeper:
            [address] = page.tree.xpath("//link[@rel='canonical']/@href")
            titles.setdefault((page.host, page.tree.findtext(".//title") or ""), set()).add(address)
    assert {title: paths for title, paths in titles.items() if len(paths) > 1} == {}


def _problems(page: Page) -> Iterator[str]:
    tree, found = page.tree, labels(page.response)
    assert tree is not None
    wanted = SITE | COLUMN | (ARTICLE if "/info/" in page.path else set())
    yield from sorted(f"label {name}" for name in wanted if not found.get(name))
    canonical = tree.xpath("//link[@rel='canonical']/@href")
    fetched = tree.xpath("//script/@src | //link[@rel='stylesheet' or @rel='icon']/@href | //img/@src")
    holds = {
        "domain": found.get("SiteDomain") == page.host,
        "language": tree.get("lang") == ("zh-Hant" if page.path.startswith("/zh-hant/") else "zh-Hans"),
        "title": bool(tree.findtext(".//title")),
        "one h1": len(tree.xpath("//h1")) == 1,
        "one main": len(tree.xpath("//main")) == 1,
        "canonical": len(canonical) == 1 and urlsplit(canonical[0]).netloc == page.host,
        "no query string": "?" not in page.address,
        "keys": bool(shown(page.response)),
        "no inline script": not tree.xpath("//script[not(@src)] | //@*[starts-with(name(), 'on')]"),
        "nothing from another host": all(one.startswith(("/static/", "/files/")) for one in fetched),
        "pictures have size and words": not tree.xpath("//img[not(@width) or not(@height) or not(@alt)]"),
    }
    yield from (name for name, held in holds.items() if not held)


def _alive(page: Page) -> bool:
    if page.response.status_code in (301, 302):
        return bool(page.response["Location"])
    return bool(page.response.status_code == 200)
