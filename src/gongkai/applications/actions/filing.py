"""Files of the public into a case: claimed in the transaction of what they belong to, sealed under the applicant's key
right after it.

Sealing a large file takes seconds, in which nobody else could write: so each is sealed in a transaction of its own,
and what a dead process left is done by the worker. Until then the bytes lie sealed where uploads lie.
"""

import logging
import posixpath
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from gongkai.agencies.officers import Officer
from gongkai.applications import ledger_kinds as kinds
from gongkai.applications.applications import Application
from gongkai.applications.files import CaseFile, FileRole
from gongkai.interfaces.uploads import claiming
from gongkai.interfaces.uploads.fields import Kept
from gongkai.interfaces.uploads.upload import State, Upload
from gongkai.ledger import clockwork, moment, person_files
from gongkai.ledger.recording import record
from gongkai.procedures.engine import Refused
from gongkai.procedures.tables import Actor
from gongkai.texts.filetypes import ALLOWED

logger = logging.getLogger(__name__)

WAITING, REFUSED = "waiting", "refused"
"""``CaseFile.scanned`` of a file that is not sealed yet, and of one that the virus scanner refused."""
_KIND_OF = {kind.content_type: key for key, kind in ALLOWED.items()}
_AT_ONCE = 20
_LOOKED_FOR_EVERY = timedelta(minutes=1)


def take_in(
    application: Application, kept: Iterable[Kept], *, role: FileRole, purpose: str, by: Actor
) -> list[CaseFile]:
    """Claim what was uploaded, by the applicant or an officer, in the caller's transaction. Raises Refused with what
    is wrong with a file.

    The name that lists show says what it is; the name its owner gave it may say who they are, and is sealed with it.
    """
    files, officer = [], by if isinstance(by, Officer) else None
    for number, one in enumerate(kept, start=1):
        file = CaseFile(application=application, role=role, place="", scanned=WAITING)
        file.by, file.from_applicant = officer, officer is None
        file.person, file.at, file.size = application.applicant.person, moment.now(), one.upload.size
        file.kind = _KIND_OF.get(one.upload.content_type, "")
        file.content_type, file.sha256 = one.upload.content_type, one.upload.sha256
        extension = posixpath.splitext(one.upload.name)[1].lower()[:8]
        file.name = f"{FileRole(role).label}{number if number > 1 else ''}{extension}"
        file.save()
        try:
            claiming.claim(one.token, purpose=purpose, by=file)
        except claiming.NotUsable as problem:
            raise Refused([str(problem)]) from None
        record(kinds.FILE_ADDED, by=by, subject=application, agency=application.agency, what=file.name, file=file.pk)
        files.append(file)
    return files


def seal_all(files: Iterable[CaseFile]) -> int:
    """Seal what is accepted, one transaction each; returns how many were sealed. Doing it again changes nothing."""
    return sum(_seal(file.pk) for file in files)


def seal_waiting(now: datetime) -> int:
    """What a process left that died between taking in and sealing."""
    return seal_all(CaseFile.objects.filter(scanned=WAITING, at__lte=now - _LOOKED_FOR_EVERY)[:_AT_ONCE])


def settled(upload: Upload) -> None:
    """The virus scanner has spoken about a file that was claimed while it waited (in that transaction)."""
    file = _file_of(upload)
    if file is None:
        return
    if upload.state == State.ACCEPTED:
        transaction.on_commit(lambda: seal_all([file]), robust=True)
    else:
        file.scanned = REFUSED
        file.save(update_fields=["scanned"])


def _seal(pk: int) -> bool:
    with transaction.atomic():
        file = CaseFile.objects.select_for_update().select_related("application__applicant").get(pk=pk)
        upload = Upload.objects.filter(claimed_by=file.ref().key).first()
        if file.scanned != WAITING or upload is None or upload.state != State.ACCEPTED:
            return False
        stored = person_files.store(
            person=file.person,
            name=upload.name,
            content_type=upload.content_type,
            source=claiming.contents(upload),
        )
        file.place, file.scanned = str(stored.pk), "clean" if upload.scanned else ""
        file.kind, file.content_type = _KIND_OF.get(upload.content_type, ""), upload.content_type
        file.sha256 = upload.sha256
        file.save(update_fields=["place", "scanned", "kind", "content_type", "sha256"])
        claiming.release(upload)
    return True


def _file_of(upload: Upload) -> CaseFile | None:
    kind, _, pk = upload.claimed_by.partition(":")
    return CaseFile.objects.filter(pk=int(pk)).first() if kind == "case_file" and pk.isdigit() else None


clockwork.register(
    clockwork.Timed("files of applications", lambda: None, clockwork.at_intervals(_LOOKED_FOR_EVERY, seal_waiting))
)
