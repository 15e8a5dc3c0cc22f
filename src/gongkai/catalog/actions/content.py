"""Files and links of a draft."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from gongkai.agencies.officers import Officer
from gongkai.catalog import intake, storage
from gongkai.catalog import ledger_kinds as kinds
from gongkai.catalog.documents import Document
from gongkai.catalog.editions import Edition, EditionState
from gongkai.catalog.files import EditionFile, FileRole, StoredFile
from gongkai.catalog.links import Link, LinkKind
from gongkai.ledger.recording import record
from gongkai.texts import richtext


@dataclass(frozen=True)
class LinkGiven:
    """A link as the drafter gives it: to a document here, or outside with title and address."""

    kind: LinkKind
    target: Document | None = None
    title: str = ""
    url: str = ""


def add_file(edition: Edition, *, name: str, data: bytes, role: FileRole, by: Officer, alt: str = "") -> StoredFile:
    """Take a file in: its kind judged by content, cleaned of what it hides, text extracted, then kept and listed.

    The slow part (reading the file) happens before the transaction. Raises ValidationError with what to do.
    """
    _demand_draft(edition)
    taken = intake.take_in(name=name, data=data, role=role)
    offered, original = storage.keep(taken.offered), storage.keep(data)
    with transaction.atomic():
        current = Edition.objects.select_for_update().select_related("document").get(pk=edition.pk)
        _demand_draft(current)
        stored = StoredFile.objects.create(
            document=current.document,
            role=role,
            name=taken.name,
            kind=taken.kind.key,
            content_type=taken.kind.content_type,
            size=len(taken.offered),
            sha256=offered.sha256,
            offered=offered.path,
            original=original.path,
            inline_safe=taken.kind.inline_safe,
            readable=taken.readable,
            has_text=taken.has_text,
            text=taken.text,
            alt=alt,
            width=taken.width,
            height=taken.height,
            hidden=taken.hidden,
        )
        last = current.edition_files.aggregate(last=Max("position"))["last"]
        EditionFile.objects.create(edition=current, file=stored, position=0 if last is None else last + 1)
        _touched(current, by)
        record(
            kinds.FILE_ADDED, by=by, subject=current, agency=current.document.agency, name=taken.name, file=stored.pk
        )
    return stored


@transaction.atomic
def remove_file(edition: Edition, stored: StoredFile, *, by: Officer) -> None:
    """Take a file off the draft. It stays with the editions that had it."""
    current = Edition.objects.select_for_update().select_related("document").get(pk=edition.pk)
    _demand_draft(current)
    current.edition_files.filter(file=stored).delete()
    _touched(current, by)
    record(kinds.FILE_REMOVED, by=by, subject=current, agency=current.document.agency, name=stored.name, file=stored.pk)


@transaction.atomic
def keep_original(edition: Edition, stored: StoredFile, *, note: str, by: Officer) -> None:
    """A person decides that the file is offered as it came, with what it hides; the reason is kept."""
    current = Edition.objects.select_for_update().select_related("document").get(pk=edition.pk)
    _demand_draft(current)
    if not note.strip():
        raise ValidationError({"note": "请写明为什么原样公开。"})
    file = StoredFile.objects.select_for_update().get(pk=stored.pk, document=current.document)
    file.keep_original, file.offered = True, file.original
    kept = storage.describe(file.original)
    file.sha256, file.size = kept.sha256, kept.size
    file.save(update_fields=["keep_original", "offered", "sha256", "size"])
    _touched(current, by)
    record(
        kinds.FILE_ORIGINAL_KEPT,
        by=by,
        subject=current,
        agency=current.document.agency,
        name=file.name,
        note=note.strip(),
    )


@transaction.atomic
def set_links(edition: Edition, links: Sequence[LinkGiven], *, by: Officer) -> None:
    """Replace the draft's links. Raises ValidationError for a link that leads nowhere or to the document itself."""
    current = Edition.objects.select_for_update().select_related("document").get(pk=edition.pk)
    _demand_draft(current)
    rows = []
    for position, given in enumerate(links):
        if given.target is None and not given.title.strip():
            raise ValidationError({"links": "请选择本平台的文件，或者写明文件名称。"})
        if given.target is not None and given.target.pk == current.document_id:
            raise ValidationError({"links": "文件不能关联自己。"})
        row = Link(
            edition=current,
            kind=given.kind,
            target=given.target,
            title=given.title.strip(),
            url=given.url,
            position=position,
        )
        row.full_clean()
        rows.append(row)
    current.links.all().delete()
    Link.objects.bulk_create(rows)
    _touched(current, by)
    record("catalog.saved", by=by, subject=current, agency=current.document.agency, changed=["关联文件"])


def images_in_body(edition: Edition) -> list[str]:
    """Codes of stored images the body shows, from their ``/files/<code>/…`` addresses."""
    sources = [image.src for image in richtext.images(edition.body)]
    return [source.split("/")[2] for source in sources if source.startswith("/files/") and source.count("/") >= 3]


def _demand_draft(edition: Edition) -> None:
    if edition.state != EditionState.DRAFTING:
        raise ValidationError(f"现在的状态是“{edition.state_label}”，不能修改。需要修改的，请先退回起草。")


def _touched(edition: Edition, by: Officer) -> None:
    """Files and links are part of what is reviewed: the version counts them, and whoever set them is an editor."""
    edition.version += 1
    if by.pk not in edition.editors:
        edition.editors = [*edition.editors, by.pk]
    edition.save(update_fields=["version", "editors", "saved_at"])
