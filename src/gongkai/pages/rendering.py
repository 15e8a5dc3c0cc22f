"""Rendering a public page in this process, as a reader without cookies would get it."""

from functools import cache
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http.response import HttpResponseBase

from gongkai.pages import installation

NOT_KEPT = "gongkai.not_kept"
"""In the environment of a request whose answer is to be looked at only."""


def render(host: str, path: str, *, keep: bool = True) -> HttpResponseBase:
    """The answer of the site at ``host`` to a GET of ``path`` (as an address has it: encoded, perhaps with a query);
    unless told not to, the page is kept on the way out."""
    path, _, query = path.partition("?")
    name = installation.authority(host)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "SCRIPT_NAME": "",
        "QUERY_STRING": query,
        "SERVER_NAME": host,
        "SERVER_PORT": name.rpartition(":")[2] if ":" in name else "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": name,
        "HTTP_X_FORWARDED_PROTO": installation.scheme(),
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": installation.scheme(),
        "wsgi.input": BytesIO(),
        "wsgi.version": (1, 0),
        NOT_KEPT: not keep,
    }
    return _handler().get_response(WSGIRequest(environ))


@cache
def _handler() -> WSGIHandler:
    return WSGIHandler()
