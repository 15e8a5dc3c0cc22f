"""A published report, read: figures and words, and a clear statement of what was not found."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gongkai.law.annual_report.figures import Figures
from gongkai.law.annual_report.findings import Finding
from gongkai.law.annual_report.formats import CHAPTERS, ReportFormat, format_of
from gongkai.law.annual_report.wording import Narrative
from gongkai.law.numerals import to_chinese
from gongkai.oversight.annual_report import xml_form
from gongkai.oversight.annual_report.reading import chapters, opening, paged, tables
from gongkai.oversight.annual_report.reading.blocks import Block, Grid, Paragraph
from gongkai.oversight.annual_report.reports import Report, load
from gongkai.texts import filetypes
from gongkai.texts.reading import UnreadableFile
from gongkai.texts.script import to_simplified


@dataclass(frozen=True, kw_only=True)
class Read(Report):
    """A report as it was read. ``kind``: of the file; ``missing``: sentences on what was not found; ``reworded``:
    labels that were changed."""

    kind: str
    missing: tuple[str, ...] = ()
    reworded: tuple[Finding, ...] = ()


_TRADITIONAL = re.compile("政府(?:信息|資訊)公開")
Convert = Callable[[str, bytes], tuple[str, bytes]]
"""Makes a modern file of an old one (.doc, .wps): name and content in, name and content out."""


def read(name: str, data: bytes, *, year: int | None = None, convert: Convert | None = None) -> Read:
    """Read a file of any accepted kind. ``year``: of the report, where the file does not say it; ``convert``: for old
    Word files, which are refused without it.

    Raises UnreadableFile in Chinese when nothing of a report can be found.
    """
    if not data.strip():
        raise UnreadableFile("文件是空的（0 字节）。请检查原文件后重新上传。")
    kind = _kind(name, data)
    if kind in _OLD:
        if convert is None:
            raise UnreadableFile("旧版 Word、Excel 文件不能直接读取。请用 Word 或 WPS 另存为 .docx 或 .xlsx 后再试。")
        name, data = convert(name, data)
        kind = _kind(name, data)
    if kind in _DATA:
        return _from_data(kind, data)
    return from_blocks(kind, _OPENERS[kind](data), year=year)


def is_old(name: str, data: bytes) -> bool:
    """Whether it is of a kind that has to be converted before it can be read. Raises UnreadableFile for what is no
    accepted file at all."""
    return bool(data.strip()) and _kind(name, data) in _OLD


def from_blocks(kind: str, blocks: list[Block], *, year: int | None = None) -> Read:
    """The report in these paragraphs and grids; Traditional characters are read as Simplified ones."""
    if any(one.text for one in blocks if _TRADITIONAL.search(one.text)):
        blocks = [one.written(simplified) for one in blocks]
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
    return Read(
        kind=kind,
        agency=agency,
        figures=Figures(of_year, format, found.values),
        narrative=narrative,
        missing=tuple(_missing(found, narrative)),
        reworded=tuple(found.reworded),
    )


def _kind(name: str, data: bytes) -> str:
    """By the content; the name decides only between kinds of text."""
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head[:1] in (b"{", b"["):
        return "json"
    if xml_form.NAMESPACE.encode() in head or (name.lower().endswith(".xml") and b"<html" not in head.lower()):
        return "xml"
    if head[:1] == b"<" or name.lower().endswith((".html", ".htm")):
        return "html"
    if b"\0" not in data[:4096] and name.lower().endswith((".txt", ".json")):
        return "txt"
    if not data.startswith(_SIGNATURES):
        raise UnreadableFile(_ACCEPTED)
    kind = filetypes.sniff(name, data).key
    if kind not in (*_OPENERS, *_OLD):
        raise UnreadableFile(_ACCEPTED)
    return kind


_ACCEPTED = (
    "不是能读的文件。请用网页（.html）、PDF、Word（.docx）、表格（.xlsx）、.json、.xml，或者把正文粘贴为文本（.txt）。"
)
_SIGNATURES = (b"PK", b"%PDF", b"\xd0\xcf\x11\xe0")


_OLD = ("doc", "wps", "xls", "et")
_OPENERS = {
    "html": opening.from_html,
    "docx": opening.from_docx,
    "xlsx": opening.from_xlsx,
    "pdf": paged.from_pdf,
    "txt": opening.from_text,
}


def _from_json(data: bytes) -> dict[str, Any]:
    document = json.loads(data)
    if not isinstance(document, dict):
        raise ValueError("最外层应当是一个对象。")
    return document


_DATA: dict[str, tuple[str, Callable[[bytes], dict[str, Any]]]] = {
    "json": ("JSON", _from_json),
    "xml": ("XML", xml_form.document),
}


def _from_data(kind: str, data: bytes) -> Read:
    """A report told by a program: in its JSON form, or the same as XML."""
    label, document_of = _DATA[kind]
    try:
        report = load(document_of(data))
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        raise UnreadableFile(f"无法读取 {label}：{error}") from None
    return Read(kind=kind, agency=report.agency, figures=report.figures, narrative=report.narrative)


def simplified(text: str) -> str:
    """In Simplified characters, 資訊 as 信息: what the Traditional pages of mainland portals make of it."""
    return to_simplified(text.replace("資訊", "信息"))


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
