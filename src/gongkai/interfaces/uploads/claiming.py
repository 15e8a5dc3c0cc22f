"""How a package makes an upload its own: claimed in the transaction of what it belongs to, read, then released."""

from collections.abc import Iterator
from functools import partial

from django.db import transaction

from gongkai.interfaces.uploads.upload import State, Upload, digest_of
from gongkai.ledger.refs import Named, Ref, ref_of


class NotUsable(ValueError):
    """This upload cannot be taken; the message says in Chinese what the sender does now."""


class InQuarantine(RuntimeError):
    """The scanner has not answered yet: nobody may read it."""


def claim(token: str, *, purpose: str, by: "Ref | Named") -> Upload:
    """Make it belong to ``by`` (what it is a file of), once. Must be called in a transaction; raises NotUsable.

    The state is ``accepted`` or ``quarantined``; of the latter the purpose's ``settled`` tells how it went on.
    """
    locked = Upload.objects.select_for_update().filter(token_digest=digest_of(token), purpose=purpose).first()
    if locked is None:
        raise NotUsable("上传的文件已过保存时间，请重新上传。")
    reference = ref_of(by).key
    if locked.state == State.REFUSED:
        raise NotUsable(locked.problem)
    if locked.state == State.RECEIVING:
        raise NotUsable(f"“{locked.name}”还没有传完，请等待上传完成后再提交。")
    if locked.claimed_by not in ("", reference):
        raise NotUsable(f"“{locked.name}”已经随另一次提交使用，请重新上传。")
    locked.claimed_by = reference
    locked.save(update_fields=["claimed_by"])
    return locked


def contents(upload: Upload) -> Iterator[bytes]:
    """The plain bytes of an accepted upload; raises InQuarantine."""
    if upload.state != State.ACCEPTED:
        raise InQuarantine(upload.state)
    return upload.parts.chunks(upload.size)


def release(upload: Upload) -> None:
    """Nobody needs it any more (it was sealed under its person's key, say): row now, bytes after the commit."""
    parts = upload.parts
    upload.delete()
    transaction.on_commit(partial(parts.delete))
