"""The base templates in a browser: nothing for axe to find, nothing wider than the screen, no breach of policy."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from tests.browser import faults

pytestmark = pytest.mark.browser

PAGES = ("home", "document", "list", "error", "components", "review", "table", "form", "editor", "bare")
VIEWS = [(1280, "light"), (375, "light"), (1280, "dark"), (375, "dark")]


def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(page: Page, gallery: str) -> None:
    found: list[str] = []
    for name in PAGES:
        page.goto(f"{gallery}/{name}")
        found += faults(page, name, views=VIEWS, narrower=(1100, 768, 320))
    assert found == []


def test_every_page_keeps_the_content_security_policy(watched: Page, gallery: str) -> None:
    for name in PAGES:
        watched.goto(f"{gallery}/{name}")


def test_a_public_page_reads_without_a_script(page_of: Callable[..., Page], gallery: str) -> None:
    page = page_of(375, java_script_enabled=False)
    page.goto(f"{gallery}/document")
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.get_by_role("navigation", name="主导航").is_visible()
    # What only a script can do is not offered.
    assert page.get_by_role("button", name="打印").count() == 0


def test_the_size_of_letters_is_kept_from_page_to_page(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/document")
    size = "parseFloat(getComputedStyle(document.querySelector('.body')).fontSize)"
    before = page.evaluate(size)
    page.get_by_text("阅读设置").click()
    page.get_by_role("button", name="放大字号").click()
    page.get_by_role("button", name="放大字号").click()
    larger = page.evaluate(size)
    assert larger == pytest.approx(before * 1.25)
    page.goto(f"{gallery}/document")
    assert page.evaluate(size) == larger
    page.get_by_text("阅读设置").click()
    page.get_by_role("button", name="缩小字号").click()
    assert before < page.evaluate(size) < larger


def test_the_header_table_folds_on_a_phone_and_stays_a_table(page_of: Callable[..., Page], gallery: str) -> None:
    wide, narrow = page_of(1280), page_of(375)
    tops = {}
    for name, page in (("wide", wide), ("narrow", narrow)):
        page.goto(f"{gallery}/document")
        table = page.get_by_role("table", name="公文信息")
        assert table.get_by_role("rowheader").count() == 9
        first, second = table.get_by_role("rowheader").all()[:2]
        tops[name] = (first.bounding_box() or {})["y"], (second.bounding_box() or {})["y"]
    assert tops["wide"][0] == tops["wide"][1]
    assert tops["narrow"][0] < tops["narrow"][1]


def test_on_paper_only_the_document_remains(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/document")
    page.emulate_media(media="print")
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.get_by_role("table", name="公文信息").is_visible()
    for gone in (".masthead", ".mainnav", ".crumbs", ".foot"):
        assert page.locator(gone).is_hidden()


def test_on_a_phone_the_rail_becomes_a_menu(page_of: Callable[..., Page], gallery: str) -> None:
    page = page_of(375)
    page.goto(f"{gallery}/review")
    assert page.locator(".rail").is_hidden()
    assert page.locator(".queue").is_hidden()
    menu = page.locator(".railtop")
    assert menu.get_by_role("link", name="栏目").is_hidden()
    menu.locator("summary").click()
    assert menu.get_by_role("link", name="栏目").is_visible()
    assert menu.get_by_role("button", name="退出").is_visible()
