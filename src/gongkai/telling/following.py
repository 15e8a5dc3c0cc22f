"""The follower ``telling``: entries become messages, once each. It sends nothing itself."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from gongkai.ledger import followers
from gongkai.ledger.entries import Entry
from gongkai.telling import registry
from gongkai.telling.writing import Tiding, write

NEWS_FOR = timedelta(days=7)
"""Nobody is told of what happened earlier: history that is taken over, a replay, the first start of a full ledger."""


def follow(entries: Sequence[Entry]) -> None:
    """Write the messages for entries that somebody is told of. Recipients are asked as things are now."""
    now = timezone.now()
    write([one for entry in entries if entry.at > now - NEWS_FOR for one in tidings_of(entry)], now)


def tidings_of(entry: Entry) -> list[Tiding]:
    """What the entry means to whom; empty for most."""
    return [
        Tiding(
            cause=f"entry:{entry.pk}:{rule.template}",
            template=rule.template,
            subject=entry.subject,
            agency_id=int(entry.agency_id),
            recipients=tuple(rule.recipients(entry)),
            values=rule.values(entry),
            url=rule.url(entry),
            urgent=rule.urgent,
        )
        for rule in registry.rules_of(entry.kind)
    ]


# Which kinds are told is registered later, by packages above: it reads them all and passes over the rest.
followers.register(followers.Follower("telling", "消息告知", follow))
