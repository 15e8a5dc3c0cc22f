"""The records behind one number: what is counted, in words, and each of the records, by pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.agencies.bodies import Agency
from gongkai.applications.powers import WHOLE_AGENCY
from gongkai.law import replies
from gongkai.law.applicants import ApplicantKind
from gongkai.oversight.annual_report import comparing
from gongkai.oversight.annual_report.collecting import applications
from gongkai.oversight.annual_report.collecting.applications import Year
from gongkai.oversight.annual_report.collecting.records import Behind, behind
from gongkai.oversight.annual_report.definitions import Origin
from gongkai.oversight.annual_report.standing import Standing
from gongkai.oversight.desk.report import edition_or_404
from gongkai.oversight.desk.reports import STAFF_ROLES

_SIZE = 50


@dataclass(frozen=True)
class Record:
    """One record: cells of its line, and where it is looked at ("": not by this officer)."""

    cells: Sequence[Any]
    url: str = ""


_HEADS = {
    Origin.APPLICATIONS: ("登记号", "申请事项", "到达日期", "申请人类型", "处理决定", "办结日期"),
    Origin.REMEDIES: ("申请登记号", "类型", "复议机关或者法院", "提起日期", "结果", "审结日期"),
    Origin.DOCUMENTS: ("索引号", "标题", "文号", "成文日期", "公开日期", "状态"),
    Origin.ENTERED: ("月份", "处室", "数量", "填报人", "填报时间", "说明"),
}


@require_GET
@desk_view(*STAFF_ROLES)
def cell(request: DeskRequest, year: int, key: str) -> HttpResponse:
    """The page of a cell. The records are those of today; where a published number differs, it says so and why."""
    edition = edition_or_404(request, year)
    try:
        found = behind(edition.report.agency, year, key)
    except (KeyError, ValueError):
        raise Http404("报告里没有这一格。") from None
    standing = Standing(edition)
    origin = found.definition.origin
    number = request.GET.get("page", "1")
    pages = Paginator(found.records, _SIZE)
    shown = pages.get_page(int(number) if number.isdecimal() else 1)
    told, now = standing.figures[key], found.number
    anew = _answered_anew(edition.report.agency, year) if origin is Origin.APPLICATIONS else {}
    context = {
        "report": edition.report,
        "edition": edition,
        "definition": found.definition,
        "told": told,
        "now": now,
        "differs": told.number is not None and told.number != now,
        "changes": comparing.entries_since(edition) if edition.frozen_at else [],
        "heads": _HEADS[origin],
        "records": [_record(request, origin, one, anew) for one in shown],
        "taken_off": _taken_off(request, found),
        "count": pages.count,
        "page": shown,
        "undo": None,
    }
    return render(request, "oversight/desk/cell.html", context)


def _answered_anew(agency: Agency, year: int) -> dict[int, str]:
    """By item: as what it counts, where it was answered again in the year."""
    return {one.pk: replies.outcome(one.now.outcome).label for one in applications.answered_anew(agency, Year(year))}


def _taken_off(request: DeskRequest, found: Behind) -> list[Record]:
    return [_record(request, Origin.ENTERED, one, {}) for one in found.taken_off] if found.taken_off is not None else []


def _record(request: DeskRequest, origin: Origin, one: Any, anew: Mapping[int, str]) -> Record:
    if origin is Origin.APPLICATIONS:
        case = one.application
        kind = ApplicantKind(case.applicant_kind).label
        decided = replies.outcome(one.outcome).label if one.outcome else ""
        decided = f"{anew[one.pk]}（重新答复，原为{decided}）" if one.pk in anew else decided
        return Record(
            (case.number, one.name, case.arrived_on, kind, decided, one.closed_on), _case_url(request, case.pk)
        )
    if origin is Origin.REMEDIES:
        result = one.get_result_display() if one.result else "尚未审结"
        cells = (one.application.number, one.get_kind_display(), one.body, one.filed_on, result, one.decided_on)
        return Record(cells, _case_url(request, one.application_id))
    if origin is Origin.DOCUMENTS:
        live = one.live
        cells = (
            one.index_number,
            live.title if live else "",
            live.document_number if live else "",
            one.made_on,
            one.listed_at.date() if one.listed_at else None,
            one.get_notice_kind_display() or "公开",
        )
        return Record(cells, one.get_absolute_url())
    unit = f"{one.value.normalize():f}"
    who = one.by.name if one.by else "系统"
    where = f"{one.note}（导入自{one.imported_from}）" if one.imported_from else one.note
    return Record((f"{one.year}年{one.month}月", one.department.name, unit, who, one.at, where))


def _case_url(request: DeskRequest, pk: int) -> str:
    """Where the case is looked at, for who may."""
    return reverse("applications:case", args=[pk]) if request.user.holds(WHOLE_AGENCY) else ""
