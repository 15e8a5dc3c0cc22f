"""A server for the gallery and one headless Chromium; neither needs a database."""

import copy
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from socketserver import ThreadingMixIn

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.test.utils import override_settings
from playwright.sync_api import Browser, Page, sync_playwright

from tests.ui.gallery import pages

HERE = Path(__file__).parent


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: a request is no news in a test."""


def gallery_settings() -> override_settings:
    """The project's own settings (its content security policy above all), without the parts that ask a database."""
    from django.conf import settings

    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [str(HERE / "gallery" / "templates")]
    templates[0]["OPTIONS"]["context_processors"] = [
        "django.template.context_processors.request",
        "csp.context_processors.nonce",
    ]
    return override_settings(
        ROOT_URLCONF="tests.ui.gallery.urls",
        TEMPLATES=templates,
        MIDDLEWARE=["csp.middleware.CSPMiddleware", "django.middleware.csrf.CsrfViewMiddleware"],
        ALLOWED_HOSTS=["127.0.0.1", "testserver"],
    )


@pytest.fixture(scope="session")
def gallery() -> Iterator[str]:
    """Base address of the running gallery."""
    with gallery_settings():
        server = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), _Server, _Quiet)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, as the stories use it."""
    path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    if not Path(path).exists():
        pytest.skip(f"no Chromium at {path}")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture()
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh page at desk width; any script error or blocked resource fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN", timezone_id="Asia/Shanghai")
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if _is_problem(message.text) else None)
    pages.received.clear()
    pages.answer["status"] = 200
    yield page
    context.close()
    assert problems == []


def _is_problem(text: str) -> bool:
    return "Content Security Policy" in text or "Uncaught" in text or "404" in text
