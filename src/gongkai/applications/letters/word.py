"""A composed letter as .docx, to be edited in Word or WPS: geometry and styles of the sheet, made from the same body.

The seal stays out of it: a file that anybody can change carries none. What comes back is read by ``word_back``.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import docx as python_docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from gongkai.applications.letters.composing import Composed
from gongkai.applications.letters.word_body import write_body
from gongkai.texts import word_paper
from gongkai.texts.word_paper import BODY_POINTS, FANG, HEI, KAI, LINE, SONG, fonts, indent_first

RED_HEAD = "文书红头"
AGENCY = "文书机关"
TITLE = "文书标题"
NUMBER = "文书文号"
SALUTATION = "文书主送"
ENCLOSED = "文书附件说明"
SIGNATURE = "文书署名"
DATE = "文书日期"
ENCLOSURE = "文书附件"
BODY = "文书正文"
FRAME = (RED_HEAD, AGENCY, TITLE, NUMBER, SALUTATION, ENCLOSED, SIGNATURE, DATE)
"""Styles of the paragraphs that come from the case, not from whoever edits."""


@dataclass(frozen=True, slots=True)
class _Look:
    """How a frame style looks. Lengths in points; indents in characters of the style."""

    font: str = FANG
    size: float = BODY_POINTS
    line: float = LINE
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT
    before: float = 0
    left: float = 0
    right: float = 0
    red: bool = False


_CENTER, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
_LOOKS = {
    RED_HEAD: _Look(SONG, 36, 50, _CENTER, red=True),
    AGENCY: _Look(SONG, 22, 36, _CENTER),
    TITLE: _Look(SONG, 22, 36, _CENTER),
    NUMBER: _Look(align=_CENTER, before=14),
    SALUTATION: _Look(before=LINE),
    ENCLOSED: _Look(left=5),
    SIGNATURE: _Look(align=_RIGHT, before=LINE * 2, right=3),
    DATE: _Look(align=_RIGHT, right=4),
    ENCLOSURE: _Look(HEI),
}


def docx(letter: Composed) -> bytes:
    """The letter as a Word file."""
    document = python_docx.Document()
    _page(document, letter)
    _styles(document)
    if letter.red_head:
        document.add_paragraph(letter.red_head, RED_HEAD)
        if letter.number:
            _red_line(document.add_paragraph(letter.number, NUMBER))
    elif not letter.is_table:
        document.add_paragraph(letter.agency, AGENCY)
    document.add_paragraph(letter.title, TITLE)
    if letter.is_table:
        document.add_paragraph(letter.agency, DATE)
    if letter.number and not letter.red_head:
        document.add_paragraph(letter.number, NUMBER)
    if letter.salutation:
        document.add_paragraph(letter.salutation, SALUTATION)
    write_body(document, letter.body, BODY)
    _ending(document, letter)
    for position, one in enumerate(letter.enclosures, 1):
        mark = f"附件{position}" if len(letter.enclosed) > 1 else "附件"
        document.add_paragraph(mark, ENCLOSURE).paragraph_format.page_break_before = True
        heading = document.add_paragraph(one.title, TITLE).paragraph_format
        heading.space_before, heading.space_after = Pt(14), Pt(LINE)
        write_body(document, one.body, BODY)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _ending(document: Document, letter: Composed) -> None:
    for position, name in enumerate(letter.enclosed, 1):
        number = f"{position}．" if len(letter.enclosed) > 1 else ""
        lead = "附件：" if position == 1 else ""
        made = document.add_paragraph(f"{lead}{number}{name}", ENCLOSED).paragraph_format
        made.keep_with_next = True
        if position == 1:
            made.space_before, made.first_line_indent = Pt(LINE), Pt(-BODY_POINTS * len(lead))
    if letter.signature:
        last = document.paragraphs[-1]
        last.paragraph_format.keep_with_next = True
        document.add_paragraph(letter.signature, SIGNATURE).paragraph_format.keep_with_next = True
        document.add_paragraph(letter.signed_on, DATE)


def _page(document: Document, letter: Composed) -> None:
    if letter.is_table:
        word_paper.page(document, title=letter.title, author=letter.agency, top=26, bottom=24, foot=14)
    else:
        word_paper.page(document, title=letter.title, author=letter.agency)


def _styles(document: Document) -> None:
    word_paper.body(document)
    body = document.styles.add_style(BODY, WD_STYLE_TYPE.PARAGRAPH)
    body.base_style = document.styles["Normal"]
    indent_first(body)
    for name, look in _LOOKS.items():
        _style(document, name, look)
    for level, font in ((2, HEI), (3, KAI), (4, FANG), (5, FANG)):
        heading = document.styles[f"Heading {level}"]
        heading.font.size, heading.font.bold, heading.font.italic = Pt(BODY_POINTS), level == 3, False
        heading.font.color.rgb = RGBColor(0, 0, 0)
        heading.paragraph_format.space_before = heading.paragraph_format.space_after = Pt(0)
        fonts(heading.element.get_or_add_rPr(), font)
        indent_first(heading)


def _style(document: Document, name: str, look: _Look) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.font.size = Pt(look.size)
    if look.red:
        style.font.color.rgb = RGBColor(0xD7, 0x00, 0x0F)
    fonts(style.element.get_or_add_rPr(), look.font)
    paragraph = style.paragraph_format
    paragraph.alignment = look.align
    paragraph.line_spacing_rule, paragraph.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.line)
    paragraph.space_before = Pt(look.before)
    paragraph.left_indent, paragraph.right_indent = Pt(look.left * look.size), Pt(look.right * look.size)


def _red_line(paragraph: Any) -> None:
    """The line below the number under a red head."""
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "10"), ("color", "D7000F")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
    paragraph.paragraph_format.space_after = Pt(LINE)
