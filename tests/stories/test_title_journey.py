"""From a Word file through graded review to a public page, corrected, withdrawn with notice: by hand in a browser."""

import re
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser import LiveSite
from tests.factories import editions, people
from tests.factories.people import Staffed
from tests.stories import submission
from tests.stories.colleagues import Colleague, Colleagues
from tests.texts.packages import everything

from gongkai.catalog.documents import Document
from gongkai.catalog.editions import Edition

pytestmark = [pytest.mark.long, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = submission.TITLE
REVIEWERS = ("dept_reviewer", "legal_reviewer", "office_reviewer", "secrecy_reviewer", "leader")


@pytest.fixture
def at(live_site: LiveSite) -> Staffed:
    """The portal, and the agency with everybody in place."""
    people.agency("澜川市人民政府", is_city=True)
    return people.staffed("澜川市城市管理委员会", host="csgw.localhost", document_prefix="澜城管发")


@pytest.fixture
def staff(at: Staffed, live_site: LiveSite, page_of: Callable[..., Page]) -> Colleagues:
    return Colleagues(at, live_site, page_of)


def test_a_word_file_becomes_a_public_page_is_corrected_and_withdrawn(
    at: Staffed, staff: Colleagues, live_site: LiveSite, page_of: Callable[..., Page], at_work: threading.Thread
) -> None:
    successor = editions.released(at, title="关于大件垃圾投放的新通告").document
    begin(staff("drafter"))
    fill_in(staff("drafter"))
    a_finding_stops_it_until_it_is_mended(staff("drafter"))
    one_return(staff)
    for role in REVIEWERS:
        staff(role).approve(TITLE)
    released_at_its_second(staff("disclosure_officer"))
    document = Document.objects.get(live__title=TITLE)
    reader = page_of(1280)
    the_public_reads(reader, live_site, document)
    nothing_hidden_came_along(reader)
    a_correction(staff, document)
    the_public_compares(reader, live_site, document)
    a_withdrawal(staff("disclosure_head"), document, successor)
    the_public_is_warned(reader, live_site, document)


def begin(drafter: Colleague) -> None:
    page = drafter.page
    drafter.open("/desk/documents/")
    page.get_by_role("link", name=re.compile("起草")).first.click()
    page.get_by_role("link", name="行政规范性文件", exact=True).click()
    page.get_by_label("处室").select_option(label="环境建设处")
    word = {"name": "送审稿.docx", "mimeType": "application/octet-stream", "buffer": submission.submission()}
    page.locator("input[type=file]").set_input_files(word)  # type: ignore[arg-type]
    page.get_by_role("button", name="建立草稿").click()
    drafter.told("标题取自")
    expect(page.locator("#title")).to_have_value(TITLE)
    attachment = word | {"buffer": submission.submission(names_somebody=False)}
    page.locator("#attach").set_input_files(attachment)  # type: ignore[arg-type]
    expect(page.locator(".attachment", has_text="送审稿.docx")).to_be_visible()


def fill_in(drafter: Colleague) -> None:
    draft = drafter.page.locator("#draft")
    draft.get_by_label("发文字号").fill("澜城管发〔2026〕 7号")
    today = timezone.localdate()
    drafter.fill_day("成文日期", today - timedelta(days=1))
    drafter.fill_day("施行日期", today)
    draft.get_by_label("主题分类").select_option(label="城乡建设、环境保护")
    draft.get_by_label("体裁").select_option(label="办法")
    draft.get_by_label("内容概述").fill("规定大件垃圾投放点的设置标准和清运时限，与居民和清运单位有关。")


def a_finding_stops_it_until_it_is_mended(drafter: Colleague) -> None:
    page = drafter.page
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("#live")).to_contain_text("出现公民身份号码")
    expect(page.get_by_text("没有保存成功的内容")).to_have_count(0)
    expect(page.locator("#acts").get_by_role("button", name="送审")).to_be_disabled()
    drafter.rewrite("身份证号", "第四条　投放点的设置标准见下表。")
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_role("button", name=re.compile("^送审")).click()
    drafter.told(f"已送审：《{TITLE}》")


