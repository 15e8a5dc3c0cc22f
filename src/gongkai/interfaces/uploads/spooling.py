"""Large files of a plain form while their request lasts: on disk without a name, encrypted under a key in memory.

Django would lay them open in the temporary directory. What is left there after a crash can be read by nobody: the file
has no name, and the key went with the process.
"""

import io
import os
import tempfile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from gongkai.ledger import master_keys


class SealedSpool(io.RawIOBase):
    """A file that grows at its end and is read anywhere. It is gone when it is closed."""

    def __init__(self) -> None:
        super().__init__()
        self._suite = master_keys.suite()
        self._key = os.urandom(self._suite.key_bytes)
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with this one
        self._size = self._at = 0
        self._growing = self._suite.counter_mode(self._key, 0)

    def append(self, data: bytes) -> None:
        """Add to the end. The key stream goes on where it was: no part of it is used twice."""
        self._file.seek(self._size)
        self._file.write(self._growing.update(data))
        self._size += len(data)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise ValueError("before the beginning of the file")
        self._at = start + offset
        return self._at

    def readinto(self, buffer: Any, /) -> int:
        self._file.seek(self._at)
        sealed = self._file.read(len(buffer))
        buffer[: len(sealed)] = self._suite.counter_mode(self._key, self._at).update(sealed)
        self._at += len(sealed)
        return len(sealed)

    def close(self) -> None:
        if not self.closed:
            self._file.close()
            super().close()


class SealedUploadHandler(FileUploadHandler):
    """In the place of Django's ``TemporaryFileUploadHandler``: for what is too large to stay in memory."""

    def new_file(self, *args: Any, **options: Any) -> None:
        super().new_file(*args, **options)
        self._spool = SealedSpool()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._spool.append(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        return UploadedFile(
            file=io.BufferedReader(self._spool),
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def upload_interrupted(self) -> None:
        if hasattr(self, "_spool"):
            self._spool.close()
