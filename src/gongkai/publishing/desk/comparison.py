"""Two editions side by side, and an edition as the public page will show it."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.catalog import header, queries
from gongkai.catalog.editions import Disclosure, Edition
from gongkai.catalog.portal import preview_response
from gongkai.publishing.desk.review import edition_or_404
from gongkai.texts import diff as comparing
from gongkai.texts.diff import Comparison, Row, RowKind
from gongkai.texts.lines import LineKind
from gongkai.texts.segments import MarkKind, Side

_WIDTHS = {"desktop": ("电脑", "1280px"), "phone": ("手机", "375px")}
_AROUND = 2  # unchanged lines kept on either side of a change when the rest is folded
_LABELS = {**header.LABELS, "ground_note": "不予公开说明", "attachments": "附件"}


@require_GET
@desk_view()
def diff(request: DeskRequest, pk: int) -> HttpResponse:
    """What the edition changes against an earlier one (``with``: its id; by default the one before)."""
    new = edition_or_404(request.user, pk)
    others = list(new.document.editions.exclude(pk=new.pk).order_by("-number"))
    old = _other(request.GET.get("with", ""), others, new)
    inline = request.GET.get("view") == "inline"
    context: dict[str, Any] = {"new": new, "old": old, "others": others, "inline": inline}
    if old is not None:
        found = _compare(old, new)
        context |= {
            "summary": found.summary.sentence,
            "same": found.is_same,
            "fields": [_field(change) for change in comparing.compare_fields(_values(old), _values(new), _LABELS)],
            "rows": list(_folded(found.rows)) if request.GET.get("all") != "1" else [_shown(row) for row in found.rows],
            "all": request.GET.get("all") == "1",
        }
    return render(request, "publishing/diff.html", context)


@require_GET
@desk_view()
def preview(request: DeskRequest, pk: int) -> HttpResponse:
    """The public page in a frame of a desktop's or a phone's width."""
    edition = edition_or_404(request.user, pk)
    width = request.GET.get("width", "desktop")
    chosen = width if width in _WIDTHS else "desktop"
    widths = [{"key": key, "label": label, "current": key == chosen} for key, (label, _) in _WIDTHS.items()]
    context = {"edition": edition, "widths": widths, "width": _WIDTHS[chosen][1], "chosen": chosen}
    return render(request, "publishing/preview.html", context)


@require_GET
@desk_view()
@xframe_options_sameorigin
def preview_page(request: DeskRequest, pk: int) -> HttpResponse:
    """What stands in the frame: the portal's own page of this edition."""
    return preview_response(request, edition_or_404(request.user, pk))


def _other(given: str, others: Sequence[Edition], new: Edition) -> Edition | None:
    if given:
        chosen = next((one for one in others if str(one.pk) == given), None)
        if chosen is None:
            raise Http404("这份文件没有这个版本。")
        return chosen
    return next((one for one in others if one.number < new.number), None)


def _compare(old: Edition, new: Edition) -> Comparison:
    both = bool(old.provisions and new.provisions)
    return comparing.compare(old.body, new.body, old.provisions if both else None, new.provisions if both else None)


def _values(edition: Edition) -> dict[str, Any]:
    values = edition.header(edition.document.type_info.fields)
    return values | {
        "disclosure": Disclosure(edition.disclosure).label,
        "ground": edition.ground,
        "ground_note": edition.ground_note,
        "attachments": [file.name for file in queries.attachments_of(edition)],
    }


def _field(change: comparing.FieldChange) -> dict[str, Any]:
    return {"label": change.label, "old": marked(change.old), "new": marked(change.new)}


def _folded(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Rows with long runs of unchanged ones folded into one line that says how many."""
    near = {
        there
        for place, row in enumerate(rows)
        if row.kind is not RowKind.SAME
        for there in range(place - _AROUND, place + _AROUND + 1)
    }
    skipped = 0
    for place, row in enumerate(rows):
        if place not in near:
            skipped += 1
            continue
        if skipped:
            yield {"skipped": skipped}
            skipped = 0
        yield _shown(row)
    if skipped:
        yield {"skipped": skipped}


def _shown(row: Row) -> dict[str, Any]:
    return {
        "kind": row.kind.value,
        "label": _KINDS.get(row.kind, ""),
        "heading": row.block is LineKind.HEADING,
        "old": marked(row.old),
        "new": marked(row.new),
        "both": _both(row),
        "renumbered": row.renumbered,
    }


_KINDS = {RowKind.CHANGED: "修改", RowKind.ADDED: "新增", RowKind.REMOVED: "删去", RowKind.MOVED: "移动"}


def marked(side: Side) -> SafeString:
    """One side as HTML: what was deleted or inserted stands in its element."""
    tags = {MarkKind.SAME: "{}", MarkKind.DELETED: "<del>{}</del>", MarkKind.INSERTED: "<ins>{}</ins>"}
    return format_html_join("", "{}", ((format_html(tags[segment.mark], segment.text),) for segment in side))


def _both(row: Row) -> SafeString:
    """One line for reading in one column: what went stands before what came."""
    if not row.old or not row.new or row.kind is RowKind.SAME:
        return marked(row.new or row.old)
    pieces: list[SafeString] = []
    old, new = list(row.old), list(row.new)
    while old or new:
        if old and old[0].mark is MarkKind.DELETED:
            pieces.append(marked((old.pop(0),)))
        elif new and new[0].mark is MarkKind.INSERTED:
            pieces.append(marked((new.pop(0),)))
        else:
            if old:
                old.pop(0)
            if new:
                pieces.append(marked((new.pop(0),)))
    return format_html_join("", "{}", ((piece,) for piece in pieces))
