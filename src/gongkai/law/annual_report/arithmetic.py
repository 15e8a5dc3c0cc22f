"""The arithmetic of the tables (勾稽关系): sums within tables three and four, the plausibility of single cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from gongkai.law.annual_report.figures import Figures, Value, reported_rows
from gongkai.law.annual_report.findings import Finding, Severity
from gongkai.law.annual_report.formats import (
    APPLICANT_COLUMNS,
    BLOCKS,
    RESULT_COLUMNS,
    Column,
    ReportFormat,
    cells,
    named,
    rows,
    table_two,
)

_PEOPLE = APPLICANT_COLUMNS[:-1]
_RESULTS = RESULT_COLUMNS[:-1]
_TOTAL = "total"
_NOT_RESULTS = frozenset({"new_received", "carried_over", "total", "carry_forward"})
_RULES_MADE_BY_NOBODY_ELSE = ("made", "repealed", "valid", "new_made", "new_public", "total_public")
TEMPLATE_UNIT_LIMIT = Decimal(100_000_000)  # more than this many 万元 is an amount in yuan written under 万元


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
    """What does not add up, and cells that cannot be what they say."""
    found = [one.finding() for one in comparisons(figures) if one.verdict is Verdict.FAILS]
    return [*found, *_cells_are_numbers(figures), *_units(figures)]


def check_powers(figures: Figures, *, makes_rules: bool) -> list[Finding]:
    """S-1: an agency without the power to make rules (规章) has none to report."""
    if makes_rules:
        return []
    keys = [f"table2.art20_1.规章.{column}" for column in _RULES_MADE_BY_NOBODY_ELSE]
    return [
        Finding(
            "S-1",
            key,
            f"本机关没有规章制定权，规章却填了{figures[key].number:f}件。",
            f"{figures[key].number:f}",
            "0",
            "请改填0；如指执行中的上级规章，不在本表填报。",
            (key,),
        )
        for key in keys
        if figures[key].counted
    ]


def _received_is_handled(figures: Figures, column: Column) -> Comparison:
    keys = [f"table3.{row}.{column.key}" for row in ("new_received", "carried_over", "total", "carry_forward")]
    came, left_over, done, goes_on = (figures[key] for key in keys)
    reported = any(key in figures.values for key in keys)
    return _compare(
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
    blank = _all_blank(values)
    return _compare(
        "T3-2",
        f"表三“{column.label}”列",
        _sum(values),
        figures[total].counted,
        bool(parts) and total in figures.values and not (blank and figures[total].counted),
        ("（一）至（六）各项之和", "（七）总计"),
        [*parts, total],
    )


def _people_are_total(figures: Figures, row: str, label: str) -> Comparison:
    total = f"table3.{row}.{_TOTAL}"
    parts = [f"table3.{row}.{column.key}" for column in _PEOPLE]
    values = [figures[key] for key in parts]
    assessable = figures[total].number is not None or _all_blank(values)
    return _compare(
        "T3-3",
        f"表三“{label}”行",
        _sum(values),
        figures[total].counted,
        assessable,
        ("自然人与五类法人或其他组织之和", "总计"),
        [*parts, total],
    )


def _results_are_total(figures: Figures, block: Column) -> Comparison:
    total = f"table4.{block.key}.{_TOTAL}"
    parts = [f"table4.{block.key}.{column.key}" for column in _RESULTS]
    values = [figures[key] for key in parts]
    reported = any(key in figures.values for key in (*parts, total))
    return _compare(
        "T4-1",
        f"表四“{block.label}”",
        _sum(values),
        figures[total].counted,
        reported and (figures[total].number is not None or _all_blank(values)),
        ("结果维持、结果纠正、其他结果、尚未审结之和", "总计"),
        [*parts, total],
    )


def _compare(
    code: str,
    place: str,
    left: Decimal,
    right: Decimal,
    assessable: bool,
    words: tuple[str, str],
    keys: Sequence[str],
) -> Comparison:
    verdict = Verdict.NOT_ASSESSABLE
    if assessable:
        verdict = Verdict.HOLDS if left == right else Verdict.FAILS
    return Comparison(code, place, left, right, verdict, words, tuple(keys))


def _cells_are_numbers(figures: Figures) -> Iterator[Finding]:
    """F-2 and F-4: what is no number, what is less than nothing, what is a part of a case; and cells left empty."""
    blanks: dict[int, list[str]] = {}
    for cell in cells(figures.format):
        if cell.key not in figures.values:
            continue
        value = figures[cell.key]
        money, change = cell.unit in ("万元", "元"), cell.column == "delta"
        if value.number is None:
            if value.blank:
                blanks.setdefault(cell.table, []).append(cell.key)
            else:
                yield Finding(
                    "F-4",
                    cell.key,
                    f"“{cell.label}”填的是“{value.raw}”，读不出数字。",
                    value.raw,
                    "",
                    "请填写数字。",
                    (cell.key,),
                )
        elif (value.number < 0 and not change) or (not money and value.number % 1):
            yield Finding(
                "F-4",
                cell.key,
                f"“{cell.label}”填的是{value.number:f}，应为非负整数。",
                value.raw,
                "",
                "请核对后改填。",
                (cell.key,),
            )
        elif value.remark and not money:
            yield Finding(
                "F-2",
                cell.key,
                f"“{cell.label}”在数字外另有说明“{value.remark}”。",
                value.raw,
                "",
                "说明写入正文，格内只填数字。",
                (cell.key,),
            )
    for table, keys in blanks.items():
        yield Finding(
            "F-2",
            f"表{'一二三四'[table - 1]}",
            f"表{'一二三四'[table - 1]}有{len(keys)}格没有填数字。",
            f"{len(keys)}格空白",
            "0",
            "没有的请填0，便于核对和汇总。",
            tuple(keys),
        )


def _units(figures: Figures) -> Iterator[Finding]:
    """F-3: the fee of article 20 item 8 is in 万元; the amount of procurement had no unit in the trial format."""
    for section in table_two(figures.format):
        for row in section.rows:
            for column in section.columns:
                key = f"table2.{section.key}.{row}.{column.key}"
                value = figures[key]
                if column.unit == "万元" and value.number is not None:
                    if value.remark.startswith("元") or value.number >= TEMPLATE_UNIT_LIMIT:
                        yield Finding(
                            "F-3",
                            key,
                            f"“{row}”的单位应为万元，填的是“{value.raw}”。",
                            value.raw,
                            "万元",
                            "请换算为万元。",
                            (key,),
                        )
                elif column.unit == "元" and value.counted and not value.remark:
                    yield Finding(
                        "F-3",
                        key,
                        f"“{row}”的金额没有写单位。",
                        value.raw,
                        "",
                        "请写明元或者万元。",
                        (key,),
                        Severity.HINT,
                    )


def _row_labels() -> dict[str, str]:
    return {row.key: named(row) for each in ReportFormat for row in rows(each)}


def _all_blank(values: Sequence[Value]) -> bool:
    return all(value.number is None for value in values)


def _sum(values: Sequence[Value]) -> Decimal:
    return sum((value.counted for value in values), Decimal(0))
