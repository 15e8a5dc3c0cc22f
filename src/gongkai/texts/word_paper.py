"""Official paper (GB/T 9704) in Word files: geometry, page numbers, fonts, indents in characters."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.section import WD_SECTION_START
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

SONG, FANG, HEI, KAI = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
LATIN = "Times New Roman"
BODY_POINTS, LINE = 16, 28.95
"""三号 and the height of its line, in points: 22 lines on a page."""


def page(document: Document, *, title: str, author: str, top: float = 37, bottom: float = 35, foot: float = 24) -> None:
    """A4 with the margins of official paper (millimetres), numbered on the outer side."""
    section = document.sections[0]
    section.start_type = WD_SECTION_START.NEW_PAGE
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.top_margin, section.bottom_margin, section.footer_distance = Mm(top), Mm(bottom), Mm(foot)
    document.settings.odd_and_even_pages_header_footer = True
    right, left = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT
    for footer, align in ((section.footer, right), (section.even_page_footer, left)):
        _page_number(footer.paragraphs[0], align)
    document.core_properties.title = title
    document.core_properties.author = author
    document.core_properties.comments = ""


def body(document: Document) -> None:
    """The style Normal: 三号仿宋, 22 lines on a page, and the text said to be Simplified Chinese."""
    normal = document.styles["Normal"]
    normal.font.size = Pt(BODY_POINTS)
    fonts(normal.element.get_or_add_rPr(), FANG)
    _chinese(document)
    spacing = normal.paragraph_format
    spacing.space_after = spacing.space_before = Pt(0)
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE)
    spacing.widow_control = True


def fonts(properties: Any, east_asian: str) -> None:
    """The fonts of run properties: Chinese as given, digits and letters in Times."""
    found = properties.get_or_add_rFonts()
    for attribute in list(found.attrib):
        del found.attrib[attribute]
    found.set(qn("w:ascii"), LATIN)
    found.set(qn("w:hAnsi"), LATIN)
    found.set(qn("w:eastAsia"), east_asian)


def indent(style: Any, **values: int) -> None:
    """Indents of a style, by the names of the file format (``firstLineChars=200``)."""
    found = style.element.get_or_add_pPr().get_or_add_ind()
    for name, value in values.items():
        found.set(qn(f"w:{name}"), str(value))


def indent_first(style: Any) -> None:
    """Two characters, as every paragraph of a body has."""
    indent(style, firstLineChars=200, firstLine=int(BODY_POINTS * 2 * 20))


def _page_number(paragraph: Any, align: WD_ALIGN_PARAGRAPH) -> None:
    """— 1 — on the outer side, one character in."""
    paragraph.alignment = align
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
    for part in ("— ", None, " —"):
        run = paragraph.add_run(part or "")
        run.font.size = Pt(14)
        fonts(run._element.get_or_add_rPr(), "宋体")
        if part is None:
            for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
                element = OxmlElement("w:instrText" if kind is None else "w:fldChar")
                if kind is None:
                    element.text = text
                else:
                    element.set(qn("w:fldCharType"), kind)
                run._element.append(element)


def _chinese(document: Document) -> None:
    """Say that the text is Simplified Chinese: whoever lacks the fonts then takes others with our punctuation."""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
