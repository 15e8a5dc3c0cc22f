"""What others read of the catalogue: the public's view and officers' access. Each says how many queries it costs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from gongkai.agencies.bodies import Agency
from gongkai.agencies.officers import Officer
from gongkai.agencies.queries import agencies_on
from gongkai.agencies.roles import DEPARTMENT_ROLES
from gongkai.catalog.columns import Column, ColumnNode, ColumnPick, Reach
from gongkai.catalog.documents import PUBLIC_STATES, Document
from gongkai.catalog.editions import SAID, Edition
from gongkai.catalog.files import EditionFile, FileRole, StoredFile
from gongkai.catalog.full_list.standing import belongs, parts_of_matter
from gongkai.catalog.gathering import NEWEST_FIRST, condition, in_order, parts_of
from gongkai.catalog.links import Link, LinkKind
from gongkai.catalog.matters import Matter
from gongkai.catalog.placing import PlacedFacts
from gongkai.catalog.rules import Validity, ValidityFacts, validity

PAGE_SIZE = 20


@dataclass(frozen=True)
class Cursor:
    """A place in a list ordered by published date and id, newest first (keyset paging)."""

    at: datetime
    id: int

    def __str__(self) -> str:
        return f"{self.at.timestamp():.6f}-{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Cursor | None":
        """From an address; None for anything that is not one (a list then starts at its head)."""
        at, _, number = text.partition("-")
        try:
            return cls(datetime.fromtimestamp(float(at), tz=UTC), int(number))
        except (ValueError, OverflowError, OSError):
            return None


@dataclass(frozen=True)
class Page:
    """One page of a list, with the cursors of its neighbours (None where there is none)."""

    documents: Sequence[Document]
    earlier: Cursor | None
    later: Cursor | None


def public_documents() -> QuerySet[Document]:
    """Documents everybody may read, with the live edition: one query when listed."""
    return Document.objects.filter(state__in=PUBLIC_STATES).select_related("live", "agency")


def page_of(
    documents: QuerySet[Document],
    *,
    ways: Sequence[Q] = (),
    before: Cursor | None = None,
    after: Cursor | None = None,
    size: int = PAGE_SIZE,
) -> Page:
    """One page of a list: ``before`` a cursor (older ones), ``after`` one (newer ones), else the head. ``ways``: only
    what one of these conditions holds for (``ways_into``). One query."""
    if after is not None:
        newer = Q(listed_at__gt=after.at) | Q(listed_at=after.at, id__gt=after.id)
        rows = list(in_order(documents.filter(newer), ("listed_at", "id"), size + 1, ways))
        more, rows = len(rows) > size, rows[:size][::-1]
        return Page(rows, earlier=_cursor(rows[-1]) if rows else None, later=_cursor(rows[0]) if more else None)
    if before is not None:
        documents = documents.filter(Q(listed_at__lt=before.at) | Q(listed_at=before.at, id__lt=before.id))
    rows = list(in_order(documents, NEWEST_FIRST, size + 1, ways))
    more, rows = len(rows) > size, rows[:size]
    return Page(
        rows,
        earlier=_cursor(rows[-1]) if more else None,
        later=_cursor(rows[0]) if before is not None and rows else None,
    )


def newest_in(column: Column, documents: QuerySet[Document], size: int) -> QuerySet[Document]:
    """The newest of these documents that the column's rule gathers; one query, and one to learn of picks."""
    return in_order(documents, NEWEST_FIRST, size, ways_into(column))


def ways_into(column: Column) -> list[Q]:
    """Conditions that together are the column's rule, each found in order by an index: one for every type or item, one
    for what is hand-picked. No query for a column out of ``column_tree``."""
    rule = column.rules
    if rule.picked_only:
        return [Q(picks__column=column)]
    ways = [condition(part, _owner(column)) for part in parts_of(rule)]
    return [*ways, hand_picked(column)] if has_picks(column) else ways


def has_picks(column: Column) -> bool:
    """Whether anything is hand-picked for the column; no query for one out of ``column_tree``."""
    return column.picks.exists() if column.with_picks is None else column.with_picks


def documents_in(column: Column) -> QuerySet[Document]:
    """Public documents that the column's rule gathers, hand-picked ones included."""
    if column.rules.picked_only:
        return public_documents().filter(picks__column=column)
    return public_documents().filter(gathered_by(column, with_picks=has_picks(column)))


