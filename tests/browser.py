"""Fixtures for stories that a person lives through in a browser: Debian's Chromium, driven without a window.

The build without windows ``chromium-headless-shell`` takes half the computing time of the whole ``chromium``, which
serves where only that is installed.

``page`` is a fresh profile on a desktop screen; ``page_of(width)`` gives other widths. A script error on any page
fails the story. When a story fails, what the person saw last is kept in ``build/screens/``.
"""

import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright
from tests.waiting import PATIENCE

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
VIEWS = ((1280, "light"), (375, "dark"))
"""Every page is looked at on a desk by day and on a phone by night (width in pixels, colours)."""
DESK_VIEWS = (*VIEWS, (375, "light"))
"""Officers' pages on a phone by day, too."""
_OF_COLOUR = ["color-contrast", "link-in-text-block"]
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
            expect.set_options(timeout=1000 * PATIENCE)
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
        context.set_default_timeout(1000 * PATIENCE)
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


def paper(page: Page, label: str = "正文") -> Locator:
    """The paper of the rich-text editor, once there is one: until its script has run, the textarea has that name."""
    return page.get_by_role("textbox", name=label).and_(page.locator("[contenteditable]"))


def faults(
    page: Page, what: str = "", *, views: Sequence[tuple[int, str]] = VIEWS, narrower: Iterable[int] = ()
) -> list[str]:
    """What axe-core finds on the page as it stands, in every view, and where it is wider than the screen, or than the
    ``narrower`` ones. The window is drawn in, and the colours change, without asking for the page again; afterwards
    it is as in the first view."""
    found = []
    seen: set[int] = set()
    for width, scheme in views:
        _view(page, width, scheme)
        found += _too_wide(page, what, width)
        for one in _violations(page, colours_only=width in seen):
            nodes = [f"{' '.join(node['target'])}: {node['html'][:160]}" for node in one["nodes"][:4]]
            found.append(f"{what} {width} {scheme}: {one['id']} {nodes}")
        seen.add(width)
    for width in narrower:
        _view(page, width, views[-1][1])
        found += _too_wide(page, what, width)
    _view(page, *views[0])
    return found


def _violations(page: Page, *, colours_only: bool) -> list[dict[str, Any]]:
    """What axe-core says is wrong. Of what is right it need not make a list, nor be loaded twice into a page; and at a
    width it has seen, other colours change nothing but contrasts."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    asked: dict[str, Any] = {"resultTypes": ["violations"]} | ({"runOnly": _OF_COLOUR} if colours_only else {})
    found: list[dict[str, Any]] = page.evaluate("async asked => (await axe.run(asked)).violations", asked)
    return found


def _view(page: Page, width: int, scheme: str) -> None:
    # Without motion: what is fading from one colour to the other has the contrast of neither.
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 900})


def _too_wide(page: Page, what: str, width: int) -> list[str]:
    hanging = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{what} {width}: {hanging} px over"] if hanging > 0 else []


def until(page: Page, expression: str) -> None:
    """Waits until a script's expression is true. Playwright's own waiting evaluates it inside the page,
    which the content security policy rightly refuses."""
    end = time.monotonic() + PATIENCE
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"waited in vain for {expression}"
        page.wait_for_timeout(50)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Keeps the reports of a test where its fixtures can see, while they are torn down, how it went."""
    report: pytest.TestReport = yield  # type: ignore[misc, assignment]
    item.stash.setdefault(_REPORT, {})[report.when or ""] = report
    return report


def _file_name(node: str) -> str:
    return re.sub(r"[^\w.-]+", "-", node.removeprefix("tests/")).strip("-")
