"""The follower ``pages``: marks what is no longer true.

Nothing is rendered here, so that a burst of ten thousand entries marks a page ten thousand times and renews it once.
"""

import logging
import sqlite3
from collections.abc import Sequence

from gongkai.ledger import followers
from gongkai.ledger.entries import Entry
from gongkai.pages import derived, effects
from gongkai.pages.index import Rank
from gongkai.pages.installation import store

logger = logging.getLogger(__name__)

_FEW = 20


def follow(entries: Sequence[Entry]) -> None:
    """Mark the pages that these entries touch. On the disk before the follower's position is: killed in between, the
    entries are read again."""
    effect = effects.of(entries)
    pages = store()
    if pages is None or not (effect.keys or effect.gone or effect.made):
        return
    try:
        pages.mark(effect.gone, away=True, durable=True)
        pages.mark(effect.keys, durable=True)
        # One document is ready before the lists that lead to it; of a thousand the lists must not wait for each.
        first = Rank.FIRST if len(effect.made) <= _FEW else Rank.PAGE
        by_turn: dict[tuple[str, Rank], list[str]] = {}
        for host, path in sorted(effect.made):
            rank = first if derived.source_of(path) is None else Rank.MIRROR
            by_turn.setdefault((host, rank), []).append(path)
        for (host, rank), paths in by_turn.items():
            pages.expect(host, paths, rank=rank, soon=True)
    except (OSError, sqlite3.Error):
        logger.exception("changes could not be noted in the page store: it is taken out of service")
        pages.abandon()


followers.register(followers.Follower("pages", "预制网页", follow))
