"""Reports as agencies really publish them: pasted from Word into layout tables, in old encodings, typed by hand."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable

import openpyxl

from gongkai.oversight.annual_report.rendering import layout, page
from gongkai.oversight.annual_report.rendering.layout import Place, Role, Table
from gongkai.oversight.annual_report.rendering.marking import positions
from gongkai.oversight.annual_report.reports import Report

_WIDE = {ord(str(digit)): chr(ord("０") + digit) for digit in range(10)}
_STYLE = 'style="mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt" lang=EN-US'

_PORTAL = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="{encoding}">
<title>政府信息公开年报</title><style>p.MsoNormal{{mso-pagination:none}}</style>
<script>var year = "1999年";</script></head><body><table width="1000" border=0>
<tr><td><a href="/">首页</a>&nbsp;&gt;&nbsp;<a href="/nb/">政府信息公开年报</a></td></tr>
<tr><td><table width="100%"><tr><td class="article"><table border=0>
<tr><td>索引号</td><td>014314799/2024-00002</td></tr>
<tr><td>发布机构</td><td>办公室</td></tr></table><div class="content">{body}</div></td></tr></table></td></tr>
<tr><td>版权所有&copy; 备案号 00000000号</td></tr></table></body></html>"""


def pasted(report: Report, *, encoding: str = "utf-8") -> bytes:
    """A portal's article page: navigation, nested layout tables, the article as Word left it in the clipboard.

    Digits are full-width, noughts are "/", every label is broken into spans with &nbsp; about.
    """
    parts = [f"<p class=MsoNormal align=center><b><span lang=EN-US>{_broken(report.title)}<o:p></o:p></span></b></p>"]
    parts += [_paragraph(one.text) for one in page.paragraphs(report.narrative.preface)]
    for chapter in page.chapters(report):
        parts.append(_paragraph(chapter.heading))
        parts += [_paragraph(one.text) for one in chapter.paragraphs]
        if chapter.table:
            parts.append(f"<div align=center>{_word_table(chapter.table, _typed)}</div>")
    body = "".join(parts)
    return _PORTAL.format(encoding=encoding, body=body).encode(encoding, "xmlcharrefreplace")


def _paragraph(text: str) -> str:
    return f'<p class=MsoNormal style="text-indent:32.0pt"><span style="font-size:16pt">{_broken(text)}</span></p>'


def _broken(text: str) -> str:
    """As Word writes it: pieces in spans, a blank where none belongs."""
    return "".join(f"<span lang=EN-US>{text[at : at + 5]}</span>\r\n" for at in range(0, len(text), 5)).strip()


def _typed(place: Place) -> str:
    if place.role is not Role.NUMBER:
        return f"<p class=MsoNormal>&nbsp;{_broken(place.text)}</p>"
    return f"<p class=MsoNormal><span {_STYLE}>&nbsp;{place.text.translate(_WIDE)}<o:p></o:p></span></p>"


def _word_table(table: Table, typed: Callable[[Place], str]) -> str:
    rows = []
    for line in table.lines:
        cells = [
            f"<td {_STYLE} colspan={place.wide} rowspan={place.high} valign=center>{typed(place)}</td>"
            for place in line
        ]
        rows.append(f"<tr style='mso-yfti-irow:0'>{''.join(cells)}</tr>")
    return f"<table class=MsoNormalTable border=0 cellspacing=0>{''.join(rows)}</table>"


def with_slashes(place: Place) -> str:
    """Noughts and blanks as somebody types them who has nothing to report."""
    if place.role is Role.NUMBER and place.text in ("", "0"):
        return "／"
    return place.text


def slashed(report: Report) -> bytes:
    """A bare page whose empty cells are slashes."""
    parts = [f"<h2>{report.title}</h2>"]
    for chapter in page.chapters(report):
        parts.append(f"<p>{chapter.heading}</p>")
        if chapter.table:
            parts.append(_word_table(chapter.table, with_slashes))
    return "".join(parts).encode("utf-8")


def copied(report: Report) -> bytes:
    """What a browser puts into the clipboard: a line a row, tabs between cells, merged cells once."""
    lines = [report.title, *report.narrative.preface.splitlines()]
    for chapter in page.chapters(report):
        lines += ["", chapter.heading, *(one.text for one in chapter.paragraphs)]
        if chapter.table:
            lines += ["\t".join(place.text for place in line) for line in chapter.table.lines]
    return "\r\n".join(lines).encode("utf-8")


def one_sheet(report: Report) -> bytes:
    """A workbook with everything below one another on a single sheet, numbers typed as text."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    row = 1
    sheet.cell(row, 1, report.title)
    for table in layout.tables(report.figures):
        row += 2
        sheet.cell(row, 1, page.heading(table.number))
        for line, column, place in positions(table):
            first = (row + 1 + line, column + 1)
            sheet.cell(*first, unicodedata.normalize("NFKC", place.text) if place.role is Role.NUMBER else place.text)
            if place.wide > 1 or place.high > 1:
                last = (first[0] + place.high - 1, first[1] + place.wide - 1)
                sheet.merge_cells(start_row=first[0], start_column=first[1], end_row=last[0], end_column=last[1])
        row += len(table.lines)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
