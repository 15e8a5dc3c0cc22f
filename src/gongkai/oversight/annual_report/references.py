"""Live references in the text: {{表三.新收.总计}} stands for the number of that cell, so that text and table agree.

Names are made from the official wordings: table, row, column. Sums that the format has no cell for
(不予公开 as a whole, 法人或其他组织 together) and facts of the year (收费, 培训, 公开) have names too. A name that
nobody knows is refused where it is written.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from gongkai.law.annual_report.figures import Figures, Value
from gongkai.law.annual_report.formats import (
    APPLICANT_COLUMNS,
    BLOCKS,
    RESULT_COLUMNS,
    ReportFormat,
    detail_rows,
    rows,
    table_two,
)
from gongkai.law.report_rows import ORGANISATIONS

_WRITTEN = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_BRACKETS = re.compile(r"（[^（）]*）")
_NUMBERING = re.compile(r"^(?:[一二三四]、|（[一二三四五六七]）|\d+\.)")
_NAMES = {
    "new_received": "新收",
    "carried_over": "上年结转",
    "total": "办结",
    "carry_forward": "结转下年",
    "other_overdue_correction": "逾期不补正",
    "other_overdue_fee": "逾期不缴费",
    "other_other": "其他情形",
}
_GROUPS = {"不予公开": "deny_", "无法提供": "noprov_", "不予处理": "noproc_", "其他处理": "other"}
NOT_ENTERED = "（未填报）"


def row_name(key: str, label: str) -> str:
    """予以公开 for （一）予以公开; short names for the long ones."""
    return _NAMES.get(key) or _BRACKETS.sub("", _NUMBERING.sub("", label))


def names(figures: Figures, facts: Mapping[str, str]) -> dict[str, str]:
    """What every name stands for."""
    return dict(_of_tables(figures)) | {f"{name}": value for name, value in facts.items()}


def resolve(text: str, known: Mapping[str, str]) -> str:
    """The text with its numbers; a name that is not known stays as it was written."""
    return _WRITTEN.sub(lambda found: known.get(found.group(1), found.group(0)), text)


def marked(text: str, known: Mapping[str, str], mark: Callable[[str, str | None], str]) -> str:
    """The same with every reference given to ``mark``: its name, and the number or None where nobody knows it."""
    return _WRITTEN.sub(lambda found: mark(found.group(1), known.get(found.group(1))), text)


def unknown(text: str, known: Mapping[str, str]) -> list[str]:
    """The names in it that stand for nothing, in order."""
    return [name for name in dict.fromkeys(_WRITTEN.findall(text)) if name not in known]


def pieces(text: str) -> list[str]:
    """The text cut at its references: words and names in turn."""
    return _WRITTEN.split(text)


def written(name: str) -> str:
    """How a reference is written."""
    return f"{{{{{name}}}}}"


def _of_tables(figures: Figures) -> Iterator[tuple[str, str]]:
    for section in table_two(figures.format):
        for row in section.rows:
            for column in section.columns:
                value = figures[f"table2.{section.key}.{row}.{column.key}"]
                yield f"表二.{row}.{_BRACKETS.sub('', column.label)}", _told(value)
    for one in rows(figures.format):
        name = row_name(one.key, one.label)
        yield from _of_row(figures, name, (one.key,))
    details = [one.key for one in detail_rows(figures.format)]
    for name, prefix in _GROUPS.items():
        keys = tuple(key for key in details if key.startswith(prefix))
        if len(keys) > 1 or figures.format is ReportFormat.CURRENT_2021:
            yield from _of_row(figures, name, keys)
    for block in BLOCKS:
        for result in RESULT_COLUMNS:
            yield f"表四.{block.label}.{result.label}", _told(figures.remedies(block.key, result.key))
    litigation = sum((figures.remedies(one.key, "total").counted for one in BLOCKS[1:]), Decimal(0))
    yield "表四.行政诉讼.总计", f"{litigation:f}"


def _of_row(figures: Figures, name: str, keys: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for column in APPLICANT_COLUMNS:
        values = [figures.applications(key, column.key) for key in keys]
        yield f"表三.{name}.{column.label}", _sum(values)
    people = [figures.applications(key, column.key) for key in keys for column in ORGANISATIONS]
    yield f"表三.{name}.法人或其他组织", _sum(people)


def _sum(values: list[Value]) -> str:
    return f"{sum((one.counted for one in values), Decimal(0)):f}"


def _told(value: Value) -> str:
    return NOT_ENTERED if value.number is None else f"{value.number:f}"
