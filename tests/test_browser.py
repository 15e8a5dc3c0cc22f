"""The browser that stories use reaches every site of the test's own server by name."""

import pytest
from playwright.sync_api import Page
from tests.browser import DESK_VIEWS, LiveSite, faults

from gongkai.agencies.actions import bodies
from gongkai.ledger.refs import SYSTEM


@pytest.mark.browser
def test_any_name_under_localhost_reaches_the_live_site(page: Page, live_site: LiveSite) -> None:
    bodies.create_agency(by=SYSTEM, code="LC", slug="city", name="澜川市人民政府", short_name="市政府", is_city=True)
    answer = page.goto(live_site.url("/", host="nobody.localhost"))
    assert answer is not None
    assert answer.status == 404
    assert "nobody.localhost" in page.content()


@pytest.mark.browser
def test_faults_are_told_with_the_view_they_are_in(page: Page) -> None:
    """Else a page would be found right that nothing has looked at."""
    page.set_content("""<!doctype html><html lang="zh-CN"><title>页面</title><style>
        body { margin: 0 } p { color: #000; background: #fff }
        @media (max-width: 400px) { div { width: 600px } }
        @media (max-width: 400px) and (prefers-color-scheme: light) { p { color: #eee } }
        @media (prefers-color-scheme: dark) { p { color: #111; background: #000 } }
        </style><main><h1>标题</h1><p>文字</p><button></button><div>宽</div></main>""")
    found = faults(page, "页面", views=DESK_VIEWS)
    assert [one.split(" [")[0] for one in found] == [
        "页面 1280 light: button-name",
        "页面 375: 225 px over",
        "页面 375 dark: button-name",
        "页面 375 dark: color-contrast",
        "页面 375: 225 px over",
        "页面 375 light: color-contrast",
    ]
    assert page.viewport_size == {"width": 1280, "height": 900}
