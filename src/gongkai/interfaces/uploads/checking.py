"""Judging an upload that is complete: by its content, by what it is for, by the virus scanner."""

import hashlib
import io
import logging
import threading
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from gongkai.interfaces import ledger_kinds
from gongkai.interfaces.uploads import scanning
from gongkai.interfaces.uploads.upload import State, Upload
from gongkai.ledger import moment
from gongkai.ledger.recording import record
from gongkai.ledger.refs import SYSTEM, Ref
from gongkai.texts import filetypes
from gongkai.texts.reading import UnreadableFile

logger = logging.getLogger(__name__)

LOOK_AGAIN = timedelta(minutes=1)
_ONE_AT_A_TIME = threading.Lock()
"""A file is in memory while it is judged: one in a process, so that many large ones do not add up."""


def check(upload: Upload) -> Upload:
    """Accept, refuse, or keep in quarantine while the scanner does not answer. Doing it again changes nothing."""
    with _ONE_AT_A_TIME, upload.parts.locked(wait=True):
        upload.refresh_from_db()
        if upload.complete and upload.state in (State.RECEIVING, State.QUARANTINED):
            _judge(upload)
    return upload


def _judge(upload: Upload) -> None:
    data, name, purpose = _whole(upload), upload.name, upload.for_what()
    try:
        kind = filetypes.sniff(name, data)
    except UnreadableFile as error:
        return _refuse(upload, f"“{name}”：{error}")
    if purpose.kinds and kind.key not in purpose.kinds:
        return _refuse(upload, f"“{name}”是{kind.label}。{purpose.described}")
    upload.content_type, upload.sha256 = kind.content_type, hashlib.sha256(data).hexdigest()
    try:
        threat = scanning.scan(data)
    except scanning.NoAnswer as error:
        logger.warning("the virus scanner does not answer, an upload stays in quarantine: %s", error)
        return _settle(upload, State.QUARANTINED)
    if threat:
        return _refuse(upload, f"“{name}”带有病毒，没有接收。请清除病毒或更换文件后再上传。", threat=threat)
    upload.scanned = scanning.configured()
    return _settle(upload, State.ACCEPTED)


def _whole(upload: Upload) -> bytes:
    """All of it, in memory once: joining pieces would hold everything twice."""
    buffer = io.BytesIO()
    for chunk in upload.parts.chunks(upload.size):
        buffer.write(chunk)
    return buffer.getvalue()


def _refuse(upload: Upload, problem: str, *, threat: str = "") -> None:
    upload.problem = problem[:300]
    _settle(upload, State.REFUSED, threat=threat)
    upload.parts.delete()


def _settle(upload: Upload, state: State, *, threat: str = "") -> None:
    was, upload.state = upload.state, state
    upload.look_again_at = moment.now() + LOOK_AGAIN if state == State.QUARANTINED else None
    with transaction.atomic():
        changed = ["state", "problem", "content_type", "sha256", "scanned", "look_again_at"]
        values = {field: getattr(upload, field) for field in changed}
        if not Upload.objects.filter(pk=upload.pk, state=was).update(**values):
            upload.refresh_from_db()
            return
        upload.refresh_from_db(fields=["claimed_by"])
        if threat:
            _record(upload, threat)
        if upload.claimed_by and was == State.QUARANTINED != state and (settled := upload.for_what().settled):
            settled(upload)


def _record(upload: Upload, threat: str) -> None:
    record(
        ledger_kinds.UPLOAD_INFECTED,
        by=SYSTEM,
        subject=Ref("upload", str(upload.pk)),
        agency=upload.agency,
        purpose=upload.for_what().label,
        threat=threat,
        size=upload.size,
    )


def interrupted() -> list[Upload]:
    """Complete but never judged: the process died between the last byte and the check."""
    stalled = moment.now() - LOOK_AGAIN
    return list(
        Upload.objects.filter(state=State.RECEIVING, offset=F("size"), created_at__lte=stalled).order_by("pk")[:20]
    )
