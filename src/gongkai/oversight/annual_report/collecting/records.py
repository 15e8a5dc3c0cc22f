"""What a number consists of: the records behind one cell, exactly as many as it says."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from gongkai.agencies.bodies import Agency
from gongkai.law.annual_report.formats import format_of
from gongkai.oversight.annual_report.collecting import applications, documents, entered, remedies
from gongkai.oversight.annual_report.collecting.applications import Year
from gongkai.oversight.annual_report.definitions import Definition, Origin, definitions


@dataclass(frozen=True)
class Behind:
    """The records of a cell. ``taken_off``: rows of the year before that a change is reckoned against."""

    definition: Definition
    records: QuerySet[Any]
    taken_off: QuerySet[Any] | None = None

    @property
    def number(self) -> Decimal:
        """What the records come to, counted or added up anew."""
        if self.definition.origin is not Origin.ENTERED:
            return Decimal(self.records.count())
        return self.added(self.records) - (self.added(self.taken_off) if self.taken_off is not None else 0)

    @staticmethod
    def added(rows: QuerySet[Any]) -> Decimal:
        """The sum of entered figures."""
        return sum((row.value for row in rows), Decimal(0))


def behind(agency: Agency, year: int, key: str) -> Behind:
    """The records behind the cell. Raises KeyError for a cell that the year's format does not have."""
    format = format_of(year)
    one, of = definitions(format)[key], Year(year)
    cell = one.cell
    if one.origin is Origin.APPLICATIONS:
        return Behind(one, applications.behind(agency, of, format, cell.row, cell.column))
    if one.origin is Origin.REMEDIES:
        return Behind(one, remedies.behind(agency, of, cell.row, cell.column))
    if one.origin is Origin.DOCUMENTS:
        return Behind(one, documents.behind(agency, of, cell.row, cell.column))
    rows = entered.behind(agency, of, one.source, before=one.of == "before")
    former = entered.behind(agency, of, one.source, before=True) if one.of == "change" else None
    return Behind(one, rows, former)
