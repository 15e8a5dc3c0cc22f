"""The report of the city 汇总: the sum of what agencies handed in, checked at each level, and who is missing.

Only what is published or approved and handed in is added up. A case moved from one agency to another is counted by
both, as both received it. Figures are the frozen ones of the editions, so that the sum is of what was told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.agencies.bodies import Agency
from gongkai.law.annual_report import checking
from gongkai.law.annual_report.checking import Before
from gongkai.law.annual_report.figures import Figures, Value, load
from gongkai.law.annual_report.findings import Finding
from gongkai.law.annual_report.formats import ReportFormat, cells, format_of
from gongkai.law.report_rows import row_in
from gongkai.oversight.annual_report.editions import ReportEdition, ReportState


@dataclass(frozen=True)
class Unit:
    """One agency in the sum; ``figures``: None while it has told nothing."""

    agency: Agency
    edition: ReportEdition | None
    figures: Figures | None
    errors: int = 0


@dataclass(frozen=True)
class Aggregate:
    """The sum of a year. ``findings``: of the sum itself, the year before included where every unit has one."""

    year: int
    units: Sequence[Unit]
    figures: Figures
    findings: Sequence[Finding]

    @property
    def missing(self) -> list[Agency]:
        return [one.agency for one in self.units if one.figures is None]

    @property
    def faulty(self) -> list[Unit]:
        return [one for one in self.units if one.errors]


def aggregate(year: int, agencies: Sequence[Agency]) -> Aggregate:
    """Add up the reports of these agencies; two queries. Raises ValueError for years before the formats."""
    now, before = _units(year, agencies), _units(year - 1, agencies) if year > _first() else []
    total = add([one.figures for one in now if one.figures is not None], year)
    both = {one.agency.pk for one in before if one.figures} & {one.agency.pk for one in now if one.figures}
    former = None
    if both and both == {one.agency.pk for one in now if one.figures}:
        former = Before(add([one.figures for one in before if one.figures and one.agency.pk in both], year - 1))
    return Aggregate(year, now, total, checking.check(total, before=former))


def _first() -> int:
    return min(one.first_year for one in ReportFormat)


def _units(year: int, agencies: Sequence[Agency]) -> list[Unit]:
    told = (ReportState.PUBLISHED, ReportState.APPROVED)
    editions = ReportEdition.objects.filter(report__year=year, report__agency__in=agencies, state__in=told)
    best: dict[int, ReportEdition] = {}
    for one in editions.select_related("report__agency").order_by("number"):
        if one.figures is not None:
            best[one.report.agency_id] = one
    return [_unit(agency, best.get(agency.pk)) for agency in agencies]


def _unit(agency: Agency, edition: ReportEdition | None) -> Unit:
    if edition is None or edition.figures is None:
        return Unit(agency, None, None)
    figures = load(edition.figures)
    errors = sum(one.is_error for one in checking.check(figures))
    return Unit(agency, edition, figures, errors)


def add(reports: Sequence[Figures], year: int) -> Figures:
    """The sum, cell by cell, in the format of the year; a report in the other format is taken where rows agree. A cell
    nobody filled stays blank."""
    format = format_of(year)
    sums: dict[str, Decimal] = {}
    for one in reports:
        for key, value in one.values.items():
            if value.number is not None:
                place = _in_format(key, format)
                sums[place] = sums.get(place, Decimal(0)) + value.number
    values = {cell.key: _value(sums.get(cell.key), cell.unit) for cell in cells(format)}
    return Figures(year, format, values)


def _in_format(key: str, format: ReportFormat) -> str:
    table, row, *rest = key.split(".")
    if table != "table3":
        return key
    if row == "other" and format is ReportFormat.CURRENT_2021:
        return ".".join((table, "other_other", *rest))
    try:
        return ".".join((table, row_in(row, format), *rest))
    except KeyError:
        return key


def _value(number: Decimal | None, unit: str) -> Value:
    if number is None:
        return Value(None)
    return Value(number, f"{number:f}元" if unit == "元" else f"{number:f}", "元" if unit == "元" else "")
