"""What a document said before: former editions, and two editions side by side."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import reverse

from gongkai.catalog import header, queries
from gongkai.catalog.documents import Document
from gongkai.catalog.editions import SAID, Edition
from gongkai.catalog.portal.access import find
from gongkai.catalog.portal.documents import DocumentPage
from gongkai.catalog.portal.frame import Frame, public_page
from gongkai.pages.keys import rare
from gongkai.texts import diff
from gongkai.texts.diff import Row, RowKind

_COMPARED = {field.key: field.label for field in header.FIELDS}


@public_page
def edition(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A former edition under its banner; the present one lives at the document's own address. 404 for drafts."""
    found = find(request, code)
    if found.instead is not None:
        return found.instead
    document = found.document
    shown = document.editions.filter(number=number, state__in=SAID).first()
    if shown is None:
        raise Http404("没有这个版本")
    if shown.pk == document.live_id:
        return HttpResponseRedirect(document.get_absolute_url())
    page = DocumentPage.read(found.frame, document, shown)
    context = page.context() | {
        "former": True,
        "current": document.live,
        "canonical": found.frame.sites.absolute(document.agency_id, document.get_absolute_url()),
        "compare_url": address(document, shown.number, document.live.number) if document.live else "",
    }
    labels, shows = page.labels(), page.shows()
    response = found.frame.page("catalog/document.html", context, way=page.way, labels=labels, shows=shows)
    rare(response)
    return response


@dataclass(frozen=True)
class _Pair:
    old: Edition
    new: Edition


@public_page
def compare(request: HttpRequest, code: str, old: int = 0, new: int = 0, everything: bool = False) -> HttpResponse:
    """Two editions that were said: by their numbers, by default the present one and the one before.

    ``everything`` shows unchanged lines as well. 404 for a document with one edition, or for a number never said.
    """
    found = find(request, code)
    if found.instead is not None:
        return found.instead
    moved = _old_address(request, found.document)
    if moved is not None:
        return HttpResponsePermanentRedirect(moved)
    document, said = found.document, queries.said_editions(found.document)
    pair = _chosen(said, old, new)
    comparison = diff.compare(pair.old.body, pair.new.body, pair.old.provisions, pair.new.provisions)
    changes = diff.compare_fields(pair.old.header(tuple(_COMPARED)), pair.new.header(tuple(_COMPARED)), _COMPARED)
    page = DocumentPage.read(found.frame, document, pair.new)
    path = address(document, pair.old.number, pair.new.number)
    context = {
        "crumbs": _crumbs(found.frame, page, document),
        "document": document,
        "old": pair.old,
        "new": pair.new,
        "olds": _others(document, said, lambda one: (one.number, pair.new.number), pair.old),
        "news": _others(document, said, lambda one: (pair.old.number, one.number), pair.new),
        "summary": comparison.summary.sentence,
        "fields": changes,
        "rows": comparison.rows if everything else _changed(comparison.rows),
        "hidden": 0 if everything else comparison.summary.counts[RowKind.SAME],
        "everything": everything,
        "changes_only": path,
        "canonical": found.frame.sites.absolute(document.agency_id, path),
    }
    labels, shows = page.labels(), page.shows()
    response = found.frame.page("catalog/compare.html", context, way=page.way, labels=labels, shows=shows)
    rare(response)
    return response


def address(document: Document, old: int, new: int) -> str:
    """Where these two editions stand side by side."""
    return reverse("portal:compare", args=[document.code, old, new])


def _chosen(said: Sequence[Edition], old: int, new: int) -> _Pair:
    by_number = {one.number: one for one in said}
    if len(by_number) < 2:
        raise Http404("这份文件只有一个版本")
    numbers = sorted(by_number)
    to = new or numbers[-1]
    earlier = [number for number in numbers if number < to] or numbers
    before, after = by_number.get(old or earlier[-1]), by_number.get(to)
    if before is None or after is None or before.number >= after.number:
        raise Http404("没有这两个版本的对照")
    return _Pair(before, after)


def _others(
    document: Document, said: Sequence[Edition], pair: Callable[[Edition], tuple[int, int]], chosen: Edition
) -> list[dict[str, Any]]:
    """Each edition that could stand on this side, with the address of the comparison; oldest first."""
    found = [(one, *pair(one)) for one in sorted(said, key=lambda one: one.number)]
    return [
        {
            "label": f"第{one.number}版（{one.get_change_kind_display()}）",
            "url": address(document, old, new),
            "current": one.pk == chosen.pk,
        }
        for one, old, new in found
        if old < new
    ]


def _old_address(request: HttpRequest, document: Document) -> str | None:
    """Where a comparison is now whose numbers stood in the query string."""
    old, new = (request.GET.get(name, "") for name in ("from", "to"))
    if not all(one.isascii() and one.isdigit() and len(one) < 6 for one in (old, new)):
        return None
    return address(document, *sorted((int(old), int(new))))


def _changed(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row.kind is not RowKind.SAME]


def _crumbs(frame: Frame, page: DocumentPage, document: Document) -> list[dict[str, str]]:
    steps = frame.crumbs(page.way)
    steps.append({"label": page.edition.title, "url": document.get_absolute_url()})
    return [*steps, {"label": "版本对照", "url": ""}]
