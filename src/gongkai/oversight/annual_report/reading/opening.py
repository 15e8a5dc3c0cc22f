"""A file as blocks: HTML as agencies paste it, .docx, .xlsx, pasted text. Raises UnreadableFile with what to do."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
import openpyxl
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import etree, html

from gongkai.oversight.annual_report.reading.blocks import MOST_PLACES, Block, Cell, Grid, Paragraph, spread
from gongkai.texts.decoding import decode
from gongkai.texts.reading import UnreadableFile

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
    found: list[Block] = []
    try:
        _walk(html.document_fromstring(text), found, [])
    except (RecursionError, etree.LxmlError) as error:
        raise UnreadableFile("这个网页的结构过于复杂，无法读取。请另存为 Word 或 PDF 后再试。") from error
    return [one for one in found if isinstance(one, Grid) or one.text.strip()]


def _walk(node: Any, found: list[Block], line: list[str]) -> None:
    for child in node:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in _SILENT or not tag:
            _say(child.tail, line)
            continue
        if tag == "table" and not _lays_out(child):
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


def _lays_out(table: Any) -> bool:
    """Whether a table only places other tables on the page: what lies in the inner ones is more than what it holds."""
    inner = sum(1 for one in table.iterfind(".//table//td"))
    own = sum(1 for one in table.iter("td", "th")) - inner
    return inner > 0 and own < 3 * inner


def _html_grid(table: Any) -> Grid:
    rows = []
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is not table:
            continue
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
            yield _word_grid(table)


def _word_grid(table: Table) -> Grid:
    """python-docx gives a merged cell in every place it covers. Rows that begin late or end early are as long as they
    are."""
    rows = []
    places = 0
    for row in table.rows:
        cells = row.cells
        places += len(cells)
        if places > MOST_PLACES:
            raise UnreadableFile("Word 文件中有一张表格太大，不像年度报告。请删去无关的表格后再试。")
        rows.append([Cell("".join(cell.text.split()), id(cell._tc)) for cell in cells])
    return Grid(rows)


def from_text(data: bytes) -> list[Block]:
    """Text as it is copied from a page: cells with tabs between them are rows of a table, all else is lines."""
    found: list[Block] = []
    rows: list[list[Cell]] = []
    mark = 0
    for line in decode(data).text.splitlines():
        if "\t" in line.strip("\r\n ") and line.strip():
            cells = line.rstrip("\r\n").split("\t")
            rows.append([Cell("".join(text.split()), mark + number) for number, text in enumerate(cells)])
            mark += len(cells)
            continue
        if rows and line.strip():
            found.append(Grid(rows))
            rows = []
        if line.strip():
            found.append(Paragraph(" ".join(line.split())))
    if rows:
        found.append(Grid(rows))
    return found


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
        if sheet.max_row * sheet.max_column > MOST_PLACES:
            raise UnreadableFile(
                f"工作表“{sheet.title}”有{sheet.max_row}行、{sheet.max_column}列，不像年度报告。请删去多余的行列后再试。"
            )
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
