"""A report as .xlsx: the words on the first sheet, each table on one of its own, merged as the format merges them."""

from __future__ import annotations

import io
import math

import openpyxl
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.law.annual_report.figures import Figures
from gongkai.law.numerals import to_chinese
from gongkai.oversight.annual_report.rendering import page
from gongkai.oversight.annual_report.rendering.layout import Place, Role, Table
from gongkai.oversight.annual_report.rendering.marking import positions
from gongkai.oversight.annual_report.reports import Report

_LINE = Side(style="thin")
_FRAME = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_FONT = "宋体"
_TEXT_WIDTH = 84
_WORDS_POINTS = 20
_TABLE_WIDTH = 110
_CHARACTER_WIDTH, _LINE_POINTS = 2.3, 16  # of a Chinese character in widths of a digit; of a line
_DANGEROUS = ("=", "+", "@", "\t", "\r")


def xlsx(report: Report) -> bytes:
    """The report as a workbook."""
    book = openpyxl.Workbook()
    book.properties.title, book.properties.creator = report.title, report.agency
    first = book.active
    if not isinstance(first, Worksheet):
        raise TypeError("a new workbook begins with a worksheet")
    first.title = "正文"
    _words(first, report)
    for chapter in page.chapters(report):
        if chapter.table:
            _table(book.create_sheet(f"表{to_chinese(chapter.table.number)}"), chapter.table, report.figures)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _words(sheet: Worksheet, report: Report) -> None:
    sheet.column_dimensions["A"].width = _TEXT_WIDTH
    lines = [(report.title, True)]
    lines += [(one.text, False) for one in page.paragraphs(report.narrative.preface)]
    for chapter in page.chapters(report):
        lines.append((chapter.heading, True))
        lines += [(one.text, one.is_heading) for one in chapter.paragraphs]
    for number, (text, bold) in enumerate(lines, start=1):
        cell = _cell(sheet, number, 1)
        _write(cell, text)
        cell.font = Font(name=_FONT, size=16 if number == 1 else 12, bold=bold)
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="center" if number == 1 else "left")
        sheet.row_dimensions[number].height = _WORDS_POINTS * math.ceil(
            max(1, len(text)) * _CHARACTER_WIDTH * (1.4 if number == 1 else 1.1) / _TEXT_WIDTH
        )
    _on_a4(sheet)


def _table(sheet: Worksheet, table: Table, figures: Figures) -> None:
    shares = sum(table.widths)
    for number, share in enumerate(table.widths):
        sheet.column_dimensions[get_column_letter(number + 1)].width = _TABLE_WIDTH * share / shares
    for row, column, place in positions(table):
        cell = _cell(sheet, row + 1, column + 1)
        _number(cell, place, figures)
        centred = place.role in (Role.NUMBER, Role.COLUMN, Role.COLUMNS, Role.ROWS)
        for down in range(place.high):
            for across in range(place.wide):
                sheet.cell(row + 1 + down, column + 1 + across).border = _FRAME
        cell.font = Font(name=_FONT, size=11)
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center" if centred else "left")
        if place.wide > 1 or place.high > 1:
            sheet.merge_cells(
                start_row=row + 1, start_column=column + 1, end_row=row + place.high, end_column=column + place.wide
            )
    for row, line in enumerate(table.lines, start=1):
        sheet.row_dimensions[row].height = _LINE_POINTS * max(_lines_of(place, table) for place in line)
    _on_a4(sheet)


def _on_a4(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _lines_of(place: Place, table: Table) -> int:
    """How many lines a cell of one row takes: spreadsheets do not make room for merged cells by themselves."""
    if place.high > 1:
        return 1
    at = next(column for _, column, one in positions(table) if one is place)
    share = sum(table.widths[at : at + place.wide]) / sum(table.widths)
    return max(1, math.ceil(len(place.text) * _CHARACTER_WIDTH / (_TABLE_WIDTH * share)))


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell to write into; merged ones are merged after they are written."""
    found = sheet.cell(row, column)
    if not isinstance(found, Cell):
        raise TypeError(f"{found.coordinate} was merged before it was written")
    return found


def _number(cell: Cell, place: Place, figures: Figures) -> None:
    """A number as a number, so that sums can be made; with its remark as it was written."""
    value = figures[place.key] if place.key else None
    if value is None or value.number is None or value.remark:
        _write(cell, place.text)
    else:
        whole = value.number == value.number.to_integral_value()
        cell.value = int(value.number) if whole else value.number


def _write(cell: Cell, text: str) -> None:
    """Text, never a formula."""
    cell.value = text or None
    if text.startswith(_DANGEROUS):
        cell.data_type = "s"
