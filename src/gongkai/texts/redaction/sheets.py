"""Workbooks before they are printed: what is hidden in them is emptied, so that no program can bring it out again."""

from __future__ import annotations

import re

from lxml import etree

from gongkai.texts.ooxml import Package, R
from gongkai.texts.reading import UnreadableFile
from gongkai.texts.spreadsheets import clean_xlsx

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_COLUMN = re.compile(r"[A-Z]+")
_NO_SIZE = ("0", "0.0")


def only_visible(data: bytes) -> bytes:
    """A copy of a workbook as it was last calculated, without names, comments and macros, and with nothing in hidden
    sheets, rows and columns; they stay where they are, so that all others stay too. Raises :class:`UnreadableFile`.
    """
    package = Package(clean_xlsx(data), what="Excel 文件")
    main = package.main_part()
    targets = {identity: target for identity, _, target, external in package.relationships(main) if not external}
    emptied, pending = False, False
    for entry in package.xml(main).iter(f"{_S}sheet"):
        part = targets.get(entry.get(f"{{{R}}}id", ""), "")
        if part not in package.members:
            continue
        root = package.xml(part)
        hidden = entry.get("state", "visible") != "visible"
        emptied |= _empty(root) if hidden else _empty_hidden(root)
        pending |= _keep_values(root)
    for name in package.xml(main).iter(f"{_S}definedName"):
        # Names may hold texts and formulas; without formulas nothing needs them but the areas to print.
        if not name.get("name", "").startswith("_xlnm.Print_"):
            name.text = ""
    if emptied and pending:
        raise UnreadableFile(
            "工作簿有隐藏的内容，又有尚未计算的公式，无法确定各单元格的值。请用 Excel 或 WPS 打开、保存后再上传。"
        )
    return package.save()


def _empty(root: etree._Element) -> bool:
    """Take everything out of a sheet but its frame; whether there was anything."""
    found = False
    for child in list(root):
        if child.tag == f"{_S}sheetData":
            found = found or len(child) > 0
            child.clear()
        elif child.tag not in (f"{_S}sheetPr", f"{_S}dimension", f"{_S}sheetViews", f"{_S}sheetFormatPr"):
            root.remove(child)
    return found


def _empty_hidden(root: etree._Element) -> bool:
    """Take the cells out of hidden rows and columns; whether there were any."""
    found = False
    columns = [
        (int(column.get("min", "0")), int(column.get("max", "0")))
        for column in root.iter(f"{_S}col")
        if column.get("hidden") in ("1", "true") or column.get("width") in _NO_SIZE
    ]
    for row in root.iter(f"{_S}row"):
        gone = row.get("hidden") in ("1", "true") or row.get("ht") in _NO_SIZE
        for cell in list(row):
            number = _column(cell.get("r", ""))
            if gone or any(first <= number <= last for first, last in columns):
                row.remove(cell)
                found = True
    return found


def _keep_values(root: etree._Element) -> bool:
    """Replace formulas by what they gave; whether one has given nothing yet."""
    pending = False
    for cell in root.iter(f"{_S}c"):
        formula = cell.find(f"{_S}f")
        if formula is None:
            continue
        value = cell.find(f"{_S}v")
        # An empty text is a value; an empty number was never calculated.
        if value is None or (not value.text and cell.get("t") != "str"):
            pending = True
        else:
            cell.remove(formula)
    return pending


def _column(reference: str) -> int:
    """The number of the column of a cell: 28 of AB7; 0 of a cell that does not say."""
    letters = _COLUMN.match(reference)
    number = 0
    for letter in letters.group() if letters else "":
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
