"""The formats of the annual report as data 【摘】: chapters, tables two, three and four with their rows and columns.

国办公开办函〔2019〕60号 (trial) for the years 2019 and 2020, 国办公开办函〔2021〕30号 from 2021 on. Rows and columns
are worded as the documents word them. A later format is one more entry of `ReportFormat`. Tables three and four stand
in ``report_rows``, because decisions are counted by them; table two stands here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.law.report_rows import (
    APPLICANT_COLUMNS,
    BLOCKS,
    RESULT_COLUMNS,
    Column,
    ReportFormat,
    Row,
    format_of,
    rows,
)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One of the six chapters. `wordings`: titles that real reports write for the same chapter, besides its own."""

    number: int
    title: str
    wordings: tuple[str, ...] = ()


CHAPTERS = (
    Chapter(1, "总体情况"),
    Chapter(2, "主动公开政府信息情况", ("行政机关主动公开政府信息情况",)),
    Chapter(3, "收到和处理政府信息公开申请情况", ("行政机关收到和处理政府信息公开申请情况",)),
    Chapter(
        4,
        "政府信息公开行政复议、行政诉讼情况",
        (
            "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
            "因政府信息公开工作被申请行政复议、提起行政诉讼的情况",
        ),
    ),
    Chapter(
        5,
        "存在的主要问题及改进情况",
        ("政府信息公开工作存在的主要问题及改进情况", "存在的主要问题及整改措施", "存在的主要问题及改进措施"),
    ),
    Chapter(6, "其他需要报告的事项"),
)
"""The chapters of both formats."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of table two: our key, the heading, and whether it is an amount of money (then in which unit)."""

    key: str
    label: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One block of table two: the item of article 20 it stands under, its columns, its rows."""

    key: str
    title: str
    columns: tuple[Measure, ...]
    rows: tuple[str, ...]


INFORMATION = "信息内容"
"""The heading of the first column of every block of table two."""

_ITEM_1, _ITEM_5, _ITEM_6, _ITEM_8, _ITEM_9 = (f"第二十条第（{numeral}）项" for numeral in "一五六八九")
_DECISIONS_2021 = (Measure("decisions", "本年处理决定数量"),)
_CHANGE = (Measure("prev_items", "上一年项目数量"), Measure("delta", "本年增/减"))
_DECISIONS_2019 = (*_CHANGE, Measure("decisions", "处理决定数量"))

_TABLE_TWO = {
    ReportFormat.CURRENT_2021: (
        Section(
            "art20_1",
            _ITEM_1,
            (
                Measure("made", "本年制发件数"),
                Measure("repealed", "本年废止件数"),
                Measure("valid", "现行有效件数"),
            ),
            ("规章", "行政规范性文件"),
        ),
        Section("art20_5", _ITEM_5, _DECISIONS_2021, ("行政许可",)),
        Section("art20_6", _ITEM_6, _DECISIONS_2021, ("行政处罚", "行政强制")),
        Section(
            "art20_8",
            _ITEM_8,
            (Measure("amount_wan_yuan", "本年收费金额（单位：万元）", unit="万元"),),
            ("行政事业性收费",),
        ),
    ),
    ReportFormat.TRIAL_2019: (
        Section(
            "art20_1",
            _ITEM_1,
            (
                Measure("new_made", "本年新制作数量"),
                Measure("new_public", "本年新公开数量"),
                Measure("total_public", "对外公开总数量"),
            ),
            ("规章", "规范性文件"),
        ),
        Section("art20_5", _ITEM_5, _DECISIONS_2019, ("行政许可", "其他对外管理服务事项")),
        Section("art20_6", _ITEM_6, _DECISIONS_2019, ("行政处罚", "行政强制")),
        Section("art20_8", _ITEM_8, _CHANGE, ("行政事业性收费",)),
        Section(
            "art20_9",
            _ITEM_9,
            (Measure("projects", "采购项目数量"), Measure("amount_yuan", "采购总金额", unit="元")),
            ("政府集中采购",),
        ),
    ),
}

TABLE_THREE_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
TABLE_THREE_HEAD = "申请人情况"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a report. `key` is stable: `table3.granted.natural_person`; `label` names it in full."""

    key: str
    table: int
    row: str
    column: str
    label: str
    unit: str = "件"


def table_two(format: ReportFormat) -> tuple[Section, ...]:
    """The blocks of table two in order."""
    return _TABLE_TWO[format]


def cells(format: ReportFormat) -> Iterator[Cell]:
    """Every cell of the three tables in reading order."""
    yield from _cells_two(format)
    for row in rows(format):
        for column in APPLICANT_COLUMNS:
            yield Cell(f"table3.{row.key}.{column.key}", 3, row.key, column.key, f"{named(row)}·{column.label}")
    for block in BLOCKS:
        for column in RESULT_COLUMNS:
            yield Cell(f"table4.{block.key}.{column.key}", 4, block.key, column.key, f"{block.label}·{column.label}")


def _cells_two(format: ReportFormat) -> Iterator[Cell]:
    for section in table_two(format):
        for row in section.rows:
            for column in section.columns:
                key = f"table2.{section.key}.{row}.{column.key}"
                unit = column.unit or ("项" if column.key in ("prev_items", "delta", "projects") else "件")
                yield Cell(key, 2, row, column.key, f"{section.title}{row}·{column.label}", unit)


def named(row: Row) -> str:
    """A row of table three with the group it stands in: （三）不予公开 1.属于国家秘密."""
    group = row.groups[-1] if len(row.groups) > 1 else ""
    return f"{group} {row.label}".strip()


def detail_rows(format: ReportFormat) -> tuple[Row, ...]:
    """The rows whose sum is （七）总计: every result."""
    apart = {"new_received", "carried_over", "total", "carry_forward"}
    return tuple(row for row in rows(format) if row.key not in apart)


def basis(year: int) -> str:
    """The document number a report of that year is written by."""
    return format_of(year).source


__all__ = [
    "APPLICANT_COLUMNS",
    "BLOCKS",
    "CHAPTERS",
    "RESULT_COLUMNS",
    "Cell",
    "Chapter",
    "Column",
    "Measure",
    "ReportFormat",
    "Row",
    "Section",
    "basis",
    "cells",
    "detail_rows",
    "format_of",
    "named",
    "rows",
    "table_two",
]
