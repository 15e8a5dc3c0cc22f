"""Fixtures for stories that a person lives through in a browser: Debian's Chromium, driven without a window.

The build without windows ``chromium-headless-shell`` takes half the computing time of the whole ``chromium``, which
serves where only that is installed.

``page`` is a fresh profile on a desktop screen; ``page_of(width)`` gives other widths. A script error on any page
fails the story. When a story fails, what the person saw last is kept in ``build/screens/``.
"""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = [Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium")]
SCREENS = Path(__file__).resolve().parent.parent / "build" / "screens"
_SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
_REPORT = pytest.StashKey[dict[str, pytest.TestReport]]()


@dataclass(frozen=True)
class LiveSite:
    """A real server on the test's database. Chromium takes every name under .localhost as this machine."""

    port: int

    def url(self, path: str = "/", *, host: str = "localhost") -> str:
        """The address of a path on one of the sites, by host name."""
        return f"http://{host}:{self.port}{path}"


@pytest.fixture
def live_site(live_server: Any) -> LiveSite:
    """The running site; the test commits (transactional), and the database is emptied after it."""
    return LiveSite(live_server.thread.port)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run; absent it skips, except in CI, where it fails."""
    chromium = next((one for one in CHROMIUM if one.exists()), None)
    if chromium is None:
        absent = f"没有 {CHROMIUM[0]}（apt-get install {CHROMIUM[0].name}），浏览器测试未运行"
        if os.environ.get("CI"):
            pytest.fail(absent)
        pytest.skip(absent)
    with pytest.MonkeyPatch.context() as patch:
        # Playwright's loop runs in this thread: Django would take the test's own queries for queries from async code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=str(chromium), args=_SWITCHES)
            yield browser
            browser.close()


@pytest.fixture
def page_of(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """``page_of(width, height=…)``: a page in a fresh profile; options of Playwright's ``new_context`` pass through."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_page(width: int, height: int = 900, **options: Any) -> Page:
        settings = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", **options}
        context = browser.new_context(viewport={"width": width, "height": height}, **settings)
        context.set_default_timeout(15_000)
        context.on("weberror", lambda error: errors.append(str(error.error)))
        contexts.append(context)
        return context.new_page()

    yield open_page
    failed = any(report.failed for report in request.node.stash.get(_REPORT, {}).values())
    for number, context in enumerate(contexts):
        for page in context.pages if failed else []:
            SCREENS.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=SCREENS / f"{_file_name(request.node.nodeid)}-{number}.png", full_page=True)
        context.close()
    assert not errors, f"script errors on the page: {errors}"


@pytest.fixture
def page(page_of: Callable[..., Page]) -> Page:
    """A desktop screen, 1280 pixels wide."""
    return page_of(1280)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Keeps the reports of a test where its fixtures can see, while they are torn down, how it went."""
    report: pytest.TestReport = yield  # type: ignore[misc, assignment]
    item.stash.setdefault(_REPORT, {})[report.when or ""] = report
    return report


def _file_name(node: str) -> str:
    return re.sub(r"[^\w.-]+", "-", node.removeprefix("tests/")).strip("-")
