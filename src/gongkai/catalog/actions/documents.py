"""A document is set up, its drafts are written, a new edition is begun."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.agencies.bodies import Agency, Department
from gongkai.agencies.officers import Officer
from gongkai.catalog import doctypes, header
from gongkai.catalog import ledger_kinds as kinds
from gongkai.catalog.documents import Document, Topic
from gongkai.catalog.editions import ChangeKind, Edition, EditionState
from gongkai.catalog.files import EditionFile, FileRole
from gongkai.catalog.links import Link
from gongkai.catalog.numbering import take
from gongkai.ledger import moment
from gongkai.ledger.entries import Entry
from gongkai.ledger.recording import record
from gongkai.ledger.refs import Named, Ref
from gongkai.texts import docnumbers, provisions, richtext

DRAFT_FIELDS: frozenset[str] = frozenset(header.BY_KEY) | {"disclosure", "ground", "ground_note", "body", "change_note"}
"""What ``save_draft`` takes."""
_SITTING = timedelta(minutes=30)  # saves of one sitting are one entry of the history


class DraftConflict(Exception):
    """Somebody else saved this draft since it was opened; nothing was overwritten."""

    def __init__(self, edition: Edition) -> None:
        super().__init__(f"这份草稿在您打开之后已由他人保存过（第{edition.version}次保存）。")
        self.edition = edition


@transaction.atomic
def create_document(
    *,
    agency: Agency,
    type_key: str,
    by: Officer,
    department: Department | None = None,
    facts: Mapping[str, Any] | None = None,
    item: str = "",
    index_number: str = "",
    imported_from: str = "",
    listed_at: datetime | None = None,
    request_key: UUID | None = None,
) -> Edition:
    """Set up a document with its first draft: address, 索引号, type's item; returns the draft.

    What comes from a former site (``arrivals``) brings its origin, its first published date and perhaps its 索引号.
    ``request_key`` is unique: the database refuses a second document begun with the same form (IntegrityError).
    Raises ValidationError by field (unknown type, department of another agency, a header value that cannot be).
    """
    kind = _type(type_key)
    if department is not None and department.agency_id != agency.pk:
        raise ValidationError({"department": "处室不属于该机关。"})
    if not index_number:
        [index_number] = take(agency, moment.today().year)
    document = Document.objects.create(
        agency=agency,
        department=department,
        type=kind.key,
        item=item or kind.item,
        index_number=index_number,
        imported_from=imported_from,
        listed_at=listed_at,
        request_key=request_key,
    )
    edition = Edition(document=document, number=1, issuer=agency.name, drafted_by=by, editors=[by.pk])
    if "source" in kind.fields:
        edition.source = agency.name
    _set(edition, dict(facts or {}))
    edition.save()
    record(
        kinds.DOCUMENT_CREATED,
        by=by,
        subject=Ref("document", str(document.pk), str(edition)),
        agency=agency,
        index_number=index_number,
        type_label=kind.label,
    )
    return edition


@transaction.atomic
def save_draft(
    edition: Edition, *, by: Officer, version: int | None, facts: Mapping[str, Any], unasked: bool = False
) -> Edition:
    """Write into a draft. ``version`` is the one the writer opened: another one raises DraftConflict.

    ``unasked``: the page saved by itself; such saves share one ledger entry with the same person's saves of the same
    parts just before, else an hour of writing would bury the history under hundreds of lines.

    Raises ValidationError by field; then nothing was saved. Saving what is there already changes nothing.
    """
    current = Edition.objects.select_for_update().select_related("document").get(pk=edition.pk)
    if current.state != EditionState.DRAFTING:
        raise ValidationError(f"现在的状态是“{current.state_label}”，不能修改。需要修改的，请先退回起草。")
    if version is not None and current.version != version:
        raise DraftConflict(current)
    changed = _set(current, facts)
    if not changed:
        return current
    current.version += 1
    if by.pk not in current.editors:
        current.editors = [*current.editors, by.pk]
    current.save()
    labels = [header.LABELS.get(key, key) for key in changed]
    if not (unasked and _same_sitting(current, by, labels)):
        record(kinds.DRAFT_SAVED, by=by, subject=current, agency=current.document.agency, changed=labels)
    return current


def _same_sitting(edition: Edition, by: Officer, labels: list[str]) -> bool:
    """Whether the last thing in the edition's history is this person's save of these parts, not long ago."""
    ref = edition.ref()
    last = Entry.objects.filter(subject_kind=ref.kind, subject_id=ref.id).order_by("-id").first()
    return (
        last is not None
        and last.kind == kinds.DRAFT_SAVED
        and last.actor_id == str(by.pk)
        and set(labels) <= set(last.data.get("changed", []))
        and moment.now() - last.at < _SITTING
    )


@transaction.atomic
def draft_next_edition(document: Document, *, by: Officer, kind: ChangeKind, note: str) -> Edition:
    """Begin a correction 更正 or revision 修订 from the live edition: header, body, files and links are carried over.

    Raises ValidationError when there is no live edition, a draft is open already, or a revision has no note.
    """
    locked = Document.objects.select_for_update().get(pk=document.pk)
    live = locked.live
    if live is None:
        raise ValidationError("这份文件尚未发布，请直接修改草稿。")
    open_draft = locked.editions.exclude(
        state__in=[EditionState.RELEASED, EditionState.SUPERSEDED, EditionState.DISCARDED, EditionState.FILED]
    ).first()
    if open_draft is not None:
        raise ValidationError(f"已有一个新版本在办理（{open_draft.state_label}），请在其上继续。")
    if not note.strip():
        raise ValidationError({"change_note": "请写明修改说明：改了什么，为什么。"})
    latest = locked.editions.order_by("-number").values_list("number", flat=True)[0]
    draft = Edition(
        document=locked, number=latest + 1, change_kind=kind, change_note=note.strip(), drafted_by=by, editors=[by.pk]
    )
    for key in (*header.BY_KEY, "disclosure", "ground", "ground_note", "body", "text", "provisions"):
        setattr(draft, key, getattr(live, key))
    draft.save()
    _carry_over(live, draft)
    record(
        kinds.EDITION_DRAFTED,
        by=by,
        subject=draft,
        agency=locked.agency,
        number=draft.number,
        change_label=f"{kind.label}。{draft.change_note}",
    )
    return draft


@transaction.atomic
def set_topics(document: Document, topics: Iterable[Topic], *, by: Officer | Ref | Named) -> None:
    """Put the document under these topics of its agency."""
    chosen = list(topics)
    foreign = [topic.name for topic in chosen if topic.agency_id != document.agency_id]
    if foreign:
        raise ValidationError({"topics": f"专题不属于本机关：{'、'.join(foreign)}"})
    before = [topic.slug for topic in document.topics.all()]
    document.topics.set(chosen)
    record(
        kinds.TAGGED,
        by=by,
        subject=document,
        agency=document.agency,
        topics=[topic.name for topic in chosen],
        before_topics=before,
    )


def _type(key: str) -> doctypes.DocumentType:
    try:
        return doctypes.get(key)
    except KeyError:
        raise ValidationError({"type": f"没有“{key}”这种文件类型。"}) from None


def _set(edition: Edition, facts: Mapping[str, Any]) -> list[str]:
    """Put the values in, cleaned and checked; returns the keys that changed."""
    unknown = set(facts) - DRAFT_FIELDS
    if unknown:
        raise ValueError(f"not draft fields: {sorted(unknown)}")
    values = dict(facts)
    if "body" in values:
        values["body"] = richtext.clean(values["body"] or "")
    if values.get("document_number"):
        values["document_number"] = _document_number(values["document_number"])
    changed = [key for key, value in values.items() if getattr(edition, key) != value]
    for key in changed:
        setattr(edition, key, values[key])
    if "body" in changed:
        _structure(edition)
    edition.clean_fields(exclude={field.name for field in edition._meta.fields} - DRAFT_FIELDS)
    return changed


def _document_number(given: str) -> str:
    try:
        return str(docnumbers.parse(given))
    except docnumbers.InvalidDocumentNumber as error:
        raise ValidationError({"document_number": str(error)}) from None


def _structure(edition: Edition) -> None:
    """Recognise articles and carry their identity over from the edition before; keep the plain text beside."""
    if edition.document.type_info.legal_text:
        before = edition.document.editions.exclude(pk=edition.pk).exclude(provisions=[]).order_by("-number").first()
        edition.body, edition.provisions = provisions.identify(edition.body, before.provisions if before else None)
    edition.text = richtext.plain_text(edition.body)


def _carry_over(live: Edition, draft: Edition) -> None:
    uses = live.edition_files.exclude(file__role=FileRole.SOURCE)
    EditionFile.objects.bulk_create([EditionFile(edition=draft, file_id=u.file_id, position=u.position) for u in uses])
    Link.objects.bulk_create(
        [
            Link(
                edition=draft,
                kind=one.kind,
                target_id=one.target_id,
                title=one.title,
                url=one.url,
                position=one.position,
            )
            for one in live.links.all()
        ]
    )
