"""The arithmetic of the tables (勾稽关系): the sums within tables three and four."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from gongkai.law.annual_report.figures import Figures, Value, missing_rows, reported_rows
from gongkai.law.annual_report.findings import Finding
from gongkai.law.annual_report.formats import (
    APPLICANT_COLUMNS,
    BLOCKS,
    RESULT_COLUMNS,
    Column,
    ReportFormat,
    named,
    rows,
)

_PEOPLE = APPLICANT_COLUMNS[:-1]
_RESULTS = RESULT_COLUMNS[:-1]
_TOTAL = "total"
_NOT_RESULTS = frozenset({"new_received", "carried_over", "total", "carry_forward"})


class Verdict(StrEnum):
    """What became of one comparison; not assessable: the cells it needs are blank."""

    HOLDS = "holds"
    FAILS = "fails"
    NOT_ASSESSABLE = "not_assessable"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One sum of a table: what the parts come to, what the total says, and which cells are in it."""

    code: str
    place: str
    left: Decimal
    right: Decimal
    verdict: Verdict
    words: tuple[str, str]
    cells: tuple[str, ...]

    def finding(self) -> Finding:
        """The finding of a comparison that fails."""
        left, right = f"{self.left:f}", f"{self.right:f}"
        return Finding(
            self.code,
            self.place,
            f"{self.words[0]}为{left}，{self.words[1]}为{right}，相差{abs(self.left - self.right):f}。",
            left,
            right,
            f"请核对明细；如明细无误，{self.words[1]}应为{left}。",
            self.cells,
        )


def comparisons(figures: Figures) -> Iterator[Comparison]:
    """Every sum of tables three and four, in the order of the rules."""
    if figures.has_table(3):
        for column in APPLICANT_COLUMNS:
            yield _received_is_handled(figures, column)
        for column in APPLICANT_COLUMNS:
            yield _details_are_total(figures, column)
        labels = _row_labels()
        for row in reported_rows(figures):
            yield _people_are_total(figures, row, labels[row])
    if figures.has_table(4):
        for block in BLOCKS:
            yield _results_are_total(figures, block)


def check(figures: Figures) -> list[Finding]:
    """What does not add up."""
    return [one.finding() for one in comparisons(figures) if one.verdict is Verdict.FAILS]


def _received_is_handled(figures: Figures, column: Column) -> Comparison:
    keys = [f"table3.{row}.{column.key}" for row in ("new_received", "carried_over", "total", "carry_forward")]
    came, left_over, done, goes_on = (figures[key] for key in keys)
    reported = keys[0] in figures.values and keys[2] in figures.values
    return _compare(
        figures,
        "T3-1",
        f"表三“{column.label}”列",
        came.counted + left_over.counted,
        done.counted + goes_on.counted,
        reported and not (column.key == _TOTAL and _all_blank((came, left_over, done, goes_on))),
        ("一、新收与二、上年结转之和", "（七）总计与四、结转下年之和"),
        keys,
    )


def _details_are_total(figures: Figures, column: Column) -> Comparison:
    total = f"table3.total.{column.key}"
    parts = [f"table3.{row}.{column.key}" for row in reported_rows(figures) if row not in _NOT_RESULTS]
    values = [figures[key] for key in parts]
    blank = _all_blank(values) and figures[total].counted
    return _compare(
        figures,
        "T3-2",
        f"表三“{column.label}”列",
        _sum(values),
        figures[total].counted,
        total in figures.values and not blank and not missing_rows(figures),
        ("（一）至（六）各项之和", "（七）总计"),
        [*parts, total],
    )


def _people_are_total(figures: Figures, row: str, label: str) -> Comparison:
    total = f"table3.{row}.{_TOTAL}"
    parts = [f"table3.{row}.{column.key}" for column in _PEOPLE]
    values = [figures[key] for key in parts]
    return _compare(
        figures,
        "T3-3",
        f"表三“{label}”行",
        _sum(values),
        figures[total].counted,
        figures[total].number is not None,
        ("自然人与五类法人或其他组织之和", "总计"),
        [*parts, total],
    )


def _results_are_total(figures: Figures, block: Column) -> Comparison:
    total = f"table4.{block.key}.{_TOTAL}"
    parts = [f"table4.{block.key}.{column.key}" for column in _RESULTS]
    values = [figures[key] for key in parts]
    return _compare(
        figures,
        "T4-1",
        f"表四“{block.label}”",
        _sum(values),
        figures[total].counted,
        figures[total].number is not None,
        ("结果维持、结果纠正、其他结果、尚未审结之和", "总计"),
        [*parts, total],
    )


def _compare(
    figures: Figures,
    code: str,
    place: str,
    left: Decimal,
    right: Decimal,
    assessable: bool,
    words: tuple[str, str],
    keys: Sequence[str],
) -> Comparison:
    """A cell that cannot be read makes the sum unknown, not wrong."""
    verdict = Verdict.NOT_ASSESSABLE
    if assessable and not any(figures[key].unreadable for key in keys):
        verdict = Verdict.HOLDS if left == right else Verdict.FAILS
    return Comparison(code, place, left, right, verdict, words, tuple(keys))


def _row_labels() -> dict[str, str]:
    return {row.key: named(row) for each in ReportFormat for row in rows(each)}


def _all_blank(values: Sequence[Value]) -> bool:
    return all(value.number is None for value in values)


def _sum(values: Sequence[Value]) -> Decimal:
    return sum((value.counted for value in values), Decimal(0))
