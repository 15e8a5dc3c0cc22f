"""The WSGI layer before Django: answers prepared pages from their files, and hands on everything else.

Measured, this is what makes the public site as fast as static files (``docs/bench.md``): a page costs one ``stat`` and
no query. It reads no database, so the site stays up when that is down. nginx can serve the same files itself
(``deploy/nginx``); this layer is what an installation without nginx has.
"""

import hashlib
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from csp.utils import build_policy
from django.conf import settings
from django.utils.http import parse_etags

from gongkai.pages import installation
from gongkai.pages.places import NotAPlace, content_type, place_of

StartResponse = Callable[..., Any]
Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]
Header = tuple[str, str]

CACHE_CONTROL = "public, no-cache, stale-if-error=86400"
"""Kept by anybody but asked for anew each time: a text that was withdrawn is gone at once from wherever copies lie. A
cache in front may go on serving what it has when this site does not answer."""
_MEMORY_BYTES = 64 * 1024 * 1024
_ENCODINGS = (("br", ".br"), ("gzip", ".gz"))


@dataclass(frozen=True, slots=True)
class _Held:
    """A file in memory, as it was when it bore this identity."""

    identity: tuple[int, int, int]
    body: bytes
    headers: list[Header]
    etag: str


class PreparedPages:
    """WSGI middleware. ``root`` is the store's ``www``."""

    def __init__(self, application: Application, root: Path) -> None:
        self._application = application
        self._root = str(root)
        self._memory: OrderedDict[str, _Held] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()
        self._common = fixed_headers()
        self._port = f":{settings.GONGKAI_PUBLIC_PORT}" if settings.GONGKAI_PUBLIC_PORT else ""
        self._scheme = installation.scheme()

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] in ("GET", "HEAD") and not environ.get("QUERY_STRING"):
            held = self._find(environ)
            if held is not None:
                return _answer(environ, start_response, held)
        return self._application(environ, start_response)

    def _find(self, environ: dict[str, Any]) -> _Held | None:
        name: str = environ.get("HTTP_HOST", "").lower()
        host = name.removesuffix(self._port)
        if (self._port and host == name) or self._scheme != _scheme_of(environ):
            return None
        try:
            place = place_of(host, environ["PATH_INFO"])
        except NotAPlace:
            return None
        file, accepted = f"{self._root}/{place}", environ.get("HTTP_ACCEPT_ENCODING", "")
        for encoding, ending in _ENCODINGS:
            if accepts(accepted, encoding) and (held := self._held(file + ending, place, encoding)) is not None:
                return held
        return self._held(file, place, "")

    def _held(self, file: str, place: Any, encoding: str) -> _Held | None:
        try:
            found = os.stat(file)
            identity = (found.st_mtime_ns, found.st_size, found.st_ino)
            known = self._memory.get(file)
            if known is not None and known.identity == identity:
                return known
            with open(file, "rb") as opened:
                body = opened.read()
        except OSError:
            return None
        digest = hashlib.sha256(body).hexdigest()[:32]
        headers = [*self._common, ("Content-Type", content_type(place)), ("ETag", f'"{digest}"')]
        headers += [("Content-Encoding", encoding)] if encoding else []
        held = _Held(identity, body, headers, f'"{digest}"')
        self._remember(file, held)
        return held

    def _remember(self, file: str, held: _Held) -> None:
        with self._lock:
            former = self._memory.pop(file, None)
            self._bytes += len(held.body) - (len(former.body) if former else 0)
            self._memory[file] = held
            while self._bytes > _MEMORY_BYTES:
                _, oldest = self._memory.popitem(last=False)
                self._bytes -= len(oldest.body)


def fixed_headers() -> list[Header]:
    """What every prepared page is sent with: the same that Django's middleware puts on the page when it renders it."""
    headers = [
        ("Cache-Control", CACHE_CONTROL),
        ("Vary", "Accept-Encoding"),
        ("Content-Security-Policy", build_policy()),
        ("X-Frame-Options", settings.X_FRAME_OPTIONS),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", settings.SECURE_REFERRER_POLICY),
        ("Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY),
    ]
    if settings.SECURE_HSTS_SECONDS:
        below = "; includeSubDomains" if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else ""
        headers.append(("Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}{below}"))
    return headers


def accepts(header: str, encoding: str) -> bool:
    """Whether an Accept-Encoding header takes this coding: named, not with a weight of nothing (RFC 9110, 12.5.3)."""
    for part in header.split(","):
        name, _, weight = part.partition(";")
        if name.strip().lower() == encoding:
            return weight.replace(" ", "").lower() not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def _answer(environ: dict[str, Any], start_response: StartResponse, held: _Held) -> Sequence[bytes]:
    asked = environ.get("HTTP_IF_NONE_MATCH")
    if asked and _matches(asked, held.etag):
        start_response("304 Not Modified", [header for header in held.headers if header[0] != "Content-Encoding"])
        return ()
    start_response("200 OK", [*held.headers, ("Content-Length", str(len(held.body)))])
    return () if environ["REQUEST_METHOD"] == "HEAD" else (held.body,)


def _matches(asked: str, etag: str) -> bool:
    return asked == etag or any(one in ("*", etag) or one == f"W/{etag}" for one in parse_etags(asked))


def _scheme_of(environ: dict[str, Any]) -> str:
    if settings.SECURE_PROXY_SSL_HEADER:
        name, secure = settings.SECURE_PROXY_SSL_HEADER
        if environ.get(name):
            return "https" if environ[name] == secure else "http"
    return str(environ["wsgi.url_scheme"])
