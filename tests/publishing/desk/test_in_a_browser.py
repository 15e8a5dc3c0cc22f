"""A reviewer's hour, with the hands on the keyboard."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser import LiveSite
from tests.factories import editions, people
from tests.factories.people import PASSWORD

from gongkai.catalog.editions import Edition

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def shown(page: Page, title: str) -> None:
    """The page with that title is there, and so are its scripts: keys count from then on."""
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
    page.wait_for_load_state()


def test_a_reviewer_works_through_the_list_with_the_keyboard(page: Page, live_site: LiveSite) -> None:
    at = people.staffed(is_city=True, host="localhost")
    day = timezone.localdate()
    first = editions.submitted(at, title="关于供热检修的公告", date_of_issue=day - timedelta(days=20))
    body = f"{editions.BODY}<p>供热单位应当接收监督。</p>"
    second = editions.submitted(at, title="关于环卫作业的公告", body=body, date_of_issue=day - timedelta(days=5))
    page.goto(live_site.url("/desk/"))
    page.fill("input[name=username]", at.dept_reviewer.username)
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")

    shown(page, "今天要办")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    shown(page, "关于供热检修的公告")

    page.keyboard.press("a")
    expect(page.get_by_text("请确认政治关、政策关、内容关。")).to_be_visible()
    page.wait_for_load_state()
    page.get_by_label("审核意见").fill("数据已核对")
    for gate in ("政治关", "政策关", "内容关"):
        page.get_by_label(re.compile(gate)).first.check()
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("a")

    shown(page, "关于环卫作业的公告")
    expect(page.get_by_text("已通过：《关于供热检修的公告》")).to_be_visible()
    page.get_by_role("button", name="定位").first.click()
    expect(page.locator("mark.here")).to_contain_text("接收")

    page.keyboard.press("r")
    page.get_by_label("起草").check()
    page.get_by_label("退回理由").fill("“接收监督”应为“接受监督”")
    page.get_by_role("button", name="退回").last.click()
    expect(page.get_by_text("已退回：《关于环卫作业的公告》")).to_be_visible()

    states = dict(Edition.objects.values_list("pk", "state"))
    assert (states[first.pk], states[second.pk]) == ("office_review", "drafting")


def test_the_head_picks_the_successor_while_typing(page: Page, live_site: LiveSite) -> None:
    at = people.staffed(is_city=True, host="localhost")
    old = editions.released(at, title="关于旧标志的通告").document
    new = editions.released(at, title="关于新标志的通告").document
    page.goto(live_site.url(f"/desk/documents/{old.pk}/"))
    page.fill("input[name=username]", at.disclosure_head.username)
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")

    page.get_by_text("标注失效或废止").first.click()
    page.get_by_label("废止", exact=True).check()
    page.get_by_label(re.compile("自哪一日起")).fill(timezone.localdate().isoformat())
    page.get_by_label(re.compile("依据")).fill("由新通告取代")
    page.get_by_label(re.compile("取代它的文件")).press_sequentially("新标志")
    page.get_by_label(re.compile("关于新标志的通告")).check()
    page.get_by_role("button", name="标注失效或废止").click()
    expect(page.get_by_text("已办理“标注失效或废止”")).to_be_visible()
    old.refresh_from_db()
    assert old.successor == new
