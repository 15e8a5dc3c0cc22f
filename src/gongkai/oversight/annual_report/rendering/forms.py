"""Every form a report is published in, by the ending of its file."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from gongkai.oversight.annual_report.rendering.page import html
from gongkai.oversight.annual_report.rendering.paper import pdf
from gongkai.oversight.annual_report.rendering.sheets import xlsx
from gongkai.oversight.annual_report.rendering.word import docx
from gongkai.oversight.annual_report.reports import Report, dump
from gongkai.oversight.annual_report.xml_form import written
from gongkai.texts.filetypes import ALLOWED


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of file; ``make`` may raise CannotPrint (PDF, where the system lacks the libraries)."""

    label: str
    content_type: str
    make: Callable[[Report], bytes]


def _html(report: Report) -> bytes:
    return html(report).encode("utf-8")


def _json(report: Report) -> bytes:
    return (json.dumps(dump(report), ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _xml(report: Report) -> bytes:
    return written(dump(report))


FORMS = {
    "html": Form("网页", "text/html; charset=utf-8", _html),
    "pdf": Form("PDF", ALLOWED["pdf"].content_type, pdf),
    "docx": Form("Word 文档", ALLOWED["docx"].content_type, docx),
    "xlsx": Form("Excel 表格", ALLOWED["xlsx"].content_type, xlsx),
    "json": Form("JSON 数据", "application/json", _json),
    "xml": Form("XML 数据", "application/xml", _xml),
}
"""By the ending of the file: html, pdf, docx, xlsx, json, xml."""
DOWNLOADS = {ending: form for ending, form in FORMS.items() if ending != "html"}
"""What is handed out as a file; the page stands on the site itself."""
