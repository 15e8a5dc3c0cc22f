"""The two sides of an application: an applicant with a telephone, and an office of several people at one computer.

Days pass between what they do: ``Days`` says which day it is for everything in this process, the live server included.
The office's people sit down by turns in one browser, so that its styles are fetched once.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import time_machine
from django.test import Client
from playwright.sync_api import Locator, Page, expect
from tests.browser import LiveSite
from tests.factories.people import Staffed

from gongkai.agencies.access import SECOND_FACTOR_DUE
from gongkai.applications.dispatch import Letter

CHINA = ZoneInfo("Asia/Shanghai")


class Days:
    """What day it is. Time goes on within a day: browsers wait."""

    def __init__(self) -> None:
        self._travel: time_machine.travel | None = None

    def begin(self, moment: str) -> None:
        """It is now that minute in China."""
        self.end()
        when = datetime.fromisoformat(moment).replace(tzinfo=CHINA)
        self._travel = time_machine.travel(when, tick=True)
        self._travel.start()

    def end(self) -> None:
        """It is today again."""
        if self._travel is not None:
            self._travel.stop()
            self._travel = None


@contextmanager
def days() -> Iterator[Days]:
    """Days that end with the story."""
    one = Days()
    try:
        yield one
    finally:
        one.end()


@dataclass
class Office:
    """The case's page, with whoever sits before it. Words are those on the buttons and beside the fields."""

    at: Staffed
    site: LiveSite
    page: Page
    sessions: dict[str, str] = field(default_factory=dict)
    path: str = "/desk/"

    @property
    def host(self) -> str:
        return self.at.agency.hosts.get(primary=True).host

    def sits_down(self, role: str) -> None:
        """Somebody signed in opens the case."""
        if role not in self.sessions:
            client = Client()
            client.force_login(self.at.officers[role])
            session = client.session
            session[SECOND_FACTOR_DUE] = False
            session.save()
            self.sessions[role] = client.cookies["sessionid"].value
        self.page.context.clear_cookies(name="sessionid")
        signed_in = {"name": "sessionid", "value": self.sessions[role], "url": self.site.url(host=self.host)}
        self.page.context.add_cookies([signed_in])  # type: ignore[list-item]
        self.opens(self.path)

    def opens(self, path: str) -> None:
        self.page.goto(self.site.url(path, host=self.host))

    def form(self, label: str, within: str = "body") -> Locator:
        """The form behind a button that asks something, opened as far as it is folded away."""
        summary = self.page.locator(f"{within} summary", has_text=re.compile(f"^{re.escape(label)}")).first
        summary.wait_for(state="attached")
        if not summary.is_visible():
            self.page.get_by_text("其他办理").first.click()
        details = summary.locator("xpath=..")
        if details.get_attribute("open") is None:
            summary.click()
        return details.locator("form").first

    def does(self, label: str, within: str = "body", **typed: str) -> None:
        """An act that asks: by its fields' names, as they end. Sent, and the page that comes back."""
        form = self.form(label, within)
        for name, value in typed.items():
            self.enters(form, name, value)
        self.sends(form.get_by_role("button", name=label).last)

    def enters(self, form: Locator, name: str, value: str) -> None:
        asked = form.locator(f":is([name='{name}'], [name$='-{name}'])").first
        kind = asked.evaluate("one => one.type")
        if kind == "select-one":
            # What a choice says first is its name; what it does may follow in brackets.
            asked.select_option(
                asked.locator("option", has_text=re.compile(f"^{re.escape(value)}")).first.get_attribute("value")
            )
        elif kind == "radio":
            form.get_by_label(value, exact=True).check()
        else:
            asked.fill(value)

    def presses(self, label: str, within: str = "body") -> None:
        """An act that asks nothing."""
        self.sends(self.page.locator(within).get_by_role("button", name=re.compile(f"^{re.escape(label)}")).first)

    def sends(self, button: Locator) -> None:
        """Press it; the page that comes back refuses nothing."""
        with self.page.expect_navigation():
            button.click()
        refusals = self.page.locator(".field-error, .notice--late[role=alert]")
        assert refusals.count() == 0, refusals.all_inner_texts()

    def says(self, *words: str, within: str = "body") -> None:
        """The page shows each of these."""
        for one in words:
            expect(self.page.locator(within).first).to_contain_text(one)

    def letter(self, name: str, *, method: str, **facts: str) -> Letter:
        """A letter that is due, from the case to the post: written, frozen, registered as sent. Back at the case."""
        due = self.page.locator(".lettersdue li", has_text=name)
        self.sends(due.get_by_role("button", name="拟写"))
        sheet = self.page.locator("#facts")
        for key, value in facts.items():
            self.enters(sheet, key, value)
        self.sends(sheet.get_by_role("button", name="保存并定稿"))
        self.says("SHA-256")
        made = Letter.objects.latest("frozen_at")
        sending = self.page.locator("form[action$='/send/']")
        self.enters(sending, "method", method)
        self.sends(sending.get_by_role("button", name=re.compile("发出")))
        self.opens(self.path)
        return made

    def arrived(self, name: str, **facts: str) -> None:
        """A letter that was sent has arrived. Back at the case."""
        self.page.locator("#letters").get_by_role("link", name=name).click()
        self.does("登记送达", within="#deliveries", **facts)
        self.opens(self.path)


