"""Filling the application form as a browser does, and reading what comes back."""

import io
import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html
from PIL import Image

from gongkai.agencies.bodies import Agency
from gongkai.applications.applications import Application

IDENTITY = "110101199003070038"
CREDIT_CODE = "91110000MA0123004M"
CITIZEN = {
    "who": "citizen",
    "name": "李明",
    "document_kind": "resident_id",
    "document_number": IDENTITY,
    "organisation_kind": "enterprise",
    "phone": "13800138000",
    "form": "electronic",
    "way": "online",
    "items": "1",
    "item-0-name": "北湖里小区投放设施改造项目中标合同",
}


def photo(name: str = "身份证 李明.jpg") -> SimpleUploadedFile:
    """A small picture."""
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(made, "JPEG")
    return SimpleUploadedFile(name, made.getvalue(), "image/jpeg")


class Visitor:
    """Somebody before a browser, on the site of one agency."""

    def __init__(self, agency: Agency, address: str = "192.0.2.10") -> None:
        self.host = agency.hosts.get(primary=True).host
        self.client = Client(headers={"host": self.host}, REMOTE_ADDR=address)

    def get(self, path: str, **query: str) -> Any:
        return self.client.get(path, query)

    def post(self, path: str, data: dict[str, Any]) -> Any:
        return self.client.post(path, data)

    def form(self, path: str = "/apply/") -> dict[str, str]:
        """What the empty form carries by itself."""
        return {"submission": hidden(self.get(path))["submission"]}

    def fill(self, **facts: Any) -> dict[str, Any]:
        return self.form() | CITIZEN | facts

    def look_over(self, data: dict[str, Any], path: str = "/apply/") -> Any:
        return self.post(path, data | {"step": "check"})

    def submit(self, review: Any, path: str = "/apply/") -> Any:
        return self.post(path, hidden(review) | {"step": "submit", "captcha": answer(review)})

    def apply(self, **facts: Any) -> Application:
        """The whole way; the application that was made."""
        review = self.look_over(self.fill(**facts))
        assert review.status_code == 200, words(review)
        made = self.submit(review)
        assert made.status_code == 302, words(made)
        return Application.objects.latest("pk")

    def codes(self) -> tuple[str, str]:
        """Query code and secret, from the receipt."""
        page = tree(self.get("/apply/receipt/"))
        code, secret = page.xpath("//*[contains(@class, 'apply-codes')]//dd/text()")
        return code, secret


def tree(response: Any) -> Any:
    return html.fromstring(response.content)


def words(response: Any) -> str:
    page = tree(response)
    for one in page.xpath("//script|//style|//head"):
        one.drop_tree()
    return " ".join(page.text_content().split())


def hidden(response: Any) -> dict[str, Any]:
    """Hidden fields of the main form, by name; several of one name as a list."""
    found: dict[str, Any] = {}
    for one in tree(response).xpath("//main//form[@method='post']//input[@type='hidden']"):
        name, value = one.get("name"), one.get("value") or ""
        if name in found and name != "csrfmiddlewaretoken":
            found[name] = [*found[name], value] if isinstance(found[name], list) else [found[name], value]
        else:
            found[name] = value
    return found


def errors(response: Any) -> dict[str, str]:
    """What is said at each field, by the field's id."""
    said = {}
    for one in tree(response).xpath("//*[contains(@class, 'field-error')]"):
        where = one.getparent().get("id").removesuffix("_error").removeprefix("id_")
        said[where] = " ".join(one.text_content().split())
    return said


_DIGITS = "零一二三四五六七八九十"
_ASKED = re.compile(f"([{_DIGITS}])([加减減]|的[两兩]倍)([{_DIGITS}]?)|比([{_DIGITS}])大([{_DIGITS}])")


def answer(response: Any) -> str:
    """A person reads the question."""
    question = tree(response).xpath("string(//*[contains(@class, 'captcha-question')])")
    found = _ASKED.search(question)
    assert found, question
    one, sign, two, more, other = ("" if part is None else part for part in found.groups())
    if more:
        return str(_DIGITS.index(more) + _DIGITS.index(other))
    value = _DIGITS.index(one)
    if sign.endswith("倍"):
        return str(2 * value)
    return str(value + _DIGITS.index(two) if sign == "加" else value - _DIGITS.index(two))
