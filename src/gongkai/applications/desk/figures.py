"""统计: figures of the own agency, drawn and in tables; for the supervising office those of all; as workbooks too."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.encoding import escape_uri_path
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.agencies.bodies import Agency
from gongkai.applications import figure_periods, sheets
from gongkai.applications.actions import exporting
from gongkai.applications.clock_facts import Clocks
from gongkai.applications.desk.afterwards import READERS
from gongkai.applications.figure_drawing import drawn, months
from gongkai.applications.figure_periods import Period
from gongkai.applications.figures import Figures, OfAgency, by_agency, figures
from gongkai.applications.powers import OFFICE
from gongkai.applications.queries import access_applications, access_supervised
from gongkai.applications.sheets import XLSX, Sheet
from gongkai.procedures.engine import Refused

TABLES = (
    ("by_outcome", "按办理结果", "结果"),
    ("by_ground", "按理由", "理由"),
    ("by_kind", "按申请人类型", "申请人类型"),
    ("by_channel", "按渠道", "渠道"),
    ("by_department", "按承办处室", "处室"),
)


@dataclass(frozen=True)
class AgencyRow:
    """An agency's figures in the table of all."""

    agency: Agency
    found: OfAgency


@require_GET
@desk_view(*READERS)
def page(request: DeskRequest) -> HttpResponse:
    """The figures of the time chosen."""
    return _page(request, figure_periods.asked(request.GET, Clocks().today))


def _page(request: DeskRequest, period: Period, *, status: int = 200, **shown: Any) -> HttpResponse:
    clocks = Clocks()
    supervises = request.user.agency.is_supervising and request.user.holds(OFFICE)
    agency = _agency(request, supervises)
    found = _figures(request, agency, period, clocks)
    context = {
        "period": period,
        "periods": figure_periods.offered(clocks.today),
        "agency": agency,
        "own": agency.pk == request.user.agency_id,
        "found": found,
        "summary": summary(found),
        "pairs": months(found, clocks.today),
        "tables": [
            {"title": title, "head": head, "rows": drawn(getattr(found, key))}
            for key, title, head in TABLES
            if getattr(found, key)
        ],
        "agencies": _all(request, period, clocks) if supervises else [],
        "may_export_people": request.user.holds(OFFICE),
        "reasons": (),
        "undo": None,
    }
    return render(request, "applications/desk/figures.html", context | shown, status=status)


def _agency(request: DeskRequest, supervises: bool) -> Agency:
    """One's own, or for the supervising office the one asked for."""
    wanted = request.GET.get("agency", "")
    if supervises and wanted.isdecimal() and len(wanted) < 19:
        return Agency.objects.filter(pk=int(wanted)).first() or request.user.agency
    return request.user.agency


def _figures(request: DeskRequest, agency: Agency, period: Period, clocks: Clocks) -> Figures:
    own = agency.pk == request.user.agency_id
    cases = access_applications(request.user) if own else access_supervised(request.user).filter(agency=agency)
    return figures(cases, period.first, period.last, clocks)


def _all(request: DeskRequest, period: Period, clocks: Clocks) -> list[AgencyRow]:
    found = by_agency(access_supervised(request.user), period.first, period.last, clocks)
    known = Agency.objects.filter(pk__in=found).order_by("position", "code")
    return [AgencyRow(one, found[one.pk]) for one in known]


def summary(found: Figures) -> list[dict[str, Any]]:
    """The figures above the tables."""
    days = "—" if found.working_days is None else f"{found.working_days:.1f}"
    on_time = "—" if found.on_time is None else f"{100 * found.on_time:.1f}%"
    return [
        {"label": "收到事项", "value": found.received},
        {"label": "办结事项", "value": found.closed},
        {"label": "期末在办", "value": found.open},
        {"label": "答复件数", "value": found.replied},
        {"label": "平均工作日", "value": days},
        {"label": "按期答复率", "value": on_time},
        {"label": "其中延期", "value": found.extended},
    ]


@require_GET
@desk_view(*READERS)
def workbook(request: DeskRequest) -> HttpResponse:
    """The same figures as .xlsx: nobody is in them."""
    clocks = Clocks()
    period = figure_periods.asked(request.GET, clocks.today)
    supervises = request.user.agency.is_supervising and request.user.holds(OFFICE)
    agency = _agency(request, supervises)
    found = _figures(request, agency, period, clocks)
    pages = _sheets(found, f"{agency.name}依申请公开统计（{period.label}）")
    if supervises and not request.GET.get("agency"):
        rows = [_cells(one) for one in _all(request, period, clocks)]
        pages.append(Sheet("各机关", ("机关", *_OF_AGENCY), rows, widths=(30,)))
    return _download(sheets.workbook(pages), f"依申请公开统计（{period.label}）.xlsx")


_OF_AGENCY = ("收到事项", "办结事项", "期末在办", "答复件数", "平均工作日", "按期答复率")


def _cells(row: AgencyRow) -> Sequence[Any]:
    one = row.found
    days = "" if one.working_days is None else round(one.working_days, 1)
    on_time = "" if one.on_time is None else round(one.on_time, 4)
    return (row.agency.name, one.received, one.closed, one.open, one.replied, days, on_time)


def _sheets(found: Figures, title: str) -> list[Sheet]:
    pages = [Sheet("概况", ("指标", "数值"), [(one["label"], one["value"]) for one in summary(found)], title, (20, 14))]
    for key, name, head in TABLES:
        rows = [(one.label, one.number, round(one.share, 4)) for one in getattr(found, key)]
        pages.append(Sheet(name, (head, "件数", "占比"), rows, widths=(36, 10, 10)))
    by_month = [(f"{month // 12}年{month % 12 + 1}月", came, done) for month, came, done in found.by_month]
    pages.append(Sheet("按月", ("月份", "收到", "办结"), by_month, widths=(14,)))
    return pages


@require_POST
@desk_view(*READERS)
def cases(request: DeskRequest) -> HttpResponse:
    """The list of cases as .xlsx; with personal data only when asked for with its purpose."""
    period = figure_periods.asked(request.POST, Clocks().today)
    personal, why = request.POST.get("personal") == "on", request.POST.get("why", "")
    try:
        data = exporting.export_cases(period, by=request.user, personal=personal, why=why)
    except Refused as refusal:
        return _page(request, period, status=422, reasons=refusal.reasons, why=why, personal=personal)
    return _download(data, f"依申请公开台账（{period.label}）.xlsx")


def _download(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{escape_uri_path(name)}"
    response["Cache-Control"] = "no-store"
    return response
