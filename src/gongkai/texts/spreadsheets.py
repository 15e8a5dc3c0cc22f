"""Excel workbooks (.xlsx): their text, what is hidden in them, and a copy without names and comments.

Hidden sheets, rows and columns are never removed silently: formulas may need them, and a person must decide whether the
public gets them. :func:`read_xlsx` reports them, and the check of the desk stops until somebody has looked.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from lxml import etree

from gongkai.texts.ooxml import Package, R
from gongkai.texts.reading import Findings, HiddenKind, HiddenReport, UnreadableFile

if TYPE_CHECKING:
    import openpyxl

MAX_WORKBOOK_BYTES = 60 * 1024 * 1024
# A budget table has some 20,000 cells, a large statistical annex 500,000; beyond this the file is a database.
MAX_CELLS = 1_000_000
# The grid of the format ends there (ECMA-376); rows beyond the data are formatting.
MAX_COLUMNS = 16_384
# Rows times columns up to the last filled cell. One cell far out (XFD1048576) makes a grid of 17 thousand million.
MAX_GRID = 10_000_000

_WHAT = "Excel 文件"
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_COMMENT_PARTS = re.compile(r"(?:^|/)(?:comments[^/]*|threadedComments?/[^/]*|comments/[^/]*)\.xml$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its visible name, its rows as text (cells separated by tabs), and whether readers see it."""

    name: str
    text: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class SheetText:
    """A workbook as text: ``sheets`` in order, hidden ones included and marked, so that checks read them too."""

    sheets: list[Sheet]
    hidden: HiddenReport

    @property
    def text(self) -> str:
        """All sheets under their names, separated by blank lines."""
        return "\n\n".join(f"{sheet.name}\n{sheet.text}".strip() for sheet in self.sheets)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its number as Excel shows it, its cells as text (lines inside them kept), whether hidden."""

    number: int
    cells: list[str]
    hidden: bool


def read_rows(data: bytes, *, fill_merged: bool = False) -> list[Row]:
    """The filled rows of the first visible sheet, for tables that are lists of something. Raises UnreadableFile.

    ``fill_merged``: every cell of a merged range gets what stands in its first one, as a reader understands it.
    """
    package = _open(data)
    findings = Findings()
    _report_hidden(package, findings)
    _strip(package, findings)
    worksheet = next((one for one in _workbook(package).worksheets if one.sheet_state == "visible"), None)
    if worksheet is None:
        raise UnreadableFile("Excel 文件没有可见的工作表。请取消隐藏后再试。")
    rows = []
    width = _width(worksheet)
    merged = _merged(worksheet) if fill_merged else {}
    # From the first cell on, so that a place here is a place in the sheet.
    lines = worksheet.iter_rows(min_row=1, min_col=1, max_col=width, values_only=True)
    for number, values in enumerate(lines, start=1):
        cells = [_shown(value).strip() for value in values]
        for column in range(1, width + 1) if merged else ():
            if not cells[column - 1] and (number, column) in merged:
                cells[column - 1] = merged[number, column]
        if any(cells):
            rows.append(Row(number, cells, bool(worksheet.row_dimensions[number].hidden)))
    return rows


def read_xlsx(data: bytes) -> SheetText:
    """The text of a workbook as it was last calculated, and everything hidden in it. Raises :class:`UnreadableFile`."""
    package = _open(data)
    findings = Findings()
    _report_hidden(package, findings)
    _strip(package, findings)
    sheets = [
        Sheet(worksheet.title, _sheet_text(worksheet), worksheet.sheet_state != "visible")
        for worksheet in _workbook(package).worksheets
    ]
    return SheetText(sheets, findings.report())


def clean_xlsx(data: bytes) -> bytes:
    """A copy without names, properties, comments, macros and paths to files elsewhere.

    Hidden sheets, rows and columns stay: :func:`read_xlsx` of the copy reports them. Raises :class:`UnreadableFile`.
    """
    package = _open(data)
    _strip(package, Findings())
    return package.save()


def _open(data: bytes) -> Package:
    if data.startswith(_OLE_SIGNATURE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableFile("Excel 文件设有打开密码。请取消密码后再上传。")
        raise UnreadableFile("这是旧版 .xls 文件，无法读取。请用 Excel 或 WPS 打开，“另存为” .xlsx 后再上传。")
    if len(data) > MAX_WORKBOOK_BYTES:
        raise UnreadableFile(f"Excel 文件超过 {MAX_WORKBOOK_BYTES // 1024 // 1024} MB。请拆分后再上传。")
    package = Package(data, what=_WHAT)
    if package.xml(package.main_part()).tag != f"{_S}workbook":
        raise UnreadableFile("文件不是 Excel 工作簿。请确认选择了正确的文件。")
    return package


def _workbook(package: Package) -> openpyxl.Workbook:
    # A quarter of the time in which any process of ours starts, and few of them ever see a workbook.
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        return openpyxl.load_workbook(io.BytesIO(package.save()), data_only=True, keep_links=False)
    except (InvalidFileException, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError) as error:
        # openpyxl raises whatever the contradiction in the file happens to cause.
        raise UnreadableFile(
            "Excel 文件内部结构有误，无法读取。请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。"
        ) from error


def _sheet_parts(package: Package) -> list[tuple[etree._Element, str]]:
    """(entry in the workbook, part) of every sheet."""
    main = package.main_part()
    targets = {identity: target for identity, _, target, external in package.relationships(main) if not external}
    entries = package.xml(main).iter(f"{_S}sheet")
    found = [(entry, targets.get(entry.get(f"{{{R}}}id", ""), "")) for entry in entries]
    return [(entry, part) for entry, part in found if part in package.members]


def _report_hidden(package: Package, findings: Findings) -> None:
    cells = 0
    for entry, part in _sheet_parts(package):
        name = entry.get("name", "")
        root = package.xml(part)
        if entry.get("state", "visible") != "visible":
            findings.add(HiddenKind.HIDDEN_SHEET, name)
        for column in root.iter(f"{_S}col"):
            if _is_hidden(column):
                findings.add(HiddenKind.HIDDEN_COLUMN, f"{name} 第 {column.get('min')}—{column.get('max')} 列")
        # openpyxl makes an object for every cell of a merged range when it opens the file.
        cells += sum(_area(one.get("ref", "")) for one in root.iter(f"{_S}mergeCell"))
        for row in root.iter(f"{_S}row"):
            cells += len(row)
            if _is_hidden(row):
                findings.add(HiddenKind.HIDDEN_ROW, f"{name} 第 {row.get('r')} 行")
    if cells > MAX_CELLS:
        raise UnreadableFile(
            f"Excel 文件有 {cells} 个单元格，超过 {MAX_CELLS} 个的上限。请拆分，或作为数据文件（CSV）发布。"
        )
    for part in package.members:
        if _COMMENT_PARTS.search(part):
            for comment in package.xml(part).iter(etree.Element):
                if etree.QName(comment).localname in ("comment", "threadedComment"):
                    findings.add(HiddenKind.COMMENT, "".join(str(text) for text in comment.itertext()))


def _area(reference: str) -> int:
    """How many cells a range like A1:B3 has."""
    from openpyxl.utils.cell import range_boundaries

    try:
        left, top, right, bottom = range_boundaries(reference)
    except (ValueError, TypeError) as error:
        raise UnreadableFile("Excel 文件中合并单元格的范围有误。请用 Excel 或 WPS 打开后另存再上传。") from error
    return ((right or MAX_COLUMNS) - (left or 1) + 1) * ((bottom or MAX_GRID) - (top or 1) + 1)


def _is_hidden(element: etree._Element) -> bool:
    # A row or column of no height or width is hidden by another name.
    size = element.get("ht" if element.tag == f"{_S}row" else "width")
    return element.get("hidden") in ("1", "true") or size in ("0", "0.0")


def _strip(package: Package, findings: Findings) -> None:
    for part in list(package.members):
        # Comments and the frames Excel draws for them; pictures in headers also live in .vml, and stay.
        notes = part.endswith(".vml") and b'ObjectType="Note"' in package.members[part]
        if _COMMENT_PARTS.search(part) or notes:
            package.remove(part)
    root = package.xml(package.main_part())
    for element in list(root.iter(etree.Element)):
        local = etree.QName(element).localname
        parent = element.getparent()
        if local in ("fileSharing", "absPath", "userNames", "oleLink", "webPublishing") and parent is not None:
            # absPath is the folder on the author's machine; fileSharing names who reserved the file.
            parent.remove(element)
    package.strip_person_and_machine(findings)
    package.drop_loose_ends(findings)


def _width(worksheet: Any) -> int:
    """Columns of the sheet. Raises UnreadableFile when rows times columns are more than anybody fills."""
    width = min(worksheet.max_column, MAX_COLUMNS)
    if worksheet.max_row * width > MAX_GRID:
        raise UnreadableFile(
            f"工作表“{worksheet.title}”的范围过大（到第 {worksheet.max_row} 行、第 {width} 列）。"
            "请删除数据以外的内容后另存再上传。"
        )
    return width


def _merged(worksheet: Any) -> dict[tuple[int, int], str]:
    """What every cell of a merged range shows, by row and column; ranges larger than the grid of the data are cut."""
    found: dict[tuple[int, int], str] = {}
    for one in worksheet.merged_cells.ranges:
        text = _shown(worksheet.cell(one.min_row, one.min_col).value).strip()
        if not text:
            continue
        for row in range(one.min_row, min(one.max_row, worksheet.max_row) + 1):
            for column in range(one.min_col, min(one.max_col, MAX_COLUMNS) + 1):
                found[row, column] = text
                if len(found) > MAX_CELLS:
                    raise UnreadableFile("工作表合并的单元格过多。请取消不必要的合并后再上传。")
    return found


def _sheet_text(worksheet: Any) -> str:
    lines = []
    for row in worksheet.iter_rows(max_col=_width(worksheet), values_only=True):
        cells = [" ".join(_shown(value).split()) for value in row]
        if any(cells):
            lines.append("\t".join(cells).rstrip("\t"))
    return "\n".join(lines)


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        # A date in a cell is a moment at midnight to Excel, and a date to its reader.
        return value.date().isoformat() if value.time() == time.min else value.isoformat(" ", "minutes")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
