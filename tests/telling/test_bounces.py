"""Mail that came back: read from a Maildir, the case says so, and nothing else in the mailbox is taken for it."""

import mailbox
import uuid
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management.base import CommandError
from django.utils import timezone

from gongkai.config import command
from gongkai.ledger import timeline
from gongkai.ledger.entries import Entry
from gongkai.ledger.refs import Ref
from gongkai.telling import bounces, sending, status
from gongkai.telling.outlets.contract import Fate
from gongkai.telling.outlets.mail import message_id

KEY = "0b1c6e0a-0000-4000-8000-000000000001"
CASE = Ref("case", "2026-17")


def notification(number: str, action: str = "failed", code: str = "5.1.1", *, headers_only: bool = False) -> bytes:
    """A delivery status notification as postfix writes them (RFC 3464)."""
    report = MIMEMultipart("report", **{"report-type": "delivery-status"})
    report["Subject"], report["From"] = "Undelivered Mail Returned to Sender", "MAILER-DAEMON@mx.example.cn"
    report.attach(MIMEText("I'm sorry to have to inform you that your message could not be delivered."))
    state = MIMEMultipart("delivery-status")
    state.set_type("message/delivery-status")
    head, body = EmailMessage(), EmailMessage()
    head["Reporting-MTA"] = "dns; mx.example.cn"
    body["Final-Recipient"] = "rfc822; chen@example.cn"
    body["Action"], body["Status"] = action, code
    body["Diagnostic-Code"] = "smtp; 550 5.1.1 <chen@example.cn>: user unknown"
    part = MIMEText("")
    del part["MIME-Version"], part["Content-Transfer-Encoding"]
    part.set_type("message/delivery-status")
    part.set_payload([head, body])
    report.attach(part)
    original = EmailMessage()
    original["Message-ID"], original["To"] = number, "chen@example.cn"
    if headers_only:
        headers = MIMEText(original.as_string())
        headers.set_type("text/rfc822-headers")
        report.attach(headers)
    else:
        original.set_content("您的申请已答复")
        report.attach(MIMEMessage(original))
    return report.as_bytes()


@pytest.mark.parametrize("headers_only", [False, True])
@pytest.mark.parametrize(
    ("action", "code", "fate", "reason"),
    [
        ("failed", "5.1.1", Fate.RETURNED, "收件人地址不存在或有误（5.1.1）"),
        ("failed", "5.2.2", Fate.RETURNED, "收件人邮箱不能接收（停用或已满）（5.2.2）"),
        ("failed", "", Fate.RETURNED, "对方退回"),
        ("delivered", "2.0.0", Fate.DELIVERED, ""),
    ],
)
def test_a_notification_is_understood(action: str, code: str, fate: Fate, reason: str, headers_only: bool) -> None:
    read = bounces.read(notification(message_id(KEY), action, code, headers_only=headers_only))
    assert read == bounces.Report(KEY, fate, reason)


@pytest.mark.parametrize(
    "raw",
    [
        notification(message_id(KEY), "delayed", "4.4.1"),
        notification("<someone@else.cn>"),
        notification(f"<gongkai.{'-' * 36}@x.cn>"),
        b"Subject: hello\n\n<gongkai." + KEY.encode() + b"@x>",
        b"",
        b"\xff\xfe\x00",
    ],
)
def test_anything_else_is_not_taken_for_one(raw: bytes) -> None:
    assert bounces.read(raw) is None


@pytest.fixture
def maildir(tmp_path: Path) -> mailbox.Maildir:
    return mailbox.Maildir(tmp_path / "returned", create=True)


@pytest.mark.django_db
def test_the_case_shows_the_return_and_the_mailbox_is_read_once(
    happens: Callable[..., Entry],
    citizen: uuid.UUID,
    maildir: mailbox.Maildir,
    settings: Any,
    frozen_time: Any,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings.GONGKAI_MAIL_HOST, settings.GONGKAI_BOUNCES = "mail.test", str(maildir._path)
    now = frozen_time("2026-03-02 10:00")
    happens("tests.answered", whom=str(citizen), channels=["mail"])
    now.shift(timedelta(minutes=5))
    sending.send_due(timezone.now())
    maildir.add(notification(mail.outbox[0].extra_headers["Message-ID"]))
    maildir.add(notification(message_id(KEY)))
    maildir.add(b"Subject: a question\n\nHello")
    assert command.call("telling", "bounces") == 0
    assert "通知 1 封，其他邮件 2 封" in capsys.readouterr().out
    told = status.about(CASE)[0]
    assert (told.state, told.reason) == ("被退回", "收件人地址不存在或有误（5.1.1）")
    assert told.trouble
    assert status.bounced(CASE)
    assert [one.label for one in timeline.of(CASE)][-2:] == ["向申请人发出告知", "告知被退回"]
    assert command.call("telling", "bounces") == 0
    assert "通知 0 封，其他邮件 0 封" in capsys.readouterr().out
    assert len(maildir) == 3, "nothing is thrown away"


@pytest.mark.parametrize("place", ["/nowhere/at/all", "http://mail.example.cn/INBOX", ""])
def test_a_mailbox_that_is_none_is_said_in_words(place: str, settings: Any) -> None:
    settings.GONGKAI_BOUNCES = place
    with pytest.raises(CommandError, match="邮箱"):
        command.call("telling", "bounces")
