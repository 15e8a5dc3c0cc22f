"""A full list as a workbook: the columns of the published lists, then what ties each matter to the site."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.catalog import doctypes
from gongkai.catalog.full_list.headings import LABELS
from gongkai.catalog.matters import Audience, Channel, Matter, Way
from gongkai.law import articles, upkeep
from gongkai.texts.spreadsheets import clean_xlsx

OF_THE_DESK = ("department", "duty", "types", "topics", "column")
"""Columns that only the agency's own copy has: how the matter is tied to the site."""
_WIDTHS = {
    "number": 6,
    "first": 16,
    "second": 24,
    "content": 44,
    "basis": 36,
    "limit_text": 26,
    "body": 20,
    "channels": 24,
}
_HEAD_ROW = 2


def workbook(title: str, matters: Sequence[Matter], topics: Mapping[str, str] | None = None) -> bytes:
    """The list as .xlsx, the same bytes for the same list. ``topics``: names by slug, for the agency's own copy; the
    copy for the public goes without."""
    fields = [key for key in LABELS if topics is not None or key not in OF_THE_DESK]
    book = openpyxl.Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has a worksheet")
    sheet.title = "主动公开全清单"
    _write_head(sheet, title, fields)
    for number, matter in enumerate(matters, start=_HEAD_ROW + 1):
        for column, key in enumerate(fields, start=1):
            cell = sheet.cell(number, column)
            _write(cell, matter.number if key == "number" else in_cell(matter, key, topics or {}))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = _EDGE
    out = io.BytesIO()
    book.save(out)
    # Without the time of writing: the same list is the same file.
    return clean_xlsx(out.getvalue())


_LINE = Side(style="thin", color="DBE0E6")
_EDGE = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


def _write_head(sheet: Worksheet, title: str, fields: Sequence[str]) -> None:
    _write(sheet.cell(1, 1), title)
    sheet.cell(1, 1).font = Font(bold=True, size=16)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(fields))
    for column, key in enumerate(fields, start=1):
        cell = sheet.cell(_HEAD_ROW, column, LABELS[key])
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="EAEEF2")
        cell.border = _EDGE
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[cell.column_letter].width = _WIDTHS.get(key, 16)
    sheet.freeze_panes = f"A{_HEAD_ROW + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"


def _write(cell: Any, value: str | int) -> None:
    cell.value = value
    if isinstance(value, str):
        # What begins with "=" is a text somebody wrote, never a formula to be run on the reader's machine.
        cell.data_type = "s"


def in_cell(matter: Matter, key: str, topics: Mapping[str, str]) -> str:
    """What stands in the cell, in words that ``reading`` takes back."""
    if key == "channels":
        named = [str(one.label) for one in Channel if one in matter.channels and one != Channel.OTHER]
        return "\n".join(named + ([f"其他：{matter.channel_note}"] if Channel.OTHER in matter.channels else []))
    if key == "audience":
        label = str(Audience(matter.audience).label)
        return f"{label}：{matter.audience_note}" if matter.audience_note else label
    if key == "way":
        return str(Way(matter.way).label)
    if key == "tiers":
        return "、".join(matter.tier_names)
    if key == "item":
        return articles.item(matter.item).name if matter.item else ""
    if key == "duty":
        return upkeep.duty(matter.duty).label if matter.duty else ""
    if key == "types":
        return "、".join(doctypes.get(one).label for one in matter.types)
    if key == "topics":
        return "、".join(topics.get(one, one) for one in matter.topics)
    if key == "department":
        return matter.department.name if matter.department else ""
    if key == "column":
        return matter.column.key if matter.column else ""
    return str(getattr(matter, key))
