"""The page store of this installation: where it is, what its pages are made for."""

import hashlib
import os
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from gongkai.pages.store import Store

_SOURCE = Path(__file__).resolve().parents[1]
_SEEN = (".py", ".html", ".toml", ".css", ".js", ".svg")


def store() -> Store | None:
    """The store; None when pages are not prepared here (``GONGKAI_PREPARED_PAGES``)."""
    return _store(settings.DATA_DIR / "pages") if settings.GONGKAI_PREPARED_PAGES else None


def authority(host: str) -> str:
    """Host with port as the public types it: prepared pages carry whole addresses, so they are made for one port."""
    port = settings.GONGKAI_PUBLIC_PORT
    return f"{host}:{port}" if port else host


def scheme() -> str:
    """http or https, as the public reaches the installation."""
    return "https" if settings.PRODUCTION else "http"


def stamp() -> str:
    """Changes whenever a page could come out differently though no data did: program, templates, addresses."""
    seen = hashlib.sha256(f"{scheme()} {settings.GONGKAI_PUBLIC_PORT} {settings.GONGKAI_CITY_HOST}".encode())
    for folder, _, names in sorted(os.walk(_SOURCE)):
        for name in sorted(names):
            if name.endswith(_SEEN):
                found = os.stat(os.path.join(folder, name))
                seen.update(f"{folder}/{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return seen.hexdigest()


@lru_cache(maxsize=8)
def _store(home: Path) -> Store:
    return Store(home)
