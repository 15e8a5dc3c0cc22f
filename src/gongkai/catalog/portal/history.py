"""What a document said before: former editions, and two editions side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from gongkai.catalog import header, queries
from gongkai.catalog.documents import Document
from gongkai.catalog.editions import SAID, Edition
from gongkai.catalog.portal.access import find
from gongkai.catalog.portal.documents import DocumentPage
from gongkai.catalog.portal.frame import Frame, public_page
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
        "compare_url": f"{document.get_absolute_url()}compare/?from={shown.number}",
    }
    return found.frame.page("catalog/document.html", context, way=page.way, labels=page.labels(), shows=page.shows())


@dataclass(frozen=True)
class _Pair:
    old: Edition
    new: Edition


@public_page
def compare(request: HttpRequest, code: str) -> HttpResponse:
    """Two editions that were said: ``?from=`` and ``?to=`` numbers, by default the present one and the one before.

    ``?all=1`` shows unchanged lines as well. 404 for a document with one edition, or for a number that was never said.
    """
    found = find(request, code)
    if found.instead is not None:
        return found.instead
    document, said = found.document, queries.said_editions(found.document)
    pair = _chosen(request, said)
    comparison = diff.compare(pair.old.body, pair.new.body, pair.old.provisions, pair.new.provisions)
    everything = request.GET.get("all") == "1"
    changes = diff.compare_fields(pair.old.header(tuple(_COMPARED)), pair.new.header(tuple(_COMPARED)), _COMPARED)
    page = DocumentPage.read(found.frame, document, pair.new)
    context = {
        "crumbs": _crumbs(found.frame, page, document),
        "document": document,
        "old": pair.old,
        "new": pair.new,
        "said": said,
        "summary": comparison.summary.sentence,
        "fields": changes,
        "rows": comparison.rows if everything else _changed(comparison.rows),
        "hidden": 0 if everything else comparison.summary.counts[RowKind.SAME],
        "everything": everything,
        "canonical": found.frame.sites.absolute(document.agency_id, request.path),
    }
    return found.frame.page("catalog/compare.html", context, way=page.way, labels=page.labels(), shows=page.shows())


def _chosen(request: HttpRequest, said: Sequence[Edition]) -> _Pair:
    by_number = {one.number: one for one in said}
    if len(by_number) < 2:
        raise Http404("这份文件只有一个版本")
    newest = max(by_number)
    to = _number(request, "to", newest)
    earlier = [number for number in by_number if number < to] or [min(by_number)]
    old, new = by_number.get(_number(request, "from", max(earlier))), by_number.get(to)
    if old is None or new is None:
        raise Http404("没有这个版本")
    return _Pair(old, new) if old.number <= new.number else _Pair(new, old)


def _number(request: HttpRequest, name: str, otherwise: int) -> int:
    given = request.GET.get(name, "")
    if not given:
        return otherwise
    if not (given.isascii() and given.isdigit() and len(given) < 6):
        raise Http404("版本号应为数字")
    return int(given)


def _changed(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row.kind is not RowKind.SAME]


def _crumbs(frame: Frame, page: DocumentPage, document: Document) -> list[dict[str, str]]:
    steps = frame.crumbs(page.way)
    steps.append({"label": page.edition.title, "url": document.get_absolute_url()})
    return [*steps, {"label": "版本对照", "url": ""}]
