"""A provider of accounts (OpenID Connect) for tests: a real server on this machine, with a key of its own."""

import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey
from tests.serving import serving

CLIENT, SECRET = "gongkai", "a-secret-of-the-client"


@dataclass
class Provider:
    """What it tells of whoever signs in, and who has been sent to it."""

    claims: dict[str, str]
    issuer: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}))
    other: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}))
    forged: bool = False
    nonces: dict[str, str] = field(default_factory=dict)

    def sign_in(self, address: str) -> str:
        """The person signs in at the address the site led to; the query of the way back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(8)
        self.nonces[code] = asked["nonce"]
        return f"code={code}&state={asked['state']}"

    def answer(self, path: str, body: dict[str, list[str]]) -> dict[str, Any] | None:
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "id_token_signing_alg_values_supported": ["RS256"],
            }
        if path == "/keys":
            return {"keys": [self.key.as_dict(private=False)]}
        if path == "/token" and (nonce := self.nonces.pop(body["code"][0], None)):
            now = int(time.time())
            told = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": nonce} | self.claims
            signed = jwt.encode({"alg": "RS256", "kid": "one"}, told, self.other if self.forged else self.key)
            return {"access_token": "one", "token_type": "Bearer", "id_token": signed}
        return None


@contextmanager
def running(**claims: str) -> Iterator[Provider]:
    """The provider, listening."""
    provider = Provider(claims)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._tell({})

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            self._tell(parse_qs(self.rfile.read(length).decode()))

        def _tell(self, body: dict[str, list[str]]) -> None:
            told = provider.answer(urlsplit(self.path).path, body)
            self.send_response(200 if told is not None else 404)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(told).encode())

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with serving(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as port:
        provider.issuer = f"http://127.0.0.1:{port}"
        yield provider