def one_return(staff: Colleagues) -> None:
    reviewer, drafter = staff("dept_reviewer"), staff("drafter")
    reviewer.find(TITLE)
    box = reviewer.act("退回")
    box.get_by_label("起草").check()
    box.get_by_label("退回理由").fill("第三条请写明“人行道”")
    box.get_by_role("button", name="退回").click()
    reviewer.told(f"已退回：《{TITLE}》")
    drafter.open("/desk/?section=returned")
    drafter.told("第三条请写明“人行道”")
    drafter.page.get_by_role("link", name=TITLE, exact=True).click()
    drafter.page.get_by_role("link", name=re.compile("^编辑")).click()
    drafter.rewrite("第三条", "第三条　居民应当将大件垃圾投放到指定的投放点，不得占用道路和人行道。")
    drafter.page.get_by_role("button", name="保存", exact=True).click()
    drafter.page.get_by_role("button", name=re.compile("^送审")).click()
    drafter.told(f"已送审：《{TITLE}》")


def released_at_its_second(officer: Colleague) -> None:
    officer.find(TITLE)
    box = officer.act("定时发布")
    wanted = (datetime.now(timezone.get_current_timezone()) + timedelta(seconds=8)).replace(microsecond=0)
    officer.fill_moment(box, "发布时间", wanted)
    box.get_by_role("button", name="定时发布").click()
    officer.told(f"已定时发布：《{TITLE}》")
    edition = Edition.objects.get(title=TITLE)
    until_released(edition, wanted)
    assert edition.released_at is not None
    assert timedelta(0) <= edition.released_at - wanted <= timedelta(seconds=1)


def until_released(edition: Edition, wanted: datetime) -> None:
    """Wait for the worker, which is in no hurry before the time and prompt after it."""
    waiting = threading.Event()
    while edition.state != "released" and timezone.now() < wanted + timedelta(seconds=60):
        waiting.wait(0.1)
        edition.refresh_from_db()


def the_public_reads(reader: Page, site: LiveSite, document: Document) -> None:
    reader.goto(site.url(document.get_absolute_url(), host="csgw.localhost"))
    facts = reader.get_by_role("table", name="公文信息")
    for label, value in (
        ("索引号", document.index_number),
        ("发文字号", "澜城管发〔2026〕7号"),
        ("发文机关", "澜川市城市管理委员会"),
        ("主题分类", "城乡建设、环境保护"),
        ("体裁", "办法"),
    ):
        expect(facts.get_by_role("rowheader", name=label, exact=True)).to_be_visible()
        expect(facts.get_by_text(value, exact=True)).to_be_visible()
    for name, content in (
        ("ArticleTitle", TITLE),
        ("ContentSource", ""),
        ("PubDate", f"{timezone.localdate(document.listed_at):%Y}"),
    ):
        assert content in str(reader.locator(f'meta[name="{name}"]').get_attribute("content"))
    expect(reader.get_by_role("table").last).to_contain_text("三百户以下")
    picture = reader.locator("#text img")
    expect(picture).to_have_attribute("alt", re.compile("投放点示意图"))
    assert picture.evaluate("one => one.complete && one.naturalWidth") == 120
    reader.locator("nav.toc summary").click()
    expect(reader.locator("nav.toc a", has_text="第二章")).to_be_visible()
    article = reader.locator("#text p", has_text="第三条")
    anchor = article.get_attribute("id")
    reader.goto(site.url(f"{document.get_absolute_url()}#{anchor}", host="csgw.localhost"))
    expect(reader.locator(f"[id='{anchor}']")).to_contain_text("人行道")


def nothing_hidden_came_along(reader: Page) -> None:
    hidden = (submission.DELETED, submission.COMMENT, submission.HIDDEN, submission.IDENTITY, "周某某")
    with reader.expect_download() as download:
        reader.get_by_role("link", name=re.compile("送审稿.docx")).first.click()
    offered = download.value.path().read_bytes()
    assert BytesIO(offered).read(2) == b"PK"
    for where, text in (("page", reader.content()), ("download", everything(offered))):
        assert "第六条" in text, where
        assert [one for one in hidden if one in text] == [], where


