"""Pages of columns: lists, groups, single texts, and those composed from the agency's own data."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from gongkai.catalog import queries
from gongkai.catalog.columns import Column, ColumnKind, ColumnNode
from gongkai.catalog.documents import Document
from gongkai.catalog.files import EditionFile
from gongkai.catalog.freshness import gathered_by
from gongkai.catalog.portal import agency_pages, listing, lists, outside, pictures
from gongkai.catalog.portal.frame import Frame, public_page
from gongkai.catalog.portal.listing import Place
from gongkai.catalog.portal.lists import Line
from gongkai.catalog.queries import Cursor
from gongkai.ledger.refs import Ref
from gongkai.pages.keys import rare

_IN_GROUP = 3


@dataclass(frozen=True)
class Child:
    """A column within a group: how much is in it (None: not counted), its newest documents."""

    column: Column
    count: int | None
    lines: Sequence[Line]
    children: Sequence[Column]


@public_page
def column(request: HttpRequest, key: str, **place: str) -> HttpResponse:
    """A column of the host's agency; its kind decides what the page is, ``place`` which page of a list. 404 for any
    other name."""
    frame = Frame(request)
    shown = find(frame, key)
    old = _old_address(request, shown)
    if old is not None:
        return HttpResponsePermanentRedirect(old)
    way = frame.way_to(shown)
    where = Place(**place)
    template, own = _page_of(frame, shown, where)
    context = {
        "column": shown,
        "crumbs": frame.crumbs(way),
        "menu": _menu(frame, way),
        "way_ids": [one.pk for one in way],
        "canonical": frame.sites.absolute(frame.agency.pk, where.path(shown)),
        "feed": {"label": shown.name, "path": shown.get_absolute_url()} if has_feed(shown) else None,
    }
    labels = frame.column_labels(shown)
    response = frame.page(template, context | own, way=way, labels=labels, shows=sources(frame, shown))
    if not where.at_head:
        rare(response)
    return response


def find(frame: Frame, key: str) -> Column:
    """The agency's column of that key; raises Http404."""
    shown = next((one for one in frame.columns if one.key == key), None)
    if shown is None:
        raise Http404("没有这个栏目")
    return shown


def sources(frame: Frame, shown: Column) -> list[Ref]:
    """The keys of what the column draws from; a group draws from the columns one level down."""
    gathering = [one for one in (shown, *_below(frame.tree, shown)) if one.kind in (ColumnKind.LIST, ColumnKind.PAGE)]
    return [key for one in gathering for key in gathered_by(one)]


def has_feed(shown: Column) -> bool:
    """Whether new documents of the column can be followed."""
    return shown.kind == ColumnKind.LIST


def _page_of(frame: Frame, shown: Column, place: Place) -> tuple[str, dict[str, Any]]:
    if shown.kind == ColumnKind.LIST:
        return listing.page(frame, shown, place)
    if place != Place():
        raise Http404("这个栏目只有一页")
    return _PAGES[ColumnKind(shown.kind)](frame, shown)


def _old_address(request: HttpRequest, shown: Column) -> str | None:
    """Where a page is now that had its place in the query string."""
    for direction in ("before", "after"):
        cursor = Cursor.parse(request.GET.get(direction, ""))
        if cursor is not None and shown.kind == ColumnKind.LIST:
            return Place("", direction, str(cursor)).path(shown)
    return None


def _menu(frame: Frame, way: Sequence[Column]) -> ColumnNode | None:
    """The branch of the tree the column stands in; nothing for a column that stands alone."""
    root = next(node for node in frame.tree if node.column.pk == way[0].pk)
    return root if root.children else None


def _group(frame: Frame, shown: Column) -> tuple[str, dict[str, Any]]:
    """The children with the newest of each: queries grow with the children, never with documents."""
    node = next(one for one in _nodes(frame.tree) if one.column.pk == shown.pk)
    counts = lists.counts_by_item([child.column for child in node.children])
    children = [
        Child(
            column=child.column,
            count=counts.get(child.column.pk),
            lines=_newest(frame, child.column) if counts.get(child.column.pk) != 0 else (),
            children=[one.column for one in child.children],
        )
        for child in node.children
    ]
    return "catalog/column_group.html", {"children": children}


def _newest(frame: Frame, shown: Column) -> Sequence[Line]:
    if shown.kind not in (ColumnKind.LIST, ColumnKind.PAGE):
        return ()
    return lists.newest_in(frame, shown, _IN_GROUP)


def _page(frame: Frame, shown: Column) -> tuple[str, dict[str, Any]]:
    """One text: the picked document, else the newest that the column gathers."""
    chosen: Document | None = next(iter(queries.picked(shown)), None) if queries.has_picks(shown) else None
    chosen = chosen or next(iter(queries.newest_in(shown, queries.public_documents(), 1)), None)
    edition = chosen.live if chosen else None
    url = frame.sites.url(chosen.agency_id, chosen.get_absolute_url()) if chosen else ""
    images = [use.file for use in EditionFile.objects.filter(edition=edition).select_related("file")]
    body = outside.marked(frame.sites, pictures.with_sizes(edition.body, images)) if edition else ""
    said = {"document": chosen, "edition": edition, "document_url": url, "body": body}
    return "catalog/column_page.html", said | {"updated": edition.released_at if edition else None}


def _below(tree: Sequence[ColumnNode], shown: Column) -> list[Column]:
    """The columns one level down: a group shows the newest of each."""
    node = next(one for one in _nodes(tree) if one.column.pk == shown.pk)
    return [child.column for child in node.children]


def _nodes(tree: Sequence[ColumnNode]) -> list[ColumnNode]:
    return [one for node in tree for one in (node, *_nodes(node.children))]


_PAGES: dict[ColumnKind, Callable[[Frame, Column], tuple[str, dict[str, Any]]]] = {
    ColumnKind.GROUP: _group,
    ColumnKind.PAGE: _page,
    ColumnKind.GUIDE: agency_pages.guide,
    ColumnKind.APPLY: agency_pages.apply,
    ColumnKind.BODY: agency_pages.body,
}
