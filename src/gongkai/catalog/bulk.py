"""Bulk data 批量数据: every public document of an agency as JSON Lines, CSV or workbook, made while it is sent.

Read in pages by identity, so that neither memory nor a cursor grows with the number of documents.
"""

import csv
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from tempfile import TemporaryFile
from typing import IO, Any

from django.db.models import QuerySet
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from gongkai.agencies.bodies import Agency
from gongkai.catalog import queries
from gongkai.catalog.documents import Document, DocumentState, NoticeKind
from gongkai.catalog.rules import validity
from gongkai.law import articles

_AT_ONCE = 500
_LONG = ("live__provisions", "live__editors")
_LONGEST_CELL = 32_767  # what a cell of a workbook holds
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

COLUMNS: dict[str, str] = {
    "code": "文件代码",
    "index_number": "索引号",
    "agency": "公开机关",
    "type": "文件类型",
    "item": "法定主动公开内容",
    "title": "标题",
    "issuer": "发文机关",
    "document_number": "发文字号",
    "date_of_issue": "成文日期",
    "published_on": "发布日期",
    "subject": "主题分类",
    "genre": "体裁",
    "effective_on": "施行日期",
    "expires_on": "失效日期",
    "validity": "有效性",
    "notice": "标注",
    "notice_on": "标注自何日起",
    "notice_ground": "标注依据",
    "keywords": "主题词",
    "summary": "内容概述",
    "edition": "第几版",
    "url": "网页地址",
}
"""What stands in a row, in this order: key and heading."""

Row = dict[str, Any]
Address = Callable[[Document], str]


@dataclass(frozen=True)
class Format:
    """One form in which the data can be had."""

    key: str
    label: str
    media_type: str
    file_name: str
    description: str


FORMATS: tuple[Format, ...] = (
    Format("jsonl", "JSON Lines", "application/x-ndjson", "documents.jsonl", "每行一份文件的公文信息"),
    Format("csv", "CSV", "text/csv", "documents.csv", "公文信息表，UTF-8 带签名，可直接用 Excel、WPS 打开"),
    Format(
        "xlsx",
        "Excel 工作簿",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "documents.xlsx",
        "公文信息表",
    ),
    Format("fulltext", "JSON Lines（含正文）", "application/x-ndjson", "fulltext.jsonl", "每行一份文件，含正文"),
)


def rows(agency: Agency, address: Address, *, whole: bool = False) -> Iterator[Row]:
    """The agency's public documents in order of their making; one query for every five hundred."""
    today = timezone.localdate()
    for document in _in_pages(queries.public_documents().filter(agency=agency), whole):
        yield _row(document, address, today, whole)


def json_lines(found: Iterable[Row]) -> Iterator[bytes]:
    """One object a line."""
    for row in found:
        yield json.dumps(row, ensure_ascii=False, default=_plain).encode() + b"\n"


def csv_lines(found: Iterable[Row]) -> Iterator[bytes]:
    """With a signature, by which Excel and WPS know the encoding."""
    writer = csv.writer(_Line())
    yield "\ufeff".encode() + writer.writerow(COLUMNS.values())
    for row in found:
        yield writer.writerow([_harmless(_shown(row[key])) for key in COLUMNS])


def workbook(found: Iterable[Row]) -> IO[bytes]:
    """A workbook in a temporary file, at its beginning; rows go to the disk as they come."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("主动公开文件")
    sheet.freeze_panes = "A2"
    sheet.append(list(COLUMNS.values()))
    for row in found:
        sheet.append([_cell(sheet, row[key]) for key in COLUMNS])
    file: IO[bytes] = TemporaryFile()  # noqa: SIM115 - handed on open, to be sent
    book.save(file)
    file.seek(0)
    return file


def packed(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same, compressed as gzip while it goes."""
    packer = zlib.compressobj(wbits=31)
    for chunk in chunks:
        if part := packer.compress(chunk):
            yield part
    yield packer.flush()


def _in_pages(documents: QuerySet[Document], whole: bool) -> Iterator[Document]:
    wanted = queries.with_amended(documents).defer(*_LONG, *(() if whole else ("live__body", "live__text")))
    last = 0
    while page := list(wanted.filter(pk__gt=last).order_by("pk")[:_AT_ONCE]):
        yield from page
        last = page[-1].pk


def _row(document: Document, address: Address, today: date, whole: bool) -> Row:
    edition = document.live
    if edition is None:
        raise ValueError(f"document {document.pk} is public but has no live edition")
    withdrawn = document.state == DocumentState.WITHDRAWN
    row: Row = {
        "code": document.code,
        "index_number": document.index_number,
        "agency": document.agency.name,
        "type": document.type_info.label,
        "item": articles.item(document.item).name,
        "published_on": timezone.localdate(document.listed_at) if document.listed_at else None,
        "validity": validity(queries.validity_facts(document, edition), today).label,
        "notice": str(NoticeKind(document.notice_kind).label) if withdrawn and document.notice_kind else "",
        "notice_on": document.notice_on if withdrawn else None,
        "notice_ground": document.notice_ground if withdrawn else "",
        "edition": edition.number,
        "url": address(document),
    }
    row |= {key: getattr(edition, key) for key in COLUMNS if key not in row}
    ordered = {key: row[key] for key in COLUMNS}
    return ordered | ({"body": edition.body, "text": edition.text} if whole else {})


def _plain(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


def _shown(value: Any) -> str:
    return "" if value is None else str(value)


def _harmless(text: str) -> str:
    """No cell is taken for a formula by the program that opens the table."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _cell(sheet: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_CELL]
    cell.data_type = "s"  # text, even where it begins like a formula
    return cell


class _Line:
    """A file for the csv module that hands back what is written."""

    def write(self, text: str) -> bytes:
        return text.encode()
