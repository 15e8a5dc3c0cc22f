"""The screen of 区分处理: pages with boxes over them, a list of the boxes beside them, and the file made of both."""

import json
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.applications import queries
from gongkai.applications.actions import redacting
from gongkai.applications.actions.redacting import DRAWS, RedactionConflict
from gongkai.applications.applications import Application
from gongkai.applications.files import CaseFile, Redaction
from gongkai.applications.redaction import grounds, marks
from gongkai.applications.redaction.marks import Mark
from gongkai.procedures.engine import Refused
from gongkai.publishing.desk import notices, uploading
from gongkai.texts.reading import UnreadableFile
from gongkai.texts.redaction import PageSize, find, pages
from gongkai.texts.redaction import render as render_page

WIDTHS = (800, 1200, 1800, 2700)
"""Widths of the pictures of pages in pixels: a phone, a screen, a fine screen, enlarged."""
_WRITERS = tuple(sorted(DRAWS))
_FIELDS = ("page", "left", "top", "right", "bottom")


@require_POST
@desk_view(*_WRITERS)
def begin(request: DeskRequest, pk: int, code: str) -> HttpResponse:
    """Begin with a file of the case; then on to the screen. What stands in the way is told on the page it came from."""
    file = _file_or_404(request, pk, code)
    try:
        redaction = redacting.begin(file, by=request.user)
    except Refused as refused:
        return _told(request, pk, refused.reasons)
    except UnreadableFile as unreadable:
        return _told(request, pk, [unreadable.message_zh])
    return HttpResponseRedirect(_address("editor", redaction.file))


@require_GET
@desk_view(*_WRITERS)
def editor(request: DeskRequest, pk: int, code: str) -> HttpResponse:
    """The screen."""
    return _screen(request, _redaction_or_404(request, pk, code))


@require_GET
@desk_view(*_WRITERS)
def page(request: DeskRequest, pk: int, code: str, number: int) -> HttpResponse:
    """A picture of one page, ``width`` pixels wide. No browser keeps it: it shows what the boxes are to cover."""
    redaction = _redaction_or_404(request, pk, code)
    asked = request.GET.get("width", "")
    width = next((one for one in WIDTHS if asked.isdigit() and one >= int(asked[:6])), WIDTHS[-1 if asked else 1])
    if number > len(_sizes_of(redaction.file)):
        raise Http404
    answer = HttpResponse(render_page(redacting.content(redaction.file), number, width), content_type="image/png")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_GET
@desk_view(*_WRITERS)
def find_text(request: DeskRequest, pk: int, code: str) -> HttpResponse:
    """Where the words ``q`` stand, as JSON: ``{"occurrences": 2, "found": [{page, left, top, right, bottom}]}``."""
    redaction = _redaction_or_404(request, pk, code)
    found = find(redacting.content(redaction.file), request.GET.get("q", "")[:200])
    places = [{name: getattr(one, name) for name in _FIELDS} for one in found]
    answer = JsonResponse({"occurrences": len({one.occurrence for one in found}), "found": places})
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_POST
@desk_view(*_WRITERS)
def save(request: DeskRequest, pk: int, code: str) -> HttpResponse:
    """Save the boxes: JSON for a page that saves itself, else a page. ``then``: ``produce`` makes the file, ``find``
    covers every place where ``q`` stands.

    Where somebody else saved in between, a page that saves itself is told so, and a person who presses the button gets
    the boxes of both: what either covered stays covered.
    """
    redaction = _redaction_or_404(request, pk, code)
    unasked = uploading.wants_json(request)
    count = len(_sizes_of(redaction.file))
    try:
        drawn = _drawn(request, redaction, count)
        redaction = redacting.save(redaction, drawn, seen=_seen(request), by=request.user)
    except ValidationError as error:
        if unasked:
            return JsonResponse({"error": "；".join(error.messages)}, status=422)
        return _screen(request, redaction, typed=request.POST.get("boxes", ""), reasons=error.messages, status=422)
    except Refused as refused:
        if unasked:
            return JsonResponse({"error": "；".join(refused.reasons)}, status=409)
        return _screen(request, redaction, typed=request.POST.get("boxes", ""), reasons=refused.reasons, status=409)
    except RedactionConflict as conflict:
        if unasked:
            who = conflict.redaction.by.name if conflict.redaction.by else "他人"
            return JsonResponse({"error": f"{who}刚才也保存过。请点“保存”，把两份遮盖框合并。"}, status=409)
        return _joined(request, conflict.redaction, drawn, count)
    if unasked:
        return JsonResponse({"saved_at": f"{timezone.localtime():%H:%M}", "version": redaction.version})
    if request.POST.get("then") == "produce":
        return _produce(request, redaction)
    return HttpResponseRedirect(_address("editor", redaction.file))


