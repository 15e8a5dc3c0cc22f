"""The browser that stories use reaches every site of the test's own server by name."""

import pytest
from playwright.sync_api import Page
from tests.browser import LiveSite

from gongkai.agencies.actions import bodies
from gongkai.ledger.refs import SYSTEM


@pytest.mark.browser
def test_any_name_under_localhost_reaches_the_live_site(page: Page, live_site: LiveSite) -> None:
    bodies.create_agency(by=SYSTEM, code="LC", slug="city", name="澜川市人民政府", short_name="市政府", is_city=True)
    answer = page.goto(live_site.url("/", host="nobody.localhost"))
    assert answer is not None
    assert answer.status == 404
    assert "nobody.localhost" in page.content()
