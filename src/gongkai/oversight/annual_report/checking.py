"""A report checked: everything the law's checks find, and what reading it found; told as JSON for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gongkai.law.annual_report import checking as law
from gongkai.law.annual_report.checking import Before, in_order
from gongkai.law.annual_report.figures import dump, reported_rows
from gongkai.law.annual_report.findings import Finding, Severity
from gongkai.law.annual_report.formats import APPLICANT_COLUMNS, Cell, ReportFormat, cells, named, rows
from gongkai.law.annual_report.powers import makes_rules as told_by_name
from gongkai.law.numerals import to_chinese
from gongkai.oversight.annual_report.reading.report import Read
from gongkai.oversight.annual_report.reports import Report


@dataclass(frozen=True, slots=True)
class Checked:
    """A report that was read, and everything found about it, in order."""

    report: Read
    findings: tuple[Finding, ...]

    @property
    def counts(self) -> dict[Severity, int]:
        """How many findings of each weight; every weight is there."""
        count = Counter(one.weight for one in self.findings)
        return {weight: count[weight] for weight in Severity}

    @property
    def read_cells(self) -> dict[int, int]:
        """How many cells of each table were read."""
        count = Counter(int(key[len("table")]) for key in self.report.figures.values)
        return {table: count[table] for table in (2, 3, 4)}


def check(report: Read, *, before: Report | None = None, makes_rules: bool | None = None) -> Checked:
    """Check what was read. ``before``: last year's report; ``makes_rules``: whether the agency may make 规章, by its
    name when it is not said.

    Raises ValueError in Chinese when ``before`` is not of the preceding year.
    """
    if makes_rules is None:
        makes_rules = told_by_name(report.agency)
    last = Before(before.figures, _words(before)) if before else None
    found = law.check(report.figures, _words(report), before=last, makes_rules=makes_rules is not False)
    return Checked(report, tuple(in_order([*found, *report.reworded, *_tables_not_found(report)])))


def _tables_not_found(report: Read) -> Iterator[Finding]:
    """F-7 for whole tables of a report that has its chapters: not there, or a picture, or not readable."""
    for number in (2, 3, 4) if report.narrative.headings else ():
        if not report.figures.has_table(number):
            table = f"表{to_chinese(number)}"
            message = f"没有找到{table}，其中的数字没有检查。"
            advice = "请核对报告中有没有这张表；表格是图片的，读不出来，公众也无法查找和复制，请改用文字表格。"
            yield Finding("F-7", table, message, "", table, advice)


def _words(report: Report) -> Any:
    """The narrative; None for figures that came without words."""
    narrative = report.narrative
    return narrative if narrative.headings or narrative.text.strip() else None


def told(checked: Checked) -> dict[str, Any]:
    """Everything as JSON: the tables under the keys of the published samples, every cell read, every finding."""
    report = checked.report
    return {
        "kind": report.kind,
        "agency": report.agency,
        "title": report.narrative.title,
        "format": report.figures.format.source,
        **dump(report.figures),
        "cells": [_cell(cell, report) for cell in read_cells(report)],
        "headings": {str(number): text for number, text in sorted(report.narrative.headings.items())},
        "missing": list(report.missing),
        "counts": {weight.value: count for weight, count in checked.counts.items()},
        "findings": [_finding(one) for one in checked.findings],
    }


def read_cells(report: Report) -> list[Cell]:
    """The cells of the format that were read, and rows left over from the other format."""
    figures = report.figures
    own = {cell.key: cell for cell in cells(figures.format) if cell.key in figures.values}
    known = {row.key: row for each in ReportFormat for row in rows(each)}
    strange = [
        Cell(key, 3, row, column.key, f"{named(known[row])}·{column.label}")
        for row in reported_rows(figures)
        for column in APPLICANT_COLUMNS
        if (key := f"table3.{row}.{column.key}") in figures.values and key not in own
    ]
    return [*own.values(), *strange]


def _cell(cell: Cell, report: Report) -> dict[str, Any]:
    value = report.figures[cell.key]
    number = value.number
    return {
        "key": cell.key,
        "table": cell.table,
        "row": cell.row,
        "column": cell.column,
        "label": cell.label,
        "number": None if number is None else int(number) if number == number.to_integral_value() else float(number),
        "raw": value.raw,
        "remark": value.remark,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.code,
        "name": finding.rule.name,
        "severity": finding.weight.value,
        "place": finding.place,
        "message": finding.message,
        "values": [finding.left, finding.right],
        "suggestion": finding.suggestion,
        "source": finding.rule.source,
        "cells": list(finding.cells),
    }
