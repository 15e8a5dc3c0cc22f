"""Drafts save themselves: a person who presses 保存 at that very moment is not told of a conflict with themselves."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect
from tests.browser import LiveSite
from tests.factories import editions, people
from tests.stories.colleagues import Colleague

from gongkai.catalog.editions import Edition

pytestmark = [pytest.mark.long, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_pressing_save_while_the_page_saves_itself(live_site: LiveSite, page_of: Callable[..., Page]) -> None:
    people.agency("澜川市人民政府", is_city=True)
    at = people.staffed(host="csgw.localhost")
    edition = editions.draft(at)
    drafter = Colleague(page_of(1280), live_site, "csgw.localhost")
    drafter.sign_in(at.drafter.username)
    drafter.open(f"/desk/editions/{edition.pk}/edit/")
    held: list[Route] = []
    drafter.page.route(
        "**/save/",
        lambda route: held.append(route) if "x-requested-with" in route.request.headers else route.continue_(),
    )
    with drafter.page.expect_request(lambda one: "x-requested-with" in one.headers):
        drafter.page.locator("#draft").get_by_label("内容概述").fill("写到一半，页面自己在保存。")
    drafter.page.get_by_role("button", name="保存", exact=True).click()
    held[0].continue_()
    drafter.told("已保存。")
    expect(drafter.page.get_by_text("没有保存成功的内容")).to_have_count(0)
    assert Edition.objects.get(pk=edition.pk).summary == "写到一半，页面自己在保存。"
