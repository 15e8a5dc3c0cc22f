"""Webhook 推送: an HTTP POST of the document's JSON to another system, signed, with an idempotency key."""

import json
import os

from gongkai.publishing.outlets.contract import NotDeliverable, Parcel, register
from gongkai.publishing.outlets.message import message
from gongkai.publishing.outlets.posting import post, signature


class Webhook:
    """Posts to ``url``; signs with the secret in the environment variable that ``secret_env`` names."""

    key = "webhook"
    label = "推送到其他系统"
    options = (("url", "接收地址", True), ("secret_env", "签名密钥所在的环境变量", False))

    def deliver(self, parcel: Parcel) -> str:
        body = json.dumps(message(parcel), ensure_ascii=False).encode()
        return post(str(parcel.settings.get("url") or ""), body, self._headers(parcel, body))

    @staticmethod
    def _headers(parcel: Parcel, body: bytes) -> dict[str, str]:
        headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": parcel.key}
        name = str(parcel.settings.get("secret_env") or "")
        if name:
            secret = os.environ.get(name)
            if not secret:
                raise NotDeliverable(f"环境变量 {name} 没有设置签名密钥。")
            headers["X-Gongkai-Signature"] = signature(secret, body)
        return headers


register(Webhook())
