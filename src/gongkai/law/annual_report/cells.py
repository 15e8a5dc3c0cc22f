"""Single cells, and what they can be beside each other (表内合理性): numbers, rows left out, units, table two."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gongkai.law.annual_report.figures import Figures, missing_rows
from gongkai.law.annual_report.findings import Finding, Severity
from gongkai.law.annual_report.formats import BLOCKS, Cell, ReportFormat, cells, named, rows, table_two
from gongkai.law.numerals import to_chinese

UNIT_LIMIT = Decimal(100_000_000)
"""An amount above this many 万元 (one trillion yuan) was written in yuan: no local budget is so large."""

_MOST_LISTED = 3
_IN_FORCE = ("made", "repealed", "valid", "new_made", "new_public", "total_public")


def check(figures: Figures) -> list[Finding]:
    """F-2, F-3, F-4, F-7 and T2-1."""
    return [
        *_missing(figures),
        *_cells_are_numbers(figures),
        *_units(figures),
        *_documents(figures),
        *_projects(figures),
    ]


def check_powers(figures: Figures, *, makes_rules: bool) -> list[Finding]:
    """S-1: an agency without the power to make rules (规章) has none to report."""
    if makes_rules:
        return []
    keys = [f"table2.art20_1.规章.{column}" for column in _IN_FORCE]
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


def _missing(figures: Figures) -> Iterator[Finding]:
    """F-7: rows of a table that is there, blocks of table four."""
    if figures.has_table(3) and (keys := missing_rows(figures)):
        labels = [named(row) for row in rows(figures.format) if row.key in keys]
        yield _left_out(3, labels, f"表三缺少{len(labels)}行：{_listed(labels)}。")
    if figures.has_table(4):
        lost = [one.label for one in BLOCKS if f"table4.{one.key}.total" not in figures.values]
        if lost:
            yield _left_out(4, lost, f"表四缺少“{'”“'.join(lost)}”。")
    if figures.has_table(2):
        gone = [
            row
            for section in table_two(figures.format)
            for row in section.rows
            if not any(key.startswith(f"table2.{section.key}.{row}.") for key in figures.values)
        ]
        if gone:
            yield _left_out(2, gone, f"表二缺少“{'”“'.join(gone)}”。")


def _listed(labels: list[str]) -> str:
    return "；".join(labels[:_MOST_LISTED]) + ("等" if len(labels) > _MOST_LISTED else "")


def _left_out(table: int, labels: list[str], message: str) -> Finding:
    return Finding("F-7", _table(table), message, "", "、".join(labels), "请按格式补齐各行；没有的填0，不要删去行。")


def _cells_are_numbers(figures: Figures) -> Iterator[Finding]:
    """F-2 and F-4: what is no number, what is less than nothing, what is a part of a case; and cells left empty."""
    blanks: dict[int, list[str]] = {}
    for cell in cells(figures.format):
        if cell.key in figures.values:
            yield from _of_cell(cell, figures)
            if figures[cell.key].blank:
                blanks.setdefault(cell.table, []).append(cell.key)
    for table, keys in blanks.items():
        yield Finding(
            "F-2",
            _table(table),
            f"{_table(table)}有{len(keys)}格没有填数字。",
            f"{len(keys)}格空白",
            "0",
            "没有的请填0，便于核对和汇总。",
            tuple(keys),
        )


def _of_cell(cell: Cell, figures: Figures) -> Iterator[Finding]:
    value, money = figures[cell.key], cell.unit in ("万元", "元")

    def found(code: str, message: str, suggestion: str) -> Finding:
        return Finding(code, cell.key, f"“{cell.label}”{message}", value.raw, "", suggestion, (cell.key,))

    if value.unreadable:
        yield found("F-4", f"填的是“{value.raw}”，读不出数字。", "请填写数字。")
    elif value.number is None:
        return
    elif cell.column != "delta" and value.number < 0:
        yield found("F-4", f"填的是{value.number:f}，不能小于零。", "请核对后改填。")
    elif not money and value.number != value.number.to_integral_value():
        yield found("F-4", f"填的是{value.number:f}，应为整数。", "请核对后改填。")
    elif value.remark and not money and value.remark not in ("件", "项", "个", "宗"):
        yield found("F-2", f"在数字外另有说明“{value.remark}”。", "说明写入正文，格内只填数字。")


def _units(figures: Figures) -> Iterator[Finding]:
    """F-3: the fee of article 20 item 8 is in 万元; the amount of procurement had no unit in the trial format."""
    for cell in cells(figures.format):
        value = figures[cell.key]
        if cell.unit == "万元" and value.number is not None:
            if value.remark.startswith(("元", "亿元")) or value.number >= UNIT_LIMIT:
                message = f"“{cell.row}”的单位应为万元，填的是“{value.raw}”。"
                yield Finding("F-3", cell.key, message, value.raw, "万元", "请换算为万元。", (cell.key,))
        elif cell.unit == "元" and value.counted and not value.remark:
            message = f"“{cell.row}”的金额没有写单位。"
            yield Finding("F-3", cell.key, message, value.raw, "", "请写明元或者万元。", (cell.key,), Severity.HINT)


def _documents(figures: Figures) -> Iterator[Finding]:
    """T2-1: what was made this year and not repealed is in force; what was newly published is among all published."""
    for row in ("规章", "行政规范性文件", "规范性文件"):
        place = f"table2.art20_1.{row}"
        if figures.format is ReportFormat.CURRENT_2021:
            parts: tuple[str, ...] = ("made", "repealed")
            more = "valid"
            least = figures[f"{place}.made"].counted - figures[f"{place}.repealed"].counted
            words = ("本年制发减本年废止", "现行有效件数")
        else:
            parts, more = ("new_public",), "total_public"
            least = figures[f"{place}.new_public"].counted
            words = ("本年新公开数量", "对外公开总数量")
        whole = figures[f"{place}.{more}"]
        if whole.number is not None and whole.number < least:
            yield Finding(
                "T2-1",
                f"表二“{row}”",
                f"{words[0]}为{least:f}，{words[1]}只有{whole.number:f}。",
                f"{least:f}",
                f"{whole.number:f}",
                "请核对：本年制发、公开而没有废止的，应计入总数。",
                (*(f"{place}.{one}" for one in parts), f"{place}.{more}"),
            )


def _projects(figures: Figures) -> Iterator[Finding]:
    """T2-1 in the trial format: no fewer than none can be left of last year's projects."""
    for cell in cells(figures.format):
        if cell.column != "delta":
            continue
        before = cell.key.replace(".delta", ".prev_items")
        left = figures[before].counted + figures[cell.key].counted
        if left < 0:
            yield Finding(
                "T2-1",
                f"表二“{cell.row}”",
                f"上一年项目{figures[before].counted:f}项，本年增减{figures[cell.key].counted:f}项，余数小于零。",
                f"{left:f}",
                "0",
                "请核对：本年增/减填写项目数量的变化，减少的写负数。",
                (before, cell.key),
            )


def _table(number: int) -> str:
    return f"表{to_chinese(number)}"
