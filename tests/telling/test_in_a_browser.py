"""The pages at two widths: nothing hangs over, axe-core finds nothing, and the bell is there on a phone too."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page
from tests.browser import DESK_VIEWS, LiveSite, faults
from tests.factories.people import Staffed
from tests.telling.people import prefers

from gongkai.agencies.officers import Officer
from gongkai.ledger.entries import Entry
from gongkai.telling import sending
from gongkai.telling.arrangements import Way
from gongkai.telling.messages import Envelope, EnvelopeState

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = (
    "/desk/messages/",
    "/desk/messages/preference/",
    "/desk/messages/log/",
    "/desk/messages/arrangement/",
    "/desk/messages/wordings/",
    "/desk/messages/wordings/telling.several/",
)


@pytest.fixture
def there(at: Staffed, happens: Callable[..., Entry], citizen: uuid.UUID) -> Officer:
    """An officer with messages, some of whose agency's mail did not arrive."""
    head = at.disclosure_head
    prefers(head, Way.AT_ONCE)
    for number in range(3):
        happens("tests.assigned", subject=f"2026-{number}", officers=[head.pk])
    happens("tests.urged", officers=[head.pk])
    happens("tests.answered", whom=str(citizen), channels=["mail"])
    sending.send_due(timezone.now() + timedelta(minutes=5))
    came_back: dict[str, Any] = {"state": EnvelopeState.BOUNCED, "last_error": "收件人地址不存在或有误（5.1.1）"}
    Envelope.objects.filter(officer=None).update(**came_back)
    return head


def test_every_page_is_accessible_and_fits(
    page: Page,
    live_site: LiveSite,
    there: Officer,
    desk: Callable[[Officer], Client],
) -> None:
    cookie = {"name": "sessionid", "value": desk(there).cookies["sessionid"].value, "url": live_site.url()}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    found: list[str] = []
    for path in PAGES:
        page.goto(live_site.url(path))
        for view in DESK_VIEWS:
            found += faults(page, path, views=[view])
            bells = page.locator(".rail-bell:visible").all_text_contents()
            assert ["".join(one.split()) for one in bells] == ["消息未读4"]
    assert found == []
    page.goto(live_site.url("/desk/messages/"))
    page.get_by_role("button", name="全部标为已读").click()
    assert page.get_by_text("已将4条消息标为已读。").is_visible()
    assert page.locator(".rail-bell:visible").inner_text().strip() == "消息"
