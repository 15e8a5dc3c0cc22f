"""What an outlet is: a small interface, a registry, and two ways to fail."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from gongkai.catalog.documents import Document
from gongkai.catalog.editions import Edition


class Undelivered(Exception):
    """This attempt failed; it will be tried again with growing waits. The message is shown on the desk."""


class NotDeliverable(Undelivered):
    """No attempt will succeed until a person changes something: straight to the dead letters."""


@dataclass(frozen=True)
class Parcel:
    """What is brought to an outlet. ``key`` is the same at every attempt, so that the other side can tell a repeat.

    ``act`` is publish, notice or remove. The document and edition are as they are now, which may be newer than the
    entry: an outlet shows the present state.
    """

    key: str
    act: str
    document: Document
    edition: Edition | None
    settings: Mapping[str, Any]
    entry_id: int = 0  # the entry of the ledger that it is about


class Outlet(Protocol):
    """One outlet. ``options`` names its settings: key, Chinese label, whether required."""

    key: str
    label: str

    @property
    def options(self) -> tuple[tuple[str, str, bool], ...]: ...

    def deliver(self, parcel: Parcel) -> str:
        """Bring the parcel; return a receipt to keep (at most 200 characters). Must bear a repeat of the same key.

        Raises Undelivered or NotDeliverable; anything else counts as Undelivered too.
        """
        ...


_OUTLETS: dict[str, Outlet] = {}


def register(outlet: Outlet) -> Outlet:
    """Declare an outlet (in an AppConfig.ready)."""
    if outlet.key in _OUTLETS:
        raise ValueError(f"outlet {outlet.key!r} is registered twice")
    _OUTLETS[outlet.key] = outlet
    return outlet


def get(key: str) -> Outlet:
    """The outlet of that key; raises KeyError."""
    return _OUTLETS[key]


def all_outlets() -> list[Outlet]:
    """Every registered outlet, by key."""
    return [_OUTLETS[key] for key in sorted(_OUTLETS)]


def chosen_outlets() -> list[Outlet]:
    """Those which an agency switches on and off (an outlet says ``chosen = False`` when something else decides)."""
    return [outlet for outlet in all_outlets() if getattr(outlet, "chosen", True)]
