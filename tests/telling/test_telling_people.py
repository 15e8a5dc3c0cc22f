"""A person of the public is told: one message for several things, sealed until it goes, and the case shows the end."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.factories.people import Staffed
from tests.telling.people import BOX
from tests.telling.provider import Provider

from gongkai.ledger import persons, timeline
from gongkai.ledger.entries import Entry
from gongkai.ledger.refs import Ref
from gongkai.telling import registry, sending, status, wordings
from gongkai.telling.actions import again, choices, erasing
from gongkai.telling.messages import Channel, Envelope, EnvelopeState, Message
from gongkai.telling.registry import ToPerson, tells
from gongkai.telling.writing import Misdirected

pytestmark = pytest.mark.django_db
Happens = Callable[..., Entry]
CASE = Ref("case", "2026-17")
BOTH = ["mail", "sms"]


@pytest.fixture
def mailing(settings: Any) -> None:
    settings.GONGKAI_MAIL_HOST = "mail.test"


@pytest.fixture
def approved(at: Staffed) -> None:
    """The provider has approved the texts, and the agency has entered their numbers."""
    for key, code in (("tests.answered", "SMS_1"), ("telling.several", "SMS_2")):
        choices.word(at.agency, wordings.get(key), title="", text="", sms="", sms_code=code, by=at.admin)


def send() -> None:
    while sending.send_due(timezone.now()):
        pass


def test_nothing_set_up_writes_files_and_says_so(
    happens: Happens, citizen: uuid.UUID, frozen_time: Any, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    frozen_time("2026-03-02 10:00")
    happens("tests.answered", whom=str(citizen), channels=BOTH)
    send()
    assert not list(tmp_path.glob("*/*")), "a few minutes for what else there is to say"
    frozen_time("2026-03-02 10:05")
    send()
    assert {one.suffix for one in tmp_path.glob("*/*")} == {".eml", ".txt"}
    text = next(tmp_path.glob("sms/*.txt")).read_text()
    assert text.startswith("13900001234\n【")
    assert {one.state for one in status.about(CASE)} == {"只存文件，未发出"}
    assert [one.label for one in timeline.of(CASE)] == ["测试事项"], "nobody was told, and nothing says so"


def test_several_things_within_minutes_are_one_mail_and_one_short_message(
    happens: Happens, citizen: uuid.UUID, frozen_time: Any, provider: Provider, mailing: None, approved: None
) -> None:
    now = frozen_time("2026-03-02 10:00")
    happens("tests.answered", whom=str(citizen), channels=BOTH)
    now.shift(timedelta(minutes=4))
    happens("tests.answered", whom=str(citizen), channels=BOTH)
    happens("tests.answered", subject="2026-99", whom=str(citizen), channels=["mail"])
    now.shift(timedelta(minutes=1))
    send()
    assert [one.subject for one in mail.outbox] == ["您有2项新进展"]
    assert "2026-17" in mail.outbox[0].body
    assert [one["TemplateCode"] for one in provider.sent] == ["SMS_2"]
    assert '"count":"2"' in provider.sent[0]["TemplateParam"]
    now.shift(timedelta(minutes=5))
    send()
    assert [one.subject for one in mail.outbox][1:] == ["您的申请已答复"], "another case is another mail"
    assert "供热管网改造" not in mail.outbox[0].body + mail.outbox[1].body + str(provider.sent)


def test_the_ledger_of_the_case_says_that_it_went_and_never_where(
    happens: Happens, citizen: uuid.UUID, frozen_time: Any, mailing: None
) -> None:
    now = frozen_time("2026-03-02 10:00")
    happens("tests.answered", whom=str(citizen), channels=["mail"])
    now.shift(timedelta(minutes=5))
    send()
    assert timeline.of(CASE)[-1].sentence == "邮件：您的申请已答复"
    rows = str([*Message.objects.values(), *Envelope.objects.values(), *Entry.objects.values()])
    assert "chen@" not in rows
    assert status.about(CASE)[0].to == "c***@example.cn"


def test_an_address_that_changes_before_it_goes_is_the_one_that_is_used(
    happens: Happens, citizen: uuid.UUID, mailing: None, frozen_time: Any
) -> None:
    now = frozen_time("2026-03-02 10:00")
    happens("tests.answered", whom=str(citizen), channels=["mail"])
    BOX[str(citizen)] = (citizen, persons.seal(citizen, {"mail": "new@example.cn"}))
    now.shift(timedelta(minutes=5))
    send()
    assert mail.outbox[0].to == ["new@example.cn"]


def test_who_was_forgotten_is_told_nothing_and_the_case_says_why(
    happens: Happens, citizen: uuid.UUID, mailing: None, frozen_time: Any
) -> None:
    now = frozen_time("2026-03-02 10:00")
    happens("tests.answered", whom=str(citizen), channels=["mail"])
    persons.forget(citizen, at=timezone.now())
    now.shift(timedelta(minutes=5))
    send()
    told = status.about(CASE)[0]
    assert (told.state, told.reason) == ("发送失败", "联系方式已按规定清除。")
    assert timeline.of(CASE)[-1].label == "告知未能发出"


def test_a_server_that_is_away_is_tried_again_and_one_that_refuses_is_not(
    happens: Happens, citizen: uuid.UUID, mailing: None, frozen_time: Any, monkeypatch: pytest.MonkeyPatch, at: Staffed
) -> None:
    errors: list[Exception] = [SMTPServerDisconnected("chen@example.cn"), SMTPServerDisconnected("x")]
    errors.append(SMTPRecipientsRefused({"chen@example.cn": (550, b"no such chen@example.cn")}))
    keys = []

    def failing(message: Any) -> int:
        keys.append(message.extra_headers["Message-ID"])
        raise errors.pop(0)

    monkeypatch.setattr("gongkai.telling.outlets.mail.EmailMessage.send", failing)
    now = frozen_time("2026-03-02 10:00")
    happens("tests.answered", whom=str(citizen), channels=["mail"])
    for minutes in (5, 1, 2):
        now.shift(timedelta(minutes=minutes))
        send()
    assert len(set(keys)) == 1, "the same mail each time"
    told = status.about(CASE)[0]
    assert (told.state, told.reason) == ("发送失败", "邮件服务器不接受收件人（550）。")
    assert status.bounced(CASE)
    monkeypatch.undo()
    assert again.retry(Envelope.objects.get(), by=at.disclosure_officer)
    send()
    assert status.about(CASE)[0].state == "已发出"
    assert mail.outbox[0].extra_headers["Message-ID"] != keys[0]
    assert not again.retry(Envelope.objects.get(), by=at.disclosure_officer)
    assert not status.bounced(CASE)


def test_eight_attempts_and_a_person_must_look(
    happens: Happens, citizen: uuid.UUID, provider: Provider, approved: None, frozen_time: Any
) -> None:
    provider.codes = ["isp.SYSTEM_ERROR"] * 20
    now = frozen_time("2026-03-02 09:00")
    happens("tests.answered", whom=str(citizen), channels=["sms"])
    for _ in range(9):
        now.shift(timedelta(hours=1))
        send()
    assert len(provider.codes) == 12
    assert Envelope.objects.get().state == EnvelopeState.FAILED


@pytest.mark.parametrize(("report", "state"), [((3, "DELIVERED"), "已送达"), ((2, "MK:0001"), "被退回")])
def test_reports_of_the_provider_are_asked_for(
    report: tuple[int, str],
    state: str,
    happens: Happens,
    citizen: uuid.UUID,
    provider: Provider,
    approved: None,
    frozen_time: Any,
) -> None:
    now = frozen_time("2026-03-02 10:00")
    happens("tests.answered", whom=str(citizen), channels=["sms"])
    now.shift(timedelta(minutes=5))
    send()
    assert sending.next_question() == timezone.now() + timedelta(minutes=1)
    now.shift(timedelta(minutes=1))
    sending.ask_due(timezone.now())
    assert status.about(CASE)[0].state == "已发出"
    provider.fates[provider.sent[0]["OutId"]] = report
    now.shift(timedelta(minutes=2))
    sending.ask_due(timezone.now())
    assert status.about(CASE)[0].state == state
    assert sending.next_question() is None
    assert status.bounced(CASE) == (state == "被退回")
    bounces = [one for one in timeline.of(CASE) if one.label == "告知被退回"]
    assert [one.sentence for one in bounces] == (
        ["短信：您的申请已答复，运营商答复 MK:0001"] if state == "被退回" else []
    )


def test_a_provider_that_never_reports_is_not_asked_for_ever(
    happens: Happens, citizen: uuid.UUID, provider: Provider, approved: None, frozen_time: Any
) -> None:
    now = frozen_time("2026-03-02 10:00")
    happens("tests.answered", whom=str(citizen), channels=["sms"])
    now.shift(timedelta(minutes=5))
    send()
    for _ in range(60):
        at = sending.next_question()
        if at is None:
            break
        now.move_to(at)
        sending.ask_due(timezone.now())
    assert sending.next_question() is None
    assert 5 < len(provider.asked) < 30
    assert status.about(CASE)[0].state == "已发出"


def test_staffs_words_never_go_to_the_public(happens: Happens, citizen: uuid.UUID) -> None:
    to = ToPerson(citizen, "tests", str(citizen), frozenset({Channel.MAIL}))
    del registry._RULES["tests.answered"]
    tells("tests.answered", "tests.assigned", lambda entry: [to], values=lambda entry: {})
    with pytest.raises(Misdirected):
        happens("tests.answered")


def test_the_case_page_asks_once_however_much_was_told(happens: Happens, citizen: uuid.UUID, mailing: None) -> None:
    for _ in range(3):
        happens("tests.answered", whom=str(citizen), channels=BOTH)
    with CaptureQueriesContext(connection) as asked:
        assert len(status.about(CASE)) == 6
    assert len(asked) == 1


def test_erasing_a_person_takes_back_what_waits_and_leaves_no_address(
    happens: Happens, citizen: uuid.UUID, mailing: None, frozen_time: Any
) -> None:
    now = frozen_time("2026-03-02 10:00")
    happens("tests.answered", whom=str(citizen), channels=["mail"])
    now.shift(timedelta(minutes=5))
    send()
    happens("tests.answered", whom=str(citizen), channels=["mail"])
    erasing.erase(citizen)
    now.shift(timedelta(minutes=5))
    send()
    assert len(mail.outbox) == 1
    assert [(one.state, one.to) for one in status.about(CASE)] == [("已发出", "")]
