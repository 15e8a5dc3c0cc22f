"""A letter goes out by e-mail, and what becomes of the mail is what becomes of the delivery 送达."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.applications import ledger_kinds as kinds
from gongkai.applications import mailing
from gongkai.applications import telling_templates as templates
from gongkai.applications.dispatch import Delivery, Letter, Method
from gongkai.applications.telling_values import of_case
from gongkai.ledger import moment
from gongkai.ledger.recording import record
from gongkai.ledger.refs import SYSTEM
from gongkai.procedures.engine import Refused
from gongkai.telling import status
from gongkai.telling.enclosing import News
from gongkai.telling.messages import Channel, EnvelopeState
from gongkai.telling.registry import ToPerson
from gongkai.telling.writing import Tiding, write

_ITSELF = "收件邮件系统（回执）"
"""Who received it when the other side's server says so."""


def demand_possible(letter: Letter, *, on_today: bool) -> None:
    """Raises Refused with everything that keeps the letter from being mailed now."""
    reasons = mailing.obstacles_to(letter)
    if not on_today:
        reasons.append("电子邮件当天发出，发出日期只能是今天")
    if letter.pdf_id is None:
        reasons.append("文书没有定稿的PDF")
    if _on_its_way(letter):
        reasons.append("这份文书已经以电子邮件发出，没有退回，不必再发")
    if reasons:
        raise Refused([f"{'；'.join(reasons)}。"])


def _on_its_way(letter: Letter) -> bool:
    ours = status.by_source(letter.application.ref(), mailing.SOURCE)
    open_ones = letter.deliveries.filter(method=Method.EMAIL, failed_on=None, received_on=None)
    return any(str(one.pk) in ours for one in open_ones)


def post(delivery: Delivery) -> None:
    """Hand it to ``telling``, in the caller's transaction: it is sent by the worker, once for this delivery."""
    case = delivery.letter.application
    person = case.applicant.person
    tiding = Tiding(
        cause=f"delivery:{delivery.pk}",
        template=templates.DELIVERY,
        subject=case.ref(),
        agency_id=case.agency_id,
        recipients=(ToPerson(person, mailing.SOURCE, str(delivery.pk), frozenset({Channel.MAIL})),),
        values=of_case(case),
        at_once=True,
    )
    write([tiding], timezone.now())


@transaction.atomic
def became(delivery_id: str, news: News) -> None:
    """The mail was taken by the server, reported as arrived, came back, was given up, or is tried again."""
    delivery = Delivery.objects.select_for_update().filter(pk=delivery_id).first()
    if delivery is None:
        return
    letter = Letter.objects.select_related("application__agency").get(pk=delivery.letter_id)
    day = timezone.localdate(news.at)
    if news.state is EnvelopeState.WAITING:
        _change(delivery, failed_on=None, failure="")
    elif news.state is EnvelopeState.SENT:
        _change(delivery, sent_on=day, failed_on=None, failure="")
        known = {"sha256": letter.sha256, "message": news.receipt, "at": news.at.isoformat()}
        _say(kinds.LETTER_MAILED, letter, delivery, **known)
    elif news.state is EnvelopeState.DELIVERED:
        if delivery.received_on is None:
            _change(delivery, received_on=day, received_by=_ITSELF, failed_on=None, failure="")
            _say(kinds.LETTER_RECEIVED, letter, delivery, on=day.isoformat(), message=news.receipt)
    elif delivery.received_on is None or delivery.received_by == _ITSELF:
        why = news.reason or "没有接通邮件服务器，只存成文件"
        _change(delivery, received_on=None, received_by="", failed_on=day, failure=why[:200])
        _say(kinds.LETTER_FAILED, letter, delivery, on=day.isoformat(), why=why)


def _change(delivery: Delivery, **facts: Any) -> None:
    for name, value in facts.items():
        setattr(delivery, name, value)
    delivery.save(update_fields=list(facts))


def _say(kind: str, letter: Letter, delivery: Delivery, **data: Any) -> None:
    application = letter.application
    what = f"《{letter.title}》{letter.number}，电子邮件"
    about = {"letter": letter.pk, "delivery": delivery.pk} | data
    record(kind, by=SYSTEM, subject=application, agency=application.agency, what=what, **about)


def sends(method: Method, *, recorded: bool) -> bool:
    """Whether the system itself sends by that method now: not what is only entered, and nothing of history."""
    return method == Method.EMAIL and not recorded and not moment.is_history()
