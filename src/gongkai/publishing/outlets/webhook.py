"""Webhook 推送: an HTTP POST of the document's JSON to another system, signed, with an idempotency key."""

import hashlib
import hmac
import http.client
import json
import os
import ssl
import urllib.error
import urllib.request
from urllib.parse import urlsplit

from gongkai.publishing.outlets.contract import NotDeliverable, Parcel, Undelivered, register
from gongkai.publishing.outlets.message import message

_TIMEOUT_SECONDS = 10
_REFUSED_FOR_GOOD = frozenset({400, 401, 403, 404, 405, 410, 413, 415, 422})


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A signed message goes to the address that was set up and nowhere else."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


class Webhook:
    """Posts to ``url``; signs with the secret in the environment variable that ``secret_env`` names."""

    key = "webhook"
    label = "推送到其他系统"
    options = (("url", "接收地址", True), ("secret_env", "签名密钥所在的环境变量", False))

    def deliver(self, parcel: Parcel) -> str:
        url = str(parcel.settings.get("url") or "")
        if urlsplit(url).scheme not in {"http", "https"}:
            raise NotDeliverable("请在渠道设置中填写以 http 或 https 开头的接收地址。")
        body = json.dumps(message(parcel), ensure_ascii=False).encode()
        request = urllib.request.Request(url, data=body, headers=self._headers(parcel, body), method="POST")  # noqa: S310 - scheme checked above
        opener = urllib.request.build_opener(
            _NoRedirects, urllib.request.HTTPSHandler(context=ssl.create_default_context())
        )
        try:
            with opener.open(request, timeout=_TIMEOUT_SECONDS) as response:
                return f"HTTP {response.status}"
        except urllib.error.HTTPError as error:
            refusal = f"对方返回 HTTP {error.code}"
            raise (NotDeliverable if error.code in _REFUSED_FOR_GOOD else Undelivered)(refusal) from error
        except (OSError, http.client.HTTPException) as error:
            raise Undelivered(f"无法连接：{error}") from error

    @staticmethod
    def _headers(parcel: Parcel, body: bytes) -> dict[str, str]:
        headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": parcel.key}
        name = str(parcel.settings.get("secret_env") or "")
        if name:
            secret = os.environ.get(name)
            if not secret:
                raise NotDeliverable(f"环境变量 {name} 没有设置签名密钥。")
            headers["X-Gongkai-Signature"] = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        return headers


register(Webhook())
