"""Which documents an entry of the ledger touches."""

from collections.abc import Sequence

from django.db.models import Q

from gongkai.agencies import ledger_kinds as agencies
from gongkai.catalog import ledger_kinds as catalog
from gongkai.catalog.columns import Column, Reach
from gongkai.catalog.editions import Edition
from gongkai.catalog.links import Link, LinkKind
from gongkai.ledger.entries import Entry
from gongkai.publishing import ledger_kinds as publishing
from gongkai.search.projections.registry import ALL, Touched

_OF_DOCUMENTS = publishing.TO_THE_PUBLIC | {
    publishing.SUBMITTED, publishing.PASSED, publishing.RETURNED, publishing.RECALLED, publishing.SCHEDULED,
    publishing.UNSCHEDULED, publishing.REVIEWED_AFTER, publishing.SUPERSEDED, publishing.DISCARDED, publishing.OPENED,
    catalog.DOCUMENT_CREATED, catalog.EDITION_DRAFTED, catalog.DRAFT_SAVED, catalog.FILE_ADDED, catalog.FILE_REMOVED,
    catalog.FILE_ORIGINAL_KEPT, catalog.IMPORTED, catalog.TAGGED,
}  # fmt: skip
_OF_COLUMNS = frozenset({catalog.COLUMN_CREATED, catalog.COLUMN_CHANGED})
KINDS = _OF_DOCUMENTS | _OF_COLUMNS | {catalog.COLUMN_PICKS, catalog.TOPIC_CHANGED, agencies.AGENCY_RENAMED}
"""A column's removal and a body's end touch no text: what a hit says of columns and bodies is read when it is shown."""

_GATHERING = {"收录规则", "形式"}  # names under which a column's change is recorded that alters what it holds


def touched(entries: Sequence[Entry]) -> Touched:
    """The documents of these entries, those that they amend, and what a column, topic or agency gathers."""
    found = Touched()
    mine = [entry for entry in entries if entry.kind in _OF_DOCUMENTS]
    found.ids |= {int(entry.subject_id) for entry in mine if entry.subject_kind == "document"}
    editions = [int(entry.subject_id) for entry in mine if entry.subject_kind == "edition"]
    if editions:
        found.ids |= set(Edition.objects.filter(pk__in=editions).values_list("document_id", flat=True))
    if found.ids:
        amended = Link.objects.filter(kind=LinkKind.AMENDS, edition__document__in=found.ids, target__isnull=False)
        found.ids |= set(amended.values_list("target_id", flat=True))
    for entry in entries:
        if entry.kind == catalog.COLUMN_PICKS:
            found.ids |= _picked(entry)
        elif entry.kind in _OF_COLUMNS:
            found.scopes |= _of_column(entry)
        elif entry.kind in (agencies.AGENCY_RENAMED, catalog.TOPIC_CHANGED):
            found.scopes.add(f"agency:{entry.agency_id}")
    return found


def _picked(entry: Entry) -> set[int]:
    """Those picked now, and those picked before."""
    earlier = Entry.objects.about(entry.subject).filter(
        Q(xid__lt=entry.xid) | Q(xid=entry.xid, id__lt=entry.pk), kind=entry.kind
    )
    previous = earlier.order_by("-xid", "-id").first()
    return {*entry.data["documents"], *(previous.data["documents"] if previous else ())}


def _of_column(entry: Entry) -> set[str]:
    """A column of the whole city gathers from every agency; a change of its name alone gathers nothing else."""
    before, after = entry.data.get("before") or {}, entry.data.get("after") or {}
    if entry.kind == catalog.COLUMN_CHANGED and not _GATHERING & set(after):
        return set()
    rules = f"{before.get('收录规则', '')}{after.get('收录规则', '')}"
    if entry.kind == catalog.COLUMN_CREATED:
        column = Column.objects.filter(pk=entry.subject_id).first()
        rules = str(column.rule) if column else ""
    return {ALL} if f"'{Reach.CITY}'" in rules else {f"agency:{entry.agency_id}"}