def gathered_by(column: Column, *, with_picks: bool = True) -> Q:
    """The condition on public documents that the column's rule is; no query. ``with_picks`` False where it is known
    that nothing is hand-picked."""
    by_hand = hand_picked(column)
    if column.rules.picked_only:
        return by_hand
    wanted = condition(column.rules, _owner(column))
    return wanted | by_hand if with_picks else wanted


def _owner(column: Column) -> int | None:
    """Whose documents the column gathers; None for everybody's."""
    return None if column.rules.reach == Reach.CITY else column.agency_id


def hand_picked(column: Column) -> Q:
    """The condition of having been picked for the column."""
    return Q(pk__in=ColumnPick.objects.filter(column=column).values("document"))


def documents_of(matter: Matter) -> QuerySet[Document]:
    """Public documents that show a matter to be disclosed: the agency's own of its types and topics, or that its column
    gathers; and what was hand-picked for the column, whoever issued it."""
    return public_documents().filter(reduce(or_, _ways_of(matter), Q(pk__in=[])))


def newest_of_matter(matter: Matter, documents: QuerySet[Document], size: int) -> QuerySet[Document]:
    """The newest of these documents that show the matter (``documents_of``); one query."""
    return in_order(documents, NEWEST_FIRST, size, _ways_of(matter) or [Q(pk__in=[])])


def _ways_of(matter: Matter) -> list[Q]:
    """Conditions that together say which documents show the matter, each found in order by an index."""
    if not matter.shown_by_documents:
        return []
    ways = [condition(part, matter.agency_id) for part in parts_of_matter(matter)]
    return ways if matter.column is None else [*ways, hand_picked(matter.column)]


def matters_of(document: Document) -> list[Matter]:
    """The matters of its agency's full list that the document belongs to, in order; three queries."""
    if document.live is None:
        return []
    facts = PlacedFacts(
        type=document.type,
        item=document.item,
        subject=document.live.subject,
        genre=document.live.genre,
        topics=frozenset(document.topics.values_list("slug", flat=True)),
        picked=frozenset(document.picks.values_list("column_id", flat=True)),
    )
    matters = Matter.objects.filter(agency=document.agency_id, abolished_on=None).select_related("column")
    return [one for one in matters if belongs(one, facts)]


def picked(column: Column) -> list[Document]:
    """The hand-picked documents that are public, in their order; one query."""
    return list(in_picked_order(column))


def in_picked_order(column: Column) -> QuerySet[Document]:
    """The same, for a page that asks more of them."""
    return public_documents().filter(picks__column=column).order_by("picks__position")


def last_update(column: Column) -> datetime | None:
    """When the column last got something; one query, and one to learn of picks."""
    return next(iter(newest_in(column, public_documents(), 1).values_list("listed_at", flat=True)), None)


def column_tree(agency: Agency) -> list[ColumnNode]:
    """The agency's columns as a tree, in order; one query."""
    picks = ColumnPick.objects.filter(column=OuterRef("pk"))
    nodes: dict[int, ColumnNode] = {}
    for column in Column.objects.filter(agency=agency).annotate(picked=Exists(picks)):
        column.with_picks = column.picked
        nodes[column.pk] = ColumnNode(column)
    roots: list[ColumnNode] = []
    for node in nodes.values():
        parent = nodes.get(node.column.parent_id or 0)
        (parent.children if parent else roots).append(node)
    return roots


def ancestors(column: Column) -> list[Column]:
    """The columns above this one, outermost first; one query per level (trees are three deep)."""
    above: list[Column] = []
    at = column.parent
    while at is not None and at not in above:
        above.append(at)
        at = at.parent
    return above[::-1]


def said_editions(document: Document) -> list[Edition]:
    """What was said in public, newest first; one query."""
    return list(document.editions.filter(state__in=SAID).order_by("-number"))


def attachments_of(edition: Edition) -> list[StoredFile]:
    """Files offered with the edition, in order; one query."""
    uses = EditionFile.objects.filter(edition=edition, file__role=FileRole.ATTACHMENT).select_related("file")
    return [use.file for use in uses]


def links_of(edition: Edition) -> list[Link]:
    """The edition's own links that lead to something readable; one query."""
    rows = edition.links.select_related("target", "target__live", "target__agency")
    return [one for one in rows if one.target is None or one.target.is_public]


