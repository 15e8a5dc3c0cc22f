"""What a page shows: surrogate keys, kept on the response inside the process and never sent to the reader.

Beside them stands how long the page is true by itself, and whether it is worth keeping ready.
"""

from datetime import datetime

from django.http.response import HttpResponseBase

from gongkai.ledger.refs import Named, Ref, ref_of

_SHOWS = "gongkai_shows"
_EXPIRES = "gongkai_expires"
_RARE = "gongkai_rare"
_LATER = "gongkai_later"


def remember(response: HttpResponseBase, *things: Ref | Named) -> None:
    """Note that the page shows these things; noting one again changes nothing."""
    setattr(response, _SHOWS, shown(response) | {ref_of(thing).key for thing in things})


def shown(response: HttpResponseBase) -> frozenset[str]:
    """The keys (``kind:id``) of everything the page shows; empty for a response nobody described."""
    return getattr(response, _SHOWS, frozenset())


def expires(response: HttpResponseBase, at: datetime | None) -> None:
    """Note that the page says something else from that moment on though nothing is written (失效 tomorrow at 0:00).

    The earliest moment noted counts; None notes nothing.
    """
    known = expiry(response)
    if at is not None and (known is None or at < known):
        setattr(response, _EXPIRES, at)


def expiry(response: HttpResponseBase) -> datetime | None:
    """When the page stops being true by itself; None: never."""
    return getattr(response, _EXPIRES, None)


def rare(response: HttpResponseBase) -> None:
    """Note that few people read the page (the tenth page of a list, two editions side by side): once it is stale it is
    dropped, and made again when somebody asks for it."""
    setattr(response, _RARE, True)


def is_rare(response: HttpResponseBase) -> bool:
    """Whether the page is dropped rather than renewed."""
    return getattr(response, _RARE, False)


def later(response: HttpResponseBase) -> None:
    """Note that nobody waits for what is new on this page (a feed, figures, a catalogue): it is renewed after those
    that people read."""
    setattr(response, _LATER, True)


def is_later(response: HttpResponseBase) -> bool:
    """Whether the page is renewed after others."""
    return getattr(response, _LATER, False)


def releases(agency_id: int | None) -> Ref:
    """The key of "whatever this agency releases" (None: any agency of the city), for pages that list the newest.

    A new document is on no page yet: a list has to be named by where it draws from.
    """
    return Ref("releases", "" if agency_id is None else str(agency_id))
