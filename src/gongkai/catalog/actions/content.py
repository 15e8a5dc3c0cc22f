"""Files and links of a draft."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from gongkai.agencies.officers import Officer
from gongkai.catalog import intake, storage
from gongkai.catalog import ledger_kinds as kinds
from gongkai.catalog.documents import Document, new_code
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


@dataclass(frozen=True)
class PreparedFile:
    """A file that was judged, read and kept, ready to be listed with a draft."""

    taken: intake.TakenIn
    role: FileRole
    offered: storage.Kept
    original: storage.Kept


def add_file(edition: Edition, *, name: str, data: bytes, role: FileRole, by: Officer, alt: str = "") -> StoredFile:
    """Take a file in: its kind judged by content, cleaned of what it hides, text extracted, then kept and listed.

    The slow part (reading the file) happens before the transaction. Raises ValidationError with what to do.
    """
    _demand_draft(edition)
    return attach(edition, prepare_file(name=name, data=data, role=role), by=by, alt=alt)


def prepare_file(*, name: str, data: bytes, role: FileRole, keep: bool = True) -> PreparedFile:
    """The slow part: judge, clean, read, keep the bytes. Nothing is listed yet. Raises ValidationError.

    ``keep`` false stores no bytes (a trial).
    """
    taken = intake.take_in(name=name, data=data, role=role)
    return PreparedFile(taken, role, place(taken.offered, keep=keep), place(data, keep=keep))


def place(data: bytes, *, keep: bool) -> storage.Kept:
    """Where the bytes lie: kept, or nowhere in a trial."""
    return storage.keep(data) if keep else storage.nowhere(data)


def row_of(prepared: PreparedFile, *, alt: str = "") -> StoredFile:
    """The unsaved row of a prepared file, not yet belonging to a document."""
    taken = prepared.taken
    return StoredFile(
        role=prepared.role,
        name=taken.name,
        kind=taken.kind.key,
        content_type=taken.kind.content_type,
        size=prepared.offered.size,
        sha256=prepared.offered.sha256,
        offered=prepared.offered.path,
        original=prepared.original.path,
        inline_safe=taken.kind.inline_safe,
        readable=taken.readable,
        has_text=taken.has_text,
        text=taken.text,
        alt=alt,
        width=taken.width,
        height=taken.height,
        hidden=taken.hidden,
    )


@transaction.atomic
def attach(edition: Edition, prepared: PreparedFile, *, by: Officer, alt: str = "") -> StoredFile:
    """List a prepared file with the draft, behind those it has."""
    current = _locked_draft(edition)
    stored = row_of(prepared, alt=alt)
    stored.document = current.document
    stored.save()
    last = current.edition_files.aggregate(last=Max("position"))["last"]
    EditionFile.objects.create(edition=current, file=stored, position=0 if last is None else last + 1)
    _touched(current, by)
    record(kinds.FILE_ADDED, by=by, subject=current, agency=current.document.agency, name=stored.name, file=stored.pk)
    return stored


@transaction.atomic
def remove_file(edition: Edition, stored: StoredFile, *, by: Officer) -> None:
    """Take a file off the draft. It stays with the editions that had it."""
    current = _locked_draft(edition)
    current.edition_files.filter(file=stored).delete()
    _touched(current, by)
    record(kinds.FILE_REMOVED, by=by, subject=current, agency=current.document.agency, name=stored.name, file=stored.pk)


@transaction.atomic
def move_file(edition: Edition, stored: StoredFile, *, up: bool, by: Officer) -> None:
    """Exchange an attachment of the draft with its neighbour; at either end nothing happens."""
    current = _locked_draft(edition)
    uses = list(current.edition_files.filter(file__role=FileRole.ATTACHMENT))
    place = next((place for place, use in enumerate(uses) if use.file_id == stored.pk), None)
    other = None if place is None else place + (-1 if up else 1)
    if place is None or other is None or not 0 <= other < len(uses):
        return
    uses[place], uses[other] = uses[other], uses[place]
    for position, use in enumerate(uses):
        use.position = position
    EditionFile.objects.bulk_update(uses, ["position"])
    _touched(current, by)
    record(kinds.DRAFT_SAVED, by=by, subject=current, agency=current.document.agency, changed=["附件顺序"])


@transaction.atomic
def keep_original(edition: Edition, stored: StoredFile, *, note: str, by: Officer) -> StoredFile:
    """A person decides that the file is offered as it came, with what it hides; the reason is kept.

    Returns the file with which the draft goes on: an edition that was said keeps what it offered, so a file that other
    editions have too is listed here a second time, under an address of its own.
    """
    current = _locked_draft(edition)
    if not note.strip():
        raise ValidationError({"note": "请写明为什么原样公开。"})
    file = StoredFile.objects.select_for_update().get(pk=stored.pk, document=current.document)
    use = current.edition_files.get(file=file)
    if file.uses.exclude(pk=use.pk).exists():
        file.pk, file.code = None, new_code()
        file._state.adding = True
    file.keep_original, file.offered = True, file.original
    kept = storage.describe(file.original)
    file.sha256, file.size = kept.sha256, kept.size
    file.save()
    use.file = file
    use.save(update_fields=["file"])
    _touched(current, by)
    record(
        kinds.FILE_ORIGINAL_KEPT,
        by=by,
        subject=current,
        agency=current.document.agency,
        name=file.name,
        note=note.strip(),
    )
    return file


@transaction.atomic
def drop_unused_images(edition: Edition, *, by: Officer) -> int:
    """Take pictures off the draft that its body no longer shows: what was taken out of a text is not to be had by
    address. Returns how many."""
    current = _locked_draft(edition)
    unused = current.edition_files.filter(file__role=FileRole.IMAGE).exclude(file__code__in=images_in_body(current))
    names = list(unused.values_list("file__name", flat=True))
    if names:
        unused.delete()
        _touched(current, by)
        record(kinds.FILE_REMOVED, by=by, subject=current, agency=current.document.agency, name="、".join(names))
    return len(names)


@transaction.atomic
def set_links(edition: Edition, links: Sequence[LinkGiven], *, by: Officer) -> None:
    """Replace the draft's links. Raises ValidationError for a link that leads nowhere or to the document itself."""
    current = _locked_draft(edition)
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
    record(kinds.DRAFT_SAVED, by=by, subject=current, agency=current.document.agency, changed=["关联文件"])


def images_in_body(edition: Edition) -> list[str]:
    """Codes of stored images the body shows, from their ``/files/<code>/…`` addresses."""
    sources = [image.src for image in richtext.images(edition.body)]
    return [source.split("/")[2] for source in sources if source.startswith("/files/") and source.count("/") >= 3]


def _locked_draft(edition: Edition) -> Edition:
    """The draft as it is in the database, held until the transaction ends. Raises ValidationError when it is none."""
    current = Edition.objects.select_for_update().select_related("document__agency").get(pk=edition.pk)
    _demand_draft(current)
    return current


def _demand_draft(edition: Edition) -> None:
    if edition.state != EditionState.DRAFTING:
        raise ValidationError(f"现在的状态是“{edition.state_label}”，不能修改。需要修改的，请先退回起草。")


def _touched(edition: Edition, by: Officer) -> None:
    """Files and links are part of what is reviewed: the version counts them, and whoever set them is an editor."""
    edition.version += 1
    if by.pk not in edition.editors:
        edition.editors = [*edition.editors, by.pk]
    edition.save(update_fields=["version", "editors", "saved_at"])
