"""The page of a document: what it is, whether it holds, what it says, what belongs to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from gongkai.agencies.queries import ending_of
from gongkai.catalog import presenting, queries
from gongkai.catalog.columns import Column, ColumnPick
from gongkai.catalog.documents import Document, Topic
from gongkai.catalog.editions import Edition
from gongkai.catalog.files import EditionFile, FileRole, StoredFile
from gongkai.catalog.full_list.standing import belongs
from gongkai.catalog.links import Link, LinkKind
from gongkai.catalog.matters import Matter
from gongkai.catalog.placing import PlacedFacts, path_to
from gongkai.catalog.portal import captions, notices, outside, pictures, relations, sharing
from gongkai.catalog.portal.access import find
from gongkai.catalog.portal.frame import Frame, public_page
from gongkai.catalog.rules import Validity, ValidityFacts, archived, next_change, validity
from gongkai.ledger.refs import Ref
from gongkai.texts import richtext

_DESCRIPTION_LENGTH = 120
_UNSAID = (
    "content",
    "basis",
    "channels",
    "tiers",
    "limit_start",
    "body",
    "channel_note",
    "audience_note",
)
_MATTERS = 3  # what a document is of; a list of twenty would say nothing
_DESK = "/desk"  # where officers read the files of drafts


@public_page
def document(request: HttpRequest, code: str) -> HttpResponse:
    """The document as it stands today; a fixed number of queries."""
    found = find(request, code)
    if found.instead is not None:
        return found.instead
    shown = found.document
    if shown.live is None:
        raise ValueError(f"document {shown.pk} is public but has no live edition")
    page = DocumentPage.read(found.frame, shown, shown.live)
    context = page.context() | {"canonical": found.frame.sites.absolute(shown.agency_id, shown.get_absolute_url())}
    return found.frame.page("catalog/document.html", context, way=page.way, labels=page.labels(), shows=page.shows())


def preview_response(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The page that ``edition`` would have if it were released now, for the desk: not indexed, no page labels, files
    through the desk's own address. The caller has decided that this person may see it."""
    shown = edition.document
    frame = Frame(request, shown.agency)
    page = DocumentPage.read(frame, shown, edition, preview=True)
    response = frame.page("catalog/document.html", page.context() | {"preview": True}, way=page.way)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "private, no-store"
    return response


