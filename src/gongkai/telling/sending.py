"""Sending 发送: what is due goes into envelopes, envelopes are brought, and afterwards it is asked what became of them.

An envelope and its key are committed before anything leaves, and claimed for a lease: a worker killed in between loses
the lease, and the same envelope goes again under the same key. At least once, therefore; who gets it can tell a repeat
(files are overwritten, mail keeps its Message-ID, the provider of short messages is asked first).
"""

import logging
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, Min, Q, QuerySet
from django.utils import timezone

from gongkai.ledger import clockwork
from gongkai.ledger.recording import record
from gongkai.ledger.refs import SYSTEM
from gongkai.telling import addresses, enclosing, rules
from gongkai.telling import ledger_kinds as kinds
from gongkai.telling.composing import compose
from gongkai.telling.enclosing import News
from gongkai.telling.messages import Channel, Envelope, EnvelopeState, Message
from gongkai.telling.outlets import mail, sms
from gongkai.telling.outlets.contract import Fate, NotSent, Receipt, WillNotBeSent
from gongkai.telling.writing import arrangement_of

logger = logging.getLogger(__name__)

ATTEMPTS = 8
_FIRST_WAIT_SECONDS = 30
_LONGEST_WAIT_SECONDS = 3600
_LEASE = timedelta(minutes=3)  # longer than an outlet may take
_AT_ONCE = 20
_FIRST_ASKED_AFTER = timedelta(minutes=1)
_ASKED_AT_LEAST_EVERY = timedelta(hours=12)
_NOT_ASKED_AFTER = timedelta(days=3)  # the provider's own reports are in by then, or never come
_STATES = {
    Fate.SENT: EnvelopeState.SENT,
    Fate.DELIVERED: EnvelopeState.DELIVERED,
    Fate.RETURNED: EnvelopeState.BOUNCED,
    Fate.FILED: EnvelopeState.FILED,
}


def next_due() -> datetime | None:
    """When there is next something to pack or to bring; two indexed queries."""
    ready = _unpacked().aggregate(at=Min("ready_at"))["at"]
    due = Envelope.objects.filter(state=EnvelopeState.WAITING).aggregate(at=Min("next_try"))["at"]
    return min((at for at in (ready, due) if at is not None), default=None)


def send_due(now: datetime) -> int:
    """Pack and bring what is due; returns how much was done."""
    return pack(now) + bring(now)


def pack(now: datetime) -> int:
    """Put due messages into envelopes, those together that go to one person together."""
    firsts: dict[tuple[object, ...], Message] = {}
    for one in _unpacked().filter(ready_at__lte=now).order_by("id")[: 10 * _AT_ONCE]:
        firsts.setdefault(_together(one), one)
    return sum(_pack_with(first, now) for first in firsts.values())


def bring(now: datetime) -> int:
    """Bring what waits; returns how many attempts were made."""
    due = Envelope.objects.filter(state=EnvelopeState.WAITING, next_try__lte=now).order_by("next_try", "id")
    return sum(_try(row, now) for row in list(due[:_AT_ONCE]))


def next_question() -> datetime | None:
    """When to ask the provider next; one indexed query. Nobody is asked where there is no provider."""
    if sms.provider() is None:
        return None
    at = Envelope.objects.exclude(ask_at=None).aggregate(at=Min("ask_at"))["at"]
    return at if isinstance(at, datetime) else None


def ask_due(now: datetime) -> int:
    """Ask the provider what became of short messages that are on their way."""
    provider = sms.provider()
    if provider is None:
        return 0
    done = 0
    for row in list(Envelope.objects.filter(ask_at__lte=now).order_by("ask_at")[:_AT_ONCE]):
        sent = row.sent_at or row.created_at
        wait = min(max(now - sent, _FIRST_ASKED_AFTER), _ASKED_AT_LEAST_EVERY)
        again = now + wait if now - sent < _NOT_ASKED_AFTER else None
        if not Envelope.objects.filter(pk=row.pk, ask_at=row.ask_at).update(ask_at=again):
            continue  # another worker asks
        try:
            known = provider.status(str(row.key), addresses.of(row), row.receipt, timezone.localdate(sent))
        except (NotSent, WillNotBeSent, addresses.NoAddress) as error:
            logger.warning("no report for envelope %s: %s", row.pk, error)
        except Exception:  # it is asked again later; the worker has other things to do
            logger.exception("no report for envelope %s", row.pk)
        else:
            if known is not None and known.fate is not Fate.SENT:
                settle(row, known.fate, known.reason)
        done += 1
    return done


@transaction.atomic
def settle(envelope: Envelope, fate: Fate, reason: str = "") -> bool:
    """What became of something that was sent; False when that is known already. A return after a delivery counts."""
    rows = Envelope.objects.select_for_update().filter(pk=envelope.pk)
    row = rows.filter(state__in=[EnvelopeState.SENT, EnvelopeState.DELIVERED]).first()
    if row is None or row.state == _STATES[fate]:
        return False
    row.state, row.known_at, row.ask_at, row.last_error = _STATES[fate], timezone.now(), None, reason
    row.save(update_fields=["state", "known_at", "ask_at", "last_error"])
    if fate is Fate.RETURNED:
        note(kinds.BOUNCED, row, reason=reason)
    enclosing.tell(row, News(EnvelopeState(row.state), row.known_at, row.receipt, reason))
    return True


def note(kind: str, envelope: Envelope, reason: str = "") -> None:
    """Write into the ledger of the case what became of a message to the public; officers' mail is no case's history."""
    if envelope.officer_id:
        return
    messages = list(envelope.messages.order_by("id"))
    what = "、".join(one.title for one in messages)
    label = str(Channel(envelope.channel).label)
    about = messages[-1].subject
    record(kind, by=SYSTEM, subject=about, agency=envelope.agency, channel=label, what=what, reason=reason)


