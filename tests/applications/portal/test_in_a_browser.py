"""Applying on a telephone as a person would; every page under axe, at three widths, without a script."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import Page
from tests.applications.portal.filling import IDENTITY, photo
from tests.browser import VIEWS, LiveSite, faults
from tests.factories import people
from tests.factories.people import Staffed

from gongkai.applications import offering
from gongkai.applications.aftermath import Offered
from gongkai.applications.applications import Application
from gongkai.applications.offering import Answer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WISH = "北湖里小区投放设施改造项目中标合同"


@pytest.fixture
def at(db: None, monkeypatch: pytest.MonkeyPatch) -> Staffed:
    cache.clear()
    found = [Answer("北湖里小区改造项目公示", "/", "澜川市城市管理委员会", "2026-03-01")]
    monkeypatch.setattr(offering, "_FINDERS", [lambda request, text: found if "北湖里" in text else []])
    return people.staffed("澜川市城市管理委员会")


@pytest.fixture
def site(live_site: LiveSite, at: Staffed) -> Callable[[str], str]:
    host = at.agency.hosts.get(primary=True).host
    return lambda path: live_site.url(path, host=host)


class Person:
    """Counts what a person does."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps, self.typed = page, 0, 0

    def types(self, label: str, words: str) -> None:
        self.page.get_by_label(label, exact=False).first.fill(words)
        self.taps += 1
        self.typed += 1

    def taps_on(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click()
        self.taps += 1


def printed(page: Page, name: str) -> None:
    if folder := os.environ.get("SHOTS"):
        page.pdf(path=Path(folder) / f"{name}.pdf", prefer_css_page_size=True)


def shot(page: Page, name: str) -> None:
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}-{page.viewport_size['width']}.png", full_page=True)


def test_a_person_applies_on_a_telephone(page_of: Callable[..., Page], site: Callable[[str], str]) -> None:
    page = page_of(375, 812, has_touch=True, is_mobile=True)
    page.goto(site("/apply/"))
    shot(page, "form-empty")
    person = Person(page)
    person.types("您需要什么信息", WISH)
    page.get_by_text("这些已经公开").wait_for()
    shot(page, "form-offers")
    person.types("姓名或者名称", "李明")
    person.types("证件号码", IDENTITY)
    person.types("联系电话", "13800138000")
    person.taps_on("下一步：核对")
    page.get_by_role("heading", name="核对并提交").wait_for()
    page.get_by_text("已自动完成验证").wait_for()
    shot(page, "review")
    person.taps_on("提交申请")
    page.get_by_role("heading", name="申请已经提交").wait_for()
    shot(page, "receipt")
    printed(page, "receipt")
    # Four fields and six taps: at a slow typist's pace well below three minutes.
    assert (person.typed, person.taps) == (4, 6)
    case = Application.objects.get()
    assert case.items.get().name == WISH
    counts = Offered.objects.get()
    assert (counts.shown, counts.asked) == (1, 1)
    page.get_by_role("link", name="查看办理进度").click()
    page.get_by_role("heading", name="等待双方确认").wait_for()
    shot(page, "case-unconfirmed")
    # What was typed does not lie on the device any more.
    page.goto(site("/apply/"))
    assert page.get_by_label("您需要什么信息").input_value() == ""


