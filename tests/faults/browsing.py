"""The least of a browser: one person's cookies, forms with their token, and whether an answer came."""

import http.client
import re
from http.cookies import SimpleCookie
from urllib.parse import urlencode
from uuid import uuid4

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class NoAnswer(Exception):
    """The server went away before it had answered: nobody was told anything."""


class Browser:
    """Talks to one host name at one port of this machine."""

    def __init__(self, port: int, host: str) -> None:
        self.port = port
        self.host = host
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> str:
        """The page. Raises NoAnswer."""
        return self._send("GET", path, None, "")[1]

    def post(
        self, path: str, values: dict[str, str], *, token: str, file: tuple[str, bytes] | None = None
    ) -> str | None:
        """Send a form; where the answer leads, None when it is not accepted. Raises NoAnswer."""
        if file is None:
            body, kind = (
                urlencode(values | {"csrfmiddlewaretoken": token}).encode(),
                "application/x-www-form-urlencoded",
            )
        else:
            body, kind = _multipart(values | {"csrfmiddlewaretoken": token}, file)
        status, _, location = self._send("POST", path, body, kind)
        return location if status == 302 else None

    def form(self, path: str) -> tuple[str, str]:
        """A page and the token of its forms. Raises NoAnswer."""
        page = self.get(path)
        found = _TOKEN.search(page)
        if found is None:
            raise AssertionError(f"no form at {path}: {page[:400]}")
        return page, found[1]

    def sign_in(self, username: str, password: str) -> None:
        """Through the sign-in page."""
        _, token = self.form("/desk/sign-in/")
        where = self.post("/desk/sign-in/", {"username": username, "password": password}, token=token)
        assert where == "/desk/", where

    def _send(self, method: str, path: str, body: bytes | None, kind: str) -> tuple[int, str, str]:
        headers = {"Host": f"{self.host}:{self.port}", "Connection": "close"}
        headers |= {"Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items())}
        headers |= {"Content-Type": kind} if kind else {}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            raise NoAnswer(f"{type(error).__name__}: {error}") from error
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {key: one.value for key, one in SimpleCookie(line).items()}
        return answer.status, text, answer.headers.get("Location", "")


def _multipart(values: dict[str, str], file: tuple[str, bytes]) -> tuple[bytes, str]:
    mark = uuid4().hex
    name, data = file
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in values.items()
    ]
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return b"".join(
        [*parts, head.encode(), data, f"\r\n--{mark}--\r\n".encode()]
    ), f"multipart/form-data; boundary={mark}"
