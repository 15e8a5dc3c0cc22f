"""A letter goes by e-mail: really, once, to the mailbox that was chosen; what becomes of it stands with the case."""

from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from tests.applications.letters_desk.test_page import Desk, url
from tests.applications.portal import letters as sheets
from tests.factories import cases
from tests.factories.people import Staffed

from gongkai.applications.applications import Application, Way
from gongkai.applications.dispatch import Delivery, Letter
from gongkai.applications.files import CaseFile
from gongkai.applications.procedures import APPLICATION
from gongkai.ledger import moment
from gongkai.ledger.entries import Entry
from gongkai.procedures.engine import permitted
from gongkai.telling import following, sending
from gongkai.telling.actions import again
from gongkai.telling.messages import Envelope, Message
from gongkai.telling.outlets.contract import Fate

pytestmark = pytest.mark.django_db
MAILBOX = "wang@example.cn"


@pytest.fixture(autouse=True)
def _connected(settings: Any) -> None:
    settings.GONGKAI_MAIL_HOST = "mail.test"


@pytest.fixture
def case(at: Staffed) -> Application:
    made = cases.registered(at, personal=cases.CITIZEN | {"email": MAILBOX})
    Application.objects.filter(pk=made.pk).update(way=Way.EMAIL)
    return cases.again(made)


@pytest.fixture
def letter(at: Staffed, case: Application) -> Letter:
    """Frozen and not sent yet."""
    frozen = sheets.sent(at, case)
    frozen.deliveries.all().delete()
    return frozen


def send(client: Any, letter: Letter, method: str = "email") -> Any:
    fields = {"send-method": method, "send-sent_on": moment.today().isoformat()}
    return client.post(url(letter, "letter_send"), fields)


def bring() -> None:
    while sending.send_due(timezone.now()):
        pass


def test_it_is_mailed_once_and_a_return_is_a_failed_delivery(at: Staffed, desk: Desk, letter: Letter) -> None:
    client = desk(at.disclosure_officer)
    assert send(client, letter).status_code == 302
    assert "正在发送" in client.get(url(letter)).content.decode()
    twice = send(client, letter)
    assert (twice.status_code, "不必再发" in twice.content.decode()) == (422, True)
    bring()
    bring()
    (sent,) = mail.outbox
    assert sent.to == [MAILBOX]
    assert sent.attachments[0].content == sheets.PDF
    assert letter.number in sent.attachments[0].filename
    assert letter.application.number in sent.body
    assert "王小雨" not in sent.body
    assert "邮件服务器已接收" in client.get(url(letter)).content.decode()
    assert MAILBOX not in client.get(letter.application.get_absolute_url()).content.decode()
    evidence = Entry.objects.get(kind="applications.letter_mailed").data
    assert (evidence["sha256"], evidence["message"]) == (letter.sha256, sent.extra_headers["Message-ID"])

    envelope = Envelope.objects.get()
    assert sending.settle(envelope, Fate.DELIVERED)
    delivery = letter.deliveries.get()
    assert (delivery.received_on, delivery.received_by) == (moment.today(), "收件邮件系统（回执）")
    assert sending.settle(envelope, Fate.RETURNED, "收件人地址不存在或有误（5.1.1）")
    delivery.refresh_from_db()
    assert (delivery.failed_on, delivery.received_on) == (moment.today(), None)
    shown = client.get(url(letter)).content.decode()
    assert "没有送达：收件人地址不存在或有误（5.1.1）。请改用其他方式再次送达" in shown
    Application.objects.update(state="delivered")
    events = permitted(APPLICATION, cases.again(letter.application), at.disclosure_officer)
    archive = next(one for one in events if one.event.key == "archive")
    assert archive.reasons == ("《补正告知书》的电子邮件没有送达，请改用其他方式再次送达。",)
    failed = Entry.objects.get(kind="applications.letter_failed")
    following.follow([failed])
    assert Message.objects.get(channel="bell").officer == at.disclosure_officer

    assert again.retry(Envelope.objects.get(), by=at.disclosure_officer)
    delivery.refresh_from_db()
    assert delivery.failed_on is None
    bring()
    assert len(mail.outbox) == 2
    assert "邮件服务器已接收" in client.get(url(letter)).content.decode()


@pytest.mark.parametrize("barred", ["server", "way", "mailbox", "third party"])
def test_it_goes_nowhere_else(
    at: Staffed, desk: Desk, case: Application, letter: Letter, barred: str, settings: Any
) -> None:
    if barred == "server":
        settings.GONGKAI_MAIL_HOST = ""
    elif barred == "way":
        Application.objects.filter(pk=case.pk).update(way=Way.MAIL)
    elif barred == "mailbox":
        other = cases.registered(at, personal=cases.CITIZEN)
        Application.objects.filter(pk=case.pk).update(applicant=other.applicant)
    else:
        Letter.objects.filter(pk=letter.pk).update(key="partner")
    client = desk(at.disclosure_officer)
    assert send(client, letter).status_code == 422
    assert not Delivery.objects.exists()
    assert send(client, letter, "email-recorded").status_code == 302  # sent from elsewhere, only on record here
    assert not Message.objects.exists()
    assert "未登记结果" in client.get(url(letter)).content.decode()


def test_what_is_not_what_was_frozen_is_not_sent(at: Staffed, desk: Desk, letter: Letter) -> None:
    client = desk(at.disclosure_officer)
    send(client, letter)
    CaseFile.objects.filter(application=letter.application).update(sha256="0" * 64)
    bring()
    assert mail.outbox == []
    assert "与定稿时不一致" in client.get(url(letter)).content.decode()
    assert letter.deliveries.get().failed_on == moment.today()
