"""From an address of a site to a file in the tree, and from one file to another. Pure."""

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from gongkai.catalog.portal.mirror import PREFIX

INDEX = "index.html"
NOTE, NOTE_TRADITIONAL = "_offline/index.html", "_offline/hant.html"
"""What is shown in place of what needs the living site, in both scripts."""

_NOT_OFFLINE = re.compile(rf"(?:{PREFIX})?/(?:apply|search|desk|api|data|reports)(?:/|$)")
_FILES = ("/static/", "/files/")
_PAGE_ENDINGS = (".html", ".htm", ".shtml")
_UNSAFE = re.compile(r"[^A-Za-z0-9=.,~-]+")
_NAME_BYTES = 200  # file systems take 255; some room for what others add


class NoPlace(ValueError):
    """No file can stand for this address."""


@dataclass(frozen=True, order=True)
class Address:
    """A page or file of one of the sites: path and query as they are written in an address (encoded)."""

    host: str
    path: str
    query: str = ""

    def __str__(self) -> str:
        return f"{self.host}{self.target}"

    @property
    def target(self) -> str:
        """Path with query, as it is asked for."""
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def traditional(self) -> bool:
        """Whether it is a page of the Traditional mirror."""
        return self.path == PREFIX or self.path.startswith(f"{PREFIX}/")

    @property
    def needs_the_site(self) -> bool:
        """Whether it does nothing without the living site: searching, applying, the desk, interfaces for programs."""
        return _NOT_OFFLINE.match(self.path) is not None

    @property
    def is_file(self) -> bool:
        """Whether it is a file rather than a page: it leads nowhere, and lies in the tree under its own name."""
        last = self.path.rsplit("/", 1)[-1]
        return self.path.startswith(_FILES) or ("." in last and not last.endswith(_PAGE_ENDINGS))

    @property
    def file(self) -> PurePosixPath:
        """Where it lies: ``host/lm/notices/index.html``, ``host/files/x/图.png``. Raises NoPlace."""
        return _place(self)


def file_address(host: str, path: str, query: str = "") -> Address:
    """The address with what does not matter left out: a file is the same whatever query stands behind it."""
    plain = Address(host, path)
    return plain if plain.is_file else Address(host, path, query)


@lru_cache(maxsize=8192)
def _place(address: Address) -> PurePosixPath:
    segments = [_segment(one) for one in address.path.split("/") if one]
    if not address.is_file:
        segments += [_query_segment(address.query), INDEX] if address.query else [INDEX]
    elif not segments:
        raise NoPlace(str(address))
    return PurePosixPath(address.host, *segments)


@lru_cache(maxsize=4096)
def relative(origin: PurePosixPath, to: PurePosixPath) -> str:
    """The link from one file of the tree to another, encoded: it holds under any root, and on a disc."""
    here, there = origin.parent.parts, to.parts
    common = 0
    while common < min(len(here), len(there) - 1) and here[common] == there[common]:
        common += 1
    return quote("/".join([".."] * (len(here) - common) + list(there[common:])))


def _segment(encoded: str) -> str:
    name = unquote(encoded)
    if name in (".", "..") or any(one in name for one in "/\\\0") or not name.isprintable():
        raise NoPlace(encoded)
    return _shortened(name)


def _query_segment(query: str) -> str:
    readable = _UNSAFE.sub("_", unquote(query))
    if readable != query:  # two queries must not meet in one file
        readable = f"{readable[: _NAME_BYTES // 2]}-{_digest(query)}"
    return _shortened(f"q-{readable}")


def _shortened(name: str) -> str:
    if len(name.encode()) <= _NAME_BYTES:
        return name
    stem, dot, ending = name.rpartition(".")
    tail = f"-{_digest(name)}{dot}{ending}" if dot and len(ending) <= 8 else f"-{_digest(name)}"
    kept = (stem if dot else name).encode()[: _NAME_BYTES - len(tail.encode())]
    return kept.decode(errors="ignore") + tail


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
