"""A Word file as a department hands it in: articles, a table, a picture, and what its authors forgot in it."""

from io import BytesIO

from docx import Document
from docx.document import Document as Word
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph
from PIL import Image

TITLE = "澜川市大件垃圾投放管理办法"
DELETED = "每户每月另收清运费三十元"
COMMENT = "这一条还没有和街道谈妥"
HIDDEN = "内部口径不对外"
IDENTITY = "11010519491231002X"
NAMING = f"投诉请联系值班员，身份证号{IDENTITY}。"
ARTICLES = (
    ("第一章　总则", "heading"),
    ("第一条　为了规范大件垃圾的投放和清运，方便居民生活，制定本办法。", ""),
    ("第二条　本市建成区内大件垃圾的投放、收集和清运，适用本办法。", ""),
    ("第二章　投放", "heading"),
    ("第三条　居民应当将大件垃圾投放到指定的投放点，不得占用道路。", ""),
    (f"第四条　投放点的设置标准见下表。{NAMING}", ""),
    ("", "table"),
    ("第五条　清运单位应当在两日内清运完毕。", "forgotten"),
    ("第三章　附则", "heading"),
    ("第六条　本办法自印发之日起施行。", ""),
)


def submission(*, names_somebody: bool = True) -> bytes:
    """The file as .docx; ``names_somebody``: with an identity number that must not get out."""
    word = Document()
    word.core_properties.author = "某某某"
    word.add_heading(TITLE, 0)
    for text, kind in ARTICLES:
        if kind == "table":
            _table(word)
        elif kind == "heading":
            word.add_heading(text, 1)
        else:
            paragraph = word.add_paragraph(text if names_somebody else text.replace(NAMING, ""))
            if kind == "forgotten":
                _forgotten(word, paragraph)
    word.add_paragraph("投放点示意图如下：")
    word.add_picture(BytesIO(picture()))
    word.element.body.xpath(".//wp:docPr")[0].set("descr", "投放点示意图：入口在东侧")
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def picture() -> bytes:
    """A drawing, as PNG."""
    out = BytesIO()
    Image.new("RGB", (120, 60), (90, 140, 200)).save(out, "PNG")
    return out.getvalue()


def _table(word: Word) -> None:
    rows = (("居民户数", "投放点数量"), ("三百户以下", "一处"), ("三百户以上", "两处"))
    table = word.add_table(len(rows), 2)
    table.style = "Table Grid"
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))


def _forgotten(word: Word, paragraph: Paragraph) -> None:
    """A tracked deletion, a comment and a hidden run."""
    author = 'w:id="90" w:author="周某某" w:date="2026-11-01T09:00:00Z"'
    paragraph._p.append(
        parse_xml(f"<w:del {nsdecls('w')} {author}><w:r><w:delText>{DELETED}。</w:delText></w:r></w:del>")
    )
    word.add_comment(paragraph.runs, COMMENT, author="周某某", initials="Z")
    hidden = paragraph.add_run(HIDDEN)
    hidden.font.hidden = True
