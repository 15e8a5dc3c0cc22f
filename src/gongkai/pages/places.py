"""Where a prepared page lies: from host and path to a file name that a plain web server finds by itself."""

import re
from functools import lru_cache
from pathlib import PurePosixPath

_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,198}[a-z0-9])?")
_SEGMENT = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}")
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
}
VARIANTS = ("", ".gz", ".br")
"""What is added to a file's name for its compressed twins, as nginx's gzip_static and brotli_static look for them."""


class NotAPlace(ValueError):
    """This address is never prepared: it has a query, odd characters, or an ending that is not a page's."""


@lru_cache(maxsize=20_000)
def place_of(host: str, path: str) -> PurePosixPath:
    """``host``, ``/lm/notices/`` → ``host/lm/notices/index.html``; ``/sitemap.xml`` → ``host/sitemap.xml``.

    Raises NotAPlace. Only plain ASCII names are places, so that no address can lead out of the store.
    """
    if not _HOST.fullmatch(host) or ".." in host:
        raise NotAPlace(host)
    segments = path.split("/")
    if segments[0] or len(segments) < 2 or len(path) > 400:
        raise NotAPlace(path)
    *folders, last = segments[1:]
    if not all(_SEGMENT.fullmatch(one) for one in folders):
        raise NotAPlace(path)
    name = last or "index.html"
    if last and (not _SEGMENT.fullmatch(last) or PurePosixPath(last).suffix not in _TYPES or last.endswith(".html")):
        raise NotAPlace(path)
    return PurePosixPath(host, *folders, name)


def content_type(place: PurePosixPath) -> str:
    """The type under which the file is sent: by its ending alone, as a plain web server does."""
    return _TYPES[place.suffix]