def links_to(document: Document) -> list[Link]:
    """Links that live editions of other public documents make to this one; one query."""
    return list(
        Link.objects.filter(target=document, edition__document__state__in=PUBLIC_STATES, edition__state="released")
        .select_related("edition", "edition__document", "edition__document__live", "edition__document__agency")
        .order_by("-edition__document__listed_at")
    )


def validity_of(document: Document, edition: Edition, today: date) -> Validity:
    """Whether the document's text holds today; no query when ``amended`` was annotated, else one."""
    return validity(validity_facts(document, edition), today)


def validity_facts(document: Document, edition: Edition) -> ValidityFacts:
    """The facts ``rules.validity`` decides on."""
    amended = getattr(document, "amended", None)
    if amended is None:
        amended = document.type_info.validity and any(one.kind == LinkKind.AMENDS for one in links_to(document))
    return ValidityFacts(
        has_validity=document.type_info.validity,
        state=document.state,
        notice_kind=document.notice_kind,
        notice_on=document.notice_on,
        effective_on=edition.effective_on,
        expires_on=edition.expires_on,
        amended=bool(amended),
    )


def with_amended(documents: QuerySet[Document]) -> QuerySet[Document]:
    """Annotate whether another public document amends each, so that a list can show validity without more queries."""
    amending = Link.objects.filter(
        target=OuterRef("pk"),
        kind=LinkKind.AMENDS,
        edition__state="released",
        edition__document__state__in=PUBLIC_STATES,
    )
    return documents.annotate(amended=Exists(amending))


def access_documents(officer: Officer) -> QuerySet[Document]:
    """Documents the officer may see on the desk: the own agency's; for who holds only department roles, theirs."""
    own = Document.objects.filter(agency_id=officer.agency_id)
    if not officer.roles:
        return own.none()
    if officer.roles - DEPARTMENT_ROLES:
        return own
    departments: set[int] = set()
    for role in DEPARTMENT_ROLES & officer.roles:
        held = officer.departments_as(role)
        if held is None:
            return own
        departments |= held
    return own.filter(department_id__in=departments)


def access_document(officer: Officer, pk: int) -> Document:
    """One of them, with live edition; raises Document.DoesNotExist for any other."""
    return access_documents(officer).select_related("agency", "department", "live").get(pk=pk)


def access_matter(officer: Officer, pk: int) -> Matter:
    """A matter of the officer's own agency's list; raises Matter.DoesNotExist for any other."""
    return Matter.objects.select_related("agency", "department", "column").get(pk=pk, agency=officer.agency_id)


def access_full_lists(officer: Officer) -> list[Agency]:
    """Agencies whose full lists and their state the officer may look at: the own one; for the supervising office
    主管部门, all that exist (Regulation art. 46)."""
    if officer.agency.is_supervising:
        return agencies_on()
    return [officer.agency]


def access_edition(officer: Officer, pk: int) -> Edition:
    """An edition of a document the officer may see; raises Edition.DoesNotExist for any other."""
    return Edition.objects.select_related(
        "document", "document__agency", "document__department", "document__live", "drafted_by"
    ).get(pk=pk, document__in=access_documents(officer))


def access_file(officer: Officer, code: str) -> StoredFile:
    """A file of a document the officer may see; raises StoredFile.DoesNotExist."""
    return StoredFile.objects.select_related("document").get(code=code, document__in=access_documents(officer))


def public_file(code: str) -> StoredFile | None:
    """A file everybody may have: an attachment of an edition that was said, or a picture that its body shows (one taken
    out of a text again is not to be had by address), of a document that is public; one query."""
    offered = Q(role=FileRole.ATTACHMENT) | Q(role=FileRole.IMAGE, uses__edition__body__contains=code)
    return (
        StoredFile.objects.filter(offered, code=code, document__state__in=PUBLIC_STATES, uses__edition__state__in=SAID)
        .select_related("document")
        .first()
    )


def with_editions(documents: QuerySet[Document], states: Iterable[str]) -> QuerySet[Document]:
    """Prefetch editions in these states as ``shown_editions``; one more query."""
    return documents.prefetch_related(
        Prefetch(
            "editions", Edition.objects.filter(state__in=list(states)).order_by("-number"), to_attr="shown_editions"
        )
    )


def _cursor(document: Document) -> Cursor:
    if document.listed_at is None:
        raise ValueError(f"document {document.pk} is public but has no published date")
    return Cursor(document.listed_at, document.pk)
