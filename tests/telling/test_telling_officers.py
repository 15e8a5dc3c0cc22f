"""An officer is told as wished: the bell at once, ten mails as one digest, what is urgent when it happens."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from tests.factories.people import Staffed
from tests.telling.people import prefers
from tests.telling.provider import Provider

from gongkai.agencies.officers import Officer
from gongkai.ledger import followers, worker
from gongkai.ledger.entries import Entry
from gongkai.telling import following, sending, status, wordings
from gongkai.telling.actions import choices
from gongkai.telling.arrangements import Preference, Way
from gongkai.telling.messages import Channel, Envelope, EnvelopeState, Message

pytestmark = pytest.mark.django_db
Happens = Callable[..., Entry]


@pytest.fixture(autouse=True)
def _mail(settings: Any) -> None:
    settings.GONGKAI_MAIL_HOST = "mail.test"  # the backend of tests keeps what is sent


def send() -> None:
    while sending.send_due(timezone.now()):
        pass


def test_ten_things_are_one_mail_in_the_morning(at: Staffed, happens: Happens, frozen_time: Any) -> None:
    officer = at.disclosure_officer
    prefers(officer, Way.DIGEST)
    now = frozen_time("2026-03-02 09:00")
    for number in range(10):
        happens("tests.assigned", subject=f"2026-{number}", officers=[officer.pk])
        now.shift(timedelta(minutes=20))
    send()
    assert status.unread(officer) == 10
    assert mail.outbox == []
    frozen_time("2026-03-03 08:29")
    send()
    assert mail.outbox == []
    assert sending.next_due() == timezone.now() + timedelta(minutes=1)
    frozen_time("2026-03-03 08:30")
    send()
    assert [one.to for one in mail.outbox] == [[f"{officer.username}@example.gov.cn"]]
    told = mail.outbox[0]
    assert told.subject == "10件消息"
    assert [f"请办理：2026-{number}" in told.body for number in range(10)] == [True] * 10
    assert f"http://{at.agency.hosts.get().host}/desk/c/2026-9/" in told.body
    send()
    assert len(mail.outbox) == 1


def test_what_is_urgent_does_not_wait_for_the_digest(at: Staffed, happens: Happens, frozen_time: Any) -> None:
    prefers(at.leader, Way.DIGEST)
    frozen_time("2026-03-02 22:00")
    happens("tests.assigned", officers=[at.leader.pk])
    happens("tests.urged", officers=[at.leader.pk])
    send()
    assert [one.subject for one in mail.outbox] == ["请办理：2026-17"]
    assert Message.objects.filter(channel=Channel.MAIL, envelope=None).count() == 1, "the other one waits"


def test_one_who_wants_each_gets_each_and_one_who_wants_none_gets_none(at: Staffed, happens: Happens) -> None:
    prefers(at.leader, Way.AT_ONCE)
    prefers(at.admin, Way.BELL)
    for number in (1, 2):
        happens("tests.assigned", subject=str(number), officers=[at.leader.pk, at.admin.pk, at.drafter.pk])
        send()
    assert [one.to for one in mail.outbox] == [[f"{at.leader.username}@example.gov.cn"]] * 2
    assert [status.unread(Officer.objects.get(pk=one.pk)) for one in (at.leader, at.admin, at.drafter)] == [2, 2, 2]


def test_a_short_message_for_what_is_urgent_and_not_at_night(
    at: Staffed, happens: Happens, frozen_time: Any, provider: Provider
) -> None:
    prefers(at.leader, Way.BELL, sms_urgent=True)
    choices.word(at.agency, wordings.get("tests.assigned"), title="", text="", sms="", sms_code="SMS_7", by=at.admin)
    frozen_time("2026-03-02 21:00")
    happens("tests.assigned", officers=[at.leader.pk])
    happens("tests.urged", officers=[at.leader.pk])
    send()
    assert provider.sent == []
    assert sending.next_due() == timezone.now() + timedelta(hours=11), "waits, and is not lost"
    frozen_time("2026-03-03 08:00")
    send()
    assert [(one["PhoneNumbers"], one["TemplateParam"]) for one in provider.sent] == [
        ("13800002345", '{"number":"2026-17"}')
    ]


def test_quiet_hours_that_are_set_while_it_waits_hold_too(
    at: Staffed, happens: Happens, frozen_time: Any, provider: Provider
) -> None:
    prefers(at.leader, Way.BELL, sms_urgent=True)
    frozen_time("2026-03-02 12:00")
    provider.codes = ["isv.BUSINESS_LIMIT_CONTROL"]
    choices.word(at.agency, wordings.get("tests.assigned"), title="", text="", sms="", sms_code="S", by=at.admin)
    happens("tests.urged", officers=[at.leader.pk])
    send()
    facts = {"digest_at": time(8, 30), "gather_minutes": 5, "warn_days": 3, "sms_sign": ""}
    choices.arrange(at.agency, quiet_from=time(12), quiet_until=time(14), by=at.admin, **facts)
    frozen_time("2026-03-02 12:30")
    send()
    assert provider.sent == []
    frozen_time("2026-03-02 14:00")
    send()
    assert len(provider.sent) == 1


def test_an_entry_is_told_once_however_often_it_is_read(at: Staffed, happens: Happens) -> None:
    prefers(at.leader, Way.AT_ONCE)
    entry = happens("tests.assigned", officers=[at.leader.pk])
    for _ in range(3):
        following.follow([entry])
    assert Message.objects.count() == 2
    followers.advance(followers.get("telling"))
    assert Message.objects.count() == 2


def test_history_that_is_taken_over_tells_nobody(at: Staffed, happens: Happens, frozen_time: Any) -> None:
    frozen_time("2026-03-02 09:00")
    entry = happens("tests.assigned", officers=[])
    entry.data = {"officers": [at.leader.pk]}
    frozen_time("2026-03-10 09:00")
    following.follow([entry])
    assert not Message.objects.exists()


def test_who_left_is_not_told(at: Staffed, happens: Happens) -> None:
    prefers(at.leader, Way.AT_ONCE)
    happens("tests.assigned", officers=[at.leader.pk])
    Officer.objects.filter(pk=at.leader.pk).update(is_active=False)
    happens("tests.assigned", officers=[at.leader.pk])
    send()
    assert mail.outbox == []
    envelope = Envelope.objects.get()
    assert (envelope.state, envelope.last_error) == (EnvelopeState.FAILED, "账号已停用。")


def test_addresses_of_officers_are_sealed(at: Staffed) -> None:
    prefers(at.leader, Way.DIGEST)
    row = Preference.objects.get(officer=at.leader)
    assert b"example" not in bytes(row.sealed or b"")
    assert choices.addresses_of(row)["phone"] == "13800002345"
    told = Entry.objects.get(kind="telling.preferred")
    assert "example" not in str(told.data)
    assert "13800002345" not in str(told.data)


def test_the_worker_does_all_of_it(at: Staffed, happens: Happens) -> None:
    prefers(at.leader, Way.AT_ONCE)
    happens("tests.assigned", officers=[at.leader.pk])
    while worker.work_once():
        pass
    assert len(mail.outbox) == 1
