"""What a report says, cell by cell: numbers, blanks, and what was written where no number stands.

A blank is not a nought: it counts as nought in a sum and stays a blank when told. Figures go in and out as the JSON
that the samples of published reports use (``table2``, ``table3.rows``, ``table4.blocks``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from gongkai.law.annual_report.formats import (
    APPLICANT_COLUMNS,
    BLOCKS,
    RESULT_COLUMNS,
    ReportFormat,
    cells,
    rows,
    table_two,
)

_EMPTY = frozenset({"", "/", "／", "-", "－", "—", "——", "无", "\\", "空"})
_NUMBER = re.compile(r"^([+-]?\d+(?:,\d{3})*(?:\.\d+)?)\s*([^\d\s,.+\-].*)?$")
_UNITS = {"万元": Decimal(10000), "亿元": Decimal(100000000), "元": Decimal(1)}


@dataclass(frozen=True, slots=True)
class Value:
    """What stands in a cell: the number (None where there is none), the words as written, and a remark beside it.

    `blank`: nothing stands there, or a mark for nothing. Neither a number nor blank: it could not be read.
    """

    number: Decimal | None
    raw: str = ""
    remark: str = ""

    @property
    def blank(self) -> bool:
        return self.number is None and not self.remark

    @property
    def unreadable(self) -> bool:
        """Something is written there, and it is no number."""
        return self.number is None and bool(self.remark)

    @property
    def counted(self) -> Decimal:
        """The number as sums take it."""
        return self.number or Decimal(0)


BLANK = Value(None)


def read(text: str) -> Value:
    """The value of a cell as agencies write it: full-width digits, separators, "/" for nothing, a remark in brackets,
    an amount with its unit ("1646.5万元" is a number of yuan only when asked with ``in_yuan``)."""
    raw = text.strip()
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", raw)).replace("，", ",")
    if plain in _EMPTY:
        return Value(None, raw)
    found = _NUMBER.match(plain)
    if found is None:
        return Value(None, raw, remark=raw)
    return Value(Decimal(found.group(1).replace(",", "")), raw, found.group(2) or "")


def in_yuan(value: Value) -> Decimal | None:
    """An amount in yuan: by the unit written beside it (万元, 亿元, 元); none written: as it stands."""
    if value.number is None:
        return None
    unit = next((name for name in _UNITS if value.remark.startswith(name)), "元")
    return value.number * _UNITS[unit]


@dataclass(frozen=True)
class Figures:
    """The tables of one report. `values` by cell key; a key that is absent was not reported (its table is missing)."""

    year: int
    format: ReportFormat
    values: Mapping[str, Value] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Value:
        """The value of the cell; a cell that was not reported is blank."""
        return self.values.get(key, BLANK)

    def has(self, keys: Iterable[str]) -> bool:
        """Whether any of the cells carries a number."""
        return any(self[key].number is not None for key in keys)

    def has_table(self, table: int) -> bool:
        """Whether the table was reported at all."""
        return any(key.startswith(f"table{table}.") for key in self.values)

    def applications(self, row: str, column: str) -> Value:
        """A cell of table three."""
        return self[f"table3.{row}.{column}"]

    def remedies(self, block: str, column: str) -> Value:
        """A cell of table four."""
        return self[f"table4.{block}.{column}"]


def load(document: Mapping[str, Any]) -> Figures:
    """Figures from the JSON form. ``format_version`` says which tables these are; tables may be absent.

    Raises ValueError in Chinese for what is not of that form.
    """
    try:
        year, format = int(document["year"]), ReportFormat(str(document["format_version"]))
    except (KeyError, ValueError):
        raise ValueError("请写明 year（统计年度）和 format_version（2019 或 2021）。") from None
    values: dict[str, Value] = {}
    _load_two(document.get("table2") or {}, format, values)
    _load_rows(
        (document.get("table3") or {}).get("rows") or {}, "table3", [one.key for one in APPLICANT_COLUMNS], values
    )
    _load_rows(
        (document.get("table4") or {}).get("blocks") or {}, "table4", [one.key for one in RESULT_COLUMNS], values
    )
    unknown = sorted(key for key in values if key not in known_keys(format))
    if unknown:
        raise ValueError(f"{format.source}的表中没有这些格：{'、'.join(unknown[:5])}。")
    return Figures(year, format, values)


@cache
def known_keys(format: ReportFormat) -> frozenset[str]:
    """Cells a report may fill: those of its format, and rows of table three that stand in the other one only, which
    real reports carry on (（六）其他处理 as one row in 2023)."""
    others = {
        f"table3.{row.key}.{column.key}" for each in ReportFormat for row in rows(each) for column in APPLICANT_COLUMNS
    }
    return frozenset({cell.key for cell in cells(format)} | others)


def reported_rows(figures: Figures) -> tuple[str, ...]:
    """Rows of table three that the report has, in order, left-overs of the other format included."""
    order = [row.key for each in (figures.format, *ReportFormat) for row in rows(each)]
    return tuple(
        key
        for key in dict.fromkeys(order)
        if any(f"table3.{key}.{column.key}" in figures.values for column in APPLICANT_COLUMNS)
    )


def missing_rows(figures: Figures) -> tuple[str, ...]:
    """Rows of the format's table three that the report does not have. （六）其他处理 as one row stands for three, and
    three for one: that is another finding (F-1)."""
    reported = set(reported_rows(figures))
    if any(key.startswith("other") for key in reported):
        reported |= {key for each in ReportFormat for key in (row.key for row in rows(each)) if key.startswith("other")}
    return tuple(row.key for row in rows(figures.format) if row.key not in reported)


def _load_two(table: Mapping[str, Any], format: ReportFormat, values: dict[str, Value]) -> None:
    for section in table_two(format):
        for row, given in (table.get(section.key) or {}).items():
            for column in section.columns:
                if column.key in given:
                    value = _value(given[column.key])
                    if column.unit == "元":
                        value = _amount(value, str(given.get(column.key.replace("_yuan", "_raw")) or ""))
                    values[f"table2.{section.key}.{row}.{column.key}"] = value


def _load_rows(table: Mapping[str, Any], name: str, columns: list[str], values: dict[str, Value]) -> None:
    for row, given in table.items():
        if given is None:
            continue
        if len(given) != len(columns):
            raise ValueError(f"{name}的“{row}”应有{len(columns)}个数，现有{len(given)}个。")
        for column, one in zip(columns, given, strict=True):
            values[f"{name}.{row}.{column}"] = _value(one)


def _value(given: Any) -> Value:
    if given is None:
        return BLANK
    if isinstance(given, str):
        return read(given)
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise ValueError(f"“{given}”不是数字。")
    return Value(Decimal(str(given)), str(given))


def _amount(value: Value, raw: str) -> Value:
    """An amount as it was written, where that says the same number of yuan."""
    written = read(raw)
    return written if in_yuan(written) == in_yuan(value) else value


def dump(figures: Figures) -> dict[str, Any]:
    """The JSON form, the inverse of ``load``; blanks, and tables that were not reported, are null."""
    return {
        "year": figures.year,
        "format_version": figures.format.value,
        "table2": _dump_two(figures) if figures.has_table(2) else None,
        "table3": {
            "columns": [one.key for one in APPLICANT_COLUMNS],
            "rows": {
                key: [_plain(figures.applications(key, one.key)) for one in APPLICANT_COLUMNS]
                for key in reported_rows(figures)
            },
        }
        if figures.has_table(3)
        else None,
        "table4": {
            "columns": [one.key for one in RESULT_COLUMNS],
            "blocks": {
                block.key: [_plain(figures.remedies(block.key, one.key)) for one in RESULT_COLUMNS]
                if any(f"table4.{block.key}.{one.key}" in figures.values for one in RESULT_COLUMNS)
                else None
                for block in BLOCKS
            },
        }
        if figures.has_table(4)
        else None,
    }


def _dump_two(figures: Figures) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for section in table_two(figures.format):
        for row in section.rows:
            for column in section.columns:
                value = figures[f"table2.{section.key}.{row}.{column.key}"]
                place = table.setdefault(section.key, {}).setdefault(row, {})
                if column.unit == "元":
                    place[column.key.replace("_yuan", "_raw")] = value.raw or None
                place[column.key] = _plain(Value(in_yuan(value)) if column.unit == "元" else value)
    return table


def _plain(value: Value) -> int | float | None:
    if value.number is None:
        return None
    whole = value.number == value.number.to_integral_value()
    return int(value.number) if whole else float(value.number)
