"""The form of the public in a browser: a lost connection, a reload, a second click; and without any script."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect
from tests.browser import LiveSite, until
from tests.factories import people
from tests.interfaces import form_page
from tests.interfaces.test_captcha import answer_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CONTENT = b"%PDF-1.7\n" + bytes(range(256)) * 3000


@pytest.fixture
def form(live_site: LiveSite, settings: Any) -> str:
    """Address of the form."""
    settings.ROOT_URLCONF = "tests.interfaces.form_page"
    people.staffed(host="apply.localhost")
    form_page.received.clear()
    return live_site.url("/form/", host="apply.localhost")


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "身份证明.pdf"
    path.write_bytes(CONTENT)
    return path


def test_what_was_typed_and_sent_survives_and_counts_once(page: Page, form: str, paper: Path) -> None:
    page.goto(form)
    page.get_by_label("姓名").fill("某申请人")
    page.get_by_label("所需信息").fill("2024年供热管网改造计划")
    page.locator("[name=number]").fill("110101199003077213")
    lost: list[str] = []

    def lose_the_first(route: Route) -> None:
        if route.request.method == "PATCH" and not lost:
            lost.append(route.request.url)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/uploads/**", lose_the_first)
    page.get_by_label("身份证明").set_input_files(paper)
    row = page.locator(".upload")
    expect(row).to_contain_text("网络不通")
    expect(row).to_contain_text("已上传")
    page.reload()
    expect(page.get_by_text("已恢复您")).to_be_visible()
    expect(page.get_by_label("所需信息")).to_have_value("2024年供热管网改造计划")
    expect(page.locator("[name=number]")).to_have_value("")
    expect(page.locator(".upload")).to_contain_text("已上传")
    expect(page.get_by_text("已自动完成验证")).to_be_visible()
    expect(page.get_by_label("验证问题")).to_be_hidden()
    page.get_by_role("button", name="提交申请").dblclick()
    expect(page.get_by_role("heading", name="已收到")).to_be_visible()
    assert form_page.received == [
        {"name": "某申请人", "wanted": "2024年供热管网改造计划", "number": "", "files": {"身份证明.pdf": CONTENT}}
    ]
    until(page, "!localStorage.getItem('gongkai.form:tests')")  # the receipt ends the draft
    page.goto(form)
    expect(page.get_by_label("姓名")).to_have_value("")


def test_a_draft_is_cleared_when_asked_and_numbers_are_kept_when_allowed(page: Page, form: str) -> None:
    page.goto(form)
    page.get_by_label("也在这台设备上暂存").check()
    page.locator("[name=number]").fill("110101199003077213")
    page.reload()
    expect(page.locator("[name=number]")).to_have_value("110101199003077213")
    page.get_by_role("button", name="清除").click()
    expect(page.locator("[name=number]")).to_have_value("")
    page.reload()
    expect(page.locator("[name=number]")).to_have_value("")
    expect(page.get_by_text("已恢复您")).to_have_count(0)


def test_a_refused_file_says_why_and_the_form_waits_for_the_others(page: Page, form: str, tmp_path: Path) -> None:
    wrong = tmp_path / "照片.jpg"
    wrong.write_bytes(CONTENT)
    page.goto(form)
    page.get_by_label("身份证明").set_input_files(wrong)
    expect(page.locator(".upload--failed")).to_contain_text("扩展名")
    page.get_by_role("button", name="知道了").click()
    expect(page.locator(".upload")).to_have_count(0)


def test_without_a_script_everything_is_there(page_of: Callable[..., Page], form: str, paper: Path) -> None:
    page = page_of(375, java_script_enabled=False)
    page.goto(form)
    page.get_by_label("身份证明").set_input_files(paper)
    page.get_by_role("button", name="提交申请").click()
    expect(page.get_by_text("有 3 处需要改正")).to_be_visible()
    expect(page.get_by_label("身份证明.pdf")).to_be_checked()  # it arrived, and is not asked for again
    page.get_by_label("姓名").fill("某申请人")
    page.get_by_label("所需信息").fill("供热管网改造计划")
    page.get_by_label("验证问题").fill(answer_to(page.locator(".captcha-question").inner_text()))
    page.get_by_role("button", name="提交申请").click()
    expect(page.get_by_role("heading", name="已收到")).to_be_visible()
    assert form_page.received[0]["files"] == {"身份证明.pdf": CONTENT}
