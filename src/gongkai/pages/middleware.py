"""Keeps what was rendered on demand, so that the next reader gets it without Django."""

import logging
import sqlite3
import time
from collections.abc import Callable
from enum import Enum
from pathlib import PurePosixPath

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from gongkai.pages import installation, keys
from gongkai.pages.places import NotAPlace, content_type, place_of
from gongkai.pages.rendering import NOT_KEPT
from gongkai.pages.store import Rendered, Store

logger = logging.getLogger(__name__)

SLOW_SECONDS = 0.5
"""A page that takes longer to render (figures of a million documents) is dropped when it is stale and made when
somebody asks, unless it is a home: renewing it at every release would keep the others waiting."""
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
            if time.monotonic() - begun > SLOW_SECONDS and _rank(keys.shown(response)):
                keys.rare(response)
            _keep(store, host, path, response, ticket)
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
        return store.ticket()
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


def _keep(store: Store, host: str, path: str, response: HttpResponseBase, ticket: int) -> None:
    page = Rendered(
        host=host,
        path=path,
        content=getattr(response, "content"),  # noqa: B009 - an HttpResponse, see _may_be_kept
        keys=keys.shown(response),
        expires=keys.expiry(response),
        rare=keys.is_rare(response),
        rank=_rank(keys.shown(response)),
    )
    try:
        done = Kept.TRUE if store.keep(page, ticket) else Kept.CHANGED
    except (OSError, sqlite3.Error) as error:
        logger.warning("page %s%s could not be kept: %s", host, path, error)
        done = Kept.FAILED
    setattr(response, _KEPT, done)


def _rank(shown: frozenset[str]) -> int:
    """How soon readers miss it: a home, what lists the newest, the rest."""
    for rank, prefix in enumerate(("home:", "releases:")):
        if any(key.startswith(prefix) for key in shown):
            return rank
    return 2
