"""What could not be sent, or came back, is sent again."""

import uuid

from django.db import transaction
from django.utils import timezone

from gongkai.ledger.recording import record
from gongkai.ledger.refs import Named, Ref
from gongkai.telling import enclosing
from gongkai.telling import ledger_kinds as kinds
from gongkai.telling.messages import TROUBLE, Channel, Envelope, EnvelopeState


@transaction.atomic
def retry(envelope: Envelope, *, by: Ref | Named) -> bool:
    """Send it again, to the address as it is now and under a new key; False when there is nothing to send again."""
    row = Envelope.objects.select_for_update().filter(pk=envelope.pk, state__in=TROUBLE).first()
    if row is None:
        return False
    row.state, row.key, row.attempts = EnvelopeState.WAITING, uuid.uuid4(), 0
    row.next_try, row.tried_at, row.sent_at, row.known_at = timezone.now(), None, None, None
    row.receipt = ""
    row.save()
    enclosing.tell(row, enclosing.News(EnvelopeState.WAITING, row.next_try))
    messages = list(row.messages.order_by("id"))
    record(
        kinds.RETRIED,
        by=by,
        subject=messages[-1].subject,
        agency=row.agency,
        channel=str(Channel(row.channel).label),
        what="、".join(one.title for one in messages),
    )
    return True
