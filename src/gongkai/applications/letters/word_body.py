"""The body of a letter as paragraphs and tables of a Word file: the markup that ``texts.richtext`` lets through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import etree, html

_WIDTH_MM = 156
_CELL_POINTS, _CELL_LINE = 14, 22
_MARKS = {"strong": "bold", "b": "bold", "em": "italic", "i": "italic", "u": "underline", "s": "strike"}
_MARKS |= {"sup": "superscript", "sub": "subscript"}
_SIDES = {"align-center": WD_ALIGN_PARAGRAPH.CENTER, "align-right": WD_ALIGN_PARAGRAPH.RIGHT}
# Relative widths of the columns of our own tables; others are even.
_COLUMNS = {"sheet": (6, 10, 6, 10), "fees": (4, 2, 3, 2), "slip": (5, 5), "list": (2, 10, 6, 3)}


def write_body(document: Document, body: str, style: str) -> None:
    """Append the body; plain paragraphs get ``style``."""
    for block in html.fragments_fromstring(f"<div>{body}</div>")[0]:
        _block(document, block, style)


def _block(document: Document, block: Any, style: str) -> None:
    if not isinstance(block.tag, str):
        return
    if block.tag == "table":
        _table(document, block)
    elif block.tag in ("ul", "ol"):
        for position, item in enumerate(block.iter("li"), int(block.get("start", "1"))):
            made = document.add_paragraph(f"{position}．" if block.tag == "ol" else "", style)
            _runs(made, item)
    elif block.tag in ("blockquote", "figure", "div"):
        for inner in block:
            _block(document, inner, style)
    elif block.tag in ("h2", "h3", "h4", "h5"):
        _runs(document.add_paragraph(style=f"Heading {block.tag[1]}"), block)
    elif block.tag == "p":
        _aligned(document.add_paragraph(style=style), block)


def _aligned(paragraph: Any, block: Any) -> None:
    classes = (block.get("class") or "").split()
    for name in classes:
        if name in _SIDES:
            paragraph.alignment = _SIDES[name]
    if "indent-none" in classes or paragraph.alignment is not None:
        _no_indent(paragraph)
    if "line" in classes:
        _ruled(paragraph)
    _runs(paragraph, block)


def _runs(paragraph: Any, element: Any, marks: tuple[str, ...] = ()) -> None:
    _run(paragraph, element.text, marks)
    for child in element:
        if child.tag == "br":
            paragraph.add_run().add_break()
        elif isinstance(child.tag, str):
            mark = _MARKS.get(child.tag)
            _runs(paragraph, child, (*marks, mark) if mark else marks)
        _run(paragraph, child.tail, marks)


def _run(paragraph: Any, text: str | None, marks: tuple[str, ...]) -> None:
    if text:
        run = paragraph.add_run(text.replace("\n", ""))
        for mark in marks:
            setattr(run.font, mark, True)


def _table(document: Document, element: Any) -> None:
    cells, columns = _placed(element)
    rows = len(list(element.iter("tr")))
    if not rows or not columns:
        return
    table = document.add_table(rows, columns, "Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    kind = next((name for name in (element.get("class") or "").split() if name in _COLUMNS), "")
    widths = _widths(_COLUMNS.get(kind, ()), columns)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        _keep_whole(row)
    for row, column, height, width, cell in cells:
        target = table.cell(row, column)
        if height > 1 or width > 1:
            target = target.merge(table.cell(row + height - 1, column + width - 1))
        target.width = Mm(sum(widths[column : column + width]))
        _cell(target, cell)
    for row, source in zip(table.rows, element.iter("tr"), strict=True):
        tall = "tall" in (source.get("class") or "")
        row.height = Pt(66 if tall else 30)


def _placed(element: Any) -> tuple[list[tuple[int, int, int, int, Any]], int]:
    """Every cell with its row, column, height and width, and the number of columns."""
    rows = list(element.iter("tr"))
    taken: set[tuple[int, int]] = set()
    found = []
    for number, row in enumerate(rows):
        column = 0
        for cell in row.iter("td", "th"):
            while (number, column) in taken:
                column += 1
            width = int(cell.get("colspan", "1"))
            height = min(int(cell.get("rowspan", "1")), len(rows) - number)
            taken |= {(number + down, column + right) for down in range(height) for right in range(width)}
            found.append((number, column, height, width, cell))
            column += width
    return found, max((column for _, column in taken), default=-1) + 1


def _cell(target: Any, element: Any) -> None:
    """The paragraphs of a cell, smaller and closer than the body's."""
    first = True
    for block in _paragraphs_of(element):
        paragraph = target.paragraphs[0] if first else target.add_paragraph()
        first = False
        paragraph.paragraph_format.line_spacing = Pt(_CELL_LINE)
        _aligned(paragraph, block)
        if element.tag == "th":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for run in paragraph.runs:
            run.font.size = Pt(_CELL_POINTS)
    target.vertical_alignment = 1  # centre


def _paragraphs_of(element: Any) -> Iterator[Any]:
    inner = element.findall("p")
    return iter(inner) if inner else iter([element])


def _widths(shares: tuple[int, ...], columns: int) -> list[float]:
    chosen = shares if len(shares) == columns else (1,) * columns
    return [_WIDTH_MM * share / sum(chosen) for share in chosen]


def _keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _no_indent(paragraph: Any) -> None:
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), "0")
    indent.set(qn("w:firstLine"), "0")


def _ruled(paragraph: Any) -> None:
    """A line to write on."""
    _no_indent(paragraph)
    borders = etree.SubElement(paragraph._p.get_or_add_pPr(), qn("w:pBdr"))
    for side in ("bottom", "between"):  # lines that follow each other would else be one box
        line = etree.SubElement(borders, qn(f"w:{side}"))
        for name, value in (("val", "single"), ("sz", "4"), ("space", "1"), ("color", "000000")):
            line.set(qn(f"w:{name}"), value)
