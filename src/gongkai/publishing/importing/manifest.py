"""Lists 清单: one row for one document, as a table (CSV, Excel), JSON or TOML, whatever its columns are called."""

from __future__ import annotations

import csv
import io
import json
import posixpath
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gongkai.texts import spreadsheets
from gongkai.texts.decoding import decode
from gongkai.texts.reading import UnreadableFile

MAX_ROWS = 100_000
_HEAD_SEARCH_ROWS = 10  # lists begin with their own title and notes; the row of column names comes soon after

# Characters that show nothing and that databases refuse: control characters, halves of characters.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

COLUMNS: dict[str, tuple[str, ...]] = {
    "title": (
        "标题", "名称", "公文名称", "文件名称", "文件标题", "信息名称", "信息标题", "公文标题", "ArticleTitle", "title",
    ),
    "document_number": (
        "发文字号", "文号", "发文文号", "公文文号", "发布文号", "文件编号", "document_number", "number",
    ),
    "date_of_issue": (
        "成文日期", "成文时间", "发文日期", "发文时间", "生成日期", "制发日期", "印发日期", "date_of_issue", "date",
    ),
    "published_on": (
        "发布日期", "公开日期", "发布时间", "公开时间", "公布日期", "上网日期", "PubDate", "published_on",
    ),
    "issuer": (
        "发文机关", "发布机构", "发文单位", "制发机关", "制定机关", "发文机构", "发布机关", "公文发布机构", "issuer",
    ),
    "subject": ("主题分类", "组配分类", "信息分类", "主题类别", "subject"),
    "genre": ("体裁", "体裁分类", "文种", "公文种类", "genre"),
    "validity": ("有效性", "时效", "时效性", "效力状态", "效力", "文件状态", "validity"),
    "effective_on": ("施行日期", "实施日期", "生效日期", "施行时间", "实施时间", "生效时间", "effective_on"),
    "expires_on": ("失效日期", "废止日期", "失效时间", "废止时间", "有效期至", "expires_on"),
    "keywords": ("主题词", "关键词", "关键字", "标签", "Keywords"),
    "summary": ("内容概述", "摘要", "概述", "内容摘要", "简介", "Description", "summary"),
    "source": ("来源", "信息来源", "稿件来源", "文章来源", "ContentSource", "source"),
    "index_number": ("索引号", "信息索引号", "索引", "index_number"),
    "url": ("原网址", "网址", "url", "链接", "原链接", "原文链接", "地址", "原地址", "页面地址", "old_address"),
    "column": ("栏目", "所属栏目", "栏目名称", "ColumnName", "column"),
    "body": ("正文", "内容", "正文内容", "body", "content"),
    "file": ("文件", "文件路径", "正文文件", "文件名", "路径", "file", "path"),
    "attachments": ("附件", "附件路径", "附件文件", "相关附件", "attachments", "attachment"),
    "type": ("类型", "文件类型", "信息类型", "type"),
    "department": ("处室", "承办处室", "责任处室", "责任部门", "承办部门", "起草处室", "department"),
    "disclosure": ("公开属性", "公开方式", "公开类型", "disclosure"),
}  # fmt: skip
"""What a column may be called, by the key of what it holds."""


