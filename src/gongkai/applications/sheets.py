"""Workbooks that this package hands out: plain tables with a title, a heading, texts that are never formulas."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import openpyxl
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.texts.spreadsheets import clean_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDEST = 48
_LINE = Side(style="thin", color="DBE0E6")
_EDGE = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, a title above (may be empty), headings, rows of texts and numbers, widths by column."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Any]]
    title: str = ""
    widths: Sequence[int] = field(default_factory=tuple)


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as .xlsx; the same sheets are the same bytes."""
    book = openpyxl.Workbook()
    first = book.active
    for number, one in enumerate(sheets):
        page = first if number == 0 and isinstance(first, Worksheet) else book.create_sheet()
        if not isinstance(page, Worksheet):
            raise TypeError("a new workbook has worksheets")
        _fill(page, one)
    out = io.BytesIO()
    book.save(out)
    return clean_xlsx(out.getvalue())


def _fill(page: Worksheet, one: Sheet) -> None:
    page.title = one.name[:31]
    at = 1
    if one.title:
        _write(page, at, 1, one.title).font = Font(bold=True, size=14)
        at += 1
    for column, heading in enumerate(one.headings, start=1):
        cell = _write(page, at, column, heading)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="EAEEF2")
        width = one.widths[column - 1] if column <= len(one.widths) else max(10, 2 * len(heading) + 2)
        page.column_dimensions[get_column_letter(column)].width = min(width, _WIDEST)
    for number, row in enumerate(one.rows, start=at + 1):
        for column, value in enumerate(row, start=1):
            _write(page, number, column, value)
    page.freeze_panes = f"A{at + 1}"


def _write(page: Worksheet, row: int, column: int, value: Any) -> Any:
    cell: Any = page.cell(row, column)
    cell.value = value
    if isinstance(value, str):
        # What begins with "=" is a text somebody wrote, never a formula to be run on the reader's machine.
        cell.data_type = "s"
    cell.border = _EDGE
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
