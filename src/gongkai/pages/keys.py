"""What a page shows: surrogate keys, kept on the response inside the process and never sent to the reader."""

from django.http.response import HttpResponseBase

from gongkai.ledger.refs import Named, Ref, ref_of

_ATTRIBUTE = "gongkai_shows"


def remember(response: HttpResponseBase, *things: Ref | Named) -> None:
    """Note that the page shows these things; noting one again changes nothing."""
    setattr(response, _ATTRIBUTE, shown(response) | {ref_of(thing).key for thing in things})


def shown(response: HttpResponseBase) -> frozenset[str]:
    """The keys (``kind:id``) of everything the page shows; empty for a response nobody described."""
    return getattr(response, _ATTRIBUTE, frozenset())


def releases(agency_id: int | None) -> Ref:
    """The key of "whatever this agency releases" (None: any agency of the city), for pages that list the newest.

    A new document is on no page yet: a list has to be named by where it draws from.
    """
    return Ref("releases", "" if agency_id is None else str(agency_id))
