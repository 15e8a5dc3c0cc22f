"""A provider of short messages on this machine, which checks signatures by its own reading of the protocol."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, quote_plus, urlsplit

from tests.serving import serving

KEY_ID, SECRET = "LTAI-test", "a-secret-of-the-test"


@dataclass
class Provider:
    """What was asked, what is to be answered."""

    port: int = 0
    sent: list[dict[str, str]] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    nonces: set[str] = field(default_factory=set)
    codes: list[str] = field(default_factory=list)  # answers to the next messages instead of OK
    fates: dict[str, tuple[int, str]] = field(default_factory=dict)  # OutId → SendStatus, ErrCode
    hangs: threading.Event | None = None  # a message is taken, and the answer waits for this

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def answer(self, action: str, query: dict[str, str]) -> dict[str, Any]:
        if action == "SendSms":
            if self.codes:
                return {"Code": self.codes.pop(0), "Message": "不行"}
            self.sent.append(query)
            if self.hangs is not None:
                self.hangs.wait(60)
            return {"Code": "OK", "BizId": f"biz-{len(self.sent)}", "RequestId": "r", "Message": "OK"}
        self.asked.append(query)
        there = [one for one in self.sent if one["PhoneNumbers"] == query["PhoneNumber"]]
        details = []
        for one in there:
            status, code = self.fates.get(one["OutId"], (1, ""))
            details.append({"OutId": one["OutId"], "SendStatus": status, "ErrCode": code})
        return {"Code": "OK", "TotalCount": len(details), "SmsSendDetailDTOs": {"SmsSendDetailDTO": details}}

    def wrong_with(self, method: str, path: str, headers: dict[str, str], body: bytes) -> str:
        """Why the request is not signed as it should be; empty when it is."""
        scheme, _, rest = headers.get("authorization", "").partition(" ")
        given = dict(part.split("=", 1) for part in rest.split(",") if "=" in part)
        if scheme != "ACS3-HMAC-SHA256" or given.get("Credential") != KEY_ID:
            return "InvalidAccessKeyId.NotFound"
        if headers["x-acs-content-sha256"] != hashlib.sha256(body).hexdigest():
            return "BodyDigest"
        if headers["x-acs-signature-nonce"] in self.nonces:
            return "SignatureNonceUsed"
        self.nonces.add(headers["x-acs-signature-nonce"])
        signed = given["SignedHeaders"].split(";")
        if signed != sorted(signed) or not {"host", "x-acs-action", "x-acs-date", "x-acs-version"} <= set(signed):
            return "SignedHeaders"
        split = urlsplit(path)
        pairs = sorted(parse_qsl(split.query, keep_blank_values=True))
        encode = lambda text: quote_plus(text, safe="-_.~").replace("+", "%20")  # noqa: E731
        request = f"{method}\n{split.path}\n" + "&".join(f"{encode(a)}={encode(b)}" for a, b in pairs) + "\n"
        for name in signed:
            request += f"{name}:{headers[name].strip()}\n"
        request += "\n" + ";".join(signed) + "\n" + headers["x-acs-content-sha256"]
        text = "ACS3-HMAC-SHA256\n" + hashlib.new("sha256", request.encode()).hexdigest()
        right = hmac.digest(SECRET.encode(), text.encode(), "sha256").hex()
        return "" if hmac.compare_digest(right, given["Signature"]) else "SignatureDoesNotMatch"


@contextmanager
def running() -> Iterator[Provider]:
    """The provider, answering until the end."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            wrong = provider.wrong_with("POST", self.path, headers, body)
            if wrong:
                provider.refused.append(wrong)
                answer: dict[str, Any] = {"Code": wrong}
            else:
                answer = provider.answer(headers["x-acs-action"], dict(parse_qsl(urlsplit(self.path).query)))
            told = json.dumps(answer).encode()
            try:
                self.send_response(400 if wrong else 200)
                self.send_header("Content-Length", str(len(told)))
                self.end_headers()
                self.wfile.write(told)
            except BrokenPipeError:  # who asked was killed
                return

        def log_message(self, *args: object) -> None:
            """Quiet."""

    with serving(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as provider.port:
        yield provider