def folded(name: str) -> str:
    """A column's name without what differs from list to list: case, width, spaces, marks, notes in brackets."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\s:：*＊·_\-]|\(.*?\)|【.*?】|\[.*?\]", "", plain)


_KEYS = {folded(spelling): key for key, spellings in COLUMNS.items() for spelling in spellings}
LABELS: dict[str, str] = {key: spellings[0] for key, spellings in COLUMNS.items()}


def key_of(name: str) -> str | None:
    """What a column of that name holds; None when nobody knows."""
    return _KEYS.get(folded(name))


@dataclass(frozen=True)
class Row:
    """One row: ``where`` is what to call it to the person (“清单.csv第3行”), ``values`` the filled cells by key,
    ``beside`` the list it stands in: what it names lies there."""

    where: str
    values: Mapping[str, str]
    beside: str = ""


@dataclass
class Table:
    """A list that was read: its rows, the columns nobody knows, the rows that cannot be taken and why."""

    rows: list[Row] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def is_manifest(name: str) -> bool:
    """Whether a file lying in a source is its list."""
    stem, suffix = posixpath.splitext(posixpath.basename(name).lower())
    return stem in ("manifest", "清单", "导入清单") and suffix in (".csv", ".xlsx", ".json", ".toml")


def read_table(name: str, data: bytes) -> Table:
    """The rows of a list. Raises UnreadableFile in Chinese when it is none."""
    suffix = posixpath.splitext(name)[1].lower()
    label = name
    if suffix == ".xlsx":
        return _from_excel(data, label)
    if suffix == ".csv":
        return _from_csv(data, label)
    if suffix == ".json":
        return _from_objects(_json(data), label)
    if suffix == ".toml":
        return _from_objects(_toml(data), label)
    raise UnreadableFile(f"清单“{label}”的格式不认识。可以用 .xlsx、.csv、.json 或 .toml。")


def _from_excel(data: bytes, label: str) -> Table:
    rows = spreadsheets.read_rows(data)
    hidden = [
        (f"{label}第{row.number}行", "这一行在表里被隐藏。需要导入的，请取消隐藏后再试。") for row in rows if row.hidden
    ]
    table = _from_cells([(row.number, row.cells) for row in rows if not row.hidden], label)
    table.refused += hidden
    return table


def _from_csv(data: bytes, label: str) -> Table:
    decoded = decode(data)
    if decoded.lossy:
        raise UnreadableFile(f"清单“{label}”的编码有误。请另存为“CSV UTF-8”后再试。")
    try:
        dialect: Any = csv.Sniffer().sniff(decoded.text[:4096], delimiters=",;\t")
    except csv.Error:
        dialect = csv.excel
    reader = csv.reader(io.StringIO(decoded.text, newline=""), dialect)
    cells = []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                cells.append((reader.line_num, [cell.strip() for cell in row]))
    except csv.Error as error:
        raise UnreadableFile(f"清单“{label}”第{reader.line_num}行读不下去：{error}。请用 Excel 另存后再试。") from error
    return _from_cells(cells, label)


def _from_cells(rows: list[tuple[int, list[str]]], label: str) -> Table:
    if len(rows) > MAX_ROWS:
        raise UnreadableFile(f"清单“{label}”有 {len(rows)} 行，超过 {MAX_ROWS} 行的上限。请拆成几份。")
    head = max(range(min(_HEAD_SEARCH_ROWS, len(rows))), key=lambda at: _known(rows[at][1]), default=None)
    if head is None or not _known(rows[head][1]):
        names = "、".join(LABELS[key] for key in ("title", "document_number", "date_of_issue", "body", "file"))
        raise UnreadableFile(f"清单“{label}”里没有找到列名。第一行请写列名，如：{names}。")
    columns = rows[head][1]
    repeated = {key for key in (_KEYS.get(folded(one)) for one in columns) if key and _count(columns, key) > 1}
    if repeated & {"title", "file", "body"}:
        named = "、".join(LABELS[key] for key in sorted(repeated))
        raise UnreadableFile(f"清单“{label}”有两列都是“{named}”，分不清用哪一列。请改名或删去一列。")
    table = Table(unknown_columns=[one for one in columns if one and folded(one) not in _KEYS])
    for number, cells in rows[head + 1 :]:
        table.rows.append(Row(f"{label}第{number}行", _by_key(zip(columns, cells, strict=False)), label))
    return table


def _known(cells: list[str]) -> int:
    return sum(folded(cell) in _KEYS for cell in cells)


def _count(columns: list[str], key: str) -> int:
    return sum(_KEYS.get(folded(one)) == key for one in columns)


def _by_key(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Filled values by key; of two columns with the same meaning the first filled one counts."""
    values: dict[str, str] = {}
    for name, value in pairs:
        key = _KEYS.get(folded(name))
        filled = UNWRITABLE.sub("", value).strip()
        if key and filled:
            values.setdefault(key, filled)
    return values


def _json(data: bytes) -> Any:
    try:
        return json.loads(decode(data).text)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"清单不是正确的 JSON：{error}。请改正后再试。") from None


def _toml(data: bytes) -> Any:
    try:
        return tomllib.loads(decode(data).text)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"清单不是正确的 TOML：{error}。请改正后再试。") from None


def _from_objects(data: Any, label: str) -> Table:
    """A list of objects; an object with such a list in it; or an object from file names to values."""
    if isinstance(data, dict):
        inner = next((data[key] for key in ("documents", "files", "items", "文件") if key in data), data)
        data = [{"file": name} | dict(one) for name, one in inner.items()] if _names_files(inner) else inner
    if not isinstance(data, list) or not all(isinstance(one, dict) for one in data):
        raise UnreadableFile(f"清单“{label}”的结构不对：应当是一组对象，每个对象写明文件和各项要素。")
    table = Table()
    unknown: dict[str, None] = {}
    for number, one in enumerate(data, start=1):
        unknown |= {str(name): None for name in one if folded(str(name)) not in _KEYS}
        pairs = [(str(name), _as_text(value)) for name, value in one.items()]
        table.rows.append(Row(f"{label}第{number}项", _by_key(pairs), label))
    table.unknown_columns = list(unknown)
    return table


def _names_files(data: Any) -> bool:
    return isinstance(data, dict) and bool(data) and all(isinstance(one, dict) for one in data.values())


def _as_text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return "" if value is None or isinstance(value, dict) else str(value)
