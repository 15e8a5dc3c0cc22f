"""The rich-text editor as an officer uses it: what is done on the paper arrives in the textarea, nothing else does."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect
from tests.browser import paper
from tests.ui.gallery import pages, samples

from gongkai.texts import richtext

pytestmark = pytest.mark.browser


def _open(page: Page, gallery: str, body: str | None = None) -> None:
    page.goto(f"{gallery}/editor" + ("" if body is None else "?empty=1"))
    expect(paper(page)).to_be_visible()
    if body is not None:
        page.evaluate(
            "body => { const t = document.querySelector('[name=body]'); t.value = body;"
            " t.dispatchEvent(new CustomEvent('gongkai:set')); }",
            body,
        )


def _value(page: Page) -> str:
    return page.evaluate("document.querySelector('textarea[name=body]').value")


def _html(page: Page) -> str:
    return page.evaluate("document.querySelector('textarea[name=body]').editor.getHTML()")


def _paste(page: Page, html: str) -> None:
    paper(page).evaluate(
        "(paper, html) => { const data = new DataTransfer(); data.setData('text/html', html);"
        " paper.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})); }",
        html,
    )


def test_what_is_typed_and_made_bold_is_in_the_textarea(watched: Page, gallery: str) -> None:
    _open(watched, gallery, "")
    paper(watched).click()
    watched.keyboard.type("关于做好")
    watched.get_by_role("button", name="加粗").click()
    watched.keyboard.type("供热服务")
    watched.get_by_role("button", name="加粗").click()
    watched.keyboard.type("的通知")
    assert _value(watched) == "<p>关于做好<strong>供热服务</strong>的通知</p>"
    watched.get_by_role("button", name="居中").click()
    assert _value(watched) == '<p class="align-center">关于做好<strong>供热服务</strong>的通知</p>'
    watched.get_by_label("段落样式").select_option("一级标题")
    assert _value(watched).startswith('<h2 class="align-center">')
    heading = _value(watched)
    watched.get_by_role("button", name="撤销").click()
    assert _value(watched) != heading
    watched.get_by_role("button", name="重做").click()
    assert _value(watched) == heading


def test_a_table_with_a_head_a_title_and_one_row_more(watched: Page, gallery: str) -> None:
    _open(watched, gallery, "")
    paper(watched).click()
    watched.get_by_role("button", name="表格", exact=True).click()
    watched.keyboard.type("名称")
    watched.keyboard.press("Tab")
    watched.keyboard.type("数量")
    watched.get_by_role("button", name="下方加行").click()
    watched.get_by_role("button", name="表题").click()
    watched.get_by_role("textbox", name="表题").fill("表1　设施")
    watched.keyboard.press("Enter")
    body = richtext.clean(_value(watched))
    assert body.count("<tr>") == 4
    assert body.count("<thead>") == 1
    assert "<th>名称</th><th>数量</th>" in body
    assert "<caption>表1　设施</caption>" in body


def test_a_picture_needs_words_and_comes_with_its_caption(watched: Page, gallery: str, tmp_path: Path) -> None:
    picture = tmp_path / "布置图.png"
    picture.write_bytes(samples.png())
    _open(watched, gallery, "")
    paper(watched).click()
    watched.get_by_role("button", name="图片", exact=True).click()
    watched.get_by_label("图片文件").set_input_files(picture)
    watched.get_by_role("button", name="上传并插入").click()
    expect(watched.get_by_role("alert")).to_have_text("请填写图片说明文字。")
    assert pages.received == []
    watched.get_by_label("图片说明文字").fill("四个容器沿墙排列")
    watched.get_by_label("图题（可不填）").fill("图1　投放点")
    watched.get_by_role("button", name="上传并插入").click()
    expect(watched.locator(".editor-body figure img")).to_be_visible()
    assert pages.received[-1] == {"name": "布置图.png", "size": picture.stat().st_size, "alt": "四个容器沿墙排列"}
    assert (
        '<figure><img src="/files/picture.png" alt="四个容器沿墙排列"><figcaption>图1　投放点</figcaption></figure>'
        in richtext.clean(_value(watched))
    )


def test_a_refused_picture_says_why_and_leaves_the_text_alone(watched: Page, gallery: str, tmp_path: Path) -> None:
    program = tmp_path / "picture.exe"
    program.write_bytes(b"MZ")
    page = watched
    _open(page, gallery, "<p>原文</p>")
    page.get_by_role("button", name="图片", exact=True).click()
    page.get_by_label("图片文件").set_input_files(program)
    page.get_by_label("图片说明文字").fill("说明")
    page.get_by_role("button", name="上传并插入").click()
    expect(page.get_by_role("alert")).to_contain_text("不能上传程序文件")
    assert "<img" not in _html(page)


def test_opening_a_document_and_typing_changes_nothing_else(watched: Page, gallery: str) -> None:
    _open(watched, gallery)
    paper(watched).click()
    watched.evaluate("document.querySelector('[name=body]').editor.commands.focus('end')")
    watched.evaluate("document.querySelector('[name=body]').editor.commands.insertContent('印')")
    changed = samples.BODY.replace("2024年5月13日</p>", "2024年5月13日印</p>")
    assert richtext.clean(_value(watched)) == richtext.clean(changed)


def test_splitting_a_provision_keeps_its_address_once(watched: Page, gallery: str) -> None:
    _open(watched, gallery, '<p id="a1">第一条　前半后半</p>')
    paper(watched).click()
    watched.evaluate("document.querySelector('[name=body]').editor.commands.setTextSelection(7)")
    watched.keyboard.press("Enter")
    assert _value(watched) == '<p id="a1">第一条　前半</p><p>后半</p>'
    watched.evaluate("document.querySelector('[name=body]').editor.commands.setTextSelection(1)")
    watched.keyboard.press("Enter")
    assert _value(watched) == '<p></p><p id="a1">第一条　前半</p><p>后半</p>'


def test_what_word_puts_on_the_clipboard_becomes_plain(watched: Page, gallery: str) -> None:
    _open(watched, gallery, "")
    _paste(
        watched,
        """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
        <style>p.MsoNormal{color:red}</style></head><body>
        <h1 align="center">通知</h1>
        <p class="MsoNormal" style="text-align:right;font-family:仿宋">2024年5月13日<o:p></o:p></p>
        <p class="MsoListParagraph"><![if !supportLists]>
        <span style="mso-list:Ignore">一、<span>&nbsp;&nbsp;</span></span><![endif]>提高认识</p>
        <p><span style="display:none">内部批注</span>正文<img src="file:///C:/a.png"></p>
        <table><tr><td style="border:solid">甲</td><td>乙</td></tr></table></body></html>""",
    )
    body = richtext.clean(_value(watched))
    assert '<h2 class="align-center">通知</h2>' in body
    assert '<p class="align-right">2024年5月13日</p>' in body
    assert "<p>一、提高认识</p>" in body
    assert "内部批注" not in body
    assert "<td>甲</td><td>乙</td>" in body
    expect(watched.get_by_role("status").filter(has_text="有 1 张图片没有随文字粘贴过来")).to_be_visible()


def test_a_link_is_set_checked_and_taken_away(watched: Page, gallery: str) -> None:
    _open(watched, gallery, "<p>指南</p>")
    paper(watched).click()
    watched.keyboard.press("Control+a")
    watched.keyboard.press("Control+k")
    address = watched.get_by_label("链接地址")
    address.fill("javascript:alert(1)")
    address.press("Enter")
    expect(watched.get_by_role("alert")).to_contain_text("网址要以")
    address.fill("/guide")
    address.press("Enter")
    assert 'href="/guide"' in _value(watched)
    watched.get_by_role("button", name="链接", exact=True).click()
    watched.get_by_label("链接地址").fill("")
    watched.keyboard.press("Enter")
    assert _value(watched) == "<p>指南</p>"


def test_an_emptied_paper_is_an_empty_value(watched: Page, gallery: str) -> None:
    _open(watched, gallery, "<p>一行</p>")
    paper(watched).click()
    watched.keyboard.press("Control+a")
    watched.keyboard.press("Delete")
    assert _value(watched) == ""


def test_who_types_before_the_script_is_here_goes_on_typing(watched: Page, gallery: str) -> None:
    held: list[Route] = []
    watched.route("**/ui/editor.js", lambda route: held.append(route))
    watched.goto(f"{gallery}/editor?empty=1", wait_until="commit")
    watched.get_by_role("textbox", name="正文").click()
    watched.keyboard.type("关于")
    held[0].continue_()
    expect(paper(watched)).to_be_focused()
    watched.keyboard.type("做好")
    assert _value(watched) == "<p>关于做好</p>"


def test_the_toolbar_is_one_stop_and_arrows_move_in_it(watched: Page, gallery: str) -> None:
    _open(watched, gallery)
    watched.get_by_label("段落样式").focus()
    stops = watched.evaluate("document.querySelectorAll('.editor-row:not([hidden]) [tabindex=\"0\"]').length")
    assert stops == 1
    watched.get_by_role("button", name="加粗").focus()
    watched.keyboard.press("ArrowRight")
    expect(watched.get_by_role("button", name="斜体")).to_be_focused()


def test_without_a_script_the_textarea_is_the_editor(page_of: object, gallery: str) -> None:
    page: Page = page_of(1280, java_script_enabled=False)  # type: ignore[operator]
    page.goto(f"{gallery}/editor")
    area = page.get_by_label("正文", exact=True)
    area.fill("<p>手写</p>")
    assert area.input_value() == "<p>手写</p>"
