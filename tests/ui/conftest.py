"""A server for the gallery; it needs no database. The browser comes from tests/browser.py."""

import copy
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.test.utils import override_settings
from playwright.sync_api import Page
from tests.serving import serving
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


@pytest.fixture
def templates() -> Iterator[None]:
    """Templates and components of the design system, and those of the gallery."""
    with gallery_settings():
        yield


@pytest.fixture
def gallery(templates: None) -> Iterator[str]:
    """Base address of the running gallery."""
    pages.received.clear()
    pages.answer["status"] = 200
    with serving(make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), _Server, _Quiet)) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def watched(page: Page) -> Iterator[Page]:
    """A page whose every complaint about the content security policy, or about a missing file, fails the test."""
    complaints: list[str] = []
    page.on(
        "console",
        lambda message: (
            complaints.append(message.text)
            if "Content Security Policy" in message.text or "404" in message.text
            else None
        ),
    )
    yield page
    assert complaints == []
