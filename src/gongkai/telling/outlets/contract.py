"""What an outlet takes and answers."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol


class NotSent(Exception):
    """A bad moment: the same may succeed later. Says why in Chinese, without the address."""


class WillNotBeSent(Exception):
    """A refusal that stays one until a person changes something."""


class Fate(StrEnum):
    """What became of something that was handed over."""

    SENT = "sent"  # taken by the other side, nothing more is known
    DELIVERED = "delivered"
    RETURNED = "returned"
    FILED = "filed"  # written to a file, sent to nobody


@dataclass(frozen=True)
class Part:
    """A template with its values: providers of short messages take these, not the text."""

    code: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Enclosed:
    """A file that travels with a mail."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """One mail or short message. ``key`` is the same at every attempt; ``again`` says that it may have gone already."""

    key: str
    to: str
    title: str
    text: str
    sender: str = ""  # whose mail it is, beside the address it comes from
    sign: str = ""
    part: Part = field(default=Part("", ()))
    again: bool = False
    on: date | None = None  # the day of the first attempt
    enclosed: tuple[Enclosed, ...] = ()


@dataclass(frozen=True)
class Receipt:
    """What the other side said: its number for it, and what is known."""

    number: str
    fate: Fate
    reason: str = ""


class Outlet(Protocol):
    """Something that takes letters."""

    def send(self, letter: Letter) -> Receipt:
        """Hand it over. Raises NotSent, WillNotBeSent."""


class SmsProvider(Outlet, Protocol):
    """A provider of short messages. Whoever adds one writes a file beside ``aliyun.py`` and names it in ``sms.py``."""

    def status(self, key: str, to: str, number: str, on: date) -> Receipt | None:
        """What became of a message of that day; None when the provider does not know it. Raises NotSent."""
