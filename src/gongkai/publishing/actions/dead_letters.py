"""What a person does with deliveries that could not be brought."""

from django.db import transaction
from django.utils import timezone

from gongkai.ledger.recording import record
from gongkai.ledger.refs import Named, Ref
from gongkai.publishing import ledger_kinds as kinds
from gongkai.publishing.outlets import contract
from gongkai.publishing.parcels import Delivery, DeliveryState


@transaction.atomic
def retry(delivery: Delivery, *, by: Ref | Named) -> None:
    """Try a dead delivery again at once, counting attempts anew."""
    row = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if row.state != DeliveryState.DEAD:
        return
    row.state, row.attempts, row.next_try = DeliveryState.PENDING, 0, timezone.now()
    row.save(update_fields=["state", "attempts", "next_try"])
    record(kinds.DELIVERY_RETRIED, by=by, subject=row.document, agency=row.agency, what=_what(row))


@transaction.atomic
def skip(delivery: Delivery, *, by: Ref | Named) -> None:
    """Give a dead delivery up, so that later ones of the document can go."""
    row = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if row.state != DeliveryState.DEAD:
        return
    row.state, row.done_at = DeliveryState.SUPERSEDED, timezone.now()
    row.save(update_fields=["state", "done_at"])
    record(kinds.DELIVERY_SKIPPED, by=by, subject=row.document, agency=row.agency, what=_what(row))


def _what(delivery: Delivery) -> str:
    return f"{contract.get(delivery.outlet).label}：{delivery.get_act_display()}"
