"""The follower ``pages``: marks what is no longer true.

Nothing is rendered here, so that a burst of ten thousand entries marks a page ten thousand times and renews it once.
"""

import logging
import sqlite3
from collections.abc import Sequence

from gongkai.ledger import followers
from gongkai.ledger.entries import Entry
from gongkai.pages import effects
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
        rank = 0 if len(effect.made) <= _FEW else 2
        for host in {host for host, _ in effect.made}:
            pages.expect(host, [path for one, path in effect.made if one == host], rank=rank, soon=True)
    except (OSError, sqlite3.Error):
        logger.exception("changes could not be noted in the page store: it is taken out of service")
        pages.abandon()


followers.register(followers.Follower("pages", "预制网页", follow))
