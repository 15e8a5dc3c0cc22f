"""A file as blocks: HTML as agencies paste it, .docx, text PDFs, .xlsx. Raises UnreadableFile with what to do."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
import openpyxl
import pdfplumber
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import html
from pdfplumber.page import Page

from gongkai.oversight.annual_report.reading.blocks import Block, Cell, Grid, Paragraph, framed, joined, spread
from gongkai.texts.decoding import decode
from gongkai.texts.reading import UnreadableFile

MOST_PAGES = 120
_BLOCK_TAGS = frozenset(
    {"p", "div", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "table", "tr", "td", "th"}
    | {"body", "center", "dd", "dt", "dl", "blockquote", "pre"}
)
_SILENT = frozenset({"script", "style", "noscript", "template", "head", "iframe", "select", "option", "button"})


def from_html(data: bytes) -> list[Block]:
    """A web page: its words in order, its tables as grids. Tables that only lay out the page are walked through."""
    text = decode(data).text
    if not text.strip():
        raise UnreadableFile("网页是空的。请上传含有报告正文的网页，或者直接粘贴正文。")
    root = html.document_fromstring(text)
    found: list[Block] = []
    _walk(root, found, [])
    return [one for one in found if isinstance(one, Grid) or one.text.strip()]


def _walk(node: Any, found: list[Block], line: list[str]) -> None:
    for child in node:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in _SILENT or not tag:
            _say(child.tail, line)
            continue
        if tag == "table" and not child.findall(".//table"):
            _flush(found, line)
            found.append(_html_grid(child))
        elif tag in _BLOCK_TAGS or tag == "br":
            _flush(found, line)
            _say(child.text, line)
            _walk(child, found, line)
            _flush(found, line)
        else:
            _say(child.text, line)
            _walk(child, found, line)
        _say(child.tail, line)


def _say(text: str | None, line: list[str]) -> None:
    if text:
        line.append(text)


def _flush(found: list[Block], line: list[str]) -> None:
    text = " ".join("".join(line).split())
    line.clear()
    if text:
        found.append(Paragraph(text))


def _html_grid(table: Any) -> Grid:
    rows = []
    for row in table.iter("tr"):
        cells = [one for one in row if one.tag in ("td", "th")]
        rows.append([(_words(cell), _span(cell, "colspan"), _span(cell, "rowspan")) for cell in cells])
    return spread(rows)


def _words(cell: Any) -> str:
    return "".join("".join(cell.itertext()).split())


def _span(cell: Any, name: str) -> int:
    given = "".join(one for one in str(cell.get(name) or "1") if one.isdigit())
    return max(1, min(int(given or 1), 200))


def from_docx(data: bytes) -> list[Block]:
    """A Word file: paragraphs and tables in the order of its body."""
    try:
        document = docx.Document(io.BytesIO(data))
    except Exception as error:  # python-docx raises whatever the broken part happens to raise
        raise UnreadableFile("无法打开这个 Word 文件。请用 Word 或 WPS 另存为 .docx 后再上传。") from error
    return list(_word_blocks(document))


def _word_blocks(document: WordDocument) -> Iterator[Block]:
    for child in document.element.body.iterchildren():
        if child.tag == qn("w:p"):
            text = WordParagraph(child, document).text.strip()
            if text:
                yield Paragraph(text)
        elif child.tag == qn("w:tbl"):
            table = Table(child, document)
            yield Grid([[Cell("".join(cell.text.split()), id(cell._tc)) for cell in row.cells] for row in table.rows])


def from_xlsx(data: bytes) -> list[Block]:
    """A workbook: each sheet is a grid, and its rows of one cell are paragraphs as well (titles, narrative)."""
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except Exception as error:  # openpyxl raises whatever the broken part happens to raise
        raise UnreadableFile("无法打开这个表格文件。请另存为 .xlsx 后再上传。") from error
    found: list[Block] = []
    for sheet in book.worksheets:
        merged = {
            (row, column): (area.min_row, area.min_col)
            for area in sheet.merged_cells.ranges
            for row in range(area.min_row, area.max_row + 1)
            for column in range(area.min_col, area.max_col + 1)
        }
        rows: list[list[Cell]] = []
        for row in range(1, sheet.max_row + 1):
            line = []
            for column in range(1, sheet.max_column + 1):
                place = merged.get((row, column), (row, column))
                value = sheet.cell(*place).value
                line.append(Cell("" if value is None else str(value).strip(), place[0] * 100_000 + place[1]))
            rows.append(line)
            words = list(dict.fromkeys(cell.text for cell in line if cell.text))
            if len(words) == 1:
                found.append(Paragraph(words[0]))
        found.append(Grid(rows))
    return found


def from_pdf(data: bytes) -> list[Block]:
    """A PDF with text in it; tables by their ruled lines, put together over page breaks.

    Raises UnreadableFile for scans and for files that cannot be opened.
    """
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            found = [block for page in document.pages[:MOST_PAGES] for block in _page_blocks(page)]
    except UnreadableFile:
        raise
    except Exception as error:  # pdfminer raises whatever the broken part happens to raise
        raise UnreadableFile("无法打开这个 PDF 文件。请检查文件是否完整、是否加密，或者改传 Word 文件。") from error
    if not any(isinstance(one, Grid) or len(one.text) > 1 for one in found):
        raise UnreadableFile("这个 PDF 里没有文字，可能是扫描件。请上传由 Word 生成的 PDF，或者 Word 文件。")
    return list(joined(found))


def _page_blocks(page: Page) -> list[Block]:
    tables = page.find_tables()
    placed: list[tuple[float, Block]] = [
        (table.bbox[1], block) for table in tables for block in framed(_pdf_grid(table))
    ]
    outside = page
    for table in tables:
        outside = outside.outside_bbox(table.bbox) if _inside(outside, table.bbox) else outside
    placed += [(line["top"], Paragraph(line["text"].strip())) for line in outside.extract_text_lines(strip=True)]
    return [block for _, block in sorted(placed, key=lambda one: one[0])]


def _inside(page: Any, box: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = page.bbox
    return left <= box[0] and top <= box[1] and box[2] <= right and box[3] <= bottom


def _pdf_grid(table: Any) -> Grid:
    """pdfplumber leaves None where a merged cell reaches: such a place is left out."""
    mark = 0
    rows: list[list[Cell]] = []
    for row in table.extract():
        line = []
        for text in row:
            if text is not None:
                mark += 1
                line.append(Cell("".join(text.split()), mark))
        rows.append(line)
    return Grid(rows)
