"""Asking the WSGI application as a browser does."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from gongkai.agencies.bodies import Agency
from gongkai.pages.serving import Application


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Site:
    """The sites of the installation."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def get(self, at: Agency | str, path: str, *, method: str = "GET", **headers: str) -> Answer:
        """The answer to a request for a path (with or without a query) of the agency's site."""
        host = at if isinstance(at, str) else at.hosts.get(primary=True).host
        bare, _, query = path.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": bare,
            "QUERY_STRING": query,
            "SERVER_NAME": host,
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": host,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            "wsgi.version": (1, 0),
        }
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        begun: list[tuple[str, list[tuple[str, str]]]] = []
        body = b"".join(self.application(environ, lambda status, sent, *_: begun.append((status, sent))))
        status, sent = begun[-1]
        return Answer(int(status.split()[0]), {name.lower(): value for name, value in sent}, body)
