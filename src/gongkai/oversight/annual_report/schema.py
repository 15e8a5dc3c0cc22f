"""The JSON Schema of a report's JSON form, written from the formats: ``docs/integrate/annual-report.schema.json``."""

from __future__ import annotations

import json
from typing import Any

from gongkai.law.annual_report.formats import (
    APPLICANT_COLUMNS,
    BLOCKS,
    CHAPTERS,
    RESULT_COLUMNS,
    ReportFormat,
    named,
    rows,
    table_two,
)

_BLANK = {"type": ["number", "null"]}


def text() -> str:
    """The whole file, with a line break at the end."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def schema() -> dict[str, Any]:
    """One schema for both formats; ``format_version`` says which table two is meant."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "政府信息公开工作年度报告",
        "description": "null 是空白格，不是0；没有的表为 null。由 gongkai docs 生成。",
        "type": "object",
        "required": ["year", "format_version"],
        "properties": {
            "agency": {"type": "string", "description": "机关名称"},
            "title": {"type": "string"},
            "year": {"type": "integer", "description": "统计年度"},
            "format_version": {
                "enum": [one.value for one in ReportFormat],
                "description": "；".join(f"{one.value}：{one.source}" for one in ReportFormat),
            },
            "table2": {"anyOf": [{"type": "null"}, *(_table_two(one) for one in ReportFormat)]},
            "table3": _of_rows(
                "rows",
                {row.key: named(row) for one in ReportFormat for row in rows(one)},
                [one.key for one in APPLICANT_COLUMNS],
                "、".join(one.label for one in APPLICANT_COLUMNS),
            ),
            "table4": _of_rows(
                "blocks",
                {one.key: one.label for one in BLOCKS},
                [one.key for one in RESULT_COLUMNS],
                "、".join(one.label for one in RESULT_COLUMNS),
            ),
            "preface": {"type": "string", "description": "第一章以前的文字"},
            "headings": _by_chapter("章的标题，实际所写"),
            "chapters": _by_chapter("章的正文，一段一行"),
        },
    }


def _table_two(format: ReportFormat) -> dict[str, Any]:
    sections: dict[str, Any] = {}
    for section in table_two(format):
        columns: dict[str, Any] = {}
        for column in section.columns:
            columns[column.key] = {**_BLANK, "description": column.label}
            if column.unit == "元":
                raw = column.key.replace("_yuan", "_raw")
                columns[raw] = {"type": ["string", "null"], "description": "原文，带单位"}
        row = {"type": "object", "properties": columns, "additionalProperties": False}
        sections[section.key] = {
            "description": section.title,
            "type": "object",
            "properties": dict.fromkeys(section.rows, row),
            "additionalProperties": False,
        }
    return {"description": format.source, "type": "object", "properties": sections, "additionalProperties": False}


def _of_rows(name: str, labels: dict[str, str], columns: list[str], heads: str) -> dict[str, Any]:
    count = len(columns)
    numbers = {"type": ["array", "null"], "items": _BLANK, "minItems": count, "maxItems": count}
    return {
        "type": ["object", "null"],
        "description": f"每行{count}个数：{heads}",
        "properties": {
            "columns": {"const": columns},
            name: {
                "type": "object",
                "properties": {key: {**numbers, "description": label} for key, label in labels.items()},
                "additionalProperties": False,
            },
        },
    }


def _by_chapter(description: str) -> dict[str, Any]:
    numbers = {str(one.number): {"type": "string"} for one in CHAPTERS}
    return {"type": "object", "description": description, "properties": numbers, "additionalProperties": False}
