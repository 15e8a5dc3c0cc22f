"""Handing out files that the public sent: always as a download, never as something a browser runs on our own origin."""

import posixpath
import re
from collections.abc import Iterable

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

from gongkai.texts.filetypes import ALLOWED

_ANYTHING = "application/octet-stream"
# Office formats and pictures by their own name, so that they open in their program; text could be taken for a page.
_SAFE = {kind.content_type for kind in ALLOWED.values() if not kind.content_type.startswith("text/")}
_NAME_LENGTH = 200


def attachment(*, name: str, content_type: str, chunks: Iterable[bytes], size: int) -> StreamingHttpResponse:
    """The answer that offers these bytes to be saved. ``size``: bytes in all."""
    response = StreamingHttpResponse(chunks, content_type=content_type if content_type in _SAFE else _ANYTHING)
    response["Content-Disposition"] = content_disposition_header(True, file_name(name)) or "attachment"
    response["Content-Length"] = str(size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def file_name(given: str) -> str:
    """A name fit to be saved under: without folders, control and direction characters (which hide an ending)."""
    last = posixpath.basename(given.replace("\\", "/"))
    clean = re.sub(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", "", last).strip(" .")
    stem, extension = posixpath.splitext(clean)
    return (stem[: _NAME_LENGTH - len(extension)] + extension) if clean else "文件"
