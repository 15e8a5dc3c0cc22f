"""What comes from a former site is taken over: a document with its files, its old addresses and where it came from."""

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.agencies.bodies import Agency, Department
from gongkai.agencies.officers import Officer
from gongkai.catalog import ledger_kinds as kinds
from gongkai.catalog.actions import content
from gongkai.catalog.actions.documents import create_document
from gongkai.catalog.addresses import OldAddress
from gongkai.catalog.documents import Document
from gongkai.catalog.editions import Edition
from gongkai.catalog.files import EditionFile, FileRole, StoredFile
from gongkai.ledger.recording import record
from gongkai.ledger.refs import Ref

_NAME_LENGTH = 200
_ORIGIN_LENGTH = 500


@dataclass(frozen=True)
class Arrival:
    """Where a document comes from. ``listed_at`` is its first published date; ``index_number`` the one it keeps, or "".

    ``files`` are unsaved rows made by ``file_brought`` and ``source_kept``; the body may already name their addresses.
    """

    origin: str
    listed_at: datetime | None = None
    index_number: str = ""
    old_addresses: Sequence[str] = ()
    files: Sequence[StoredFile] = ()


def file_brought(*, name: str, data: bytes, role: FileRole, alt: str = "", keep: bool = True) -> StoredFile:
    """An attachment or picture, judged and cleaned as on upload, not yet belonging to a document.

    Outside any transaction, since reading is slow; ``keep`` false stores no bytes (a trial). Raises ValidationError.
    """
    return content.row_of(content.prepare_file(name=name, data=data, role=role, keep=keep), alt=alt)


def source_kept(*, name: str, data: bytes, keep: bool = True) -> StoredFile:
    """The file a text was read from, kept to the byte and never offered: a web page, a Word file, a row of a list."""
    kept = content.place(data, keep=keep)
    suffix = posixpath.splitext(name)[1].lstrip(".").lower()
    return StoredFile(
        role=FileRole.SOURCE,
        name=name[-_NAME_LENGTH:],
        kind=suffix[:20],
        content_type="application/octet-stream",
        size=kept.size,
        sha256=kept.sha256,
        offered=kept.path,
        original=kept.path,
    )


@transaction.atomic
def take_over(
    *,
    agency: Agency,
    type_key: str,
    by: Officer,
    facts: Mapping[str, Any],
    arrival: Arrival,
    department: Department | None = None,
) -> Edition:
    """Set up the document as a draft with its files and the addresses at which it could be found before.

    An old address that leads to another document already stays with that one. Raises ValidationError by field.
    """
    edition = create_document(
        agency=agency,
        type_key=type_key,
        by=by,
        department=department,
        facts=facts,
        index_number=arrival.index_number,
        imported_from=arrival.origin[:_ORIGIN_LENGTH],
        listed_at=arrival.listed_at,
    )
    document = edition.document
    _add_files(edition, arrival.files)
    _add_addresses(document, arrival.old_addresses)
    record(
        kinds.IMPORTED,
        by=by,
        subject=Ref("document", str(document.pk), str(edition)),
        agency=agency,
        origin=arrival.origin,
        files=[one.name for one in arrival.files if one.role != FileRole.SOURCE],
        old_addresses=list(arrival.old_addresses),
    )
    return edition


def _add_files(edition: Edition, files: Sequence[StoredFile]) -> None:
    for one in files:
        one.document = edition.document
    saved = StoredFile.objects.bulk_create(files)
    EditionFile.objects.bulk_create(
        [EditionFile(edition=edition, file=one, position=place) for place, one in enumerate(saved)]
    )


def _add_addresses(document: Document, paths: Sequence[str]) -> None:
    taken = set(OldAddress.objects.filter(agency=document.agency, path__in=paths).values_list("path", flat=True))
    free = [path for path in dict.fromkeys(paths) if path not in taken]
    OldAddress.objects.bulk_create([OldAddress(agency=document.agency, path=path, document=document) for path in free])
