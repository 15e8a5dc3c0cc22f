"""People of an agency, each with a browser of their own, doing what the pages offer."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from playwright.sync_api import Locator, Page, expect
from tests.browser import LiveSite
from tests.factories.people import PASSWORD, Staffed

_GATES = ("政治关", "政策关", "内容关")


@dataclass
class Colleague:
    """One person at work. Addresses are paths of the desk."""

    page: Page
    site: LiveSite
    host: str

    def open(self, path: str) -> None:
        """Go to a page of the desk."""
        self.page.goto(self.site.url(path, host=self.host))

    def sign_in(self, username: str) -> None:
        """Through the sign-in page, to the tasks."""
        self.open("/desk/")
        self.page.get_by_label("用户名").fill(username)
        self.page.get_by_label("密码").fill(PASSWORD)
        self.page.get_by_role("button", name="登录").click()
        expect(self.page.get_by_role("heading", name="今天要办")).to_be_visible()

    def find(self, title: str) -> None:
        """Open what waits for me, from my tasks."""
        self.open("/desk/?section=all")
        self.page.get_by_role("link", name=title, exact=True).first.click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(title)

    def attest(self) -> None:
        """Tick what this step asks for: the three gates, or the secrecy review."""
        asked = self.page.locator(".attest > .attest-field")
        for gate in (*_GATES, "保密法"):
            box = asked.get_by_label(re.compile(gate))
            if box.count():
                box.check()

    def approve(self, title: str) -> None:
        """Read, attest, pass."""
        self.find(title)
        self.attest()
        self.page.get_by_role("button", name=re.compile("^通过")).click()
        self.told(f"已通过：《{title}》")

    def act(self, label: str) -> Locator:
        """Open the form of an act that asks something; its body."""
        box = self.page.locator("details.confirm", has=self.page.locator("summary", has_text=re.compile(f"^{label}")))
        box.locator("summary").first.click()
        return box.first

    def told(self, text: str) -> None:
        """The page says this."""
        expect(self.page.get_by_text(text).first).to_be_visible()

    def fill_day(self, label: str, day: date) -> None:
        """A date field of the draft."""
        self.page.locator("#draft").get_by_label(label).fill(day.isoformat())

    def fill_moment(self, box: Locator, label: str, moment: datetime) -> None:
        """A field for a second of a day, in China's time."""
        box.get_by_label(label).fill(f"{moment:%Y-%m-%dT%H:%M:%S}")

    def rewrite(self, piece: str, text: str) -> None:
        """Retype the paragraph of the text that contains this."""
        editor = self.page.locator("#draft .ProseMirror")
        editor.locator("p", has_text=piece).first.click(click_count=3)
        self.page.keyboard.type(text)
        expect(editor.locator("p", has_text=text)).to_be_visible()


@dataclass
class Colleagues:
    """Everybody of an agency by role; who is needed signs in when first asked."""

    at: Staffed
    site: LiveSite
    page_of: Callable[..., Page]
    present: dict[str, Colleague] = field(default_factory=dict)

    def __call__(self, role: str) -> Colleague:
        """The officer of that role, signed in."""
        if role not in self.present:
            host = self.at.agency.hosts.get(primary=True).host
            one = Colleague(self.page_of(1280), self.site, host)
            one.sign_in(self.at.officers[role].username)
            self.present[role] = one
        return self.present[role]
