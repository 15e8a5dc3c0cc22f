"""Keeping and opening the files of a case: sealed under the applicant's key, they go when the applicant goes."""

import hashlib
from collections.abc import Iterable, Iterator

from django.http import Http404

from gongkai.agencies.officers import Officer
from gongkai.applications import ledger_kinds as kinds
from gongkai.applications.applications import Application
from gongkai.applications.files import CaseFile, FileRole
from gongkai.applications.items import RequestedItem
from gongkai.ledger import moment, person_files
from gongkai.ledger.person_files import PersonFile
from gongkai.ledger.recording import record
from gongkai.ledger.revealing import reveal_file
from gongkai.procedures.tables import Actor
from gongkai.texts import filetypes

_NAME_LENGTH = 200


def keep(
    application: Application,
    data: bytes | Iterable[bytes],
    *,
    name: str,
    role: FileRole,
    by: Actor,
    content_type: str = "",
    kind: str = "",
    item: RequestedItem | None = None,
    derived_from: CaseFile | None = None,
    from_applicant: bool = False,
    for_applicant: bool = False,
    scanned: str = "",
) -> CaseFile:
    """Seal a file and list it in the case, in the caller's transaction. What it is is told from its content when
    ``kind`` is not given (then ``data`` must be bytes). Raises UnreadableFile for kinds that are not taken."""
    if not kind:
        if not isinstance(data, bytes):
            raise ValueError("the kind of a stream is told beforehand")
        told = filetypes.sniff(name, data)
        kind, content_type = told.key, told.content_type
    counted = _Counted([data] if isinstance(data, bytes) else data)
    sealed = person_files.store(
        person=application.applicant.person, name=name, content_type=content_type, source=counted
    )
    made = CaseFile.objects.create(
        application=application,
        item=item,
        role=role,
        name=name[-_NAME_LENGTH:],
        kind=kind,
        content_type=content_type,
        size=sealed.size,
        sha256=counted.digest.hexdigest(),
        place=str(sealed.pk),
        person=sealed.person,
        derived_from=derived_from,
        scanned=scanned,
        from_applicant=from_applicant,
        for_applicant=for_applicant,
        by=by if isinstance(by, Officer) else None,
        at=moment.now(),
    )
    record(
        kinds.FILE_ADDED,
        by=by,
        subject=application,
        agency=application.agency,
        what=str(FileRole(role).label),
        file=made.pk,
    )
    return made


def content(file: CaseFile) -> bytes:
    """The plain bytes, for work on them (redaction, printing); no look of a person. Raises Forgotten."""
    return b"".join(_sealed(file).chunks())


def opened(file: CaseFile, *, by: Actor, why: str = "") -> Iterator[bytes]:
    """The bytes as a stream for somebody who looks; the look is in the ledger before the first. Raises Forgotten."""
    _, chunks = reveal_file(
        _sealed(file),
        kind=kinds.FILE_OPENED,
        by=by,
        subject=file.application,
        agency=file.application.agency,
        what=str(FileRole(file.role).label),
        why=why,
        case_file=file.pk,
    )
    return chunks


def _sealed(file: CaseFile) -> PersonFile:
    found = PersonFile.objects.filter(pk=file.place).first() if file.place else None
    if found is None:  # erased; or just handed in, and still being looked at for viruses
        raise Http404("文件已按规定删除，或者还在接收检查。")
    return found


class _Counted:
    """The chunks as they pass, with their SHA-256."""

    def __init__(self, source: Iterable[bytes]) -> None:
        self._source = source
        self.digest = hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._source:
            self.digest.update(piece)
            yield piece
