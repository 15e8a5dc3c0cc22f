"""Columns that list documents: page by page, and legal texts by whether they still hold.

Every page of a list has an address of its own without a query string, so that it can be prepared and exported.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse

from gongkai.catalog import doctypes, queries
from gongkai.catalog.columns import Column, Reach
from gongkai.catalog.documents import Document, DocumentState
from gongkai.catalog.portal import captions, lists
from gongkai.catalog.portal.frame import Frame
from gongkai.catalog.portal.lists import Line
from gongkai.catalog.queries import Cursor

HOLDINGS = {"": "全部", "valid": "现行有效", "expired": "失效和废止"}
_GONE = "这个栏目里没有这一页：内容可能已经调整，请从最新一页重新查找"


@dataclass(frozen=True)
class Place:
    """Which page of a list: ``holding`` valid or expired, ``direction`` before or after the ``cursor``; all may be
    empty."""

    holding: str = ""
    direction: str = ""
    cursor: str = ""

    @property
    def at_head(self) -> bool:
        return not self.cursor

    def path(self, column: Column) -> str:
        """The address of this page of the column."""
        given = {name: value for name, value in vars(self).items() if value}
        return (
            reverse("portal:column", args=[column.key])
            if not given
            else reverse("portal:column", kwargs={"key": column.key} | given)
        )


def is_library(column: Column) -> bool:
    """Whether the column is a library of legal texts 规章库、规范性文件库: it gathers nothing else."""
    types = column.rules.types
    return bool(types) and all(doctypes.get(key).legal_text for key in types)


def has_validity(column: Column) -> bool:
    """Whether everything in the column can lapse, so that it may be sifted by that."""
    types = column.rules.types
    return bool(types) and all(doctypes.get(key).validity for key in types)


def page(frame: Frame, shown: Column, place: Place) -> tuple[str, dict[str, Any]]:
    """Picked documents first, then by published date; a fixed number of queries whatever the column holds.

    Raises Http404 for a place that no page of the list ever had.
    """
    picked = _picked(shown)
    rest = lists.for_list(_sifted(frame, shown, place.holding)).exclude(pk__in=[one.pk for one in picked])
    before, after = _cursors(place)
    found = queries.page_of(rest, ways=queries.ways_into(shown), before=before, after=after)
    if not found.documents and not place.at_head:
        raise Http404(_GONE)
    on_top = picked if (place.at_head or found.later is None) and not place.holding else []
    with_agency = shown.rules.reach == Reach.CITY
    listed = lists.lines(frame, [*on_top, *found.documents], with_agency=with_agency)
    lists.explained(frame, listed)
    if is_library(shown):
        _captioned(listed)
    return "catalog/column_list.html", {
        "picked": listed[: len(on_top)],
        "lines": listed[len(on_top) :],
        "earlier": Place(place.holding, "before", str(found.earlier)).path(shown) if found.earlier else "",
        "later": Place(place.holding, "after", str(found.later)).path(shown) if found.later else "",
        "at_head": place.at_head,
        "holdings": _tabs(shown, place),
        "holding": HOLDINGS[place.holding] if place.holding else "",
        "library": is_library(shown),
        "libraries": _libraries_of(frame, shown),
        "here": place.path(shown),
        "updated": max((line.date for line in listed if line.date), default=None) if place.at_head else None,
    }


def _libraries_of(frame: Frame, shown: Column) -> list[Column]:
    """The libraries of legal texts that belong to an item of article 20, on the page of that item; no query."""
    items = set(shown.rules.items)
    libraries = [one for one in frame.columns if items and one != shown and is_library(one)]
    return [one for one in libraries if {doctypes.get(key).item for key in one.rules.types} <= items]


def _picked(shown: Column) -> list[Document]:
    if not queries.has_picks(shown):
        return []
    return list(queries.with_amended(queries.in_picked_order(shown)))


def _sifted(frame: Frame, shown: Column, holding: str) -> QuerySet[Document]:
    """Public documents, of the column's sort of texts those that hold or have lapsed."""
    documents = queries.public_documents()
    if not holding:
        return documents
    if not has_validity(shown):
        raise Http404("这个栏目的内容不按有效性区分")
    # What lapses at midnight may stand on any page of the list.
    frame.changes_on(frame.today + timedelta(days=1))
    lapsed = _lapsed(frame.today)
    return documents.filter(lapsed) if holding == "expired" else documents.exclude(lapsed)


def _lapsed(today: date) -> Q:
    """What ``rules.validity`` calls 失效 or 废止, as a condition."""
    told = Q(state=DocumentState.WITHDRAWN) & (Q(notice_on=None) | Q(notice_on__lte=today))
    return told | Q(live__expires_on__isnull=False, live__expires_on__lte=today)


def _cursors(place: Place) -> tuple[Cursor | None, Cursor | None]:
    if place.at_head:
        return None, None
    cursor = Cursor.parse(place.cursor)
    # One address for each page: as we write it, of a document that there is.
    if cursor is None or str(cursor) != place.cursor or not _exists(cursor):
        raise Http404(_GONE)
    return (cursor, None) if place.direction == "before" else (None, cursor)


def _exists(cursor: Cursor) -> bool:
    return Document.objects.filter(pk=cursor.id, listed_at=cursor.at).exists()


def _captioned(listed: Sequence[Line]) -> None:
    found = captions.of_documents([line.document for line in listed])
    for line in listed:
        line.caption = found.get(line.document.pk, "")


def _tabs(shown: Column, place: Place) -> list[dict[str, Any]]:
    if not has_validity(shown):
        return []
    return [
        {"label": label, "url": Place(key).path(shown), "current": key == place.holding}
        for key, label in HOLDINGS.items()
    ]
