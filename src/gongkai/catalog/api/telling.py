"""How documents, editions, files and links are told to other systems."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.bodies import Agency
from gongkai.agencies.queries import city
from gongkai.agencies.sites import SiteRequest
from gongkai.catalog import queries
from gongkai.catalog.documents import Document, DocumentState, NoticeKind
from gongkai.catalog.editions import ChangeKind, Edition
from gongkai.catalog.files import StoredFile
from gongkai.catalog.links import REVERSE_LABELS, Link, LinkKind
from gongkai.catalog.portal.sites import Sites
from gongkai.catalog.rules import next_change, validity
from gongkai.law import articles

Told = dict[str, Any]


class Telling:
    """For one request: addresses across the sites of the city, and the day for which validity is computed."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.here: Agency = cast(SiteRequest, request).agency
        self.today: date = timezone.localdate()

    @cached_property
    def sites(self) -> Sites:
        return Sites(self.request, self.here, self.here if self.here.is_city else city())

    def web(self, agency_id: int, path: str) -> str:
        """The address of a page on the site that serves it."""
        return self.sites.absolute(agency_id, path)

    def api(self, name: str, *arguments: Any) -> str:
        """The address of an operation, on the host that was asked."""
        return self.request.build_absolute_uri(reverse(f"api:{name}", args=arguments))

    def line(self, document: Document) -> Told:
        """A document in a list; its ``amended`` is annotated and its topics are prefetched, so no query."""
        edition = live_of(document)
        return self.header(document, edition) | {
            "topics": [keyed(one.slug, one.name) for one in document.topics.all()],
            "edition": edition.number,
            "edition_released_at": edition.released_at,
        }

    def header(self, document: Document, edition: Edition) -> Told:
        """What the header table says, and where the document is."""
        kind = document.type_info
        return {
            "code": document.code,
            "index_number": document.index_number,
            "agency": agency_ref(document.agency),
            "type": keyed(document.type, kind.label),
            "item": item_of(document),
            "state": keyed(document.state, str(DocumentState(document.state).label)),
            "title": edition.title,
            "issuer": edition.issuer,
            "document_number": edition.document_number,
            "date_of_issue": edition.date_of_issue,
            "published_at": document.listed_at,
            "subject": edition.subject,
            "genre": edition.genre,
            "effective_on": edition.effective_on,
            "expires_on": edition.expires_on,
            "keywords": edition.keywords.split(),
            "summary": edition.summary,
            "validity": self.validity(document, edition),
            "url": self.web(document.agency_id, document.get_absolute_url()),
            "api_url": self.api("document", document.code),
        }

    def validity(self, document: Document, edition: Edition) -> Told:
        """Whether it holds today, and until when that is so."""
        facts = queries.validity_facts(document, edition)
        now = validity(facts, self.today)
        return keyed(now.value, now.label) | {"as_of": self.today, "changes_on": next_change(facts, self.today)}

    def whole(self, document: Document) -> Told:
        """Everything public of a document; a fixed number of queries."""
        edition, to = live_of(document), queries.links_to(document)
        amends = document.type_info.validity and any(one.kind == LinkKind.AMENDS for one in to)
        cast(Any, document).amended = amends
        own = queries.links_of(edition)
        return self.line(document) | {
            "source": edition.source,
            "notice": self.notice(document),
            "links": [self.link(one) for one in own],
            "linked_from": [self.linked_from(one) for one in to],
            "editions": [self.edition_line(document, one) for one in queries.said_editions(document)],
            **self.said(document, edition),
        }

    def said(self, document: Document, edition: Edition) -> Told:
        """The text with its files."""
        files = self.web(document.agency_id, "/files/")
        return {
            "body": edition.body.replace('src="/files/', f'src="{files}').replace('href="/files/', f'href="{files}'),
            "text": edition.text,
            "attachments": [self.attachment(document, one) for one in queries.attachments_of(edition)],
        }

    def attachment(self, document: Document, file: StoredFile) -> Told:
        return {
            "name": file.name,
            "content_type": file.content_type,
            "size": file.size,
            "sha256": file.sha256,
            "url": self.web(document.agency_id, file.get_absolute_url()),
        }

    def notice(self, document: Document) -> Told | None:
        """The facts of a withdrawal with notice."""
        if document.state != DocumentState.WITHDRAWN or document.notice_on is None:
            return None
        successor = document.successor
        live = successor.live if successor is not None and successor.is_public else None
        return {
            "kind": keyed(document.notice_kind, str(NoticeKind(document.notice_kind).label)),
            "on": document.notice_on,
            "ground": document.notice_ground,
            "successor": self.reference(successor, live) if successor is not None and live is not None else None,
        }

    def link(self, link: Link) -> Told:
        """What the document does to another one."""
        target = link.target
        if target is not None:
            document = self.reference(target, live_of(target))
        else:
            document = {"code": None, "title": link.title, "url": link.url, "document_number": ""}
        return {"relation": keyed(link.kind, str(LinkKind(link.kind).label)), "document": document}

    def linked_from(self, link: Link) -> Told:
        """What another document does to this one."""
        document = self.reference(link.edition.document, link.edition)
        return {"relation": keyed(link.kind, REVERSE_LABELS[link.kind]), "document": document}

    def reference(self, document: Document, edition: Edition) -> Told:
        return {
            "code": document.code,
            "title": edition.title,
            "url": self.web(document.agency_id, document.get_absolute_url()),
            "document_number": edition.document_number,
        }

    def edition_line(self, document: Document, edition: Edition) -> Told:
        return {
            "number": edition.number,
            "change": keyed(edition.change_kind, str(ChangeKind(edition.change_kind).label)),
            "note": edition.change_note,
            "released_at": edition.released_at,
            "live": document.live_id == edition.pk,
            "url": self.web(document.agency_id, edition.get_absolute_url()),
            "api_url": self.api("edition", document.code, edition.number),
        }

    def edition(self, document: Document, edition: Edition) -> Told:
        """One edition that was said."""
        header = ("title", "issuer", "document_number", "date_of_issue", "effective_on", "expires_on")
        facts: Mapping[str, Any] = {key: getattr(edition, key) for key in header}
        return {"document": document.code, **facts, **self.edition_line(document, edition)} | self.said(
            document, edition
        )


def live_of(document: Document) -> Edition:
    """What a public document says."""
    if document.live is None:
        raise ValueError(f"document {document.pk} is public but has no live edition")
    return document.live


def keyed(key: str, label: str) -> Told:
    return {"key": key, "label": label}


def agency_ref(agency: Agency) -> Told:
    return {"code": agency.code, "name": agency.name}


def item_of(document: Document) -> Told:
    return keyed(document.item, articles.item(document.item).name)


def lines(telling: Telling, documents: Sequence[Document]) -> list[Told]:
    """All of them; no query."""
    return [telling.line(one) for one in documents]