def a_correction(staff: Colleagues, document: Document) -> None:
    drafter = staff("drafter")
    page = drafter.page
    drafter.open(f"/desk/documents/{document.pk}/")
    page.locator("details.begin summary").click()
    page.get_by_label(re.compile("更正")).check()
    page.get_by_label(re.compile("修改说明")).fill("第五条“两日”应为“三日”，系录入差错。")
    page.get_by_role("button", name="开始编辑新版本").click()
    expect(page.locator("#draft .ProseMirror")).to_contain_text("两日内")
    drafter.rewrite("第五条", "第五条　清运单位应当在三日内清运完毕。")
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_role("button", name=re.compile("^送审")).click()
    drafter.told(f"已送审：《{TITLE}》")
    # Everybody has been seen reviewing by hand; of the second round the last is enough.
    editions.passed_on(staff.at, Edition.objects.get(document=document, state="dept_review"), "leader_review")
    staff("leader").approve(TITLE)
    officer = staff("disclosure_officer")
    officer.find(TITLE)
    officer.act("立即发布").get_by_role("button", name="立即发布").click()
    officer.told(f"已立即发布：《{TITLE}》")


def the_public_compares(reader: Page, site: LiveSite, document: Document) -> None:
    reader.goto(site.url(document.get_absolute_url(), host="csgw.localhost"))
    expect(reader.locator("#text")).to_contain_text("三日内清运完毕")
    expect(reader.get_by_text(re.compile("更正：第五条“两日”应为“三日”")).first).to_be_visible()
    reader.get_by_role("link", name="版本对照").click()
    changed = reader.locator("td")
    expect(changed.locator("del")).to_have_text(["两"])
    expect(changed.locator("ins")).to_have_text(["三"])
    reader.goto(site.url(f"{document.get_absolute_url()}v1/", host="csgw.localhost"))
    expect(reader.get_by_text("这是首次发布的文本")).to_be_visible()
    expect(reader.locator("#text")).to_contain_text("两日内清运完毕")


def a_withdrawal(head: Colleague, document: Document, successor: Document) -> None:
    head.open(f"/desk/documents/{document.pk}/")
    box = head.act("标注失效或废止")
    box.get_by_label("废止", exact=True).check()
    box.get_by_label("自哪一日起").fill(timezone.localdate().isoformat())
    box.get_by_label("依据").fill("由新通告规定废止")
    box.get_by_label("取代它的文件").press_sequentially("新通告")
    box.get_by_label(re.compile("新通告")).last.check()
    box.get_by_role("button", name="标注失效或废止").click()
    head.told("已办理“标注失效或废止”")
    document.refresh_from_db()
    assert document.successor_id == successor.pk


def the_public_is_warned(reader: Page, site: LiveSite, document: Document) -> None:
    reader.goto(site.url(document.get_absolute_url(), host="csgw.localhost"))
    notice = reader.locator(".notice", has_text="本文件已废止")
    expect(notice).to_contain_text("由新通告规定废止")
    expect(reader.locator("#text")).to_contain_text("三日内清运完毕")
    notice.get_by_role("link", name=re.compile("新通告")).click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("关于大件垃圾投放的新通告")


def test_what_was_published_by_mistake_is_gone_with_a_trace_and_what_moved_leads_on(
    at: Staffed, staff: Colleagues, live_site: LiveSite, page: Page
) -> None:
    mistaken = editions.released(at, title="误发的内部通知").document
    moved = editions.released(at, title="迁走的公告").document
    target = editions.released(at, title="新地方的公告").document
    head = staff("disclosure_head")
    head.open(f"/desk/documents/{mistaken.pk}/")
    box = head.act("撤回（误发）")
    box.get_by_label("理由").fill("内部通知误发")
    box.get_by_role("button", name="撤回（误发）").click()
    head.told("已办理“撤回（误发）”")
    head.open(f"/desk/documents/{moved.pk}/")
    box = head.act("转至他处")
    box.get_by_label("新的网址").fill(target.get_absolute_url())
    box.get_by_role("button", name="转至他处").click()
    head.told("已办理“转至他处”")

    gone = page.goto(live_site.url(mistaken.get_absolute_url(), host="csgw.localhost"))
    assert gone is not None
    assert gone.status == 410
    expect(page.get_by_role("heading", name="这条信息已经撤回")).to_be_visible()
    assert "误发的内部通知" not in page.content()
    led = page.goto(live_site.url(moved.get_absolute_url(), host="csgw.localhost"))
    assert led is not None
    first = led.request.redirected_from
    assert first is not None
    assert first.response().status == 301  # type: ignore[union-attr]
    expect(page.get_by_role("heading", level=1)).to_have_text("新地方的公告")
