"""The search as people meet it: by keyboard, on a phone, without scripts; on the desk."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser import DESK_VIEWS, VIEWS, LiveSite, faults
from tests.factories import editions, people, sites
from tests.factories.people import Staffed
from tests.search.pages.conftest import index

from gongkai.agencies.officers import Officer
from gongkai.search import actions
from gongkai.search.frequent import FrequentSearch, SearchCount

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def at(db: None, own_index: Path) -> Staffed:
    """One agency that is the city, with documents, a best bet and what is often asked."""
    made = people.staffed("澜川市人民政府", is_city=True, is_supervising=True, host="localhost")
    sites.columns_of(made)
    document = editions.released(made, title="关于居民供热收费标准的公告").document
    editions.released(made, title="关于供热管网检修的公告", document_number="澜政发〔2026〕3号")
    editions.withdrawn(made, title="关于供热补贴的公告")
    sites.many(made, 25)
    actions.save_best_bet(
        agency=made.agency, query="供热", document=document, note="今年的标准", by=made.disclosure_officer
    )
    actions.save_synonyms(agency=None, words=["供暖", "供热"], by=made.disclosure_officer)
    actions.deny_suggestion(agency=None, word="谣言", by=made.disclosure_officer)
    FrequentSearch.objects.create(agency=None, query="供热收费", count=30)
    for days in range(5):
        day = timezone.localdate() - timedelta(days=days)
        SearchCount.objects.create(agency=made.agency, day=day, query="供热", count=7, hits=3)
        SearchCount.objects.create(agency=made.agency, day=day, query="地铁几点", count=2, hits=0)
    index()
    return made


def test_axe_finds_nothing_on_any_page_of_the_search(page: Page, live_site: LiveSite, at: Staffed) -> None:
    views = (*VIEWS, (320, "light"))
    found: list[str] = []
    for query in ("", "?q=供热", "?q=供暖&sort=date", "?q=外星人登陆", "?q=公告&type=notice", "?q=工热"):
        page.goto(live_site.url(f"/search/{query}"))
        found += faults(page, query, views=views)
    for width, scheme in views:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(live_site.url("/search/"))
        page.get_by_role("combobox").press_sequentially("gr")
        expect(page.get_by_role("listbox")).to_be_visible()
        page.keyboard.press("ArrowDown")
        found += faults(page, "suggestions open", views=[(width, scheme)])
    assert found == []


def test_the_box_is_worked_by_keyboard_alone(page: Page, live_site: LiveSite, at: Staffed) -> None:
    page.goto(live_site.url("/search/"))
    box = page.get_by_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("gongre")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("供热收费")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    expect(box).to_have_value("供热收费")
    box.press("ArrowUp")
    expect(box).to_have_value("gongre")
    box.press("ArrowDown")
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(box).to_have_value("gongre")
    expect(box).to_be_focused()
    box.press("ArrowDown")
    expect(options.first).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    expect(page.locator(".found-total")).to_contain_text("供热收费")
    page.wait_for_url("**q=%E4%BE%9B%E7%83%AD%E6%94%B6%E8%B4%B9")


def test_choosing_a_document_goes_there(page: Page, live_site: LiveSite, at: Staffed) -> None:
    page.goto(live_site.url("/search/"))
    box = page.get_by_role("combobox")
    box.press_sequentially("澜政发[2026")
    option = page.get_by_role("option", name="关于供热管网检修的公告")
    expect(option).to_contain_text("澜政发〔2026〕3号")
    option.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("关于供热管网检修的公告")


def test_enter_without_a_choice_searches_for_what_was_typed(page: Page, live_site: LiveSite, at: Staffed) -> None:
    page.goto(live_site.url("/search/"))
    page.get_by_role("combobox").press_sequentially("供热管网检修")
    page.get_by_role("combobox").press("Enter")
    expect(page.locator(".results h2").first).to_have_text("关于供热管网检修的公告")


def test_a_server_that_does_not_answer_leaves_a_plain_form(page: Page, live_site: LiveSite, at: Staffed) -> None:
    page.route(re.compile(r"/search/suggest\?"), lambda route: route.abort())
    page.goto(live_site.url("/search/"))
    page.get_by_role("combobox").press_sequentially("供热")
    page.get_by_role("combobox").press("Enter")
    expect(page.locator(".found-total")).to_contain_text("供热")


def test_on_a_phone_the_facets_fold_and_beside_the_results_they_stand_open(
    page_of: Callable[..., Page], live_site: LiveSite, at: Staffed
) -> None:
    address = live_site.url("/search/?q=公告")
    phone, wide = page_of(375), page_of(1280)
    phone.goto(address)
    facet = phone.locator(".facets-all")
    expect(facet).to_be_hidden()
    phone.get_by_text("筛选结果").click()
    expect(facet).to_be_visible()
    wide.goto(address)
    expect(wide.locator(".facets-all")).to_be_visible()
    wide.locator(".facets-all a").first.click()
    expect(wide.get_by_role("list", name="已选条件")).to_be_visible()


def test_everything_works_without_a_script(page_of: Callable[..., Page], live_site: LiveSite, at: Staffed) -> None:
    page = page_of(375, java_script_enabled=False)
    page.goto(live_site.url("/search/"))
    page.get_by_role("searchbox").fill("公告")
    page.get_by_role("button", name="搜索").click()
    expect(page.locator(".results > li")).to_have_count(20)
    page.get_by_text("筛选结果").click()
    expect(page.locator(".facets-all")).to_be_visible()
    page.get_by_role("link", name="下一页").click()
    expect(page.get_by_role("link", name="上一页")).to_be_visible()


def test_the_desks_pages_are_accessible_and_fit(
    page: Page, live_site: LiveSite, at: Staffed, desk: Callable[[Officer], Client]
) -> None:
    session = desk(at.disclosure_officer).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_site.url("/")}])
    found: list[str] = []
    for path in ("", "?q=供热", "?q=外星人", "asked/", "synonyms/", "best-bets/", "denied/", "synonyms/?group=1"):
        page.goto(live_site.url(f"/desk/search/{path}"))
        found += faults(page, path, views=DESK_VIEWS)
    assert found == []


def test_the_slash_key_leads_to_the_desks_search(
    page: Page, live_site: LiveSite, at: Staffed, desk: Callable[[Officer], Client]
) -> None:
    session = desk(at.disclosure_officer).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_site.url("/")}])
    page.goto(live_site.url("/desk/search/asked/"))
    page.keyboard.press("/")
    box = page.get_by_role("searchbox", name="检索")
    expect(box).to_be_focused()
    box.press_sequentially("供热管网")
    box.press("Enter")
    expect(page.locator(".hits-title").first).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("关于供热管网检修的公告")
