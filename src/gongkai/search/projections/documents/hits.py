"""How a document found is shown: read again, so that nothing is shown that is no longer so."""

from collections.abc import Iterator, Mapping, Sequence

from django.urls import reverse
from django.utils import timezone

from gongkai.catalog import queries
from gongkai.catalog.documents import Document, DocumentState
from gongkai.catalog.editions import Edition
from gongkai.catalog.rules import Validity
from gongkai.search import labels
from gongkai.search.asking import Hit
from gongkai.search.engines.contract import Place
from gongkai.search.projections.documents import items
from gongkai.search.projections.registry import Shows
from gongkai.texts.dates import official


def show(places: Sequence[Place], brought: frozenset[str], shows: Shows) -> Mapping[str, Hit]:
    """The hits by key, without those that nobody with these labels may see any more: eight queries at most."""
    return {hit.key: hit for hit in (*_said(places, brought, shows), *_unsaid(places, brought, shows))}


def _said(places: Sequence[Place], brought: frozenset[str], shows: Shows) -> Iterator[Hit]:
    wanted = _ids(places, items.SUBJECT)
    documents = (
        queries.with_amended(Document.objects.filter(pk__in=wanted))
        .select_related("agency", "live")
        .prefetch_related("topics", items.files("live__edition_files"))
    )
    for document in documents if wanted else ():
        if document.live is None or not brought & set(items.labels_of(document)):
            continue
        validity = queries.validity_of(document, document.live, timezone.localdate())
        state = "" if document.is_public else str(DocumentState(document.state).label)
        path = document.get_absolute_url() if document.is_public else reverse("desk:document", args=[document.pk])
        yield _hit(document, document.live, items.SUBJECT, shows, validity=validity, state=state, path=path)


def _unsaid(places: Sequence[Place], brought: frozenset[str], shows: Shows) -> Iterator[Hit]:
    wanted = _ids(places, items.DRAFT)
    editions = (
        items.unsaid()
        .filter(pk__in=wanted)
        .select_related("document", "document__agency")
        .prefetch_related("document__topics")
    )
    for edition in editions if wanted else ():
        document = edition.document
        if brought & set(labels.of_staff_item(document.agency_id, document.department_id)):
            path = reverse("desk:edition", args=[edition.pk])
            yield _hit(document, edition, items.DRAFT, shows, state=edition.state_label, path=path)


def _hit(
    document: Document,
    edition: Edition,
    kind: str,
    shows: Shows,
    *,
    path: str,
    state: str,
    validity: Validity = Validity.NONE,
) -> Hit:
    number = document.pk if kind == items.SUBJECT else edition.pk
    title = shows.title(str(edition))
    # A summary says in a line what it is. Names of the header say nothing about the content: they come last, and not at
    # all where the title already shows why this was found.
    texts = [("", edition.summary), *items.contents(edition)]
    if "<mark>" not in title:
        texts.append(("", items.header_line(document, edition)))
    fragment_in, fragment = shows.fragment(texts)
    return Hit(
        key=f"{kind}:{number}",
        kind=kind,
        kind_label="文件" if kind == items.SUBJECT else "未公开稿件",
        id=number,
        title=str(edition),
        title_html=title,
        fragment_html=fragment,
        fragment_in=fragment_in,
        path=path,
        agency_id=document.agency_id,
        agency_name=document.agency.name,
        listed_at=document.listed_at if kind == items.SUBJECT else edition.saved_at,
        validity=validity,
        state_label=state,
        facts=_facts(document, edition),
    )


def _facts(document: Document, edition: Edition) -> dict[str, str]:
    facts = {
        "type": document.type,
        "type_label": document.type_info.label,
        "code": document.code,
        "number": edition.document_number,
        "index_number": document.index_number,
        "issuer": edition.issuer,
        "issued_on": official(edition.date_of_issue) if edition.date_of_issue else "",
        "effective_on": official(edition.effective_on) if edition.effective_on else "",
        "summary": edition.summary,
    }
    return {name: value for name, value in facts.items() if value}


def _ids(places: Sequence[Place], kind: str) -> list[int]:
    return [int(place.key.partition(":")[2]) for place in places if place.key.startswith(f"{kind}:")]
