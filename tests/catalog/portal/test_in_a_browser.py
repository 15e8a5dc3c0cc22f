"""Public pages as people meet them: on a desk and on a phone, by keyboard, without scripts, on paper."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Page
from tests.browser import LiveSite, faults
from tests.factories import sites
from tests.factories.sites import City

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def addresses(
    live_site: LiveSite, city: City, paths: dict[str, str], gone: dict[str, tuple[str, int]]
) -> dict[str, str]:
    """Whole addresses of every kind of page."""
    sites.many(city.at, 25)
    own = city.at.agency.hosts.get(primary=True).host
    portal = city.portal.agency.hosts.get(primary=True).host
    found = {kind: live_site.url(path, host=own) for kind, path in paths.items()}
    found |= {kind: live_site.url(path, host=own) for kind, (path, _) in gone.items()}
    found |= {
        "second page": live_site.url("/lm/notices/", host=own),
        "library": live_site.url("/lm/policy/expired/", host=own),
        "site map": live_site.url("/map/", host=own),
        "city home": live_site.url("/", host=portal),
        "directory": live_site.url("/jg/", host=portal),
        "agency": live_site.url(f"/jg/{city.merged.agency.slug}/", host=portal),
        "no site": live_site.url("/", host="nobody.localhost"),
    }
    return found


def test_every_page_is_accessible_fits_and_has_its_headings_in_order(page: Page, addresses: dict[str, str]) -> None:
    found: list[str] = []
    for kind, address in addresses.items():
        page.goto(address)
        found += [f"{kind}: headings {levels}" for levels in _wrong_headings(page)]
        found += faults(page, kind, narrower=(320,))
    assert found == []


def _wrong_headings(page: Page) -> list[list[int]]:
    """The levels of the headings, where they do not go down one step at a time from a single first."""
    levels = page.eval_on_selector_all("h1,h2,h3,h4,h5", "all => all.map(one => Number(one.tagName[1]))")
    jumps = [(a, b) for a, b in pairwise(levels) if b > a + 1]
    return [levels] if levels.count(1) != 1 or jumps else []


def test_a_document_is_read_without_a_script(page_of: Callable[..., Page], addresses: dict[str, str]) -> None:
    bare = page_of(375, java_script_enabled=False)
    bare.goto(addresses["document"])
    assert bare.get_by_role("heading", level=1).is_visible()
    assert bare.get_by_role("link", name="示意图.png", exact=True).is_visible()
    assert bare.get_by_role("link", name="版本对照").is_visible()
    bare.get_by_text("在本页查看示意图.png").click()
    assert bare.get_by_role("img", name="示意图").is_visible()
    bare.get_by_text("阅读设置").click()
    assert "浏览器没有运行脚本" in bare.locator(".tools-panel").inner_text()
    assert bare.get_by_role("button", name="关怀版").count() == 0


def test_an_article_is_addressed_and_reached_by_its_link(page: Page, addresses: dict[str, str]) -> None:
    page.goto(f"{addresses['document']}#t-3")
    article = page.locator("#t-3")
    assert article.is_visible()
    assert page.evaluate("document.querySelector(':target').id") == "t-3"
    link = page.get_by_role("link", name="第三条的链接")
    assert link.get_attribute("href") == "#t-3"


def test_on_paper_stands_the_document_and_where_it_came_from(page: Page, addresses: dict[str, str]) -> None:
    page.goto(addresses["document"])
    assert page.locator(".print-source").is_hidden()
    page.emulate_media(media="print")
    assert page.locator(".print-source").is_visible()
    assert page.get_by_role("table", name="公文信息").is_visible()
    for gone in (".masthead", ".mainnav", ".crumbs", ".foot", ".toc", ".cite"):
        assert page.locator(gone).is_hidden()


def test_a_reader_finds_a_notice_from_the_home_and_comes_back(page: Page, addresses: dict[str, str]) -> None:
    page.goto(addresses["home"])
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="通知公告").click()
    assert page.get_by_role("heading", level=1).inner_text() == "通知公告"
    page.get_by_role("link", name="较早").click()
    page.get_by_role("link", name="第25号公告").click()
    assert page.get_by_role("heading", level=1).inner_text() == "第25号公告"
    page.get_by_role("navigation", name="您的位置").get_by_role("link", name="通知公告").click()
    assert page.get_by_role("link", name="第1号公告").is_visible()
