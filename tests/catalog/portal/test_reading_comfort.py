"""What readers choose, and how still a page is: care mode, contrast, reading aloud, leaving, layout."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.browser import LiveSite, faults
from tests.factories import editions
from tests.factories.people import Staffed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY = (
    '<p>第一段说明。</p><p>详情见<a href="https://www.example.com/a?b=1">企业网站</a>，'
    '或者<a href="https://www.example.gov.cn/x">上级机关网站</a>。</p>'
)
SPEECH = """
window.heard = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
const voice = {
  speak(said) { window.heard.push(said.text); if (!window.muted) setTimeout(() => said.onend(), 0); },
  cancel() { window.heard.push("cancelled"); },
};
Object.defineProperty(window, "speechSynthesis", { value: voice });
"""
SHIFTS = """
window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture
def address(live_site: LiveSite, at: Staffed) -> str:
    """A document that leads out of government sites."""
    document = editions.released(at, title="关于供热的公告", body=BODY).document
    return live_site.url(document.get_absolute_url(), host=at.agency.hosts.get(primary=True).host)


def test_a_link_out_of_government_sites_says_so_and_asks_first(page: Page, address: str) -> None:
    page.route("https://www.example.com/**", lambda route: route.fulfill(body="elsewhere"))
    page.goto(address)
    link = page.get_by_role("link", name="企业网站（外部网站）")
    link.focus()
    page.keyboard.press("Enter")
    asked = page.get_by_role("dialog")
    assert "即将离开“澜川市城市管理委员会”网站，是否继续" in asked.inner_text()
    assert "www.example.com" in asked.inner_text()
    assert faults(page, views=[(1280, "light")]) == []
    page.keyboard.press("Escape")
    assert asked.count() == 0
    assert page.evaluate("document.activeElement.textContent") == "企业网站（外部网站）"
    link.click()
    page.get_by_role("button", name="继续访问").click()
    page.wait_for_url("https://www.example.com/a?b=1")


def test_a_link_to_a_government_site_asks_nothing(page: Page, address: str) -> None:
    page.route("https://www.example.gov.cn/**", lambda route: route.fulfill(body="elsewhere"))
    page.goto(address)
    page.get_by_role("link", name="上级机关网站", exact=True).click()
    page.wait_for_url("https://www.example.gov.cn/x")


def test_without_a_script_the_link_still_says_where_it_leads(page_of: Callable[..., Page], address: str) -> None:
    page = page_of(375, java_script_enabled=False)
    page.goto(address)
    assert (
        page.get_by_role("link", name="企业网站（外部网站）").get_attribute("href") == "https://www.example.com/a?b=1"
    )


@pytest.mark.parametrize("width", [320, 1280])
def test_care_mode_is_larger_simpler_and_remembered(page_of: Callable[..., Page], address: str, width: int) -> None:
    page = page_of(width)
    page.goto(address)
    size = "parseFloat(getComputedStyle(document.querySelector('.body')).fontSize)"
    before = page.evaluate(size)
    page.get_by_role("button", name="关怀版", exact=True).focus()
    page.keyboard.press("Enter")
    assert page.evaluate(size) == pytest.approx(before * 1.25)
    page.reload()
    bar = page.get_by_role("region", name="关怀版")
    assert bar.is_visible()
    assert page.evaluate(size) == pytest.approx(before * 1.25)
    assert page.get_by_text("引用与分享").is_hidden()
    heights = bar.get_by_role("button").evaluate_all("all => all.map(one => one.offsetHeight)")
    assert min(heights) >= 44
    bar.get_by_role("button", name="缩小文字").click()
    assert page.evaluate(size) == pytest.approx(before * 1.25)
    bar.get_by_role("button", name="放大文字").click()
    assert page.evaluate(size) == pytest.approx(before * 1.5)
    assert faults(page, views=[(width, "light")]) == []
    bar.get_by_role("button", name="退出关怀版").click()
    page.reload()
    assert bar.is_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_high_contrast_can_be_chosen_and_is_remembered(page_of: Callable[..., Page], address: str, scheme: str) -> None:
    page = page_of(375, color_scheme=scheme)
    page.goto(address)
    colour = "getComputedStyle(document.body).color"
    page.get_by_text("阅读设置").click()
    page.get_by_role("button", name="高对比度").click()
    wanted = {"light": "rgb(0, 0, 0)", "dark": "rgb(255, 255, 255)"}[scheme]
    assert page.evaluate(colour) == wanted
    page.keyboard.press("Escape")
    assert page.get_by_role("button", name="高对比度").is_hidden()
    page.reload()
    assert page.evaluate(colour) == wanted
    assert faults(page, views=[(375, scheme)]) == []


def test_a_page_is_read_aloud_from_its_title_on_and_can_be_stopped(page: Page, address: str) -> None:
    page.add_init_script(SPEECH)
    page.goto(address)
    page.locator(".doc-tools").get_by_role("button", name="朗读本页").click()
    page.locator(".doc-tools [data-read-aloud][aria-pressed=false]").wait_for()
    heard = page.evaluate("heard")
    assert heard[0] == "关于供热的公告"
    assert "第一段说明。" in heard
    assert not [one for one in heard if "首页" in one]
    page.evaluate("window.muted = true")
    page.locator(".doc-tools").get_by_role("button", name="朗读本页").click()
    assert page.locator(".being-read").inner_text() == "关于供热的公告"
    page.locator(".doc-tools").get_by_role("button", name="停止朗读").click()
    assert page.locator(".being-read").count() == 0


def test_nothing_moves_while_a_page_comes(page_of: Callable[..., Page], live_site: LiveSite, city: Any) -> None:
    """Cumulative layout shift, with and without what the reader chose before."""
    host = city.at.agency.hosts.get(primary=True).host
    paths = ["/", city.policy.get_absolute_url(), "/lm/policy/", "/lm/fdzdgk/"]
    shifted = {}
    for width, care in ((1280, False), (375, False), (375, True)):
        page = page_of(width)
        page.add_init_script(SHIFTS)
        if care:
            page.add_init_script("localStorage.setItem('gongkai.care', 'on')")
        for path in paths:
            page.goto(live_site.url(path, host=host))
            page.wait_for_load_state("networkidle")
            shifted[width, care, path] = page.evaluate("window.shift")
    assert {where: shift for where, shift in shifted.items() if shift > 0.01} == {}


def test_the_address_of_a_page_can_be_copied_and_read_by_a_phone(page: Page, address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(address)
    page.get_by_role("button", name="复制网址").click()
    page.get_by_role("button", name="已复制").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == address
    page.get_by_text("用手机打开（二维码）").click()
    assert page.get_by_role("img", name="本页网址的二维码").is_visible()
