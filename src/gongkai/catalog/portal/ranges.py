"""Parts of a file: what players of video ask for, and readers who resume a download (RFC 9110, 14)."""

import re
from typing import Any

_ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def part_of(header: str, size: int) -> range | None:
    """The bytes asked for of ``size``; None for a header that asks for no single part (the whole is then sent).

    An empty range: what was asked for lies outside the file.
    """
    found = _ONE_RANGE.fullmatch(header.strip())
    if found is None or found[0] == "bytes=-":
        return None
    first, last = found[1][:19], found[2][:19]
    if not first:
        return range(max(0, size - int(last)), size)
    end = min(int(last) + 1, size) if last else size
    return range(min(int(first), size), max(end, min(int(first), size)))


class Part:
    """A file that ends where the part ends; closing it closes the file."""

    def __init__(self, file: Any, part: range) -> None:
        self._file = file
        self._left = len(part)
        file.seek(part.start)

    def read(self, size: int = -1) -> bytes:
        """The next bytes of the part."""
        wanted = self._left if size < 0 else min(size, self._left)
        piece: bytes = self._file.read(wanted) if wanted else b""
        self._left -= len(piece)
        return piece

    def close(self) -> None:
        """Close the file."""
        self._file.close()
