"""What becomes of what a system sent is brought back to it: a delivery per step, by the same road as all deliveries."""

from collections.abc import Sequence

from django.utils import timezone

from gongkai.catalog.editions import Edition
from gongkai.ledger import followers
from gongkai.ledger.entries import Entry
from gongkai.publishing import ledger_kinds as kinds
from gongkai.publishing.parcels import Act, Delivery
from gongkai.publishing.pushes import Push

STEPS = kinds.TO_THE_PUBLIC | {
    kinds.SUBMITTED,
    kinds.PASSED,
    kinds.RETURNED,
    kinds.RECALLED,
    kinds.SCHEDULED,
    kinds.UNSCHEDULED,
    kinds.DISCARDED,
}
"""Entries a sender hears of: every step of the review, and whatever the public sees change."""


def follow(entries: Sequence[Entry]) -> None:
    """Write a delivery for every entry about something that was sent with a token which has an address; entries seen
    before write none. Three queries for a batch."""
    about = _documents(entries)
    if not about:
        return
    sent = Push.objects.filter(document__in=set(about.values()), token__revoked_at=None).exclude(token__callback_url="")
    agencies = dict(sent.values_list("document_id", "agency_id"))
    rows = [
        Delivery(
            outlet="callback",
            entry_id=entry.pk,
            agency_id=agencies[about[entry.pk]],
            document_id=about[entry.pk],
            act=Act.STATE,
            next_try=timezone.now(),
        )
        for entry in entries
        if about.get(entry.pk) in agencies
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)


def _documents(entries: Sequence[Entry]) -> dict[int, int]:
    """The document each entry is about, by the entry's id; one query. Of later editions, which are begun at the desk,
    only what the public sees counts."""
    numbers = {int(one.subject_id) for one in entries if one.subject_kind == "edition"}
    rows = Edition.objects.filter(pk__in=numbers).values_list("pk", "document_id", "number") if numbers else []
    editions = {pk: (document, number) for pk, document, number in rows}
    found: dict[int, int] = {}
    for entry in entries:
        subject = int(entry.subject_id)
        document, number = editions.get(subject, (0, 0)) if entry.subject_kind == "edition" else (subject, 1)
        if document and (number == 1 or entry.kind in kinds.TO_THE_PUBLIC):
            found[entry.pk] = document
    return found


followers.register(followers.Follower("callbacks", "回告来文系统", follow, frozenset(STEPS)))
