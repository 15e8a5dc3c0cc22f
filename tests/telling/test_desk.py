"""The bell, one's own wishes, what the agency sent and how it tells: on the desk, for whom it concerns."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.factories import people
from tests.factories.people import Staffed
from tests.telling.people import prefers

from gongkai.agencies.officers import Officer
from gongkai.ledger import timeline
from gongkai.ledger.entries import Entry
from gongkai.telling import sending
from gongkai.telling.arrangements import Arrangement, Preference, Way, Wording
from gongkai.telling.messages import Envelope, EnvelopeState, Message

pytestmark = pytest.mark.django_db
Desk = Callable[[Officer], Client]
Happens = Callable[..., Entry]


def test_the_bell_counts_on_every_page_and_leads_there(at: Staffed, happens: Happens, desk: Desk) -> None:
    client = desk(at.leader)
    assert "rail-count--soon" not in client.get("/desk/me/").content.decode()
    for number in (1, 2):
        happens("tests.assigned", subject=f"2026-{number}", officers=[at.leader.pk])
    page = client.get("/desk/me/").content.decode()
    assert '<span class="sr-only">未读</span>2</span>' in page
    listed = client.get("/desk/messages/").content.decode()
    assert listed.index("请办理：2026-2") < listed.index("请办理：2026-1")
    one = Message.objects.filter(officer=at.leader).order_by("id")[0]
    went = client.post(f"/desk/messages/{one.pk}/open/")
    assert went["Location"] == "/desk/c/2026-1/"
    unread = client.get("/desk/messages/?show=unread").content.decode()
    assert "请办理：2026-1<" not in unread
    assert "请办理：2026-2<" in unread


def test_marking_all_leaves_what_came_after_the_page(at: Staffed, happens: Happens, desk: Desk) -> None:
    happens("tests.assigned", officers=[at.leader.pk])
    client = desk(at.leader)
    up_to = client.get("/desk/messages/").context["up_to"]
    happens("tests.assigned", subject="2026-18", officers=[at.leader.pk])
    client.post("/desk/messages/read/", {"up_to": up_to})
    assert client.get("/desk/messages/?show=unread").context["unread"] == 1


def test_the_bell_is_ones_own(at: Staffed, happens: Happens, desk: Desk) -> None:
    happens("tests.assigned", officers=[at.leader.pk])
    one = Message.objects.get(officer=at.leader)
    stranger = desk(at.admin)
    assert "请办理" not in stranger.get("/desk/messages/").content.decode()
    assert stranger.post(f"/desk/messages/{one.pk}/open/").status_code == 404
    stranger.post("/desk/messages/read/", {"up_to": one.pk})
    one.refresh_from_db()
    assert one.read_at is None


def test_the_list_pages_by_key_and_costs_the_same(at: Staffed, happens: Happens, desk: Desk) -> None:
    client, counts = desk(at.leader), []
    for number in (1, 119):
        for case in range(number):
            happens("tests.assigned", subject=f"{number}-{case}", officers=[at.leader.pk])
        with CaptureQueriesContext(connection) as asked:
            page = client.get("/desk/messages/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert sum("telling_message" in one["sql"] for one in asked) == 2, "the list and the number of unread ones"
    seen = []
    while True:
        seen += [one.pk for one in page.context["rows"]]
        if not page.context["further"]:
            break
        page = client.get("/desk/messages/" + page.context["further"])
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == len(set(seen)) == 120
    assert client.get("/desk/messages/?before=99999999999999999999").status_code == 200


def test_how_one_wants_to_be_told(at: Staffed, desk: Desk) -> None:
    client = desk(at.leader)
    url = "/desk/messages/preference/"
    wrong = client.post(url, {"way": "at_once", "mail": "not-one", "phone": "123", "sms_urgent": "on"})
    assert set(wrong.context["form"].errors) == {"mail", "phone"}
    assert 'value="not-one"' in wrong.content.decode()
    good = {"way": "at_once", "mail": "leader@example.gov.cn", "phone": "138 0000 2345", "sms_urgent": "on"}
    assert client.post(url, good).status_code == 302
    assert Preference.objects.get(officer=at.leader).way == Way.AT_ONCE
    assert 'value="13800002345"' in client.get(url).content.decode()
    sentence = timeline.of(at.leader.ref())[-1].sentence
    assert "手机号码：（空） → 已更换" in sentence
    assert "138" not in sentence


def test_how_the_agency_tells(at: Staffed, desk: Desk) -> None:
    client, url = desk(at.disclosure_head), "/desk/messages/arrangement/"
    assert "不会发到任何人手里" in client.get(url).content.decode()
    given = {"quiet_from": "20:00", "quiet_until": "09:00", "digest_at": "07:30", "gather_minutes": "500"}
    given |= {"warn_days": "2", "sms_sign": "【澜川城管】"}
    assert set(client.post(url, given).context["form"].errors) == {"gather_minutes"}
    assert client.post(url, given | {"gather_minutes": "3"}).status_code == 302
    row = Arrangement.objects.get(agency=at.agency)
    assert (f"{row.quiet_from:%H:%M}", row.warn_days, row.sms_sign) == ("20:00", 2, "澜川城管")
    assert desk(at.drafter).get(url).status_code == 403


def test_own_words_are_checked_used_and_given_up(at: Staffed, desk: Desk, happens: Happens) -> None:
    client, url = desk(at.admin), "/desk/messages/wordings/tests.assigned/"
    wrong = client.post(url, {"title": "{{ nobody }}", "text": "{% load x %}", "sms": "", "sms_code": ""})
    assert set(wrong.context["form"].errors) == {"title", "text"}
    page = client.get(url).content.decode()
    client.post(
        url, {"title": "新件：{{ number }}", "text": "“{{ label }}”已分给您办理。", "sms": "", "sms_code": "SMS_3"}
    )
    own = Wording.objects.get(agency=at.agency)
    assert (own.title, own.text) == ("新件：{{ number }}", ""), "what is as declared follows the declared words"
    happens("tests.assigned", officers=[at.leader.pk])
    assert Message.objects.get(officer=at.leader).title == "新件：2026-17"
    assert "{{ number }}" in page
    client.post(url, {"title": "请办理：{{ number }}", "text": "", "sms": "", "sms_code": ""})
    assert not Wording.objects.exists()
    assert client.get("/desk/messages/wordings/no.such/").status_code == 404
    assert client.get("/desk/messages/wordings/").status_code == 200


def test_the_log_shows_masked_addresses_and_sends_again(
    at: Staffed, desk: Desk, happens: Happens, citizen: uuid.UUID, settings: Any
) -> None:
    settings.GONGKAI_MAIL_HOST = "mail.test"
    prefers(at.leader, Way.AT_ONCE)
    happens("tests.assigned", officers=[at.leader.pk])
    happens("tests.answered", whom=str(citizen), channels=["mail"])
    sending.send_due(timezone.now() + timedelta(minutes=5))
    Envelope.objects.filter(officer=None).update(
        state=EnvelopeState.BOUNCED, last_error="收件人地址不存在或有误（5.1.1）"
    )
    client = desk(at.disclosure_officer)
    page = client.get("/desk/messages/log/").content.decode()
    assert "c***@example.cn" in page
    assert "chen@" not in page
    assert at.leader.name in page
    bounced = Envelope.objects.get(officer=None)
    here = {"then": "/desk/c/2026-17/"}
    assert client.post(f"/desk/messages/log/{bounced.pk}/again/", here)["Location"] == "/desk/c/2026-17/"
    bounced.refresh_from_db()
    assert bounced.state == EnvelopeState.WAITING
    away = {"then": "https://elsewhere.example.cn/"}
    assert client.post(f"/desk/messages/log/{bounced.pk}/again/", away)["Location"] == "/desk/messages/log/"
    assert "重新发出告知" in [one.label for one in timeline.of(Message.objects.latest("id").subject)]
    assert client.get("/desk/messages/log/?state=bounced").content.decode().count("c***") == 0


def test_the_log_costs_the_same_however_long(at: Staffed, desk: Desk, happens: Happens, settings: Any) -> None:
    settings.GONGKAI_MAIL_HOST = "mail.test"
    prefers(at.leader, Way.AT_ONCE)
    client, counts = desk(at.admin), []
    for number in (1, 30):
        for case in range(number):
            happens("tests.assigned", subject=f"{number}-{case}", officers=[at.leader.pk])
            sending.pack(timezone.now())
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/desk/messages/log/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_log_of_another_agency_is_closed(at: Staffed, desk: Desk, happens: Happens) -> None:
    prefers(at.leader, Way.AT_ONCE)
    happens("tests.assigned", officers=[at.leader.pk])
    sending.pack(timezone.now())
    stranger = desk(people.staffed("澜川市水务局").admin)
    assert "请办理" not in stranger.get("/desk/messages/log/").content.decode()
    assert stranger.post(f"/desk/messages/log/{Envelope.objects.get().pk}/again/").status_code == 404
    assert desk(at.drafter).get("/desk/messages/log/").status_code == 403
