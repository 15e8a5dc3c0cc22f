"""Writing the six chapters: text with live references, the numbers that may be used, what the checks find beside it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.law.annual_report.formats import CHAPTERS
from gongkai.oversight.actions import reports as actions
from gongkai.oversight.annual_report import composing, references
from gongkai.oversight.annual_report.editions import ReportEdition
from gongkai.oversight.annual_report.reports import heading
from gongkai.oversight.annual_report.standing import Standing
from gongkai.oversight.desk.report import edition_or_404, may_correct
from gongkai.publishing.desk import notices

_HELP = {
    1: "主动公开、依申请公开、政府信息管理、平台建设、监督保障五个方面。",
    2: "表格由系统列出；需要说明的写在这里。",
    3: "表格由系统列出；需要说明的写在这里。",
    4: "表格由系统列出；需要说明的写在这里。",
    5: "存在的主要问题，上年问题的改进情况，下一步措施。",
    6: "信息处理费的通知件数、总金额和实际收取金额；没有的也写明。",
}
_WRITERS = ("disclosure_officer", "office_reviewer")


@require_http_methods(["GET", "POST"])
@desk_view(*_WRITERS)
def text(request: DeskRequest, year: int) -> HttpResponse:
    """The editor; saving checks the whole report anew."""
    edition = edition_or_404(request, year)
    if request.method != "POST":
        return _page(request, edition)
    given = {one.number: request.POST.get(f"chapter_{one.number}", "") for one in CHAPTERS}
    for number in given:
        if request.POST.get(f"settle_{number}") == "on":
            given[number] = composing.settled(given[number])
    version = request.POST.get("version", "")
    try:
        actions.save(
            edition,
            by=request.user,
            version=int(version) if version.isdecimal() else 0,
            chapters=given,
            preface=request.POST.get("preface", ""),
            explanation=request.POST.get("explanation") if edition.number > 1 else None,
            makes_rules=request.POST.get("makes_rules") == "on",
        )
    except actions.ReportConflict as conflict:
        return _page(request, conflict.edition, typed=given, reasons=[str(conflict)], status=409)
    except ValidationError as error:
        told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        reasons = told.pop("", [])
        return _page(request, edition, typed=given, errors=told, reasons=reasons, status=422)
    notices.done(request, "已保存，检查结果已更新。")
    return HttpResponseRedirect(reverse("oversight:text", args=[year]))


@require_POST
@desk_view("disclosure_officer")
def compose(request: DeskRequest, year: int) -> HttpResponse:
    """Draft anew what nobody has written."""
    edition = edition_or_404(request, year)
    try:
        actions.compose(edition, by=request.user)
    except ValidationError as error:
        return _page(request, edition, reasons=error.messages, status=422)
    notices.done(request, "已按现在的数据重新拟稿；已经改写过的章节没有动。")
    return HttpResponseRedirect(reverse("oversight:text", args=[year]))


def _page(
    request: DeskRequest,
    edition: ReportEdition,
    *,
    typed: dict[int, str] | None = None,
    errors: dict[str, list[str]] | None = None,
    reasons: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    if not edition.writable:
        return _fixed(request, edition, typed or {}, status)
    standing = Standing(edition)
    texts = typed or edition.text_of
    told = errors or {}
    context = {
        "edition": edition,
        "report": edition.report,
        "standing": standing,
        "chapters": [_chapter(one.number, texts.get(one.number, ""), told, standing) for one in CHAPTERS],
        "preface": request.POST.get("preface", edition.preface),
        "preface_error": "；".join(told.get("preface", [])),
        "explanation": request.POST.get("explanation", edition.explanation),
        "names": sorted(standing.names.items(), key=lambda pair: _order(pair[0])),
        "findings": standing.findings,
        "reasons": reasons,
        "undo": None,
    }
    return render(request, "oversight/desk/text.html", context, status=status)


def _fixed(request: DeskRequest, edition: ReportEdition, typed: dict[int, str], status: int) -> HttpResponse:
    """An edition that cannot be changed, to read; what was typed meanwhile is shown, to be copied."""
    standing = Standing(edition)
    texts = edition.text_of
    fields = {heading(number): (text, texts.get(number, "")) for number, text in typed.items()}
    if typed:
        for name, label in (("preface", "引言"), ("explanation", "更正说明")):
            fields[label] = (request.POST.get(name, ""), getattr(edition, name))
    context = {
        "edition": edition,
        "report": edition.report,
        "chapters": [_chapter(one.number, texts.get(one.number, ""), {}, standing) for one in CHAPTERS],
        "preface": _preview(edition.preface, standing),
        "unsaved": [
            {"label": label, "text": text}
            for label, (text, kept) in fields.items()
            if text.strip() and text.split() != kept.split()
        ],
        "may_correct": may_correct(request.user, edition),
        "reasons": None,
        "undo": None,
    }
    return render(request, "oversight/desk/text_fixed.html", context, status=status)


def _order(name: str) -> int:
    """Facts of the year and sums first asked for stand first: totals, then the rest as the tables have it."""
    return 0 if not name.startswith("表") else 1


def _chapter(number: int, text: str, told: dict[str, list[str]], standing: Standing) -> dict[str, Any]:
    return {
        "number": number,
        "heading": heading(number),
        "help": _HELP[number],
        "text": text,
        "error": "；".join(told.get(f"chapter_{number}", [])),
        "drafts": composing.drafts_left(text),
        "preview": _preview(text, standing),
        "rows": min(24, max(3, len(text) // 60 + text.count("\n") + 2)),
    }


def _preview(text: str, standing: Standing) -> list[SafeString]:
    return [preview(line, standing.names) for line in text.splitlines() if line.strip()]


def preview(line: str, known: dict[str, str]) -> SafeString:
    """A paragraph as it will read: references as numbers that say what they are, drafts marked."""
    parts = []
    for place, piece in enumerate(references.pieces(line)):
        if place % 2 == 0:
            parts.append(str(conditional_escape(piece)))
        elif piece in known:
            parts.append(str(format_html('<span class="ref" title="{}">{}</span>', piece, known[piece])))
        else:
            parts.append(str(format_html('<mark class="bad">{}</mark>', references.written(piece))))
    return mark_safe("".join(parts).replace(composing.MARK, '<mark class="draft">拟</mark>'))
