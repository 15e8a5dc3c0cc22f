"""Names of what lists draw from, and what acts of the catalogue do to prepared pages.

A list shows "the newest notices of this agency", not documents that already are on it. So a list is named by what it
gathers, and a document that is released, withdrawn or tagged touches the names of all lists that could hold it.
"""

from collections.abc import Iterable, Iterator, Sequence

from gongkai.catalog import ledger_kinds as kinds
from gongkai.catalog.columns import Column, Reach
from gongkai.catalog.documents import Document
from gongkai.catalog.editions import SAID
from gongkai.catalog.links import Link
from gongkai.catalog.matters import Matter
from gongkai.ledger.entries import Entry
from gongkai.ledger.refs import Ref
from gongkai.pages import effects
from gongkai.pages.effects import Effect
from gongkai.pages.keys import releases


def home_of(agency_id: int | str) -> Ref:
    """The key of an agency's home page itself."""
    return Ref("home", str(agency_id))


def gathered_by(column: Column) -> list[Ref]:
    """The keys of what the column lists: as narrow as its rule allows, and the column itself (its hand-picked ones)."""
    rule = column.rules
    owner = None if rule.reach == Reach.CITY else column.agency_id
    if rule.picked_only:
        return [column.ref()]
    for label, values in (("type", rule.types), ("item", rule.items), ("topic", rule.topics)):
        if values:
            return [column.ref(), *(_narrow(owner, label, value) for value in values)]
    return [column.ref(), releases(owner)]


def bound_to(matter: Matter) -> list[Ref]:
    """The keys of the documents that show a matter (``queries.documents_of``), as narrow as what it is bound to: a
    release does not renew the pages of all hundred and fifty."""
    narrow = [_narrow(matter.agency_id, "type", one) for one in matter.types]
    narrow = narrow or [_narrow(matter.agency_id, "topic", one) for one in matter.topics]
    return narrow + (gathered_by(matter.column) if matter.column is not None else [])


def touched_by(documents: Iterable[Document]) -> Iterator[Ref]:
    """The keys of everything that shows one of these documents or could list it. Needs their topics; no query if those
    are prefetched."""
    for document in documents:
        yield document.ref()
        topics = [topic.slug for topic in document.topics.all()]
        narrow = [("type", document.type), ("item", document.item), *(("topic", slug) for slug in topics)]
        for owner in (document.agency_id, None):
            yield releases(owner)
            yield from (_narrow(owner, label, value) for label, value in narrow)


def documents_of(entries: Sequence[Entry]) -> list[Document]:
    """The documents that the entries are about (an edition's entry carries its document); two queries."""
    ids = {entry.data.get("document") if entry.subject_kind == "edition" else entry.subject_id for entry in entries}
    return list(Document.objects.filter(pk__in=[one for one in ids if one]).prefetch_related("topics"))


def linked_from(documents: Sequence[Document]) -> list[Document]:
    """Documents that what was ever said in these links to: they show the link on their side (解读, 修改, 废止)."""
    linking = Link.objects.filter(edition__document__in=documents, edition__state__in=SAID, target__isnull=False)
    return list(Document.objects.filter(pk__in=linking.values("target")).prefetch_related("topics"))


def _narrow(owner: int | None, label: str, value: str) -> Ref:
    return Ref("releases", f"{'' if owner is None else owner}/{label}/{value}")


def _of_the_site(entries: Sequence[Entry], effect: Effect) -> None:
    """Columns and topics stand in navigation, menus and ways on every page of the agency's site."""
    effect.touch(*(Ref("agency", entry.agency_id) for entry in entries))


def _picked(entries: Sequence[Entry], effect: Effect) -> None:
    """The column, the home that may show it, and the documents, whose way leads through it."""
    for entry in entries:
        effect.touch(entry.subject, home_of(entry.agency_id))
        picked = [*(entry.data.get("documents") or ()), *(entry.data.get("before") or ())]
        effect.touch(*(Ref("document", str(one)) for one in picked))


def _tagged(entries: Sequence[Entry], effect: Effect) -> None:
    documents = documents_of(entries)
    effect.touch(*touched_by(documents), *(home_of(one.agency_id) for one in documents))
    for entry in entries:
        for slug in entry.data.get("before_topics") or ():
            effect.touch(_narrow(int(entry.agency_id), "topic", slug), _narrow(None, "topic", slug))


def _of_the_full_list(entries: Sequence[Entry], effect: Effect) -> None:
    """The matter, its agency's list and the city's; documents say which matter they belong to by the list's key."""
    for entry in entries:
        effect.touch(entry.subject, Ref("matters", entry.agency_id), Ref("matters", ""))
    # An import names the list as a whole; any of its matters may be another now.
    imported = {int(entry.agency_id) for entry in entries if entry.kind == kinds.MATTERS_IMPORTED}
    if imported:
        matters = Matter.objects.filter(agency__in=imported).values_list("pk", flat=True)
        effect.touch(*(Ref("matter", str(pk)) for pk in matters))


def _of_projects(entries: Sequence[Entry], effect: Effect) -> None:
    """The project, its agency's list and the city's."""
    for entry in entries:
        effect.touch(entry.subject, Ref("projects", entry.agency_id), Ref("projects", ""))


effects.register(
    {
        kinds.PROJECT_CREATED,
        kinds.PROJECT_CHANGED,
        kinds.PROJECT_REMOVED,
        kinds.MILESTONES_SET,
        kinds.PROGRESS_PUBLISHED,
        kinds.PROGRESS_CORRECTED,
    },
    _of_projects,
)
effects.register(
    {
        kinds.MATTER_CREATED,
        kinds.MATTER_CHANGED,
        kinds.MATTER_ABOLISHED,
        kinds.MATTER_RESTORED,
        kinds.MATTER_MOVED,
        kinds.MATTERS_IMPORTED,
    },
    _of_the_full_list,
)
effects.register({kinds.COLUMN_CHANGED, kinds.COLUMN_CREATED, kinds.COLUMN_REMOVED, kinds.TOPIC_CHANGED}, _of_the_site)
effects.register({kinds.COLUMN_PICKS}, _picked)
effects.register({kinds.TAGGED}, _tagged)
effects.harmless(
    {
        kinds.DOCUMENT_CREATED,
        kinds.EDITION_DRAFTED,
        kinds.DRAFT_SAVED,
        kinds.FILE_ADDED,
        kinds.FILE_REMOVED,
        kinds.FILE_ORIGINAL_KEPT,
        kinds.IMPORTED,
        kinds.EXPORTED,
        kinds.EXPORTED,
    }
)
