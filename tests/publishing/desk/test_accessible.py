"""Every page of the desk, at two widths, without what axe-core calls a fault, and without anything hanging over."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page
from tests.browser import DESK_VIEWS, LiveSite, faults
from tests.factories import editions, people, tokens
from tests.factories.people import Staffed

from gongkai.agencies.officers import Officer
from gongkai.publishing.parcels import Delivery

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _pages(at: Staffed) -> list[tuple[str, str]]:
    waiting = editions.at_step(at, "office_review")
    draft = editions.draft(at, title="有问题的草稿", body=f"{editions.BODY}<p>联系人手机13800138000。</p>")
    first = editions.released(at, title="已经发布的公告")
    second = editions.next_edition(at, first.document)
    editions.scheduled(at, timezone.now() + timedelta(days=1))
    Delivery.objects.create(
        outlet="exchange",
        entry_id=1,
        agency=at.agency,
        document=first.document,
        act="publish",
        state="dead",
        next_try=timezone.now(),
    )
    return [
        ("office_reviewer", reverse("desk:tasks")),
        ("office_reviewer", reverse("desk:edition", args=[waiting.pk])),
        ("drafter", reverse("desk:edition", args=[draft.pk])),
        ("disclosure_head", reverse("desk:documents")),
        ("disclosure_head", reverse("desk:document", args=[first.document_id])),
        ("disclosure_head", reverse("desk:diff", args=[second.pk])),
        ("disclosure_head", f"{reverse('desk:procedures')}?edition={waiting.pk}"),
        ("admin", reverse("staff:tokens")),
        ("admin", reverse("staff:token", args=[tokens.issued(at, callback_url="https://oa.example.cn/back")[0].pk])),
        ("admin", reverse("desk:deliveries")),
        ("admin", reverse("desk:words")),
        ("admin", reverse("desk:chains")),
        ("admin", reverse("desk:outlets")),
    ]


def test_every_page_is_accessible_and_fits(page: Page, live_site: LiveSite, desk: Callable[[Officer], Client]) -> None:
    at = people.staffed(is_city=True, host="localhost")
    found: list[str] = []
    for role, url in _pages(at):
        session = desk(at.officers[role]).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_site.url()}])
        page.goto(live_site.url(url))
        found += faults(page, url, views=DESK_VIEWS)
    assert not found, "\n".join(found)