def _unpacked() -> QuerySet[Message]:
    return Message.objects.filter(ready_at__isnull=False)


def _together(one: Message) -> tuple[object, ...]:
    """Messages with the same answer go in one envelope: an officer's mail, a citizen's news of one case."""
    if one.officer_id:
        return (one.recipient, one.channel, one.pk if one.channel == Channel.SMS else 0)
    return (one.recipient, one.channel, one.agency_id, one.subject_kind, one.subject_id, one.source, one.source_id)


@transaction.atomic
def _pack_with(first: Message, now: datetime) -> int:
    rows = _unpacked().filter(recipient=first.recipient, channel=first.channel, agency_id=first.agency_id)
    if first.officer_id:
        rows = rows.filter(ready_at__lte=now)
    else:
        rows = rows.filter(source=first.source, source_id=first.source_id)
        rows = rows.filter(subject_kind=first.subject_kind, subject_id=first.subject_id)
    if first.officer_id and first.channel == Channel.SMS:
        rows = rows.filter(pk=first.pk)
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)
    taken = list(rows.values_list("pk", flat=True))
    if not taken:
        return 0
    held = _quiet(first.channel, first.agency_id, now)
    if held is not None:
        Message.objects.filter(pk__in=taken).update(ready_at=held)
        return 0
    envelope = Envelope.objects.create(
        agency_id=first.agency_id,
        channel=first.channel,
        recipient=first.recipient,
        officer_id=first.officer_id,
        source=first.source,
        source_id=first.source_id,
        next_try=now,
    )
    Message.objects.filter(pk__in=taken).update(envelope=envelope, ready_at=None)
    return 1


def _quiet(channel: str, agency_id: int, now: datetime) -> datetime | None:
    """Until when nothing goes out by this channel; None when it may go."""
    if channel != Channel.SMS:
        return None
    set_up = arrangement_of(agency_id)
    return rules.quiet_until(timezone.localtime(now), set_up.quiet_from, set_up.quiet_until)


def _try(row: Envelope, now: datetime) -> int:
    claimed = _claim(row, now)
    if claimed is None:
        return 0
    try:
        address = addresses.of(claimed)
        claimed.masked = addresses.masked(address)
        outlet = sms.outlet() if claimed.channel == Channel.SMS else mail.outlet()
        receipt = outlet.send(compose(claimed, list(claimed.messages.order_by("id")), address))
    except (WillNotBeSent, addresses.NoAddress) as error:
        _failed(claimed, str(error), for_good=True)
    except NotSent as error:
        _failed(claimed, str(error), for_good=False)
    except Exception as error:
        logger.exception("envelope %s was not sent", claimed.pk)
        _failed(claimed, f"程序出错：{type(error).__name__}。", for_good=False)
    else:
        _sent(claimed, receipt)
    return 1


def _claim(row: Envelope, now: datetime) -> Envelope | None:
    """Take the envelope for the length of a lease; None when another worker has it or it must be quiet now."""
    with transaction.atomic():
        rows = Envelope.objects.filter(pk=row.pk, state=EnvelopeState.WAITING, next_try__lte=now)
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        claimed = rows.first()
        if claimed is None:
            return None
        held = _quiet(claimed.channel, claimed.agency_id, now)
        if held is not None:
            rows.model.objects.filter(pk=claimed.pk).update(next_try=held)
            return None
        claimed.tried_at = claimed.tried_at or now
        claimed.attempts, claimed.next_try = F("attempts") + 1, now + _LEASE
        claimed.save(update_fields=["attempts", "next_try", "tried_at"])
        return Envelope.objects.select_related("agency").get(pk=claimed.pk)


@transaction.atomic
def _sent(envelope: Envelope, receipt: Receipt) -> None:
    now = timezone.now()
    state = _STATES[receipt.fate]
    asks = envelope.channel == Channel.SMS and state is EnvelopeState.SENT
    changed = Envelope.objects.filter(pk=envelope.pk, key=envelope.key, state=EnvelopeState.WAITING).update(
        state=state,
        masked=envelope.masked,
        receipt=receipt.number[:200],
        last_error=receipt.reason,
        sent_at=now,
        known_at=None if state is EnvelopeState.SENT else now,
        ask_at=now + _FIRST_ASKED_AFTER if asks else None,
    )
    if changed and state is not EnvelopeState.FILED:
        note(kinds.SENT, envelope)
        if state is EnvelopeState.BOUNCED:
            note(kinds.BOUNCED, envelope, reason=receipt.reason)
    if changed:
        enclosing.tell(envelope, News(state, now, receipt.number, receipt.reason))


@transaction.atomic
def _failed(envelope: Envelope, error: str, *, for_good: bool) -> None:
    dead = for_good or envelope.attempts >= ATTEMPTS
    wait = min(_FIRST_WAIT_SECONDS * 2 ** (envelope.attempts - 1), _LONGEST_WAIT_SECONDS)
    now = timezone.now()
    changed = Envelope.objects.filter(Q(state=EnvelopeState.WAITING), pk=envelope.pk, key=envelope.key).update(
        state=EnvelopeState.FAILED if dead else EnvelopeState.WAITING,
        masked=envelope.masked,
        last_error=error,
        known_at=now if dead else None,
        next_try=now + timedelta(seconds=wait),
    )
    if changed and dead:
        note(kinds.GIVEN_UP, envelope, reason=error)
        enclosing.tell(envelope, News(EnvelopeState.FAILED, now, reason=error))


clockwork.register(clockwork.Timed("telling", next_due, send_due))
clockwork.register(clockwork.Timed("telling reports", next_question, ask_due))
