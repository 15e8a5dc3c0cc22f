"""A report as .docx, to be edited in Word or WPS: official paper, real tables with merged cells."""

from __future__ import annotations

import io
from typing import Any

import docx as python_docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from gongkai.oversight.annual_report.rendering import page
from gongkai.oversight.annual_report.rendering.layout import Place, Role, Table
from gongkai.oversight.annual_report.rendering.marking import positions
from gongkai.oversight.annual_report.reports import Report
from gongkai.texts import word_paper
from gongkai.texts.word_paper import BODY_POINTS, HEI, KAI, LINE, SONG

TITLE, BODY, CELL = "年报标题", "年报正文", "年报表格"
_WIDTH = 156  # mm between the margins
_CENTER = WD_ALIGN_PARAGRAPH.CENTER
_TITLE_CHARACTERS = 20  # of 22 points on a line
# Points of characters and lines by table: three has to stand on one page, four has fifteen columns.
_SIZES = {2: (10.5, 18), 3: (10, 12), 4: (9, 12)}


def docx(report: Report) -> bytes:
    """The report as a Word file."""
    document = python_docx.Document()
    word_paper.page(document, title=report.title, author=report.agency)
    _styles(document)
    _title(document, report)
    for paragraph in page.paragraphs(report.narrative.preface):
        document.add_paragraph(paragraph.text, BODY)
    for chapter in page.chapters(report):
        document.add_heading(chapter.heading, 2)
        for paragraph in chapter.paragraphs:
            if paragraph.is_heading:
                document.add_heading(paragraph.text, 3)
            else:
                document.add_paragraph(paragraph.text, BODY)
        if chapter.table:
            _table(document, chapter.table)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _title(document: Document, report: Report) -> None:
    """On two lines where one is too short: whose report, and which."""
    whose, which = page.title_parts(report)
    paragraph = document.add_paragraph(whose, TITLE)
    if which and len(whose + which) > _TITLE_CHARACTERS:
        paragraph.add_run().add_break()
    paragraph.add_run(which)


def _styles(document: Document) -> None:
    word_paper.body(document)
    normal = document.styles["Normal"]
    body = document.styles.add_style(BODY, WD_STYLE_TYPE.PARAGRAPH)
    body.base_style = normal
    word_paper.indent_first(body)
    title = document.styles.add_style(TITLE, WD_STYLE_TYPE.PARAGRAPH)
    title.base_style = normal
    title.font.size = Pt(22)
    word_paper.fonts(title.element.get_or_add_rPr(), SONG)
    title.paragraph_format.alignment = _CENTER
    title.paragraph_format.line_spacing = Pt(36)
    title.paragraph_format.space_after = Pt(LINE)
    cell = document.styles.add_style(CELL, WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = normal
    word_paper.fonts(cell.element.get_or_add_rPr(), "宋体")
    cell.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    for level, font in ((2, HEI), (3, KAI)):
        heading = document.styles[f"Heading {level}"]
        heading.font.size, heading.font.bold, heading.font.italic = Pt(BODY_POINTS), level == 3, False
        heading.font.color.rgb = RGBColor(0, 0, 0)
        heading.paragraph_format.space_before = heading.paragraph_format.space_after = Pt(0)
        heading.paragraph_format.keep_with_next = True
        word_paper.fonts(heading.element.get_or_add_rPr(), font)
        word_paper.indent_first(heading)


def _table(document: Document, table: Table) -> None:
    shares = sum(table.widths)
    widths = [Mm(_WIDTH * share / shares) for share in table.widths]
    made = document.add_table(len(table.lines), len(table.widths), style="Table Grid")
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    # Read before any are merged, once: the library puts its whole grid together for every cell one asks it for.
    cells = [list(row.cells) for row in made.rows]
    for row, inside in zip(made.rows, cells, strict=True):
        for cell, width in zip(inside, widths, strict=True):
            cell.width = width
        _flag(row._tr.get_or_add_trPr(), "cantSplit")
    for row in made.rows[: table.head]:
        _flag(row._tr.get_or_add_trPr(), "tblHeader")
    _margins(made)
    for row_number, column_number, place in positions(table):
        cell = cells[row_number][column_number]
        if place.wide > 1 or place.high > 1:
            cell = cell.merge(cells[row_number + place.high - 1][column_number + place.wide - 1])
        _fill(cell, place, *_SIZES[table.number])
    for row in made.rows[:-1]:  # the whole table on one page
        for paragraph in row._tr.iter(qn("w:p")):
            _keep(paragraph)
    document.add_paragraph("", CELL).paragraph_format.line_spacing = Pt(8)


def _fill(cell: Any, place: Place, points: float, line: float) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = CELL
    paragraph.paragraph_format.line_spacing = Pt(line)
    paragraph.add_run(place.text).font.size = Pt(points)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    if place.role in (Role.NUMBER, Role.COLUMN, Role.COLUMNS, Role.ROWS):
        paragraph.alignment = _CENTER


def _flag(properties: Any, name: str) -> None:
    properties.append(OxmlElement(f"w:{name}"))


def _keep(paragraph: Any) -> None:
    """With what follows."""
    paragraph.get_or_add_pPr().get_or_add_keepNext()


def _margins(table: Any) -> None:
    """Cells of a table with fifteen columns have no room for Word's own margins."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        element = OxmlElement(f"w:{side}")
        element.set(qn("w:w"), "40")
        element.set(qn("w:type"), "dxa")
        margins.append(element)
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        look.addprevious(margins)
    else:
        properties.append(margins)
