"""An exported tree as somebody opens it: from a plain web server, along every link."""

import http.client
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html
from tests.serving import serving
from tests.waiting import PATIENCE

ATTRIBUTES = ("href", "src", "action", "poster", "data")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Nothing."""


@contextmanager
def served(root: Path) -> Iterator[int]:
    """A plain server on the directory; its port."""
    with serving(ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(root)))) as port:
        yield port


def walk(port: int, start: str = "/index.html") -> tuple[dict[str, int], set[str]]:
    """Open whatever can be reached: status by path; and the addresses that lead out of the tree."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    waiting, status, outside = [start], {}, set()
    known = {start}
    while waiting:
        path = waiting.pop()
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        status[path] = answer.status
        for url in _named(answer.headers.get("Content-Type", ""), body):
            if url.startswith(("mailto:", "tel:", "#", "data:")):
                continue
            parts = urlsplit(urljoin(f"http://tree.test{path}", url))
            if parts.hostname != "tree.test":
                outside.add(url)
            elif parts.path not in known:
                known.add(parts.path)
                waiting.append(parts.path)
    connection.close()
    return status, outside


def _named(content_type: str, body: bytes) -> Iterator[str]:
    if content_type.startswith("text/html"):
        for element in html.fromstring(body).iter():
            named = element.tag == "link" and (element.get("rel") == "canonical" or element.get("hreflang"))
            if not isinstance(element.tag, str) or named:
                continue
            yield from (value for name in ATTRIBUTES if (value := element.get(name)) and element.tag != "meta")
            found = re.search(r"url=(.+)", element.get("content") or "") if element.get("http-equiv") else None
            if found:
                yield found[1]
    elif content_type.startswith("text/css"):
        yield from re.findall(r"""url\(["']?([^"')]+)""", body.decode())
    elif "javascript" in content_type:
        yield from re.findall(r"""(?:from|import)\s*["']([./][^"']+)["']""", body.decode())


def texts(root: Path) -> Iterator[tuple[str, str]]:
    """Path and text of every file of the tree that is one, the hidden directory included."""
    for path in sorted(root.rglob("*")):
        if path.is_file():
            yield unquote(str(path.relative_to(root))), path.read_bytes().decode(errors="replace")
