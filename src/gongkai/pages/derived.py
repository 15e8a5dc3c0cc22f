"""Pages that are made from another page and from nothing else: the same page in another script.

When the page they are made from lies there and is true, they are made from its bytes. That asks the database nothing
and costs a fifth of rendering them; ``gongkai pages verify`` renders them whole and finds the same bytes.
"""

import dataclasses
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from gongkai.pages import shared
from gongkai.pages.index import Rank
from gongkai.pages.store import Store


@dataclass(frozen=True)
class Derivation:
    """``source``: the path of the page that the one at a path is made from (None: from none). ``make``: the bytes of
    the page, of the host and the bytes it is made from."""

    source: Callable[[str], str | None]
    make: Callable[[str, bytes], bytes]


_DERIVATIONS: list[Derivation] = []


def register(derivation: Derivation) -> None:
    """Declare such pages (in an AppConfig.ready)."""
    _DERIVATIONS.append(derivation)


def source_of(path: str) -> str | None:
    """The path of the page that the one at this path is made from; None for one that is made by itself."""
    return next((found for one in _DERIVATIONS if (found := one.source(path)) is not None), None)


def keep(store: Store, host: str, path: str) -> bool:
    """Make the page from its source, as that lies there, and keep it; returns whether there was a source.

    The ticket is older than the look at the source: a change noted in between keeps the page out, as it does one that
    is rendered. One that there is no room for is left to be rendered, which says so.
    """
    for one in _DERIVATIONS:
        inner = one.source(path)
        if inner is None:
            continue
        try:
            ticket = shared.ticket_of(store)
            source = store.lying(host, inner)
            if source is None:
                return False
            content = one.make(host, source.content)
            rank = max(Rank.MIRROR, source.rank)
            store.keep(dataclasses.replace(source, path=path, content=content, rank=rank), ticket)
            return True
        except (OSError, sqlite3.Error):
            return False
    return False
