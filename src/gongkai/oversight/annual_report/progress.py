"""Which months departments still owe: assigned sources against what was entered, up to the month that is over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from gongkai.agencies.bodies import Agency, Department
from gongkai.law.annual_report.formats import format_of
from gongkai.oversight.annual_report.definitions import sources_of
from gongkai.oversight.annual_report.registers import FigureAssignment, MonthlyFigure
from gongkai.oversight.annual_report.sources import SOURCES, Source


@dataclass(frozen=True)
class Owed:
    """A department and a source with the months of the year that it has not entered."""

    department: Department
    source: Source
    months: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.department.name}：{self.source.label}{_spans(self.months)}"


def assignments_of(agency: Agency, year: int) -> QuerySet[FigureAssignment]:
    """Who answers for which source of the year's format."""
    wanted = sources_of(format_of(year))
    ours = FigureAssignment.objects.filter(agency=agency, source__in=wanted, since__lte=date(year, 12, 31))
    ours = ours.exclude(until__lt=date(year, 1, 1)).select_related("department")
    return ours.order_by("department__position", "department_id", "id")


def months_due(one: FigureAssignment, year: int, today: date) -> tuple[int, ...]:
    """The months of the year that are over and fall into the assignment."""
    return tuple(
        month
        for month in range(1, 13)
        if date(year, month, 1) < today.replace(day=1)
        and date(year, month, 28) >= one.since
        and (one.until is None or date(year, month, 1) <= one.until)
    )


def owed(agency: Agency, year: int, today: date) -> list[Owed]:
    """Everything that is missing; two queries. Empty for years before the formats."""
    try:
        assigned = list(assignments_of(agency, year))
    except ValueError:
        return []
    there = set(MonthlyFigure.objects.filter(agency=agency, year=year).values_list("department_id", "source", "month"))
    found = []
    for one in assigned:
        months = tuple(
            month for month in months_due(one, year, today) if (one.department_id, one.source, month) not in there
        )
        if months:
            found.append(Owed(one.department, SOURCES[one.source], months))
    return found


def _spans(months: Sequence[int]) -> str:
    """1至3月、5月."""
    spans: list[list[int]] = []
    for month in months:
        if spans and spans[-1][-1] == month - 1:
            spans[-1].append(month)
        else:
            spans.append([month])
    return "、".join(f"{one[0]}月" if len(one) == 1 else f"{one[0]}至{one[-1]}月" for one in spans)
