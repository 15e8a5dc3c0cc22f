"""A published report, read: figures and words, and a clear statement of what was not found."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from gongkai.law.annual_report.figures import Figures, load
from gongkai.law.annual_report.findings import Finding
from gongkai.law.annual_report.formats import CHAPTERS, ReportFormat, format_of
from gongkai.law.annual_report.wording import Narrative
from gongkai.law.numerals import to_chinese
from gongkai.oversight.annual_report.reading import chapters, opening, tables
from gongkai.oversight.annual_report.reading.blocks import Block, Grid, Paragraph
from gongkai.texts import filetypes
from gongkai.texts.reading import UnreadableFile


@dataclass(frozen=True)
class Report:
    """A report as it was read. ``missing``: sentences on what was not found; ``reworded``: labels that were changed."""

    kind: str
    agency: str
    figures: Figures
    narrative: Narrative
    missing: tuple[str, ...] = ()
    reworded: tuple[Finding, ...] = ()

    @property
    def year(self) -> int:
        return self.figures.year


def read(name: str, data: bytes, *, year: int | None = None) -> Report:
    """Read a file of any accepted kind. ``year``: of the report, where the file does not say it.

    Raises UnreadableFile in Chinese when nothing of a report can be found.
    """
    kind = _kind(name, data)
    if kind == "json":
        return _from_json(data)
    blocks = _OPENERS[kind](data)
    return from_blocks(kind, blocks, year=year)


def from_blocks(kind: str, blocks: list[Block], *, year: int | None = None) -> Report:
    """The report in these paragraphs and grids."""
    found = tables.find(block for block in blocks if isinstance(block, Grid))
    lines = [block.text for block in blocks if isinstance(block, Paragraph)]
    narrative, agency, said = chapters.read(lines)
    if not found.values and len(narrative.headings) < 2:
        raise UnreadableFile(
            "没有找到年度报告：既没有找到表二、表三、表四，也没有找到六章的标题。请确认文件是政府信息公开工作年度报告。"
        )
    of_year = said or year or _year_in(narrative)
    if of_year is None:
        raise UnreadableFile(
            "没有找到统计年度：标题中应写明“××××年政府信息公开工作年度报告”。请补充后再试，或者另行指明年度。"
        )
    format = found.format or _format_of_year(of_year)
    return Report(
        kind,
        agency,
        Figures(of_year, format, found.values),
        narrative,
        tuple(_missing(found, narrative)),
        tuple(found.reworded),
    )


def _kind(name: str, data: bytes) -> str:
    head = data[:2048].lstrip()
    if name.lower().endswith(".json") or head[:1] in (b"{", b"["):
        return "json"
    if name.lower().endswith((".html", ".htm")) or head[:1] == b"<":
        return "html"
    kind = filetypes.sniff(name, data).key
    if kind not in _OPENERS:
        raise UnreadableFile("请上传网页（.html）、PDF、Word（.docx）、表格（.xlsx）或者 .json 文件。")
    return kind


_OPENERS = {
    "html": opening.from_html,
    "docx": opening.from_docx,
    "xlsx": opening.from_xlsx,
    "pdf": opening.from_pdf,
}


def _from_json(data: bytes) -> Report:
    try:
        document: dict[str, Any] = json.loads(data)
        figures = load(document)
    except (ValueError, TypeError, AttributeError) as error:
        raise UnreadableFile(f"无法读取 JSON：{error}") from None
    texts = {int(number): str(text) for number, text in (document.get("chapters") or {}).items()}
    headings = {one.number: f"{to_chinese(one.number)}、{one.title}" for one in CHAPTERS if one.number in texts}
    narrative = Narrative(str(document.get("title") or ""), str(document.get("preface") or ""), texts, headings)
    return Report("json", str(document.get("agency") or ""), figures, narrative)


def _year_in(narrative: Narrative) -> int | None:
    found = re.search(r"(20\d{2})年1月1日", "".join(narrative.text.split()))
    return int(found.group(1)) if found else None


def _format_of_year(year: int) -> ReportFormat:
    try:
        return format_of(year)
    except ValueError:
        return ReportFormat.CURRENT_2021


def _missing(found: tables.Tables, narrative: Narrative) -> list[str]:
    names = {
        2: "表二“主动公开政府信息情况”",
        3: "表三“收到和处理政府信息公开申请情况”",
        4: "表四“行政复议、行政诉讼情况”",
    }
    said = [f"没有找到{name}。" for table, name in names.items() if not found.has(table)]
    said += [
        f"没有找到第{to_chinese(one.number)}章“{one.title}”。"
        for one in CHAPTERS
        if one.number not in narrative.headings
    ]
    return said
