"""Pages of columns: lists, groups, single texts, and those composed from the agency's own data."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from gongkai.catalog import queries
from gongkai.catalog.columns import Column, ColumnKind, ColumnNode, Reach
from gongkai.catalog.documents import Document
from gongkai.catalog.freshness import gathered_by
from gongkai.catalog.portal import agency_pages, lists
from gongkai.catalog.portal.frame import Frame, public_page
from gongkai.catalog.portal.lists import Line
from gongkai.catalog.queries import Cursor
from gongkai.ledger.refs import Named, Ref

_IN_GROUP = 3


@dataclass(frozen=True)
class Child:
    """A column within a group: how much is in it (None: not counted), its newest documents."""

    column: Column
    count: int | None
    lines: Sequence[Line]
    children: Sequence[Column]


@public_page
def column(request: HttpRequest, key: str) -> HttpResponse:
    """A column of the host's agency; its kind decides what the page is. 404 for any other name."""
    frame = Frame(request)
    shown = next((one for one in frame.columns if one.key == key), None)
    if shown is None:
        raise Http404("没有这个栏目")
    way = frame.way_to(shown)
    template, own = _PAGES[ColumnKind(shown.kind)](frame, shown)
    context = {
        "column": shown,
        "crumbs": frame.crumbs(way),
        "menu": _menu(frame, way),
        "way_ids": [one.pk for one in way],
        "canonical": frame.sites.absolute(frame.agency.pk, shown.get_absolute_url()),
    }
    gathering = [one for one in (shown, *_below(frame.tree, shown)) if one.kind in (ColumnKind.LIST, ColumnKind.PAGE)]
    shows: list[Ref | Named] = [key for one in gathering for key in gathered_by(one)]
    return frame.page(template, context | own, way=way, labels=frame.column_labels(shown), shows=shows)


def _menu(frame: Frame, way: Sequence[Column]) -> ColumnNode | None:
    """The branch of the tree the column stands in; nothing for a column that stands alone."""
    root = next(node for node in frame.tree if node.column.pk == way[0].pk)
    return root if root.children else None


def _list(frame: Frame, shown: Column) -> tuple[str, dict[str, Any]]:
    """Picked documents first, then by published date; one page is three queries whatever the column holds."""
    given = frame.request.GET
    before, after = Cursor.parse(given.get("before", "")), Cursor.parse(given.get("after", ""))
    at_head = before is None and after is None
    picked = list(
        queries.with_amended(queries.public_documents().filter(picks__column=shown)).order_by("picks__position")
    )
    rest = lists.for_list(queries.documents_in(shown)).exclude(pk__in=[one.pk for one in picked])
    page = queries.page_of(rest, before=before, after=after)
    with_agency = shown.rules.reach == Reach.CITY
    return "catalog/column_list.html", {
        "picked": lists.lines(frame, picked, with_agency=with_agency) if at_head or page.later is None else [],
        "lines": lists.explained(frame, lists.lines(frame, page.documents, with_agency=with_agency)),
        "earlier": f"?before={page.earlier}" if page.earlier else "",
        "later": f"?after={page.later}" if page.later else "",
        "at_head": at_head,
    }


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
    return lists.newest(frame, queries.documents_in(shown), _IN_GROUP)


def _page(frame: Frame, shown: Column) -> tuple[str, dict[str, Any]]:
    """One text: the picked document, else the newest that the column gathers."""
    documents = queries.documents_in(shown)
    chosen: Document | None = next(iter(queries.picked(shown)), None)
    chosen = chosen or documents.order_by("-listed_at", "-id").first()
    edition = chosen.live if chosen else None
    url = frame.sites.url(chosen.agency_id, chosen.get_absolute_url()) if chosen else ""
    return "catalog/column_page.html", {"document": chosen, "edition": edition, "document_url": url}


def _below(tree: Sequence[ColumnNode], shown: Column) -> list[Column]:
    """The columns one level down: a group shows the newest of each."""
    node = next(one for one in _nodes(tree) if one.column.pk == shown.pk)
    return [child.column for child in node.children]


def _nodes(tree: Sequence[ColumnNode]) -> list[ColumnNode]:
    return [one for node in tree for one in (node, *_nodes(node.children))]


_PAGES: dict[ColumnKind, Callable[[Frame, Column], tuple[str, dict[str, Any]]]] = {
    ColumnKind.LIST: _list,
    ColumnKind.GROUP: _group,
    ColumnKind.PAGE: _page,
    ColumnKind.GUIDE: agency_pages.guide,
    ColumnKind.APPLY: agency_pages.apply,
    ColumnKind.BODY: agency_pages.body,
}