@dataclass
class DocumentPage:
    """Everything the page of one edition shows, read once."""

    frame: Frame
    document: Document
    edition: Edition
    own: Sequence[Link]
    to: Sequence[Link]
    said: Sequence[Edition]
    way: list[Column]
    topics: list[Topic]
    matters: list[Matter]
    validity: Validity
    preview: bool

    @classmethod
    def read(cls, frame: Frame, document: Document, edition: Edition, *, preview: bool = False) -> "DocumentPage":
        """Read links, history, topics and place; the same number of queries for every document."""
        to = queries.links_to(document)
        topics = list(document.topics.all())
        picked = ColumnPick.objects.filter(document=document, column__agency=frame.agency)
        placed = PlacedFacts(
            type=document.type,
            item=document.item,
            subject=edition.subject,
            genre=edition.genre,
            topics=frozenset(topic.slug for topic in topics),
            picked=frozenset(picked.values_list("column_id", flat=True)),
            own=document.agency_id == frame.agency.pk,
        )
        facts = ValidityFacts(
            has_validity=document.type_info.validity,
            state=document.state,
            notice_kind=document.notice_kind,
            notice_on=document.notice_on,
            effective_on=edition.effective_on,
            expires_on=edition.expires_on,
            amended=any(one.kind == LinkKind.AMENDS for one in to),
        )
        frame.changes_on(next_change(facts, frame.today))
        ends = document.agency.abolished_on
        frame.changes_on(ends if ends is not None and ends > frame.today else None)
        return cls(
            frame=frame,
            document=document,
            edition=edition,
            own=queries.links_of(edition),
            to=to,
            said=queries.said_editions(document),
            way=path_to(frame.tree, placed),
            topics=topics,
            matters=_matters(document, placed),
            validity=validity(facts, frame.today),
            preview=preview,
        )

    def context(self) -> dict[str, Any]:
        """Template variables."""
        document, edition, prefix = self.document, self.edition, _DESK if self.preview else ""
        today = self.frame.today
        former = not self.preview and self.document.live_id != edition.pk
        files = self._files()
        address = self.frame.sites.absolute(document.agency_id, document.get_absolute_url())
        ending = ending_of(document.agency)
        responsible = ending.successor if ending is not None and ending.successor else document.agency
        contact = self.frame.contact
        told = notices.Relations(self.to, self.said, list(document.agency.former_names.all()), ending)
        return {
            "crumbs": self.frame.crumbs(self.way, "正文"),
            "document": document,
            "edition": edition,
            "column": self.way[-1] if self.way else None,
            "agency_url": self.frame.sites.url(document.agency_id, "/"),
            "office": contact.office_of(responsible.name) if contact is not None else responsible.name,
            "validity": self.validity,
            "validity_tone": presenting.validity_tone(self.validity),
            "notices": notices.notices(self.frame, document, edition, self.validity, told),
            "facts": presenting.header_facts(document, edition, Validity.NONE if former else self.validity),
            "body": self._body(files[FileRole.IMAGE], prefix),
            "caption": self._caption(former),
            "contents": presenting.contents(edition.provisions),
            "attachments": relations.offered(files[FileRole.ATTACHMENT], prefix=prefix),
            "groups": relations.groups(self.frame, document, self.own, self.to),
            "versions": relations.versions(document, self.said, edition),
            "latest_change": edition.released_at if edition.number > 1 and not former else None,
            "updated": self._updated(today),
            "archived": archived(document.type_info.validity, edition.expires_on, document.agency.abolished_on, today),
            "matters": self.matters,
            "topics": [{"name": one.name, "column": self.frame.topic_columns.get(one.slug)} for one in self.topics],
            "address": address,
            "qr": "" if self.preview else sharing.qr_code(address),
            "contact": contact,
        }

    def _files(self) -> dict[str, list[StoredFile]]:
        """Attachments and pictures of the edition, in order; one query."""
        uses = EditionFile.objects.filter(edition=self.edition).select_related("file")
        found: dict[str, list[StoredFile]] = {FileRole.ATTACHMENT: [], FileRole.IMAGE: []}
        for use in uses:
            found.setdefault(use.file.role, []).append(use.file)
        return found

    def _body(self, images: Sequence[StoredFile], prefix: str) -> str:
        """The text as the page shows it: links that lead out marked, pictures with their size, provisions addressed."""
        body = outside.marked(self.frame.sites, pictures.with_sizes(self.edition.body, images))
        body = body.replace('src="/files/', f'src="{prefix}/files/')
        if body.startswith("<p>") and captions.has_its_own(self.edition.text):
            body = body.replace("<p>", '<p class="note">', 1)  # 题注, in its place under the title
        return presenting.with_addresses(body, self.edition.provisions)

    def _caption(self, former: bool) -> str:
        """题注 of a legal text; a former edition stands under its banner instead."""
        if former or not self.document.type_info.legal_text:
            return ""
        return captions.of_document(self.said, self.to, self.edition)

    def labels(self) -> dict[str, str]:
        """Page labels of a content page."""
        document, edition = self.document, self.edition
        listed = timezone.localtime(document.listed_at) if document.listed_at else None
        images = richtext.images(edition.body)
        absolute = self.frame.sites.absolute
        return self._column_labels() | {
            "ArticleTitle": edition.title,
            "PubDate": f"{listed:%Y-%m-%d %H:%M}" if listed else "",
            "ContentSource": edition.source or edition.issuer or document.agency.name,
            "Keywords": edition.keywords.replace(" ", ",")
            or ",".join([document.type_info.label, *(one.name for one in self.topics)]),
            "Author": edition.issuer or document.agency.name,
            "Description": (edition.summary or edition.text or edition.title)[:_DESCRIPTION_LENGTH].replace("\n", " "),
            "Image": absolute(document.agency_id, images[0].src) if images else "",
            "Url": absolute(document.agency_id, document.get_absolute_url()),
        }

    def _updated(self, today: date) -> date | None:
        """When what the page says last changed: its edition, or the notice above it."""
        document, edition = self.document, self.edition
        said = edition.released_at if edition.number > 1 else document.listed_at
        noticed = document.notice_on if document.notice_on is not None and document.notice_on <= today else None
        return max((one for one in (timezone.localdate(said) if said else None, noticed) if one), default=None)

    def _column_labels(self) -> dict[str, str]:
        """Those of its column; a document that stands in none (of a former body, say) has its type in its place."""
        if self.way:
            return self.frame.column_labels(self.way[-1])
        name = self.document.type_info.label
        return {
            "ColumnName": name,
            "ColumnDescription": f"{self.document.agency.name}{name}",
            "ColumnKeywords": f"{name},{self.document.agency.short_name},政府信息公开",
            "ColumnType": self.document.type_info.item_label,
        }

    def shows(self) -> list[Ref]:
        """What a change of makes this page stale: itself, what it links to, what links to it, whose it is."""
        linked = [one.target for one in self.own if one.target is not None]
        linked += [one.edition.document for one in self.to]
        if self.document.successor is not None:
            linked.append(self.document.successor)
        full_list = Ref("matters", str(self.document.agency_id))
        return [
            self.document.ref(),
            self.document.agency.ref(),
            full_list,
            *(Ref("document", str(one.pk)) for one in linked),
        ]


def _matters(document: Document, placed: PlacedFacts) -> list[Matter]:
    """The first matters of the full list that it belongs to; one query, for those bound to anything and no more of them
    than is needed to tell and to link."""
    bound = Matter.objects.filter(agency=document.agency_id, abolished_on=None)
    bound = bound.exclude(types=[], topics=[], column=None).select_related("column").defer(*_UNSAID)
    return [one for one in bound if belongs(one, placed)][:_MATTERS]