def test_what_was_typed_survives_a_closed_window_and_items_come_and_go(page: Page, site: Callable[[str], str]) -> None:
    page.goto(site("/apply/"))
    page.get_by_label("您需要什么信息").fill("第一份")
    page.get_by_role("button", name="再加一项").click()
    page.get_by_label("您需要什么信息").nth(1).fill("第二份")
    page.get_by_label("邮寄", exact=True).check()
    page.get_by_label("邮寄地址").fill("中心路1号")
    page.get_by_label("姓名或者名称").fill("李明")
    page.keyboard.press("Tab")  # on leaving a field the draft is saved
    kept = page.evaluate("JSON.stringify({...localStorage})")
    assert "第二份" in kept
    assert "李明" not in kept  # who it is stays on this device only when they say so
    page.get_by_label("没填完时，在这台设备上记住个人信息").check()
    name, content = "身份证.jpg", photo().read()
    page.locator("#id_identity").set_input_files({"name": name, "mimeType": "image/jpeg", "buffer": content})
    page.locator(".upload", has_text=name).get_by_text("已上传", exact=True).wait_for()
    shot(page, "form-two")
    page.goto("about:blank")
    page.goto(site("/apply/"))
    page.get_by_text("已恢复您").wait_for()
    assert page.get_by_label("您需要什么信息").nth(1).input_value() == "第二份"
    assert page.get_by_label("邮寄地址").input_value() == "中心路1号"
    page.get_by_role("button", name="去掉这一项").first.click()
    assert page.get_by_label("您需要什么信息").count() == 1
    assert page.get_by_label("您需要什么信息").input_value() == "第二份"
    page.get_by_role("button", name="下一步：核对").click()
    page.get_by_role("heading", name="处需要改正").wait_for()
    shot(page, "form-errors")
    assert page.get_by_label(name).is_checked()  # it arrived, and need not be sent again
    assert page.get_by_label("您需要什么信息").input_value() == "第二份"


def test_it_is_done_without_a_script(page_of: Callable[..., Page], site: Callable[[str], str]) -> None:
    page = page_of(375, java_script_enabled=False)
    page.goto(site("/apply/"))
    page.get_by_label("您需要什么信息").fill(WISH)
    page.get_by_label("姓名或者名称").fill("李明")
    page.get_by_label("证件号码", exact=True).fill(IDENTITY)
    page.get_by_label("联系电话", exact=True).fill("13800138000")
    page.get_by_role("button", name="下一步：核对").click()
    assert page.get_by_role("heading", name="可能已经公开的信息").is_visible()
    shot(page, "review-plain")
    from tests.applications.portal.filling import answer

    page.get_by_label("验证问题").fill(answer(Shown(page.content())))
    page.get_by_role("button", name="提交申请").last.click()
    assert page.get_by_role("heading", name="申请已经提交").is_visible()
    page.goto(site("/apply/calculator/"))
    page.get_by_label("到达之日").fill("2026-11-20")
    page.get_by_label("双方确认之日").fill("2026-11-23")
    page.get_by_role("button", name="计算").click()
    assert "最迟" in page.get_by_role("heading", level=2).first.inner_text()


class Shown:
    def __init__(self, content: str) -> None:
        self.content = content.encode()


def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    page: Page, site: Callable[[str], str], live_site: LiveSite, at: Staffed
) -> None:
    found: list[str] = []
    case = visited(page, site, at)
    people.agency("澜川市人民政府", is_city=True, host="city.localhost")
    acts = "channel=online&arrived=2026-09-14&confirmed=2026-09-15"
    acts += "&asked_1=third_party&sent_1=2026-09-21&reached_1=2026-09-23"
    paths = {
        "form": "/apply/",
        "status": "/apply/status/",
        "case": f"/apply/status/{case.pk}/",
        "calculator": "/apply/calculator/",
        "calculated": f"/apply/calculator/?{acts}&today=2026-11-26",
        "receipt": "/apply/receipt/",
        "mirror": "/zh-hant/apply/",
        "choose": live_site.url("/apply/?q=%E5%9F%8E%E5%B8%82", host="city.localhost"),
    }
    for name, path in paths.items():
        page.goto(path if path.startswith("http") else site(path))
        shot(page, name)
        found += faults(page, name, views=(*VIEWS, (375, "light"), (320, "light")))
    assert found == []


def visited(page: Page, site: Callable[[str], str], at: Staffed) -> Application:
    """A case in hand, with letters, opened in this browser."""
    from tests.applications.portal import letters, test_status

    page.goto(site("/apply/"))
    for label, words in (("您需要什么信息", WISH), ("姓名或者名称", "李明"), ("证件号码", IDENTITY)):
        page.get_by_label(label, exact=True).fill(words)
    page.get_by_label("联系电话", exact=True).fill("13800138000")
    page.get_by_role("button", name="下一步：核对").click()
    page.get_by_text("已自动完成验证").wait_for()
    page.get_by_role("button", name="提交申请").last.click()
    page.get_by_role("heading", name="申请已经提交").wait_for()
    case = Application.objects.select_related("applicant", "agency").get()
    letters.sent(at, case)
    return test_status.clarifying(at, case)
