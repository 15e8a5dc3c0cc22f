"""``/apply/figures/``: a year of applications in figures, for everybody; of the agency, on the city's portal of all.

Live, and kept for ten minutes: figures pass over every answer of the year, and nothing in them is urgent. What is too
few to be told is put together (``small_numbers``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongkai.agencies.bodies import Agency
from gongkai.applications import figure_periods
from gongkai.applications.applications import Application
from gongkai.applications.clock_facts import Clocks
from gongkai.applications.figure_drawing import Drawn, drawn, months
from gongkai.applications.figures import Figures, OfAgency, by_agency, figures
from gongkai.applications.portal import doors
from gongkai.applications.small_numbers import FEWEST, safe
from gongkai.catalog.portal.frame import Frame

NAME = "依申请公开统计"
_KEPT_SECONDS = 600
_ASKED = "120/m"


@dataclass(frozen=True)
class Table:
    """One way of counting."""

    title: str
    head: str
    note: str
    rows: Sequence[Drawn]


@require_safe
def of_year(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """A year's figures; without one, those of this year."""
    if seconds := doors.wait(request, "figures", _ASKED):
        response = HttpResponse(f"访问太频繁，请{doors.patience(seconds)}后再试。", status=429)
        response["Retry-After"] = str(seconds)
        return response
    frame = Frame(request)
    clocks = Clocks()
    everybody = frame.agency.is_city
    cases = Application.objects.all() if everybody else Application.objects.filter(agency=frame.agency)
    years = sorted({*cases.order_by().values_list("arrived_on__year", flat=True).distinct()}, reverse=True)
    if year is not None and year not in years:
        raise Http404("这一年没有收到申请")
    shown = year or (years[0] if years else clocks.today.year)
    found, agencies = _kept(frame.agency, everybody, shown, clocks)
    context = {
        "year": shown,
        "years": years,
        "found": found,
        "summary": _summary(found),
        "fewest": FEWEST,
        "pairs": months(found, clocks.today),
        "tables": _tables(found),
        "agencies": _rows(agencies),
        "crumbs": frame.crumbs((), *([NAME] if year is None else [NAME, f"{year}年"])),
    }
    response = frame.page("applications/portal/figures.html", context, labels=_labels(frame, shown))
    response["Cache-Control"] = f"public, max-age={_KEPT_SECONDS}"
    return response


def _kept(agency: Agency, everybody: bool, year: int, clocks: Clocks) -> tuple[Figures, dict[int, OfAgency]]:
    """Counted once in ten minutes for each agency and year, in this process."""

    def count() -> tuple[Figures, dict[int, OfAgency]]:
        period = figure_periods.year(year)
        cases = Application.objects.all() if everybody else Application.objects.filter(agency=agency)
        found = figures(cases, period.first, period.last, clocks)
        return found, by_agency(cases, period.first, period.last, clocks) if everybody else {}

    key = f"applications.figures.{agency.pk}.{year}.{clocks.today.isoformat()}"
    kept: tuple[Figures, dict[int, OfAgency]] | None = cache.get_or_set(key, count, _KEPT_SECONDS)
    return kept or count()


def _summary(found: Figures) -> list[dict[str, Any]]:
    told = [{"label": "收到申请（事项）", "value": found.received}, {"label": "办结", "value": found.closed}]
    if found.replied >= FEWEST and found.working_days is not None and found.on_time is not None:
        told.append({"label": "平均办理工作日", "value": f"{found.working_days:.1f}"})
        told.append({"label": "按期答复率", "value": f"{100 * found.on_time:.1f}%"})
    return told


def _tables(found: Figures) -> list[Table]:
    few = f"少于{FEWEST}件的合并列出，以免认出申请人。"
    tables = [
        Table("办理结果", "结果", "", drawn(found.by_outcome)),
        Table("不公开、不处理的理由", "理由", few, drawn(safe(found.by_ground))),
        Table("申请人", "申请人类型", few, drawn(safe(found.by_kind))),
        Table("怎样申请", "渠道", few, drawn(safe(found.by_channel))),
    ]
    return [one for one in tables if one.rows]


def _rows(agencies: dict[int, OfAgency]) -> list[dict[str, Any]]:
    known = Agency.objects.filter(pk__in=agencies).order_by("position", "code")
    rows = []
    for one in known if agencies else ():
        found = agencies[one.pk]
        enough = found.replied >= FEWEST and found.working_days is not None and found.on_time is not None
        days = f"{found.working_days:.1f}" if enough else "—"
        on_time = f"{100 * (found.on_time or 0):.1f}%" if enough else "—"
        rows.append({"agency": one, "found": found, "days": days, "on_time": on_time})
    return rows


def _labels(frame: Frame, year: int) -> dict[str, str]:
    return {
        "ColumnName": f"{year}年{NAME}",
        "ColumnDescription": f"{frame.agency.name}{year}年收到、办结的政府信息公开申请，办理结果和按期答复率。",
        "ColumnKeywords": f"{NAME},依申请公开,{frame.agency.short_name}",
        "ColumnType": "政府信息公开",
    }
