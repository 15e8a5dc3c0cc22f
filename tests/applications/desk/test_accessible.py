"""The pages of the applications' desk at two widths, without what axe-core calls a fault, and nothing hanging over."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page
from tests.browser import DESK_VIEWS, LiveSite, faults
from tests.factories import cases, people
from tests.factories.people import Staffed

from gongkai.agencies.officers import Officer
from gongkai.applications.actions import letters
from gongkai.applications.dispatch import Method
from gongkai.ledger import moment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _pages(at: Staffed) -> list[tuple[str, str, str]]:
    """Role, address, and what must stand on the page when it is looked at."""
    case = cases.decided(at, arrived=cases.days_ago(12))
    cases.assigned(at, case, "accepted")
    cases.consultation(at, case)
    cases.extension(at, case)
    cases.unconfirmed(at)
    item = case.items.get()
    url = case.get_absolute_url()
    draft = letters.write(case, "third-party", by=at.disclosure_officer, consultation=case.consultations.get())
    frozen = cases.frozen_reply(at, cases.again(case))
    letters.send(frozen, method=Method.MAIL, sent_on=moment.today(), by=at.disclosure_officer)
    return [
        ("disclosure_officer", f"{reverse('applications:list')}?section=open", "全部在办"),
        ("disclosure_officer", f"{url}?decide={item.pk}#item-{item.pk}", "要件齐全"),
        ("handler", url, "反馈承办意见"),
        ("disclosure_officer", reverse("applications:register"), "怎样收到"),
        ("disclosure_head", reverse("applications:supervised"), "各机关"),
        ("disclosure_officer", reverse("applications:dossier", args=[case.pk]), "卷内目录"),
        ("disclosure_officer", reverse("applications:letter", args=[case.pk, draft.pk]), "还缺"),
        ("disclosure_officer", reverse("applications:letter", args=[case.pk, frozen.pk]), "登记退回"),
    ]


def test_every_page_is_accessible_and_fits(
    page_of: Callable[..., Page], live_site: LiveSite, desk: Callable[[Officer], Client]
) -> None:
    at = people.staffed(is_city=True, host="localhost", is_supervising=True)
    found: list[str] = []
    for role, url, said in _pages(at):
        page = page_of(1280)
        session = desk(at.officers[role]).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_site.url()}])
        page.goto(live_site.url(url))
        assert said in page.inner_text("main")
        found += faults(page, url, views=DESK_VIEWS)
        page.context.close()
    assert not found, "\n".join(found)


def test_a_decision_follows_the_outcome_as_it_is_chosen(
    page_of: Callable[..., Page], live_site: LiveSite, desk: Callable[[Officer], Client]
) -> None:
    at = people.staffed(is_city=True, host="localhost")
    case = cases.handling_(at)
    item = case.items.get()
    page = page_of(1280)
    session = desk(at.disclosure_officer).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_site.url()}])
    page.goto(live_site.url(case.get_absolute_url()))
    page.keyboard.press("w")
    page.get_by_label("处理决定").select_option("refused")
    page.get_by_label("三类内部事务信息").check()
    page.get_by_text("请填写理由").wait_for()
    page.get_by_label("事实和理由").fill("属于人事管理方面的信息。")
    page.get_by_text("要件齐全").wait_for()
    page.get_by_role("button", name="保存所拟决定").click()
    page.get_by_text("已拟定处理决定，要件齐全").wait_for()
    item.refresh_from_db()
    assert (item.outcome, item.grounds) == ("refused", ["internal-affairs"])
