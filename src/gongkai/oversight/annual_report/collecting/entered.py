"""Figures that departments entered: months of a flow are added up, of a stock the last month of the year counts.

A stock's latest month is looked for department by department, as far back as the year before the year asked for: what
a department has not entered again has not changed.
"""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum

from gongkai.agencies.bodies import Agency
from gongkai.oversight.annual_report.collecting.applications import Year
from gongkai.oversight.annual_report.registers import MonthlyFigure
from gongkai.oversight.annual_report.sources import SOURCES, Nature


def of_year(agency: Agency, year: int, sources: Iterable[str]) -> QuerySet[MonthlyFigure]:
    """The rows whose sum is the year's figure of each source."""
    keys = list(sources)
    flows = [key for key in keys if SOURCES[key].nature is Nature.FLOW]
    stocks = [key for key in keys if SOURCES[key].nature is Nature.STOCK]
    ours = MonthlyFigure.objects.filter(agency=agency, year__lte=year)
    same = ours.filter(source=OuterRef("source"), department=OuterRef("department"))
    newest = Subquery(same.order_by("-year", "-month").values("pk")[:1])
    of_flows = MonthlyFigure.objects.filter(agency=agency, year=year, source__in=flows)
    of_stocks = ours.filter(source__in=stocks).annotate(newest=newest).filter(pk=F("newest"))
    chosen = MonthlyFigure.objects.filter(pk__in=of_flows.order_by().values("pk"))
    chosen |= MonthlyFigure.objects.filter(pk__in=of_stocks.order_by().values("pk"))
    return chosen.select_related("department", "by").order_by("source", "department_id", "year", "month")


def count(agency: Agency, year: int, sources: Iterable[str]) -> dict[str, Decimal | None]:
    """The figure of each source; None where nobody entered anything. One query."""
    keys = list(sources)
    grouped = of_year(agency, year, keys).order_by().values_list("source").annotate(total=Sum("value"))
    known = dict(grouped)
    return {key: known.get(key) for key in keys}


def behind(agency: Agency, year: Year, source: str, *, before: bool = False) -> QuerySet[MonthlyFigure]:
    """The rows behind one figure; ``before``: of the year before."""
    return of_year(agency, year.number - before, [source])
