"""Deliveries follow the ledger: a row per entry and outlet, brought in order per document, at least once.

The follower only writes rows; bringing them is a timed act, so that an outlet that hangs holds up nobody else.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, F, Min, OuterRef, QuerySet
from django.utils import timezone

from gongkai.catalog.documents import PUBLIC_STATES, Document
from gongkai.ledger import clockwork, followers
from gongkai.ledger.entries import Entry
from gongkai.publishing import ledger_kinds as kinds
from gongkai.publishing.outlets import contract
from gongkai.publishing.parcels import Act, Delivery, DeliveryState, OutletSetting

logger = logging.getLogger(__name__)

ATTEMPTS_BEFORE_DEAD = 8
_FIRST_WAIT_SECONDS = 2
_LONGEST_WAIT_SECONDS = 3600
_LEASE = timedelta(seconds=60)  # longer than any outlet may take; a worker killed while sending is taken over after it
_AT_ONCE = 20
ACTS = {
    kinds.RELEASED: Act.PUBLISH,
    kinds.EMERGENCY: Act.PUBLISH,
    kinds.ADOPTED: Act.PUBLISH,
    kinds.ONLINE_AGAIN: Act.PUBLISH,
    kinds.REINSTATED: Act.PUBLISH,
    kinds.WITHDRAWN: Act.NOTICE,
    kinds.OFFLINE: Act.REMOVE,
    kinds.REVOKED: Act.REMOVE,
    kinds.REDIRECTED: Act.REMOVE,
}


def follow(entries: Sequence[Entry]) -> None:
    """Write a delivery per entry and enabled outlet; entries seen before write none (the pair is unique)."""
    if not entries:
        return
    enabled: dict[str, list[str]] = {}
    for setting in OutletSetting.objects.filter(enabled=True):
        enabled.setdefault(str(setting.agency_id), []).append(setting.outlet)
    rows = [
        Delivery(
            outlet=outlet,
            entry_id=entry.pk,
            agency_id=int(entry.agency_id),
            document_id=document_id_of(entry),
            act=ACTS[entry.kind],
            next_try=timezone.now(),
        )
        for entry in entries
        for outlet in enabled.get(entry.agency_id, [])
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    for row in rows:
        if row.act == Act.REMOVE:
            _overtake(row)


def document_id_of(entry: Entry) -> int:
    """The document an entry of ``TO_THE_PUBLIC`` is about (a release names its edition and carries the document)."""
    return int(entry.data["document"] if entry.subject_kind == "edition" else entry.subject_id)


def waiting(now: datetime) -> QuerySet[Delivery]:
    """Deliveries that may be brought now: due, and nothing earlier of the same document and outlet is undone."""
    earlier = Delivery.objects.filter(
        document=OuterRef("document"),
        outlet=OuterRef("outlet"),
        id__lt=OuterRef("id"),
        state__in=[DeliveryState.PENDING, DeliveryState.DEAD],
    )
    return (
        Delivery.objects.filter(state=DeliveryState.PENDING, next_try__lte=now).exclude(Exists(earlier)).order_by("id")
    )


def next_due() -> datetime | None:
    """When the next delivery is due (one that waits for an earlier one is due with it)."""
    due = Delivery.objects.filter(state=DeliveryState.PENDING).aggregate(at=Min("next_try"))["at"]
    if not isinstance(due, datetime) or due > timezone.now():
        return due
    first = waiting(timezone.now()).values_list("next_try", flat=True).first()
    later = Delivery.objects.filter(state=DeliveryState.PENDING, next_try__gt=timezone.now())
    return first or later.aggregate(at=Min("next_try"))["at"]


def deliver_due(now: datetime) -> int:
    """Bring what is due; returns how many attempts were made."""
    done = 0
    for row in list(waiting(now)[:_AT_ONCE]):
        claimed = _claim(row, now)
        if claimed is not None:
            _attempt(claimed)
            done += 1
    return done


def parcel_of(delivery: Delivery) -> contract.Parcel:
    """What the delivery carries, with the document as it is now."""
    document = Document.objects.select_related("agency", "live", "successor").get(pk=delivery.document_id)
    setting = OutletSetting.objects.filter(agency_id=delivery.agency_id, outlet=delivery.outlet).first()
    as_it_was = delivery.act == Act.STATE or document.state in PUBLIC_STATES
    act = delivery.act if as_it_was else Act.REMOVE
    return contract.Parcel(
        key=f"{delivery.outlet}-{delivery.entry_id}",
        act=act,
        document=document,
        edition=document.live,
        settings=setting.settings if setting else {},
        entry_id=delivery.entry_id,
    )


def _claim(row: Delivery, now: datetime) -> Delivery | None:
    """Take the row for the length of a lease: nobody else tries it meanwhile, a dead worker's comes back."""
    with transaction.atomic():
        rows = Delivery.objects.filter(pk=row.pk, state=DeliveryState.PENDING, next_try__lte=now)
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        claimed = rows.first()
        if claimed is not None:
            claimed.attempts = F("attempts") + 1
            claimed.next_try = now + _LEASE
            claimed.save(update_fields=["attempts", "next_try"])
            claimed.refresh_from_db()
        return claimed


def _attempt(delivery: Delivery) -> None:
    try:
        receipt = contract.get(delivery.outlet).deliver(parcel_of(delivery))
    except contract.NotDeliverable as error:
        _failed(delivery, str(error), for_good=True)
    except contract.Undelivered as error:
        _failed(delivery, str(error), for_good=False)
    except Exception as error:
        logger.exception("outlet %s failed on delivery %s", delivery.outlet, delivery.pk)
        _failed(delivery, f"{type(error).__name__}: {error}", for_good=False)
    else:
        Delivery.objects.filter(pk=delivery.pk).update(
            state=DeliveryState.SENT, receipt=receipt[:200], last_error="", done_at=timezone.now()
        )


def _failed(delivery: Delivery, error: str, *, for_good: bool) -> None:
    dead = for_good or delivery.attempts >= ATTEMPTS_BEFORE_DEAD
    wait = min(_FIRST_WAIT_SECONDS * 2 ** (delivery.attempts - 1), _LONGEST_WAIT_SECONDS)
    Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.PENDING).update(
        state=DeliveryState.DEAD if dead else DeliveryState.PENDING,
        last_error=error,
        next_try=timezone.now() + timedelta(seconds=wait),
    )


def _overtake(removal: Delivery) -> None:
    """What must come down does not wait behind what could not be brought: earlier undone deliveries fall away."""
    Delivery.objects.filter(
        outlet=removal.outlet,
        document_id=removal.document_id,
        entry_id__lt=removal.entry_id,
        state__in=[DeliveryState.PENDING, DeliveryState.DEAD],
    ).update(state=DeliveryState.SUPERSEDED, done_at=timezone.now())


followers.register(followers.Follower("deliveries", "发布渠道", follow, kinds.TO_THE_PUBLIC))
clockwork.register(clockwork.Timed("deliveries", next_due, deliver_due))
