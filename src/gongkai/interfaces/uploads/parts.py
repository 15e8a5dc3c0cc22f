"""The bytes of an upload on disk: encrypted as they come, written through before anybody is told that they arrived.

Counter mode under a key of the file's own, so that writing goes on at any byte. What lies behind the acknowledged
offset is overwritten. The file goes when the upload does, and its key with the row.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from gongkai.ledger.sealing import Suite

FOLDER = "uploads"
_READ_BYTES = 256 * 1024


class Busy(Exception):
    """Another request is writing to this upload."""


@dataclass(frozen=True)
class Parts:
    """``name``: digest of the token; ``key``: of the suite, for this file only."""

    name: str
    key: bytes
    suite: Suite

    @property
    def path(self) -> Path:
        return folder() / self.name[:2] / self.name

    def create(self) -> None:
        """An empty file that is still there after a power cut."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        for directory in (self.path.parent, folder()):
            _sync(directory)

    @contextmanager
    def locked(self, *, wait: bool = False) -> Iterator[BinaryIO]:
        """The file, open for this request only; the lock ends with the process, however that ends. Raises Busy, and
        FileNotFoundError when the upload is gone."""
        with open(self.path, "r+b") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                raise Busy from None
            yield file

    def write(self, file: BinaryIO, offset: int, data: bytes) -> None:
        """Put the bytes at that place, not yet safe."""
        file.seek(offset)
        file.write(self.suite.counter_mode(self.key, offset).update(data))

    def secure(self, file: BinaryIO) -> None:
        """Only when this returns may anybody be told that the bytes arrived."""
        file.flush()
        os.fsync(file.fileno())

    def chunks(self, size: int) -> Iterator[bytes]:
        """The first ``size`` bytes, plain; raises EOFError when fewer lie there."""
        stream = self.suite.counter_mode(self.key, 0)
        with open(self.path, "rb") as file:
            while size:
                read = file.read(min(_READ_BYTES, size))
                if not read:
                    raise EOFError(f"{self.path} is shorter than what was acknowledged")
                size -= len(read)
                yield stream.update(read)

    def delete(self) -> None:
        """The file is gone; doing it again changes nothing."""
        self.path.unlink(missing_ok=True)


def folder() -> Path:
    """Where uploads lie: beside the database, never where anything is served from."""
    return Path(settings.DATA_DIR) / FOLDER


def _sync(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
