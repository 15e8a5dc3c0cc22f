"""Somebody who applies over HTTP, without a script, and sends the same form again when no answer came."""

import http.client
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from tests.applications.portal.filling import CITIZEN, answer, hidden, words
from tests.faults.browsing import NoAnswer
from tests.waiting import PATIENCE

RECEIPT = "/apply/receipt/"


@dataclass
class Ready:
    """A form that was looked over, with all that is needed to send it."""

    name: str
    address: str
    cookies: dict[str, str]
    values: dict[str, Any]


@dataclass
class Applicant:
    """Talks to one host name at one port. Each application comes from an address of its own: nobody sends many."""

    port: int
    host: str
    number: int
    made: int = 0
    unanswered: int = 0
    acknowledged: list[str] = field(default_factory=list)

    def prepare(self) -> Ready:
        """Fill the form in and look it over. Raises NoAnswer."""
        self.made += 1
        address = f"10.{self.number % 250}.{self.made // 250}.{self.made % 250 + 1}"
        ready = Ready(f"第{self.number}人申请的第{self.made}份合同", address, {}, {})
        form = self._send(ready, "GET", "/apply/", {})
        typed = hidden(form) | CITIZEN | {"item-0-name": ready.name, "step": "check"}
        review = self._send(ready, "POST", "/apply/", typed)
        if review.status != 200:
            raise AssertionError(f"{ready.name}: {review.status} {words(review)[:300]}")
        ready.values = hidden(review) | {"step": "submit", "captcha": answer(review)}
        return ready

    def submit(self, ready: Ready) -> bool:
        """Send it once; whether an answer came. Raises AssertionError when it was not taken."""
        try:
            told = self._send(ready, "POST", "/apply/", ready.values)
        except NoAnswer:
            self.unanswered += 1
            return False
        if told.status != 302 or told.location != RECEIPT:
            raise AssertionError(f"{ready.name}: {told.status} {words(told)[:300] if told.content else ''}")
        self.acknowledged.append(ready.name)
        return True

    def _send(self, ready: Ready, method: str, path: str, values: dict[str, Any]) -> Any:
        cookies = "; ".join(f"{key}={value}" for key, value in ready.cookies.items())
        headers = {"Host": f"{self.host}:{self.port}", "X-Forwarded-For": ready.address, "Connection": "close"}
        headers |= {"Cookie": cookies} if cookies else {}
        headers |= {"Content-Type": "application/x-www-form-urlencoded"} if values else {}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, urlencode(values, doseq=True) if values else None, headers)
            got = connection.getresponse()
            content = got.read()
        except (OSError, http.client.HTTPException) as error:
            raise NoAnswer(f"{type(error).__name__}: {error}") from error
        finally:
            connection.close()
        for line in got.headers.get_all("Set-Cookie") or []:
            ready.cookies |= {key: one.value for key, one in SimpleCookie(line).items()}
        return SimpleNamespace(status=got.status, content=content, location=got.headers.get("Location", ""))
