"""What a document is in the index: one item for what it says, one for each edition that was not said yet."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from gongkai.agencies.bodies import AgencyName
from gongkai.catalog import placing, queries
from gongkai.catalog.columns import Column, ColumnKind, ColumnPick, Reach
from gongkai.catalog.documents import Document, NoticeKind
from gongkai.catalog.editions import SAID, Edition, EditionState
from gongkai.catalog.files import EditionFile, FileRole
from gongkai.catalog.rules import ValidityFacts
from gongkai.search import analysis, hints, labels, numbers, weighing
from gongkai.search.asking import PUBLIC
from gongkai.search.engines.contract import NEVER, Holding, Item
from gongkai.texts.dates import official

SUBJECT, DRAFT = "document", "draft"
_GONE = (*SAID, EditionState.DISCARDED)
_PAGED = {"pdf", "ofd"}  # their text comes in the lines of the page
_KIND_BITS, _ID_BITS = 3, 29


@dataclass(frozen=True)
class Surroundings:
    """What a document's items need from beside it, read once for many."""

    columns: Sequence[Column]
    picks: dict[int, frozenset[int]]
    former_names: dict[int, tuple[str, ...]]


def items(ids: Sequence[int]) -> Iterator[Item]:
    """What these documents are in the index now: seven queries whatever their number."""
    documents = list(
        queries.with_amended(Document.objects.filter(pk__in=ids))
        .select_related("agency", "live")
        .prefetch_related("topics", Prefetch("editions", unsaid(), to_attr="unsaid"), files("live__edition_files"))
    )
    around = _surroundings(documents)
    for document in documents:
        if document.live is not None:
            yield _item(document, document.live, around)
        for edition in document.unsaid:
            yield _draft(document, edition, around)


def after(scope: str, last: int, limit: int) -> list[int]:
    """Ids of all documents, or of an agency's (``agency:7``), after ``last``."""
    rows = Document.objects.filter(pk__gt=last).order_by("pk")
    if scope.startswith("agency:"):
        rows = rows.filter(agency_id=int(scope.removeprefix("agency:")))
    return list(rows.values_list("pk", flat=True)[:limit])


def total() -> int:
    """How many documents there are."""
    return Document.objects.count()


def turned(since: date, today: date) -> list[int]:
    """Documents that began to hold or ended by their date alone, after ``since`` and by ``today``."""
    days = (since + timedelta(days=1), today)
    ended = Q(live__expires_on__range=days) | Q(notice_on__range=days)
    return sorted(Document.objects.filter(Q(live__effective_on__range=days) | ended).values_list("pk", flat=True))


