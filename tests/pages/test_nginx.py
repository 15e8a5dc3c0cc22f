"""nginx with the configuration we ship serves the same pages from the same files."""

import http.client
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from tests.serving import free_port, listens, serving
from tests.waiting import PATIENCE, until

from gongkai.pages.serving import fixed_headers
from gongkai.pages.store import Rendered, Store

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "deploy" / "nginx"
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"


class _Application(BaseHTTPRequestHandler):
    """Stands for the application: says that it was asked."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"application {self.headers['Host']} {self.path}".encode())

    do_POST = do_HEAD = do_GET

    def log_message(self, *_: Any) -> None:
        """Nothing."""


def configuration(root: Path, port: int, behind: int) -> str:
    """The shipped server block without its certificate, on a port of this machine."""
    text = (SHIPPED / "gongkai.conf").read_text(encoding="utf-8")
    text = text.split("server {\n    listen 80;")[0]
    text = re.sub(r"\n\s+ssl_.*", "", text)
    text = re.sub(r"\n\s+server_name .*", "\n    server_name _;", text)
    text = text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port};")
    text = text.replace("/srv/gongkai/data/pages/www", str(root)).replace("/srv/gongkai/app", str(ROOT))
    return text.replace("127.0.0.1:8000", f"127.0.0.1:{behind}")


@contextmanager
def nginx(home: Path, site: str, port: int) -> Iterator[None]:
    """A private nginx in the foreground, which listens on the port of its site; ends with the block."""
    main = (
        f"daemon off; pid {home}/pid; error_log {home}/error.log; worker_processes 1; user root;\n"
        f"events {{}}\nhttp {{ access_log off; types {{ application/xml xml; text/plain txt; text/html html; }}\n"
        f"client_body_temp_path {home}/b; proxy_temp_path {home}/p; fastcgi_temp_path {home}/f;\n"
        f"uwsgi_temp_path {home}/u; scgi_temp_path {home}/s;\n{site}\n}}"
    )
    (home / "nginx.conf").write_text(main, encoding="utf-8")
    process = subprocess.Popen([NGINX, "-c", str(home / "nginx.conf"), "-e", str(home / "error.log")])
    try:
        until(lambda: listens(port), f"nginx, see {home}/error.log")
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


@pytest.mark.skipif(not Path(NGINX).exists(), reason="本机没有 nginx，未核对随附的 nginx 配置")
def test_nginx_serves_prepared_pages_and_hands_on_the_rest(tmp_path: Path) -> None:
    store = Store(tmp_path / "pages")
    page = Rendered("csgw.example.cn", "/lm/notices/", "<p>公告</p>".encode() * 100, frozenset({"x"}))
    assert store.keep(page, store.ticket())
    assert store.keep(Rendered("csgw.example.cn", "/sitemap.xml", b"<urlset/>", frozenset({"x"})), store.ticket())
    port = free_port()
    with (
        serving(HTTPServer(("127.0.0.1", 0), _Application)) as behind,
        nginx(tmp_path, configuration(store.www, port, behind), port),
    ):

        def ask(path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            connection.request(method, path, headers={"Host": "csgw.example.cn"} | headers)
            answer = connection.getresponse()
            return answer, answer.read()

        answer, body = ask("/lm/notices/")
        assert (answer.status, body) == (200, page.content)
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        packed, small = ask("/lm/notices/", **{"Accept-Encoding": "gzip"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert len(small) < len(body)
        again, _ = ask("/lm/notices/", **{"If-None-Match": answer.headers["ETag"]})
        assert again.status == 304
        assert ask("/sitemap.xml")[1] == b"<urlset/>"
        for path, method in [("/lm/other/", "GET"), ("/lm/notices/?q=1", "GET"), ("/lm/notices/", "POST")]:
            assert ask(path, method)[1].startswith(b"application csgw.example.cn"), (path, method)
        assert ask("/lm/notices/index.html.gz")[1].startswith(b"application")


def test_the_shipped_headers_are_those_of_the_application() -> None:
    text = (SHIPPED / "headers.conf").read_text(encoding="utf-8")
    shipped = dict(re.findall(r'add_header (\S+) "(.*)";', text))
    with override_settings(SECURE_HSTS_SECONDS=31536000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True):
        sent = dict(fixed_headers())
    policy = "Content-Security-Policy"
    assert set(shipped.pop(policy).split("; ")) == set(sent.pop(policy).split("; "))
    assert shipped == sent
