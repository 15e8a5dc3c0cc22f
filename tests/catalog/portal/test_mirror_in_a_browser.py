"""The Traditional pages as people meet them: nothing for axe to find, the same room on the screen, one press away."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from tests.browser import VIEWS, LiveSite, faults
from tests.factories.sites import City

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_axe_finds_nothing_and_the_switch_leads_there_and_back(
    page_of: Callable[..., Page], live_site: LiveSite, city: City, width: int, scheme: str
) -> None:
    page = page_of(width, color_scheme=scheme)
    host = city.at.agency.hosts.get(primary=True).host
    found: list[str] = []
    for path in ("/", city.policy.get_absolute_url()):
        page.goto(live_site.url(path, host=host))
        simplified = page.get_by_role("main").inner_text()
        page.get_by_role("link", name="繁體", exact=True).click()
        page.wait_for_url(live_site.url(f"/zh-hant{path}", host=host))
        assert page.evaluate("document.documentElement.lang") == "zh-Hant"
        assert page.get_by_role("main").inner_text() != simplified
        found += faults(page, path, views=[(width, scheme)])
        page.get_by_role("link", name="简体", exact=True).click()
        page.wait_for_url(live_site.url(path, host=host))
        assert page.get_by_role("main").inner_text() == simplified
    assert found == []