@dataclass
class Telephone:
    """An applicant with a telephone of 375 pixels."""

    page: Page
    address: Callable[[str], str]
    code: str = ""
    secret: str = ""

    def goes(self, path: str) -> None:
        self.page.goto(self.address(path))

    def types(self, label: str, words: str) -> None:
        self.page.get_by_label(label).first.fill(words)

    def applies(self, wish: str, name: str, identity: str, phone: str) -> str:
        """The form, the review, the receipt; the path of the case."""
        self.goes("/apply/")
        for label, words in (("您需要什么信息", wish), ("姓名或者名称", name), ("证件号码", identity)):
            self.types(label, words)
        self.types("联系电话", phone)
        self.fits()
        self.page.get_by_role("button", name="下一步：核对").click()
        self.page.get_by_text("已自动完成验证").wait_for()
        self.page.get_by_role("button", name="提交申请").last.click()
        self.page.get_by_role("heading", name="申请已经提交").wait_for()
        self.code, self.secret = self.page.locator(".apply-codes dd").all_inner_texts()
        return str(self.page.get_by_role("link", name="查看办理进度").get_attribute("href"))

    def looks(self) -> None:
        """With code and secret from the receipt, on a telephone that knows nothing any more."""
        self.page.context.clear_cookies()
        self.goes("/apply/status/")
        self.types("查询码", self.code)
        self.types("查询密码", self.secret)
        self.page.get_by_role("button", name="查询", exact=True).click()
        self.says(self.code)

    def says(self, *words: str) -> None:
        for one in words:
            expect(self.page.locator("body")).to_contain_text(one)

    def fits(self) -> None:
        """Nothing hangs over the edge."""
        assert self.page.evaluate("document.documentElement.scrollWidth") <= 375

    def opens_letter(self, title: str) -> bytes:
        """Opening is receiving: the bytes that came."""
        row = self.page.locator(".apply-letters li", has_text=title)
        with self.page.expect_download() as download:
            row.get_by_role("button", name="打开文书").click()
        return Path(download.value.path()).read_bytes()

    def downloads(self, name: str) -> bytes:
        with self.page.expect_download() as download:
            self.page.locator(".apply-letters li", has_text=name).get_by_role("button", name="下载").click()
        return Path(download.value.path()).read_bytes()

    def days_said(self) -> dict[str, str]:
        """逐日说明: as what each day counts; the acts of the day are said after it."""
        rows = self.page.locator(".clock-days tbody tr").evaluate_all(
            "rows => rows.map(row => [...row.children].map(cell => cell.textContent))"
        )
        return {day[5:]: words.partition("；")[0].removesuffix("，今天") for day, _, words in rows}