@require_GET
@desk_view(*_WRITERS)
def made(request: DeskRequest, pk: int, code: str) -> HttpResponse:
    """The file that was made, to look at before it is provided."""
    redaction = _redaction_or_404(request, pk, code)
    if redaction.made is None:
        raise Http404
    answer = HttpResponse(redacting.content(redaction.made), content_type="application/pdf")
    answer.headers["Content-Disposition"] = str(content_disposition_header(True, redaction.made.name))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _screen(
    request: DeskRequest, redaction: Redaction, *, typed: str = "", reasons: list[str] | None = None, status: int = 200
) -> HttpResponse:
    file = redaction.file
    sizes = _sizes_of(file)
    context = {
        "redaction": redaction,
        "file": file,
        "case": file.application,
        "pages": [
            {"number": one.number, "ratio": f"{one.width:.0f} / {one.height:.0f}", "url": _page_url(file, one.number)}
            for one in sizes
        ],
        "widths": list(WIDTHS),
        # The same text as the script writes: what it compares to know whether anything is unsaved.
        "boxes": typed or json.dumps(redaction.boxes, ensure_ascii=False, separators=(",", ":")),
        "rows": marks.rows(redaction.boxes),
        "grounds": grounds.choices(),
        "urls": {name: _address(name, file) for name in ("save", "find", "made")},
        "reasons": reasons or [],
        "is_current": redaction.made_id is not None and redaction.made_version == redaction.version,
    }
    return render(request, "applications/redact.html", context, status=status)


def _produce(request: DeskRequest, redaction: Redaction) -> HttpResponse:
    try:
        redacting.produce(redaction, seen=redaction.version, by=request.user)
    except Refused as refused:
        return _screen(request, redaction, reasons=refused.reasons, status=422)
    except RedactionConflict:
        notices.failed(request, "他人刚才改动了遮盖框，没有生成文件。请核对后再生成。")
        return HttpResponseRedirect(_address("editor", redaction.file))
    notices.done(request, f"已生成区分处理后的文件，遮盖{len(redaction.boxes)}处，已核验。请下载查看。")
    return HttpResponseRedirect(_address("editor", redaction.file))


def _joined(request: DeskRequest, current: Redaction, drawn: list[Mark], count: int) -> HttpResponse:
    try:
        both = marks.merged(current.boxes, drawn, pages=count)
        redacting.save(current, both, seen=current.version, by=request.user)
    except RedactionConflict:
        notices.failed(request, "他人正在同时保存，这次没有保存。请稍候再试。")
    except ValidationError as error:
        notices.failed(request, "；".join(error.messages))
    else:
        notices.done(request, f"他人刚才也保存过，已把两份遮盖框合并，共{len(both)}处。请核对。")
    return HttpResponseRedirect(_address("editor", current.file))


def _drawn(request: DeskRequest, redaction: Redaction, count: int) -> list[Mark]:
    """The boxes that were sent: as one JSON by the script, as rows of a form without it. Raises ValidationError."""
    if "rows" not in request.POST:
        return marks.parse(request.POST.get("boxes", ""), pages=count)
    given = _typed_rows(request)
    if request.POST.get("then") == "find":
        words = request.POST.get("q", "")[:200]
        ground = request.POST.get("q-ground", "")
        found = find(redacting.content(redaction.file), words)
        if not found:
            raise ValidationError(f"没有找到“{words}”。扫描件没有文字，请按位置遮盖。")
        given += [{**{name: getattr(one, name) for name in _FIELDS}, "ground": ground} for one in found]
    return marks.clean(given, pages=count)


def _typed_rows(request: DeskRequest) -> list[Mark]:
    """Rows typed without a script, sides in percent; a row without a page is no box."""
    rows = request.POST.get("rows", "0")
    given: list[Mark] = []
    for number in range(min(int(rows) if rows.isdigit() else 0, marks.MAX_MARKS)):
        typed: dict[str, Any] = {
            name: request.POST.get(f"{name}-{number}", "").strip() for name in (*_FIELDS, "ground", "note")
        }
        if not typed["page"] or f"remove-{number}" in request.POST:
            continue
        try:
            sides = {name: float(typed[name]) / 100 for name in _FIELDS[1:]}
        except ValueError:
            raise ValidationError(f"第{number + 1}行：位置请填 0 到 100 之间的数字。") from None
        given.append({**typed, **sides})
    return given


def _file_or_404(request: DeskRequest, pk: int, code: str) -> CaseFile:
    try:
        case = queries.access_application(request.user, pk)
    except Application.DoesNotExist:
        raise Http404 from None
    file = case.files.filter(code=code).select_related("application__agency", "derived_from").first()
    if file is None:
        raise Http404
    return file


def _redaction_or_404(request: DeskRequest, pk: int, code: str) -> Redaction:
    file = _file_or_404(request, pk, code)
    found = Redaction.objects.filter(file=file).select_related("made", "by").first()
    if found is None:
        raise Http404
    found.file = file
    return found


def _told(request: DeskRequest, pk: int, reasons: list[str]) -> HttpResponse:
    return render(request, "applications/redact_refused.html", {"case": pk, "reasons": reasons}, status=422)


def _seen(request: DeskRequest) -> int:
    """The version that the page was opened with; versions count from 1, so that none at all is never current."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdigit() and len(sent) < 10 else 0


def _sizes_of(file: CaseFile) -> tuple[PageSize, ...]:
    return _sizes(file.pk, file.sha256)


@lru_cache(maxsize=256)
def _sizes(pk: int, sha256: str) -> tuple[PageSize, ...]:
    """Sizes of the pages, which are asked for with every save; the bytes of a file never change."""
    return tuple(pages(redacting.content(CaseFile.objects.get(pk=pk, sha256=sha256))))


def _page_url(file: CaseFile, number: int) -> str:
    return reverse("redaction:page", args=[file.application_id, file.code, number])


def _address(name: str, file: CaseFile) -> str:
    return reverse(f"redaction:{name}", args=[file.application_id, file.code])
