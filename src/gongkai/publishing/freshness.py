"""What releases, withdrawals and removals do to prepared pages."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.utils import timezone

from gongkai.catalog.documents import PUBLIC_STATES, Document
from gongkai.catalog.freshness import documents_of, linked_from, touched_by
from gongkai.catalog.portal.mirror import to_mirror
from gongkai.catalog.portal.sites import server_hosts
from gongkai.ledger.entries import Entry
from gongkai.pages import effects
from gongkai.pages.effects import Effect
from gongkai.publishing import ledger_kinds as kinds

_TAKEN_DOWN = frozenset({kinds.OFFLINE, kinds.REVOKED, kinds.REDIRECTED})
_MADE_READY = timedelta(
    days=30
)  # what became public longer ago is made when somebody asks, or by `gongkai pages build`


def _public_acts(entries: Sequence[Entry], effect: Effect) -> None:
    documents = documents_of(entries)
    effect.touch(*touched_by([*documents, *linked_from(documents)]))
    down = {entry.subject_id for entry in entries if entry.kind in _TAKEN_DOWN}
    effect.gone |= {one.ref().key for one in documents if str(one.pk) in down}
    recent = {entry.subject.key for entry in entries if entry.at > timezone.now() - _MADE_READY}
    if recent:
        _make_ready(documents, effect)


def _make_ready(documents: Iterable[Document], effect: Effect) -> None:
    hosts = server_hosts()
    for one in documents:
        host = hosts(one.agency_id)
        if one.state in PUBLIC_STATES and host:
            path = one.get_absolute_url()
            effect.made |= {(host, path), (host, to_mirror(path))}


effects.register(kinds.TO_THE_PUBLIC, _public_acts)
effects.harmless(
    {
        kinds.PUSHED,
        kinds.SUBMITTED,
        kinds.PASSED,
        kinds.RETURNED,
        kinds.RECALLED,
        kinds.SCHEDULED,
        kinds.UNSCHEDULED,
        kinds.REVIEWED_AFTER,
        kinds.SUPERSEDED,
        kinds.DISCARDED,
        kinds.OPENED,
        kinds.OFFLINE_PLANNED,
        kinds.ANSWERED,
        kinds.CHAIN_CHANGED,
        kinds.WORD_CHANGED,
        kinds.OUTLET_CHANGED,
        kinds.DELIVERY_RETRIED,
        kinds.DELIVERY_SKIPPED,
    }
)
