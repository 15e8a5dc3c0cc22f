"""Lists of documents as pages show them: title, address, date, whether it still holds, what explains it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from gongkai.catalog import doctypes, queries
from gongkai.catalog.columns import Column
from gongkai.catalog.documents import PUBLIC_STATES, Document
from gongkai.catalog.gathering import NEWEST_FIRST, in_order
from gongkai.catalog.links import Link, LinkKind
from gongkai.catalog.portal.frame import Frame
from gongkai.catalog.presenting import validity_tone
from gongkai.catalog.rules import Validity, next_change, validity

_LONG_FIELDS = ("live__body", "live__text", "live__provisions", "live__editors")


@dataclass(frozen=True)
class Interpretation:
    """A document that explains a policy, as it stands beneath it."""

    label: str
    title: str
    url: str


@dataclass
class Line:
    """One line of a list."""

    document: Document
    title: str
    url: str
    date: datetime | None
    agency: str = ""
    validity: str = ""
    tone: str = ""
    emergency: bool = False
    caption: str = ""
    interpretations: list[Interpretation] = field(default_factory=list)

    @cached_property
    def day(self) -> str:
        """The date as it stands in lists; formatted here, since twenty of a template's are a tenth of a page."""
        return f"{timezone.localtime(self.date):%Y-%m-%d}" if self.date is not None else ""


def policy_types() -> frozenset[str]:
    """Types of policy documents: those that set rules for everybody (declared per type as legal texts)."""
    return frozenset(one.key for one in doctypes.all_types().values() if one.legal_text)


def for_list(documents: QuerySet[Document]) -> QuerySet[Document]:
    """The query for a list: without the long texts, with what validity needs; one query."""
    return queries.with_amended(documents).defer(*_LONG_FIELDS)


def newest(
    frame: Frame, documents: QuerySet[Document], size: int, *, ways: Sequence[Q] = (), with_agency: bool = False
) -> list[Line]:
    """The newest lines of that query, for which one of ``ways`` holds; one query."""
    found = in_order(for_list(documents), NEWEST_FIRST, size, ways)
    return lines(frame, found, with_agency=with_agency)


def newest_in(frame: Frame, column: Column, size: int) -> list[Line]:
    """The newest lines of a column of the frame; one query."""
    return newest(frame, queries.public_documents(), size, ways=queries.ways_into(column))


def lines(frame: Frame, documents: Iterable[Document], *, with_agency: bool = False) -> list[Line]:
    """Lines for documents that ``for_list`` brought; no query of their own."""
    return [_line(frame, one, with_agency) for one in documents]


def explained(frame: Frame, shown: Sequence[Line]) -> Sequence[Line]:
    """Put beneath each line what interprets it; one query for all lines."""
    by_document = {line.document.pk: line for line in shown}
    rows = (
        Link.objects.filter(
            target__in=by_document,
            kind=LinkKind.INTERPRETS,
            # Not by the edition's state: SQLite would start from all that was ever released.
            edition__document__live=F("edition"),
            edition__document__state__in=PUBLIC_STATES,
        )
        .select_related("edition__document")
        .only(
            "target_id",
            "edition__title",
            "edition__genre",
            "edition__document__code",
            "edition__document__agency_id",
        )
        .order_by("edition__document__listed_at")
    )
    for row in rows:
        document = row.edition.document
        url = frame.sites.url(document.agency_id, document.get_absolute_url())
        label = row.edition.genre or "政策解读"
        by_document[row.target_id or 0].interpretations.append(Interpretation(label, row.edition.title, url))
    return shown


def counts_by_item(columns: Sequence[Column]) -> dict[int, int]:
    """How many public documents stand under each column that is one item of article 20; one query for all of them."""
    items = {column.rules.items[0]: column for column in columns if _is_one_item(column)}
    if not items:
        return {}
    rows = (
        Document.objects.filter(agency_id=next(iter(items.values())).agency_id, item__in=items, state__in=PUBLIC_STATES)
        .order_by()
        .values_list("item")
        .annotate(count=Count("pk"))
    )
    counted = dict(rows)
    return {column.pk: counted.get(item, 0) for item, column in items.items()}


def _is_one_item(column: Column) -> bool:
    return column.rule.keys() == {"items"} and len(column.rules.items) == 1


def _line(frame: Frame, document: Document, with_agency: bool) -> Line:
    edition = document.live
    if edition is None:
        raise ValueError(f"document {document.pk} is public but has no live edition")
    if with_agency:
        frame.note(document.agency)
    facts = queries.validity_facts(document, edition)
    frame.changes_on(next_change(facts, frame.today))
    holds = validity(facts, frame.today)
    # That a text holds is what a reader expects; only what departs from it is said in a list.
    said = "" if holds in (Validity.NONE, Validity.VALID, Validity.AMENDED) else holds.label
    return Line(
        document=document,
        title=edition.title,
        url=frame.sites.url(document.agency_id, document.get_absolute_url()),
        date=document.listed_at,
        agency=document.agency.short_name if with_agency else "",
        validity=said,
        tone=validity_tone(holds),
        emergency=edition.emergency,
    )
