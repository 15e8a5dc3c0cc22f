"""The mailbox to which returned mail goes: a Maildir on this machine, or IMAP over TLS."""

import imaplib
import mailbox
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

_TIMEOUT_SECONDS = 30
_IMAPS = 993


class Unreadable(RuntimeError):
    """The mailbox cannot be read. Says why in Chinese."""


@contextmanager
def opened(place: str) -> Iterator[Iterator[bytes]]:
    """The new mails of ``place`` (a path, or ``imaps://host/folder``). Each is marked as seen once the next is asked
    for, so that what was not dealt with is there again."""
    try:
        yield _imap(place) if "://" in place else _maildir(Path(place))
    except (OSError, imaplib.IMAP4.error, mailbox.Error) as error:
        raise Unreadable(f"退信邮箱读不了：{error}") from error


def _maildir(path: Path) -> Iterator[bytes]:
    if not (path / "new").is_dir():
        raise Unreadable(f"“{path}”不是 Maildir 邮箱（里面应有 new、cur、tmp 三个目录）。")
    box = mailbox.Maildir(path, create=False)
    for key in list(box.keys()):
        message = box.get_message(key)
        if "S" in message.get_flags():
            continue
        yield message.as_bytes()
        message.set_subdir("cur")
        message.add_flag("S")
        box[key] = message


def _imap(place: str) -> Iterator[bytes]:
    parts = urlsplit(place)
    if parts.scheme != "imaps" or not parts.hostname:
        raise Unreadable("退信邮箱请写作 imaps://主机/文件夹，或 Maildir 的路径。")
    with imaplib.IMAP4_SSL(parts.hostname, parts.port or _IMAPS, timeout=_TIMEOUT_SECONDS) as box:
        box.login(settings.GONGKAI_BOUNCES_USER, settings.GONGKAI_BOUNCES_PASSWORD)
        box.select(parts.path.strip("/") or "INBOX")
        _, found = box.uid("SEARCH", "UNSEEN")
        for number in found[0].split():
            _, fetched = box.uid("FETCH", number.decode(), "(BODY.PEEK[])")
            raw = next((one[1] for one in fetched if isinstance(one, tuple)), b"")
            yield raw
            box.uid("STORE", number.decode(), "+FLAGS", r"(\Seen)")