def parts(document: Document, edition: Edition, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """All that can be found beside the title, as (name, text): the header, the body, the attachments by name.

    The name is empty but for attachments.
    """
    yield from (("", text) for text in dict.fromkeys((*_header(document, edition), *names, edition.summary)) if text)
    yield from contents(edition)


def contents(edition: Edition) -> Iterator[tuple[str, str]]:
    """The body, and the attachments under their names."""
    yield "", edition.text
    for use in edition.edition_files.all():
        text = analysis.unbroken(use.file.text) if use.file.kind in _PAGED else use.file.text
        yield use.file.name, f"{use.file.name}\n{text}"


def header_line(document: Document, edition: Edition) -> str:
    """The header in one line."""
    return "　".join(dict.fromkeys(text for text in _header(document, edition) if text))


def order_of(moment: datetime | None, number: int, kind: int) -> int:
    """By second, then id; the kind keeps a draft and a document of one number apart."""
    seconds = max(0, int(moment.timestamp())) if moment else 0
    return seconds << (_KIND_BITS + _ID_BITS) | number % (1 << _ID_BITS) << _KIND_BITS | kind


def day_number(day: date | None) -> int:
    """YYYYMMDD, 0 for none."""
    return day.year * 10_000 + day.month * 100 + day.day if day else 0


def labels_of(document: Document) -> tuple[str, ...]:
    """Who may find what the document says (not its drafts)."""
    return (PUBLIC,) if document.is_public else labels.of_staff_item(document.agency_id, document.department_id)


def _item(document: Document, edition: Edition, around: Surroundings) -> Item:
    names = around.former_names.get(document.agency_id, ())
    listed = timezone.localdate(document.listed_at) if document.listed_at else None
    today = day_number(timezone.localdate())
    picked = around.picks.get(document.pk, frozenset())
    holding = _holding(queries.validity_facts(document, edition))
    binding = document.type_info.validity or document.type_info.legal_text
    return Item(
        key=f"{SUBJECT}:{document.pk}",
        subject=f"{SUBJECT}:{document.pk}",
        labels=labels_of(document),
        title=edition.title,
        texts=tuple(text for _, text in parts(document, edition, names)),
        numbers=numbers.keys_of(edition.document_number, document.index_number),
        hints=tuple(hints.terms(edition.title, (edition.document_number, document.index_number))),
        terms=_terms(document, SUBJECT, listed)
        | {"column": tuple(str(one.pk) for one in around.columns if _holds(one, document, edition, picked))},
        order=order_of(document.listed_at, document.pk, 0),
        day=day_number(listed),
        holding=holding,
        weight=weighing.weight(holding, binding=binding, day=day_number(listed), today=today),
        as_of=today,
        shown={"title": edition.title},
    )


def _draft(document: Document, edition: Edition, around: Surroundings) -> Item:
    names = around.former_names.get(document.agency_id, ())
    saved = timezone.localdate(edition.saved_at)
    return Item(
        key=f"{DRAFT}:{edition.pk}",
        subject=f"{SUBJECT}:{document.pk}",
        labels=labels.of_staff_item(document.agency_id, document.department_id),
        title=edition.title,
        texts=tuple(text for _, text in parts(document, edition, names)),
        numbers=numbers.keys_of(edition.document_number, document.index_number),
        hints=tuple(hints.terms(edition.title, (edition.document_number, document.index_number))),
        terms=_terms(document, DRAFT, saved),
        order=order_of(edition.saved_at, edition.pk, 1),
        day=day_number(saved),
        shown={"title": edition.title},
    )


def _header(document: Document, edition: Edition) -> Iterator[str]:
    yield from (edition.issuer, document.agency.name, edition.document_number, document.index_number, edition.subject)
    yield from (edition.genre, document.type_info.label, edition.source, edition.keywords)
    yield from (official(day) for day in (edition.date_of_issue, edition.effective_on) if day)
    yield from (topic.name for topic in document.topics.all())


def _terms(document: Document, kind: str, day: date | None) -> dict[str, tuple[str, ...]]:
    return {
        "kind": (kind,),
        "agency": (str(document.agency_id),),
        "type": (document.type,),
        "topic": tuple(str(topic.pk) for topic in document.topics.all()),
        "year": (str(day.year),) if day else (),
    }


def _holds(column: Column, document: Document, edition: Edition, picked: frozenset[int]) -> bool:
    facts = placing.PlacedFacts(
        type=document.type,
        item=document.item,
        subject=edition.subject,
        genre=edition.genre,
        topics=frozenset(topic.slug for topic in document.topics.all()),
        picked=picked,
        own=column.agency_id == document.agency_id,
    )
    return document.is_public and placing.gathers(column, facts)


def _holding(facts: ValidityFacts) -> Holding:
    """The days on which ``catalog.rules.validity`` changes its answer, so that the question of the day decides."""
    expired, repealed = NEVER, NEVER
    if facts.state == "withdrawn":
        noticed = day_number(facts.notice_on)
        repealed, expired = (noticed, NEVER) if facts.notice_kind == NoticeKind.REPEALED else (NEVER, noticed)
    if not facts.has_validity:
        return Holding("none", 0, expired, repealed)
    if facts.expires_on is not None:
        expired = min(expired, day_number(facts.expires_on))
    return Holding("amended" if facts.amended else "valid", day_number(facts.effective_on), expired, repealed)


def unsaid() -> QuerySet[Edition]:
    """Editions on their way, with their attachments."""
    return Edition.objects.exclude(state__in=_GONE).prefetch_related(files("edition_files"))


def files(path: str) -> Prefetch:
    """Read the attachments along that path, and nothing but attachments."""
    return Prefetch(path, EditionFile.objects.filter(file__role=FileRole.ATTACHMENT).select_related("file"))


def _surroundings(documents: Sequence[Document]) -> Surroundings:
    agencies = {one.agency_id for one in documents}
    picks: dict[int, set[int]] = {}
    ids = [one.pk for one in documents]
    for column, document in ColumnPick.objects.filter(document__in=ids).values_list("column_id", "document_id"):
        picks.setdefault(document, set()).add(column)
    picking = {column for columns in picks.values() for column in columns}
    names: dict[int, list[str]] = {}
    for agency, name in AgencyName.objects.filter(agency__in=agencies).values_list("agency_id", "name"):
        names.setdefault(agency, []).append(name)
    wanted = Q(agency__in=agencies) | Q(rule__reach=Reach.CITY) | Q(pk__in=picking)
    return Surroundings(
        columns=list(Column.objects.filter(wanted, kind__in=[ColumnKind.LIST, ColumnKind.PAGE])),
        picks={document: frozenset(columns) for document, columns in picks.items()},
        former_names={agency: tuple(found) for agency, found in names.items()},
    )
