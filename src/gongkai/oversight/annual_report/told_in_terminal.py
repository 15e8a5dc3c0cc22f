"""What a check found, line by line, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.law.annual_report.findings import Finding, Severity
from gongkai.law.numerals import to_chinese
from gongkai.oversight.annual_report.checking import Checked


def lines(name: str, checked: Checked) -> Iterator[str]:
    """Which file, what was read in it, what was not found, the findings, how many."""
    report = checked.report
    yield f"{name}：{report.agency or '（没有读出机关名称）'} {report.year}年度"
    yield f"  表式：{report.figures.format.source}"
    read = "，".join(f"表{to_chinese(table)}{count}格" for table, count in checked.read_cells.items() if count)
    yield f"  读出：{read or '没有表格'}；{len(report.narrative.headings)}章正文"
    yield from (f"  {one}" for one in report.missing)
    for one in checked.findings:
        yield from _finding(one)
    counts = checked.counts
    if not any(counts.values()):
        yield "  没有发现问题。"
        return
    yield "  共" + "，".join(f"{weight.label}{counts[weight]}项" for weight in Severity if counts[weight]) + "。"


def _finding(finding: Finding) -> Iterator[str]:
    yield f"  【{finding.weight.label}】{finding.code} {_place(finding)}"
    yield f"      {finding.message}"
    if finding.suggestion:
        yield f"      建议：{finding.suggestion}"
    yield f"      依据：{finding.rule.source}"


def _place(finding: Finding) -> str:
    """The place in words; that of a single cell is in the message already."""
    return finding.rule.name if finding.place.startswith("table") else finding.place
