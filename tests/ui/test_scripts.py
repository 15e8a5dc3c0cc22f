"""The desk's scripts, as an officer meets them: keys, saving, uploads, marks in the text."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.ui.gallery import pages

pytestmark = pytest.mark.browser


def test_j_and_k_move_in_the_queue_and_enter_opens(watched: Page, gallery: str) -> None:
    watched.goto(f"{gallery}/review")
    items = watched.locator("[data-row]")
    watched.keyboard.press("j")
    expect(items.nth(1)).to_be_focused()
    watched.keyboard.press("j")
    watched.keyboard.press("k")
    expect(items.nth(1)).to_be_focused()
    watched.keyboard.press("Enter")
    watched.wait_for_url("**#2")


def test_slash_goes_to_the_filter_and_letters_are_letters_there(watched: Page, gallery: str) -> None:
    watched.goto(f"{gallery}/review")
    watched.keyboard.press("/")
    field = watched.get_by_role("searchbox", name="筛选待我审核")
    expect(field).to_be_focused()
    watched.keyboard.type("rjk?")
    assert field.input_value() == "rjk?"
    assert watched.locator("#keys").is_hidden()


def test_a_letter_presses_its_button_and_a_disabled_one_stays(watched: Page, gallery: str) -> None:
    watched.goto(f"{gallery}/review")
    watched.keyboard.press("r")
    expect(watched.get_by_label("退回原因")).to_be_focused()
    watched.keyboard.press("Escape")
    expect(watched.get_by_label("退回原因")).to_be_hidden()
    watched.evaluate("document.addEventListener('click', e => { window.pressed = e.target.textContent.trim(); })")
    watched.keyboard.press("a")
    assert watched.evaluate("window.pressed") is None
    watched.keyboard.press("p")
    assert "预览" in watched.evaluate("window.pressed")
    watched.evaluate("window.pressed = null")
    watched.keyboard.press("Control+p")
    assert watched.evaluate("window.pressed") is None


def test_the_sheet_lists_what_the_page_offers(watched: Page, gallery: str) -> None:
    watched.goto(f"{gallery}/review")
    watched.keyboard.press("?")
    sheet = watched.get_by_role("region", name="键盘操作")
    for words in ("预览", "对照上一版", "退回", "下一条", "筛选", "今天要办"):
        expect(sheet.get_by_text(words, exact=True)).to_be_visible()
    expect(sheet.get_by_text("通过复审")).to_have_count(0)
    watched.keyboard.press("Escape")
    expect(sheet).to_be_hidden()


def test_g_and_a_letter_go_to_a_place(watched: Page, gallery: str) -> None:
    watched.goto(f"{gallery}/table")
    watched.evaluate("document.querySelector('[data-go=t]').setAttribute('href', '#today')")
    watched.keyboard.press("g")
    watched.keyboard.press("t")
    watched.wait_for_url("**#today")


def test_a_form_saves_itself_and_says_when(watched: Page, gallery: str) -> None:
    watched.goto(f"{gallery}/form")
    watched.get_by_label("标题").fill("关于供热的通知")
    expect(watched.locator("[data-saving]")).to_have_text("已保存 09:41")
    assert pages.received[-1]["title"] == "关于供热的通知"
    assert watched.evaluate("Object.keys(localStorage).filter(k => k.startsWith('gongkai.draft'))") == []


def test_what_the_server_did_not_take_is_offered_again(watched: Page, gallery: str) -> None:
    pages.answer["status"] = 503
    watched.goto(f"{gallery}/form")
    watched.get_by_label("标题").fill("没有存上的标题")
    watched.get_by_label("依申请公开").check()
    saving = watched.locator("[data-saving]")
    expect(saving).to_contain_text("未保存，已留在本机")
    watched.on("dialog", lambda dialog: dialog.accept())
    watched.goto(f"{gallery}/form")
    pages.answer["status"] = 200
    assert watched.get_by_label("标题").input_value() == ""
    watched.get_by_role("button", name="恢复这些内容").click()
    assert watched.get_by_label("标题").input_value() == "没有存上的标题"
    assert watched.get_by_label("依申请公开").is_checked()
    expect(saving).to_have_text("已保存 09:41")
    assert pages.received[-1]["title"] == "没有存上的标题"


def test_a_refusal_is_said_in_the_servers_words_and_not_repeated(watched: Page, gallery: str) -> None:
    pages.answer["status"] = 409
    watched.goto(f"{gallery}/form")
    watched.get_by_label("标题").fill("两人同改")
    saving = watched.locator("[data-saving]")
    expect(saving).to_contain_text("未保存：沈若溪 刚刚改过这份文件")
    assert len(pages.received) == 1
    pages.answer["status"] = 200
    saving.get_by_role("button", name="重试").click()
    expect(saving).to_have_text("已保存 09:41")


def test_leaving_with_unsaved_words_asks_first(watched: Page, gallery: str) -> None:
    pages.answer["status"] = 503
    asked: list[str] = []
    watched.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    watched.goto(f"{gallery}/form")
    watched.get_by_label("标题").press_sequentially("半句")
    expect(watched.locator("[data-saving]")).to_contain_text("未保存")
    watched.goto(f"{gallery}/table")
    assert asked == ["beforeunload"]


def test_a_file_is_sent_at_once_and_a_refusal_says_why(watched: Page, gallery: str, tmp_path: Path) -> None:
    good, bad = tmp_path / "标准.pdf", tmp_path / "setup.exe"
    good.write_bytes(b"%PDF-1.7" + b"0" * 3000)
    bad.write_bytes(b"MZ")
    watched.goto(f"{gallery}/form")
    watched.get_by_label("附件").set_input_files([good, bad])
    rows = watched.locator(".upload")
    expect(rows.filter(has_text="标准.pdf")).to_contain_text("已上传")
    expect(rows.filter(has_text="setup.exe")).to_contain_text("不能上传程序文件")
    expect(rows.filter(has_text="setup.exe").get_by_role("button", name="重传")).to_be_visible()
    assert {entry["name"] for entry in pages.received} == {"标准.pdf", "setup.exe"}


def test_a_check_shows_its_place_even_across_bold_words(watched: Page, gallery: str) -> None:
    watched.goto(f"{gallery}/review")
    assert "".join(watched.locator("mark.bad").all_inner_texts()) == "13800000000"
    watched.locator(".check--warn").get_by_role("button", name="定位").click()
    expect(watched.locator("mark.here")).to_have_text("接收")
    expect(watched.locator(".check--warn")).to_have_attribute("aria-current", "true")


def test_a_quote_is_found_where_its_surroundings_fit(watched: Page, gallery: str) -> None:
    watched.goto(f"{gallery}/review")
    at = watched.evaluate(
        "async () => { const m = await import('/static/ui/marks.js');"
        " return [m.locate('甲方接收，乙方接收监督', '接收', '乙方', '监督'), m.locate('甲乙', '丙'),"
        " m.locate('一二三', '二'), m.locate('一二', '')]; }"
    )
    assert at == [7, -1, 1, -1]
