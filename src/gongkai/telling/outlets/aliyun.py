"""阿里云短信服务 (Dysmsapi 2017-05-25), signed with ACS3-HMAC-SHA256 (V3 版本请求体与签名机制).

``SendSms`` is not idempotent (the provider says so and advises to look before repeating): an attempt after one whose
end is not known first asks ``QuerySendDetails`` for our ``OutId``. Reports that the provider pushes carry no signature;
so reports are asked for, and nothing is open to the outside.
"""

import hashlib
import hmac
import http.client
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings

from gongkai.telling.outlets.contract import Fate, Letter, NotSent, Receipt, WillNotBeSent

_VERSION = "2017-05-25"
_TIMEOUT_SECONDS = 10
_READ_AT_MOST = 1_000_000
_PAGE = 50  # the provider's largest
_BAD_MOMENT = frozenset(
    {
        "isv.BUSINESS_LIMIT_CONTROL",
        "isp.SYSTEM_ERROR",
        "isp.RAM_PERMISSION_DENY",
        "isv.OUT_OF_SERVICE",
        "isv.AMOUNT_NOT_ENOUGH",
        "Throttling",
        "Throttling.User",
        "ServiceUnavailable",
        "InternalError",
        "SignatureNonceUsed",
    }
)
_FATES = {"1": Fate.SENT, "2": Fate.RETURNED, "3": Fate.DELIVERED}
_ALGORITHM = "ACS3-HMAC-SHA256"


@dataclass(frozen=True)
class Credential:
    """An access key of the provider."""

    key_id: str
    secret: str


def signed_headers(
    action: str, host: str, query: Mapping[str, str], credential: Credential, *, at: datetime, nonce: str, version: str
) -> dict[str, str]:
    """The headers of a POST to ``/`` without body, ``Authorization`` included."""
    headers = {
        "host": host,
        "x-acs-action": action,
        "x-acs-content-sha256": hashlib.sha256(b"").hexdigest(),
        "x-acs-date": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "x-acs-signature-nonce": nonce,
        "x-acs-version": version,
    }
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    canonical = "\n".join(["POST", "/", canonical_query(query), lines, names, headers["x-acs-content-sha256"]])
    to_sign = f"{_ALGORITHM}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    signature = hmac.new(credential.secret.encode(), to_sign.encode(), hashlib.sha256).hexdigest()
    headers["authorization"] = (
        f"{_ALGORITHM} Credential={credential.key_id},SignedHeaders={names},Signature={signature}"
    )
    return headers


def canonical_query(query: Mapping[str, str]) -> str:
    """Sorted by name, encoded as RFC 3986 has it."""
    return "&".join(f"{quote(name, safe='~')}={quote(query[name], safe='~')}" for name in sorted(query))


class Aliyun:
    """The provider with the access key of this installation."""

    def send(self, letter: Letter) -> Receipt:
        if letter.again and letter.on is not None:
            gone = self.status(letter.key, letter.to, "", letter.on)
            if gone is not None:
                return gone
        if not letter.part.code or not letter.sign:
            raise WillNotBeSent("还没有填写短信签名或这个事项的短信模板编号，请在“告知设置”中填写。")
        asked = {
            "PhoneNumbers": letter.to,
            "SignName": letter.sign,
            "TemplateCode": letter.part.code,
            "TemplateParam": json.dumps(dict(letter.part.values), ensure_ascii=False, separators=(",", ":")),
            "OutId": letter.key,
        }
        answer = _call("SendSms", asked)
        return Receipt(str(answer.get("BizId") or ""), Fate.SENT)

    def status(self, key: str, to: str, number: str, on: date) -> Receipt | None:
        asked = {"PhoneNumber": to, "SendDate": f"{on:%Y%m%d}", "PageSize": str(_PAGE), "CurrentPage": "1"}
        if number:
            asked["BizId"] = number
        answer = _call("QuerySendDetails", asked)
        found = (answer.get("SmsSendDetailDTOs") or {}).get("SmsSendDetailDTO") or []
        for one in found:
            if one.get("OutId") == key:
                fate = _FATES.get(str(one.get("SendStatus")), Fate.SENT)
                reason = f"运营商答复 {one.get('ErrCode') or '（无）'}" if fate is Fate.RETURNED else ""
                return Receipt(number, fate, reason)
        return None


def _call(action: str, asked: Mapping[str, str]) -> dict[str, Any]:
    """One call of the interface. Raises NotSent, WillNotBeSent; neither says more than the provider's code."""
    parts = urlsplit(settings.GONGKAI_SMS_ENDPOINT)
    credential = Credential(settings.GONGKAI_SMS_KEY_ID, settings.GONGKAI_SMS_KEY_SECRET)
    headers = signed_headers(
        action, parts.netloc, asked, credential, at=datetime.now(UTC), nonce=uuid.uuid4().hex, version=_VERSION
    )
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.netloc, timeout=_TIMEOUT_SECONDS)
    try:
        connection.request("POST", f"/?{canonical_query(asked)}", b"", headers)
        response = connection.getresponse()
        answer = json.loads(response.read(_READ_AT_MOST))
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise NotSent(f"短信服务无法使用：{type(error).__name__}。") from error
    finally:
        connection.close()
    code = str(answer.get("Code") or "") if isinstance(answer, dict) else ""
    if code == "OK":
        return dict(answer)
    passing = response.status >= 500 or code in _BAD_MOMENT or not code
    raise (NotSent if passing else WillNotBeSent)(f"短信服务答复 {code or response.status}。")
