"""Prepared pages as files: written whole or not at all, each with its compressed twins."""

import contextlib
import gzip
import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import brotli

from gongkai.pages.places import VARIANTS

_WORTH_COMPRESSING = 200  # bytes; below, the twins would be larger
# Made once per change and read many times, but a burst of changes must not wait for the last percent.
_GZIP_LEVEL, _BROTLI_LEVEL = 6, 5


def write(path: Path, content: bytes) -> None:
    """Put the page there with its twins. Raises OSError (disk full) with nothing half-written under the page's name.

    The twins go last: a reader that meets the moment between gets the new page uncompressed or the old one whole.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    twins = {"": content}
    if len(content) >= _WORTH_COMPRESSING:
        twins[".gz"] = gzip.compress(content, _GZIP_LEVEL, mtime=0)
        twins[".br"] = brotli.compress(content, quality=_BROTLI_LEVEL)
    for ending in VARIANTS:
        if ending in twins:
            _replace(path.with_name(path.name + ending), twins[ending])
        else:
            path.with_name(path.name + ending).unlink(missing_ok=True)


def remove(path: Path) -> None:
    """Take the page and its twins away; the twins first, so that none ever answers for a page that is gone."""
    for ending in reversed(VARIANTS):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def read(path: Path) -> bytes | None:
    """The page's bytes, None when it is not there."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def twins_agree(path: Path, content: bytes) -> bool:
    """Whether every twin that is there says the same as the page."""
    packed, squeezed = read(path.with_name(path.name + ".gz")), read(path.with_name(path.name + ".br"))
    with contextlib.suppress(OSError, EOFError, brotli.error):
        same_gzip = packed is None or gzip.decompress(packed) == content
        return same_gzip and (squeezed is None or brotli.decompress(squeezed) == content)
    return False


def walk(root: Path) -> Iterator[Path]:
    """Every page below (twins and unfinished files left out), relative to the root."""
    for folder, _, names in os.walk(root):
        for name in names:
            if not name.endswith((".gz", ".br", ".part")):
                yield Path(folder, name).relative_to(root)


def set_aside(folder: Path, trash: Path) -> None:
    """Take a whole folder out of service in one step, however many pages are in it; ``empty`` deletes it in time."""
    trash.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        folder.rename(trash / uuid.uuid4().hex)


def empty(trash: Path) -> None:
    """Delete what was set aside."""
    shutil.rmtree(trash, ignore_errors=True)


def _replace(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise
