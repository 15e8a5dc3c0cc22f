"""What stands beside a document: links both ways in groups a reader understands, attachments, versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gongkai.catalog.documents import Document
from gongkai.catalog.editions import ChangeKind, Edition
from gongkai.catalog.files import StoredFile
from gongkai.catalog.links import REVERSE_LABELS, Link, LinkKind
from gongkai.catalog.portal.frame import Frame
from gongkai.catalog.portal.outside import leads_out
from gongkai.catalog.presenting import size_label
from gongkai.texts import filetypes

_UNDERSTAND, _LINEAGE, _RELATED = "读懂这份文件", "依据与沿革", "相关文件"
_GROUPS = {
    LinkKind.INTERPRETS: _UNDERSTAND,
    LinkKind.BASIS: _LINEAGE,
    LinkKind.AMENDS: _LINEAGE,
    LinkKind.REPEALS: _LINEAGE,
    LinkKind.RELATED: _RELATED,
}


@dataclass(frozen=True)
class Relation:
    """One linked document: how it is related, its title and address, what helps to recognise it."""

    label: str
    title: str
    url: str
    note: str = ""
    outside: bool = False


@dataclass(frozen=True)
class Group:
    """Relations under one heading."""

    heading: str
    relations: Sequence[Relation]


@dataclass(frozen=True)
class Offered:
    """An attachment as it is offered: ``url`` to have it, ``viewable`` when a browser can show it."""

    name: str
    url: str
    kind: str
    size: str
    sha256: str
    viewable: bool
    width: int | None = None
    height: int | None = None
    alt: str = ""

    @property
    def picture(self) -> bool:
        """Shown in the page itself when the reader asks for it."""
        return self.viewable and bool(self.width and self.height)


@dataclass(frozen=True)
class Version:
    """One line of the history readers see; ``url`` empty for the one shown."""

    number: int
    at: datetime | None
    label: str
    note: str
    url: str
    emergency: bool


def groups(frame: Frame, document: Document, own: Sequence[Link], to: Sequence[Link]) -> list[Group]:
    """Links in both directions under their headings; the same document is named once in each."""
    found: dict[str, dict[str, Relation]] = {_UNDERSTAND: {}, _LINEAGE: {}, _RELATED: {}}
    interprets = "解读的文件"
    for one in own:
        heading = interprets if one.kind == LinkKind.INTERPRETS else _GROUPS[LinkKind(one.kind)]
        relation = _outgoing(frame, one)
        found.setdefault(heading, {}).setdefault(relation.url or relation.title, relation)
    for one in to:
        relation = _incoming(frame, one)
        found[_GROUPS[LinkKind(one.kind)]].setdefault(relation.url, relation)
    successor = document.successor
    if successor is not None and successor.is_public and successor.live is not None:
        url = frame.sites.url(successor.agency_id, successor.get_absolute_url())
        found[_LINEAGE].setdefault(url, Relation("现行", successor.live.title, url, successor.live.document_number))
    order = (interprets, _UNDERSTAND, _LINEAGE, _RELATED)
    return [Group(heading, list(found[heading].values())) for heading in order if found.get(heading)]


def offered(files: Sequence[StoredFile], *, prefix: str = "") -> list[Offered]:
    """Attachments in order; ``prefix`` before their addresses (the desk's own view of a draft's files)."""
    return [
        Offered(
            name=one.name,
            url=prefix + one.get_absolute_url(),
            kind=filetypes.ALLOWED[one.kind].label if one.kind in filetypes.ALLOWED else one.kind.upper(),
            size=size_label(one.size),
            sha256=one.sha256,
            viewable=one.inline_safe,
            width=one.width,
            height=one.height,
            alt=one.alt or one.name,
        )
        for one in files
    ]


def versions(document: Document, said: Sequence[Edition], shown: Edition) -> list[Version]:
    """What was said in public, newest first. The first one is dated by the published date, which an import may set."""
    return [
        Version(
            number=one.number,
            at=document.listed_at if one.change_kind == ChangeKind.FIRST else one.released_at,
            label=str(ChangeKind(one.change_kind).label),
            note=one.change_note,
            url="" if one.pk == shown.pk else _version_url(document, one),
            emergency=one.emergency,
        )
        for one in said
    ]


def _version_url(document: Document, edition: Edition) -> str:
    return (
        document.get_absolute_url()
        if edition.pk == document.live_id
        else f"{document.get_absolute_url()}v{edition.number}/"
    )


def _outgoing(frame: Frame, link: Link) -> Relation:
    label = str(LinkKind(link.kind).label)
    target = link.target
    if target is None or target.live is None:
        return Relation(label, link.title, link.url, outside=leads_out(frame.sites, link.url))
    note = target.live.document_number or (f"{target.listed_at:%Y-%m-%d}" if target.listed_at else "")
    return Relation(label, target.live.title, frame.sites.url(target.agency_id, target.get_absolute_url()), note)


def _incoming(frame: Frame, link: Link) -> Relation:
    document, edition = link.edition.document, link.edition
    day = f"{document.listed_at:%Y-%m-%d}" if document.listed_at else ""
    if link.kind == LinkKind.INTERPRETS:
        note = " · ".join(part for part in (edition.genre or "政策解读", day) if part)
    else:
        note = edition.document_number or day
    url = frame.sites.url(document.agency_id, document.get_absolute_url())
    return Relation(REVERSE_LABELS[link.kind], edition.title, url, note)
