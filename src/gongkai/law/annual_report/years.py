"""From one year to the next (跨年勾稽): what was carried over, what is in force, which format a year takes."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.law.annual_report.figures import Figures
from gongkai.law.annual_report.findings import Finding
from gongkai.law.annual_report.formats import APPLICANT_COLUMNS, ReportFormat, format_of

UNLIKELY_TIMES = 1000
"""From here on two years' amounts are a mistaken unit rather than a change; practice, no document sets it 【忆】."""

_IN_FORCE = (("规章", "规章"), ("行政规范性文件", "规范性文件"))


def check(figures: Figures, before: Figures) -> list[Finding]:
    """Y-1, Y-2 and Y-3 against the report of the preceding year. Raises ValueError for two years that do not follow."""
    if figures.year != before.year + 1:
        raise ValueError(f"{before.year}年度不是{figures.year}年度的上一年度。")
    return [*_carried_over(figures, before), *_in_force(figures, before), *_amounts(figures, before)]


def check_format(figures: Figures) -> list[Finding]:
    """F-1: the tables are those of the year's format, and no row of the other one is left over in them. Nothing is
    said of years before the formats."""
    try:
        wanted = format_of(figures.year)
    except ValueError:
        return []
    if figures.format is not wanted:
        return [
            Finding(
                "F-1",
                "表二、表三",
                f"{figures.year}年度应使用{wanted.source}的表式，实际使用了{figures.format.source}的表式。",
                figures.format.source,
                wanted.source,
                "请换用当年的格式重新填报。",
            )
        ]
    left_over = any(key.startswith("table3.other.") for key in figures.values)
    if left_over and wanted is ReportFormat.CURRENT_2021:
        return [
            Finding(
                "F-1",
                "表三（六）其他处理",
                "“（六）其他处理”仍是旧格式的一行，现行格式分为三行。",
                "1行",
                "3行",
                "请按1.逾期不补正、2.逾期不缴费、3.其他分别填报。",
                tuple(f"table3.other.{column.key}" for column in APPLICANT_COLUMNS),
            )
        ]
    return []


def _carried_over(figures: Figures, before: Figures) -> Iterator[Finding]:
    if not (figures.has_table(3) and before.has_table(3)):
        return
    for column in APPLICANT_COLUMNS:
        now = figures.applications("carried_over", column.key)
        then = before.applications("carry_forward", column.key)
        if now.number is None and then.number is None:
            continue
        if now.counted != then.counted:
            yield Finding(
                "Y-1",
                f"表三“{column.label}”列",
                f"本年“上年结转”为{now.counted:f}，{before.year}年度“结转下年度继续办理”为{then.counted:f}。",
                f"{now.counted:f}",
                f"{then.counted:f}",
                "请核对两个年度；确有原因的（机构改革、上年更正），请作说明。",
                (f"table3.carried_over.{column.key}",),
            )


def _in_force(figures: Figures, before: Figures) -> Iterator[Finding]:
    """现行有效 this year = last year's + made − repealed; only where both years report it."""
    for row, earlier in _IN_FORCE:
        key = f"table2.art20_1.{row}."
        now, made, repealed = (figures[key + name] for name in ("valid", "made", "repealed"))
        then = before[key + "valid"]
        if then.number is None:
            then = before[f"table2.art20_1.{earlier}.total_public"]
        if now.number is None or then.number is None:
            continue
        expected = then.counted + made.counted - repealed.counted
        if now.counted != expected:
            yield Finding(
                "Y-2",
                f"表二“{row}”",
                f"现行有效{now.counted:f}件；按上年{then.counted:f}件加制发{made.counted:f}件减废止{repealed.counted:f}件，"
                f"应为{expected:f}件。",
                f"{now.counted:f}",
                f"{expected:f}",
                "失效、移交、清理口径变化会造成不等，请核对并说明。",
                (key + "valid",),
            )


def _amounts(figures: Figures, before: Figures) -> Iterator[Finding]:
    """Y-3: the fees of two years, where one is a thousand times the other."""
    key = "table2.art20_8.行政事业性收费.amount_wan_yuan"
    now, then = figures[key].counted, before[key].counted
    if now and then and max(now, then) >= min(now, then) * UNLIKELY_TIMES:
        yield Finding(
            "Y-3",
            key,
            f"行政事业性收费本年填{now:f}万元，上年{then:f}万元，相差{max(now, then) / min(now, then):.0f}倍。",
            f"{now:f}",
            f"{then:f}",
            "请核对单位：应以万元填写。",
            (key,),
        )
