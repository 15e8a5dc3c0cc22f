"""Boxes drawn as people draw them: by mouse, by keyboard, by searching; what is saved is what they see."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.applications.redaction.cases import Case, case
from tests.applications.redaction.test_redacting import desk
from tests.browser import LiveSite, faults
from tests.texts.redaction import papers
from tests.texts.redaction.papers import Word

from gongkai.applications import case_files
from gongkai.applications.files import FileRole, Redaction
from gongkai.texts.pdf import read_pdf

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = [Word("zhangsanfeng", 72, 700), Word("remains", 72, 500), Word("call zhangsanfeng now", 72, 400)]


def opened(page: Page, site: LiveSite, one: Case) -> None:
    """The screen, as the officer of the disclosure office comes to it."""
    client = desk(one.at.disclosure_officer)
    address = client.post(one.url("begin")).headers["Location"]
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site.url()}])
    page.goto(site.url(address))
    expect(page.locator(".redact-sheet img").first).to_have_js_property("complete", True)


def drag(page: Page, inside: Locator, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Press at one place of something, let go at another; places in shares of it."""
    inside.scroll_into_view_if_needed()
    area = inside.bounding_box()
    assert area is not None
    points = [(area["x"] + x * area["width"], area["y"] + y * area["height"]) for x, y in (start, end)]
    page.mouse.move(*points[0])
    page.mouse.down()
    page.mouse.move(*points[1], steps=5)
    page.mouse.up()


def saved(one: Case, page: Page, count: int) -> list[dict[str, float]]:
    """The boxes in the database, once the page says that it has saved them."""
    expect(page.locator("[data-saving]")).to_have_attribute("data-state", "saved")
    boxes = Redaction.objects.get(file=one.file).boxes
    assert len(boxes) == count
    return boxes


def test_boxes_are_drawn_moved_searched_and_made_into_a_file(page: Page, live_site: LiveSite) -> None:
    one = case(papers.paper(WORDS, [Word("second", 72, 700)]))
    opened(page, live_site, one)
    sheet = page.locator(".redact-sheet").first

    page.get_by_label("遮盖依据").first.select_option("privacy")
    drag(page, sheet, (0.1, 0.14), (0.35, 0.18))
    expect(page.locator(".redact-box")).to_have_count(1)
    (box,) = saved(one, page, 1)
    assert box["ground"] == "privacy"
    drawn = {"left": 0.1, "top": 0.14, "right": 0.35, "bottom": 0.18}
    assert all(abs(box[side] - share) < 0.01 for side, share in drawn.items())

    # By its middle it moves, by its corner it grows.
    shown = page.locator(".redact-box").first
    drag(page, shown, (0.5, 0.5), (0.5, 1.5))
    drag(page, shown.locator(".redact-edge--se"), (0.5, 0.5), (5, 5))
    (moved,) = saved(one, page, 1)
    assert moved["top"] > box["top"]
    assert moved["right"] > box["right"]

    # By keyboard alone: a box in the middle, steered, given a ground, and another one removed and brought back.
    page.get_by_role("button", name="在这一页加框").nth(1).press("Enter")
    focused = page.locator(".redact-box:focus")
    expect(focused).to_have_attribute("aria-label", "第2处，第2页中部居中，条例第十五条 个人隐私")
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".redact-row select").nth(1)).to_be_focused()
    page.locator(".redact-row select").nth(1).select_option("trade-secret")
    page.locator(".redact-box").nth(1).focus()
    page.keyboard.press("Delete")
    expect(page.locator(".redact-box")).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(page.locator(".redact-box")).to_have_count(2)
    steered = saved(one, page, 2)[1]
    assert (steered["page"], steered["ground"], steered["top"]) == (2, "trade-secret", 0.438)
    assert steered["right"] == 0.604

    page.get_by_role("searchbox").fill("zhangsanfeng")
    page.get_by_role("button", name="查找并遮盖").click()
    expect(page.locator("[data-told]")).to_have_text("找到“zhangsanfeng”2处，新加2个框。请逐处核对。")
    page.get_by_role("button", name="生成提供文本").click()
    expect(page.get_by_text("已生成区分处理后的文件，遮盖4处，已核验")).to_be_visible()
    made = one.application.files.get(role=FileRole.PROVIDED)
    text = read_pdf(case_files.content(made)).text
    assert "zhangsanfeng" not in text
    assert {"call", "now", "remains"} <= set(text.split())


@pytest.mark.parametrize("width", [1280, 375])
def test_the_screen_fits_and_is_accessible(width: int, page_of: Callable[..., Page], live_site: LiveSite) -> None:
    one = case(papers.paper(WORDS, [Word("second", 72, 700)]))
    page = page_of(width)
    opened(page, live_site, one)
    page.get_by_role("searchbox").fill("zhangsanfeng")
    page.get_by_role("button", name="查找并遮盖").click()
    expect(page.locator(".redact-box")).to_have_count(2)
    assert faults(page, views=[(width, "light"), (width, "dark")]) == []
