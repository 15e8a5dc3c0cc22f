"""Every public page in Traditional Chinese 繁體, under the same address behind ``/zh-hant``.

The page itself is the Simplified one: it is run for the inner address and what it answers is converted. Nothing is
written twice, and a view never knows which script it is read in. So a prepared page in Traditional is made from the
bytes of the Simplified one (``pages.derived``).
"""

import re
from collections.abc import Callable
from typing import cast
from urllib.parse import urlsplit, urlunsplit

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.http import escape_leading_slashes, parse_http_date_safe

from gongkai.agencies.queries import known_hosts
from gongkai.pages import derived
from gongkai.texts.script import SIMPLIFIED, TRADITIONAL, html_to_traditional

PREFIX = "/zh-hant"

_CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE")
_SAME_IN_BOTH = ("/static/", "/files/", "/desk/", "/api/")
_PAGE_ENDINGS = (".html", ".htm", ".shtml")
# As ui/tools.html writes what ``switch`` gives.
_SWITCH = re.compile(rf'<a href="{PREFIX}(/[^"]*)" hreflang="{TRADITIONAL}" lang="{TRADITIONAL}">繁體</a>')
_BACK = rf'<a href="\1" hreflang="{SIMPLIFIED}" lang="{SIMPLIFIED}">简体</a>'


def has_mirror(path: str) -> bool:
    """Whether that path is a page people read: not a file (style, attachment, feed, table), not the desk, not an
    interface for programs, and not in the mirror already."""
    if path == PREFIX or path.startswith((f"{PREFIX}/", *_SAME_IN_BOTH)):
        return False
    last = path.rsplit("/", 1)[-1]
    return "." not in last or last.endswith(_PAGE_ENDINGS)


def to_mirror(url: str) -> str:
    """The address of the same page in Traditional, for a path or a whole address of this installation."""
    parts = urlsplit(url)
    path = parts.path or "/"
    return urlunsplit(parts._replace(path=PREFIX + path)) if has_mirror(path) else url


def switch(request: HttpRequest) -> list[dict[str, str]]:
    """The tool of a page that leads to itself in Traditional, none where there is no such page; on that page it leads
    back (``of``)."""
    if not has_mirror(request.path):
        return []
    there = escape_leading_slashes(request.get_full_path())  # no way to another host
    return [{"label": "繁體", "url": PREFIX + there, "lang": TRADITIONAL}]


def of(page: str, host: str) -> str:
    """The Traditional page, of the Simplified one at that host."""
    return html_to_traditional(_SWITCH.sub(_BACK, page, count=1), _Leading(host))


class MirrorMiddleware:
    """Serves ``/zh-hant/<path>`` by ``<path>``. Stands outside whatever may redirect, so that redirects stay inside.

    What was noted on the response (keys, expiry) and its headers are those of the inner page; the ETag is of the bytes
    sent, so the reader's conditions are looked at here and hidden from the inner page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info != PREFIX and not request.path_info.startswith(f"{PREFIX}/"):
            return self.get_response(request)
        inner = request.path_info[len(PREFIX) :]
        if not inner:
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{PREFIX}/?{query}" if query else f"{PREFIX}/")
        request.path = request.path_info = request.META["PATH_INFO"] = inner
        if not has_mirror(inner):
            return HttpResponsePermanentRedirect(escape_leading_slashes(request.get_full_path()))
        conditions = {name: request.META.pop(name) for name in _CONDITIONS if name in request.META}
        response = _converted(request, self.get_response(request))
        request.META.update(conditions)
        return _on_conditions(request, response) if conditions else response


def _converted(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    host = urlsplit(f"//{request.get_host()}").hostname or ""
    if response.has_header("Location"):
        response["Location"] = _Leading(host)(response["Location"])
    if response.streaming or response.headers.get("Content-Type", "").partition(";")[0] != "text/html":
        return response
    response.content = of(response.content.decode(response.charset), host).encode(response.charset)
    if response.has_header("Content-Length"):
        response["Content-Length"] = str(len(response.content))
    if response.has_header("ETag"):
        del response["ETag"]
        set_response_etag(response)
    return response


def _on_conditions(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """304 or 412 when the reader's conditions say so; an inner page that gave neither ETag nor date has none."""
    if request.method not in ("GET", "HEAD"):
        return response
    etag = response.headers.get("ETag")
    changed = parse_http_date_safe(response.headers.get("Last-Modified", ""))
    return cast(HttpResponse, get_conditional_response(request, etag=etag, last_modified=changed, response=response))


class _Leading:
    """Where links of a page in the mirror lead: pages of this installation's sites stay in it. One query, if asked."""

    def __init__(self, host: str) -> None:
        self._hosts: frozenset[str] | None = None
        self._here = host

    def __call__(self, url: str) -> str:
        if url.startswith("/") and not url.startswith("//"):
            return to_mirror(url)
        if url.startswith(("http://", "https://")) and self._is_ours(url):
            return to_mirror(url)
        return url

    def _is_ours(self, url: str) -> bool:
        try:
            host = urlsplit(url).hostname
        except ValueError:  # a body may link to something that is no address
            return False
        if self._hosts is None:
            self._hosts = known_hosts() | {self._here}
        return host in self._hosts


def _inner(path: str) -> str | None:
    inner = path.removeprefix(PREFIX)
    return inner if inner != path and has_mirror(inner) else None


derived.register(derived.Derivation(source=_inner, make=lambda host, page: of(page.decode(), host).encode()))
