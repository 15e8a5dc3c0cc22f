"""Reports made for tests: figures that add up, by construction, and narratives that find no fault."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from gongkai.law.annual_report.figures import Figures, Value
from gongkai.law.annual_report.formats import (
    APPLICANT_COLUMNS,
    BLOCKS,
    RESULT_COLUMNS,
    ReportFormat,
    cells,
    detail_rows,
    format_of,
    rows,
)
from gongkai.law.annual_report.wording import Narrative

PEOPLE = tuple(column.key for column in APPLICANT_COLUMNS[:-1])
RESULTS = tuple(column.key for column in RESULT_COLUMNS[:-1])
COUNTS = st.integers(0, 400)

REVIEW = """（一）主动公开情况。全年主动公开政府信息120条。
（二）依申请公开情况。依法办理政府信息公开申请。
（三）政府信息管理情况。规范政府信息管理。
（四）政府信息公开平台建设情况。改版门户网站。
（五）监督保障情况。开展培训和考核。"""
CHAPTERS = {
    1: REVIEW,
    2: "",
    3: "",
    4: "",
    5: "一是解读形式不多。二是培训不够。下一步将增加图解，每季度培训一次。",
    6: "本年度未收取政府信息公开信息处理费。",
}
HEADINGS = {
    1: "一、总体情况",
    2: "二、主动公开政府信息情况",
    3: "三、收到和处理政府信息公开申请情况",
    4: "四、政府信息公开行政复议、行政诉讼情况",
    5: "五、存在的主要问题及改进情况",
    6: "六、其他需要报告的事项",
}


def number(value: int | str | Decimal) -> Value:
    """A value that is only a number."""
    return Value(Decimal(value), str(value))


def narrative(year: int, *, preface: str = "", headings: Mapping[int, str] = HEADINGS, **chapters: str) -> Narrative:
    """A narrative without fault; chapters given as ``chapter_1="…"`` take the place of its own."""
    own = {int(name.removeprefix("chapter_")): text for name, text in chapters.items()}
    said = preface or f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
    return Narrative(f"澜川市城市管理委员会{year}年政府信息公开工作年度报告", said, CHAPTERS | own, headings)


@st.composite
def holding(draw: DrawFn, formats: tuple[ReportFormat, ...] = tuple(ReportFormat)) -> Figures:
    """Figures of any year in which every sum holds."""
    year = draw(st.sampled_from([year for year in range(2019, 2030) if format_of(year) in formats]))
    return built(year, {cell.key: draw(COUNTS) for cell in _free(format_of(year))})


def built(year: int, free: Mapping[str, Any]) -> Figures:
    """Totals, what came in and table two computed from the free cells; a free cell that is absent is nought."""
    format = format_of(year)
    values = {cell.key: Decimal(free.get(cell.key, 0)) for cell in cells(format)}
    for person in PEOPLE:
        done = sum(values[f"table3.{row.key}.{person}"] for row in detail_rows(format))
        values[f"table3.total.{person}"] = Decimal(done)
        # As many new ones as are missing: what was carried over may be more than everything that was handled.
        carried = min(values[f"table3.carried_over.{person}"], done + values[f"table3.carry_forward.{person}"])
        values[f"table3.carried_over.{person}"] = Decimal(carried)
        new = done + values[f"table3.carry_forward.{person}"] - carried
        values[f"table3.new_received.{person}"] = Decimal(new)
    for row in rows(format):
        values[f"table3.{row.key}.total"] = Decimal(sum(values[f"table3.{row.key}.{one}"] for one in PEOPLE))
    for block in BLOCKS:
        values[f"table4.{block.key}.total"] = Decimal(sum(values[f"table4.{block.key}.{one}"] for one in RESULTS))
    for row_name in ("规章", "行政规范性文件", "规范性文件"):
        for least, whole in (("made", "valid"), ("new_public", "total_public")):
            if f"table2.art20_1.{row_name}.{whole}" in values:
                values[f"table2.art20_1.{row_name}.{whole}"] += values[f"table2.art20_1.{row_name}.{least}"]
    told = {
        key: Value(value, f"{value:f}", "元" if key.endswith("amount_yuan") else "") for key, value in values.items()
    }
    return Figures(year, format, told)


def _free(format: ReportFormat) -> list[Any]:
    computed = {"total", "new_received"}
    return [cell for cell in cells(format) if cell.row not in computed and cell.column != "total"]


def changed(figures: Figures, **cells: Value) -> Figures:
    """The same with some cells otherwise; a key's dots written as ``__``."""
    return Figures(
        figures.year,
        figures.format,
        dict(figures.values) | {key.replace("__", "."): value for key, value in cells.items()},
    )
