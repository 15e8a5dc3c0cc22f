"""Mail that came back 退信: delivery status notifications (RFC 3464) are read, and the envelope is marked.

The reason that is kept is the status code in words; the text of other servers contains the address.
"""

import email
import email.policy
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import EmailMessage, Message

from gongkai.telling.messages import Channel, Envelope
from gongkai.telling.outlets.contract import Fate
from gongkai.telling.outlets.mail import key_in
from gongkai.telling.sending import settle

logger = logging.getLogger(__name__)

_WORDS = {
    "5.1": "收件人地址不存在或有误",
    "5.2": "收件人邮箱不能接收（停用或已满）",
    "5.3": "对方邮件系统不接收",
    "5.4": "找不到对方邮件服务器",
    "5.7": "对方按其规则拒收",
}
_FATES = {"failed": Fate.RETURNED, "delivered": Fate.DELIVERED}


@dataclass(frozen=True)
class Report:
    """What a notification says of one of our mails."""

    key: str
    fate: Fate
    reason: str


def read(raw: bytes) -> Report | None:
    """The report in a mail; None for anything that is not a final one about a mail of ours."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    if message.get_content_type() != "multipart/report":
        return None
    key, action, status = "", "", ""
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            for block in part.get_payload():  # blocks of header lines, as messages
                if isinstance(block, Message) and block.get("Action"):
                    action = str(block["Action"]).split(";")[0].strip().lower()
                    status = str(block.get("Status", "")).strip()
        elif kind in {"message/rfc822", "text/rfc822-headers"}:
            key = key or key_in(_original_id(part)) or ""
    fate = _FATES.get(action)
    if not key or fate is None:
        return None
    return Report(key, fate, _reason(status) if fate is Fate.RETURNED else "")


def take_in(mails: Iterable[bytes]) -> tuple[int, int]:
    """Mark what the notifications tell; returns how many were ours and how many were not."""
    ours = others = 0
    for raw in mails:
        report = read(raw)
        row = Envelope.objects.filter(key=report.key, channel=Channel.MAIL).first() if report else None
        if report is None or row is None:
            others += 1
            continue
        settle(row, report.fate, report.reason)
        ours += 1
    return ours, others


def _original_id(part: EmailMessage) -> str:
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) else email.message_from_string(str(payload))
    return str(inner.get("Message-ID", "")) if isinstance(inner, Message) else ""


def _reason(status: str) -> str:
    words = _WORDS.get(".".join(status.split(".")[:2]), "对方退回")
    return f"{words}（{status}）" if status.replace(".", "").isdigit() else words
