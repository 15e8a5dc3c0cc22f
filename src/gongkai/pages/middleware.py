"""Keeps what was rendered on demand, so that the next reader gets it without Django."""

import logging
import sqlite3
import time
from collections.abc import Callable
from enum import Enum
from pathlib import PurePosixPath

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from gongkai.pages import derived, installation, keys, shared
from gongkai.pages.index import Rank
from gongkai.pages.places import NotAPlace, content_type, place_of
from gongkai.pages.rendering import NOT_KEPT
from gongkai.pages.store import Rendered, Store

logger = logging.getLogger(__name__)

SLOW_SECONDS = 0.5
"""A page that takes longer to render is dropped when it is stale and made when somebody asks, unless it is a home:
renewing it at every release would keep the others waiting. Of what nobody waits for (figures of a million documents)
a fifth of that is too long."""
_PATIENCE = {Rank.LATER: 0.2}
_KEPT = "gongkai_kept"


class Kept(Enum):
    """What became of a response."""

    NO_PAGE = "no page"  # nothing that is ever kept
    TRUE = "true"  # it lies in the store
    CHANGED = "changed"  # something it shows changed meanwhile
    FAILED = "failed"  # there was no room


def kept(response: HttpResponseBase) -> Kept:
    """What became of this response in the store."""
    return getattr(response, _KEPT, Kept.NO_PAGE)


class KeepingMiddleware:
    """Stands outside everything that reads the database: the ticket must be older than the first read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        store = installation.store()
        place = _place(request) if store is not None else None
        if store is None or place is None:
            return self.get_response(request)
        host, path = place.parts[0], request.path  # as asked for: a view may see another path (/zh-hant/)
        ticket, begun = _ticket(store), time.monotonic()
        response = self.get_response(request)
        if ticket is not None and _may_be_kept(response, place):
            rank = _rank(path, response)
            if time.monotonic() - begun > SLOW_SECONDS * _PATIENCE.get(rank, 1.0) and not _at_home(response):
                keys.rare(response)
            _keep(store, host, path, response, ticket, rank)
        return response


def _place(request: HttpRequest) -> PurePosixPath | None:
    """Where the answer to this request would lie; None for what is never kept."""
    if request.method != "GET" or request.META.get("QUERY_STRING") or request.META.get(NOT_KEPT):
        return None
    host = request.get_host().partition(":")[0].lower()
    whole = request.get_host() == installation.authority(host) and request.scheme == installation.scheme()
    try:
        return place_of(host, request.path) if whole else None
    except NotAPlace:
        return None


def _ticket(store: Store) -> int | None:
    try:
        return shared.ticket_of(store)
    except (OSError, sqlite3.Error):
        logger.exception("the page store cannot be used; pages are rendered on demand")
        return None


def _may_be_kept(response: HttpResponseBase, place: PurePosixPath) -> bool:
    return (
        response.status_code == 200
        and isinstance(response, HttpResponse)
        and bool(keys.shown(response))
        and not response.cookies
        and "public" in response.get("Cache-Control", "")
        and response["Content-Type"] == content_type(place)
    )


def _keep(store: Store, host: str, path: str, response: HttpResponseBase, ticket: int, rank: Rank) -> None:
    page = Rendered(
        host=host,
        path=path,
        content=getattr(response, "content"),  # noqa: B009 - an HttpResponse, see _may_be_kept
        keys=keys.shown(response),
        expires=keys.expiry(response),
        rare=keys.is_rare(response),
        rank=rank,
    )
    try:
        done = Kept.TRUE if store.keep(page, ticket) else Kept.CHANGED
    except (OSError, sqlite3.Error) as error:
        logger.warning("page %s%s could not be kept: %s", host, path, error)
        done = Kept.FAILED
    setattr(response, _KEPT, done)


def _rank(path: str, response: HttpResponseBase) -> Rank:
    """How soon readers miss it."""
    if keys.is_later(response):
        return Rank.LATER
    if derived.source_of(path) is not None:
        return Rank.MIRROR
    if _at_home(response):
        return Rank.FIRST
    return Rank.LIST if _shows(response, "releases:") else Rank.PAGE


def _at_home(response: HttpResponseBase) -> bool:
    return _shows(response, "home:")


def _shows(response: HttpResponseBase, prefix: str) -> bool:
    return any(key.startswith(prefix) for key in keys.shown(response))
