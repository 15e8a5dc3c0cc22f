"""What happens to uploads by the clock: those nobody claimed expire, quarantine is looked at again, remains are
swept."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min

from gongkai.interfaces.uploads import parts
from gongkai.interfaces.uploads.checking import LOOK_AGAIN, check, interrupted
from gongkai.interfaces.uploads.parts import Busy
from gongkai.interfaces.uploads.upload import State, Upload
from gongkai.ledger import clockwork

logger = logging.getLogger(__name__)

_AT_ONCE = 100
_SWEPT_EVERY = timedelta(days=1)
_LEFT_BEHIND_SECONDS = 2 * 24 * 3600


def next_expiry() -> datetime | None:
    """When the next unclaimed upload expires; one query."""
    at = Upload.objects.filter(claimed_by="").aggregate(at=Min("expires_at"))["at"]
    return at if isinstance(at, datetime) else None


def expire(now: datetime) -> int:
    """Delete what nobody claimed in time; one that is being written to waits for the next round."""
    done = 0
    for upload in Upload.objects.filter(claimed_by="", expires_at__lte=now).order_by("expires_at")[:_AT_ONCE]:
        try:
            with upload.parts.locked():
                done += _expire(upload, now)
        except FileNotFoundError:
            done += _expire(upload, now)
        except Busy:
            continue
    return done


def _expire(upload: Upload, now: datetime) -> int:
    """Unless it was claimed or written to meanwhile."""
    with transaction.atomic():
        gone, _ = Upload.objects.filter(pk=upload.pk, claimed_by="", expires_at__lte=now).delete()
    if gone:
        upload.parts.delete()
    return gone


def next_look() -> datetime | None:
    """When the scanner is to be asked again."""
    at = Upload.objects.filter(state=State.QUARANTINED).aggregate(at=Min("look_again_at"))["at"]
    return at if isinstance(at, datetime) else None


def look_again(now: datetime) -> int:
    """Judge what waits in quarantine, and what a dead process left unjudged."""
    waiting = Upload.objects.filter(state=State.QUARANTINED, look_again_at__lte=now).order_by("look_again_at")
    done = 0
    for upload in [*waiting[:_AT_ONCE], *interrupted()]:
        try:
            done += check(upload).state in (State.ACCEPTED, State.REFUSED)
        except FileNotFoundError:
            logger.error("the bytes of upload %s are gone", upload.pk)
            Upload.objects.filter(pk=upload.pk).update(look_again_at=now + LOOK_AGAIN)
    return done


def sweep(now: datetime) -> int:
    """Delete bytes without a row: their process died between creating the file and the row."""
    gone = 0
    for path in parts.folder().glob("??/*"):
        old = path.stat().st_mtime < now.timestamp() - _LEFT_BEHIND_SECONDS
        if old and not Upload.objects.filter(token_digest=path.name).exists():
            path.unlink(missing_ok=True)
            gone += 1
    return gone


clockwork.register(clockwork.Timed("uploads expire", next_expiry, expire))
clockwork.register(clockwork.Timed("uploads in quarantine", next_look, look_again))
clockwork.register(clockwork.Timed("uploads left behind", lambda: None, clockwork.at_intervals(_SWEPT_EVERY, sweep)))
