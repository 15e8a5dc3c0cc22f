"""All tables of an agency's year, computed from its records."""

from decimal import Decimal

from gongkai.agencies.bodies import Agency
from gongkai.law.annual_report.figures import Figures, Value
from gongkai.law.annual_report.formats import ReportFormat, format_of
from gongkai.oversight.annual_report.collecting import applications, documents, entered, remedies
from gongkai.oversight.annual_report.collecting.applications import Year
from gongkai.oversight.annual_report.definitions import Definition, Origin, definitions, document_rows, sources_of


def compute(agency: Agency, year: int) -> Figures:
    """The figures of that year as the records say them now, in the format of the year; six queries, seven where
    something was answered anew.

    A figure that nobody entered is blank, not nought. Raises ValueError for years before the formats.
    """
    format = format_of(year)
    of = Year(year)
    found: dict[str, Value] = {key: _value(number) for key, number in applications.count(agency, of, format).items()}
    found |= {key: _value(number) for key, number in remedies.count(agency, of).items()}
    found |= _table_two(agency, of, format)
    return Figures(year, format, {key: found[key] for key in definitions(format)})


def _table_two(agency: Agency, year: Year, format: ReportFormat) -> dict[str, Value]:
    sources = sources_of(format)
    rows, columns = document_rows(format)
    types = {row: documents.TYPES[row] for row in rows}
    counted = documents.count(agency, year, types, list(columns))
    now = entered.count(agency, year.number, sources)
    needs_before = any(one.of != "year" for one in definitions(format).values())
    before = entered.count(agency, year.number - 1, sources) if needs_before else {}
    found: dict[str, Value] = {}
    for key, one in definitions(format).items():
        if one.origin is Origin.DOCUMENTS:
            found[key] = _value(counted[one.cell.row, one.cell.column])
        elif one.origin is Origin.ENTERED:
            found[key] = _value(_of_entered(one, now, before), one.cell.unit)
    return found


def _of_entered(one: Definition, now: dict[str, Decimal | None], before: dict[str, Decimal | None]) -> Decimal | None:
    present, former = now.get(one.source), before.get(one.source)
    if one.of == "year":
        return present
    if one.of == "before":
        return former
    return present - former if present is not None and former is not None else None


def _value(number: int | Decimal | None, unit: str = "") -> Value:
    if number is None:
        return Value(None)
    exact = Decimal(number)
    plain = exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize()
    if unit == "元":  # the trial format names no unit in its head: it stands beside the number
        return Value(plain, f"{plain:f}元", "元")
    return Value(plain, f"{plain:f}")
