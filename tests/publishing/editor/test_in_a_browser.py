"""A drafter's morning: write, insert, go offline and come back, mend what the checks found, hand in."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from tests import browser
from tests.browser import DESK_VIEWS, LiveSite, faults
from tests.factories import editions, people
from tests.factories.people import PASSWORD, Staffed
from tests.publishing.editor.conftest import png

from gongkai.catalog.editions import Edition
from gongkai.catalog.files import StoredFile

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page: Page, live_site: LiveSite, at: Staffed, then: str) -> None:
    page.goto(live_site.url(then))
    page.fill("input[name=username]", at.drafter.username)
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{then}")


def saved(page: Page) -> None:
    expect(page.locator("[data-saving]")).to_have_attribute("data-state", "saved")


def test_a_notice_is_written_from_nothing_to_review(page: Page, live_site: LiveSite, tmp_path: Path) -> None:
    at = people.staffed(is_city=True, host="localhost")
    picture = tmp_path / "范围.png"
    picture.write_bytes(png(60, 40))
    sign_in(page, live_site, at, "/desk/new/")
    page.get_by_role("link", name="通知公告").click()
    page.get_by_label("标题").fill("关于供热主管网检修的公告")
    page.get_by_role("button", name="建立草稿").click()

    paper = browser.paper(page)
    paper.click()
    page.keyboard.type("检修期间请")
    page.keyboard.press("Control+b")
    page.keyboard.type("提前做好准备")
    page.keyboard.press("Control+b")
    page.keyboard.type("，可拨打手机13800001234。")
    saved(page)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="表格").click()
    page.keyboard.type("时间")
    page.keyboard.press("Tab")
    page.keyboard.type("范围")
    page.keyboard.press("Control+End")
    page.get_by_role("button", name="图片").click()
    page.get_by_label("图片文件").set_input_files(picture)
    page.get_by_label("图片说明文字").fill("检修范围示意图，东至中心路")
    page.get_by_role("button", name="上传并插入").click()
    shown = paper.get_by_role("img", name="检修范围示意图")
    expect(shown).to_have_js_property("naturalWidth", 60)
    saved(page)

    page.reload()
    expect(paper.locator("strong")).to_have_text("提前做好准备")
    expect(paper.locator("table")).to_contain_text("范围")
    expect(paper.get_by_role("img", name="检修范围示意图")).to_be_visible()

    page.get_by_role("button", name="遮盖").click()
    expect(paper).to_contain_text("138****1234")
    page.get_by_label("成文日期").fill("2026-11-20")
    page.get_by_label("主题分类").select_option("城乡建设、环境保护")
    page.get_by_label("体裁").select_option("公告")
    page.get_by_label("内容概述").fill("告知检修的时间和范围。")
    expect(page.get_by_role("button", name="送审")).to_be_enabled()
    # Typed a moment ago, not saved yet: handing in takes it along.
    page.get_by_label("主题词").fill("供热 检修")
    page.get_by_role("button", name="送审").click()
    expect(page.get_by_text("已送审：《关于供热主管网检修的公告》")).to_be_visible()

    edition = Edition.objects.get()
    stored = StoredFile.objects.get()
    assert (edition.state, edition.keywords) == ("dept_review", "供热 检修")
    assert f'<img src="{stored.get_absolute_url()}" alt="检修范围示意图，东至中心路"' in edition.body
    assert "13800001234" not in edition.body


def test_what_is_wrong_stays_in_its_field_with_the_reason(page: Page, live_site: LiveSite) -> None:
    at = people.staffed(is_city=True, host="localhost")
    edition = editions.draft(at)
    sign_in(page, live_site, at, reverse("desk:edit", args=[edition.pk]))
    page.get_by_label("发文字号").fill("澜城管发六号")
    page.get_by_label("主题词").fill("供热")
    expect(page.get_by_text("有 1 栏没有保存，其他已保存")).to_be_visible()
    assert Edition.objects.get().keywords == "供热"
    page.reload()
    expect(page.get_by_label("发文字号")).to_have_value("澜城管发六号")
    page.get_by_label("发文字号").fill("澜城管发[2026]6号")
    saved(page)
    expect(page.locator(".field-error")).to_have_count(0)
    assert Edition.objects.get().document_number == "澜城管发〔2026〕6号"


def test_what_was_typed_offline_arrives_when_the_net_is_back(page: Page, live_site: LiveSite) -> None:
    at = people.staffed(is_city=True, host="localhost")
    edition = editions.draft(at)
    sign_in(page, live_site, at, reverse("desk:edit", args=[edition.pk]))
    page.context.set_offline(True)
    page.get_by_label("主题词").fill("断网时写的")
    expect(page.get_by_text("未保存，已留在本机")).to_be_visible()
    page.context.set_offline(False)
    saved(page)
    assert Edition.objects.get().keywords == "断网时写的"


def test_attachments_and_links_join_the_page_without_a_reload(page: Page, live_site: LiveSite, tmp_path: Path) -> None:
    at = people.staffed(is_city=True, host="localhost")
    policy = editions.released(at, title="关于供热价格的通知").document
    edition = editions.draft(at)
    sign_in(page, live_site, at, reverse("desk:edit", args=[edition.pk]))
    for name in ("甲.txt", "乙.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    page.get_by_label("添加附件").set_input_files([tmp_path / "甲.txt"])
    expect(page.locator(".attachments")).to_contain_text("甲.txt")
    page.get_by_label("添加附件").set_input_files([tmp_path / "乙.txt"])
    expect(page.locator(".attachments")).to_contain_text("乙.txt")
    page.get_by_role("button", name="上移 乙.txt").click()
    expect(page.locator(".attachments > li").first).to_contain_text("乙.txt")

    page.get_by_text("添加关联").click()
    page.get_by_label("本平台的文件").fill("供热价格")
    expect(page.get_by_role("radio", name="关于供热价格的通知")).to_be_checked()
    page.get_by_role("button", name="添加", exact=True).click()
    expect(page.locator(".linked")).to_contain_text("关于供热价格的通知")
    assert [link.target for link in edition.links.all()] == [policy]
    # Files and links moved the version on; the text is still saved without a conflict.
    page.get_by_label("主题词").fill("供热")
    saved(page)


def test_axe_finds_nothing_and_nothing_hangs_over(page: Page, live_site: LiveSite) -> None:
    at = people.staffed(is_city=True, host="localhost")
    edition = editions.draft(at, body="<p>可拨打手机13800001234。</p>", summary="")
    edit = reverse("desk:edit", args=[edition.pk])
    sign_in(page, live_site, at, edit)
    for path in (edit, "/desk/new/", "/desk/new/?type=notice"):
        page.goto(live_site.url(path))
        page.wait_for_load_state("networkidle")
        assert faults(page, path, views=DESK_VIEWS) == []
