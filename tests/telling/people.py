"""Addresses of those who are told."""

import uuid

from gongkai.agencies.officers import Officer
from gongkai.telling.actions import choices
from gongkai.telling.arrangements import Way

BOX: dict[str, tuple[uuid.UUID, bytes]] = {}
"""Where the sealed addresses of the tests' public are: what applications have rows for."""


def prefers(officer: Officer, way: Way, *, sms_urgent: bool = False, phone: str = "13800002345") -> None:
    """The officer has a mailbox (and a mobile), and wants to be told so."""
    mail = f"{officer.username}@example.gov.cn"
    choices.prefer(officer, way=way, mail=mail, phone=phone, sms_urgent=sms_urgent, by=officer)
