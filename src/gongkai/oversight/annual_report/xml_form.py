"""The JSON form of a report written as XML, and read from it; its schema is ``docs/integrate/annual-report.xsd``.

Table, row and column make the stable key of a cell: the column ``natural_person`` of the row ``granted`` in ``table3``
is ``table3.granted.natural_person``. Labels are for people; whoever reads goes by the keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lxml import etree

from gongkai.law.annual_report.formats import (
    APPLICANT_COLUMNS,
    BLOCKS,
    CHAPTERS,
    RESULT_COLUMNS,
    ReportFormat,
    named,
    rows,
    table_two,
)

NAMESPACE = "urn:gongkai:annual-report:1"
ROOT = "annual_report"
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Line:
    """A row that a table may have: its key and label, and its columns' keys with theirs."""

    key: str
    label: str
    columns: Mapping[str, str]


def lines(table: int, format: ReportFormat) -> list[Line]:
    """The rows of a table in the order of the format."""
    if table == 2:
        return [
            Line(f"{one.key}.{row}", f"{one.title}{row}", {column.key: column.label for column in one.columns})
            for one in table_two(format)
            for row in one.rows
        ]
    if table == 3:
        people = {one.key: one.label for one in APPLICANT_COLUMNS}
        return [Line(row.key, named(row), people) for row in rows(format)]
    return [Line(one.key, one.label, {column.key: column.label for column in RESULT_COLUMNS}) for one in BLOCKS]


def possible(table: int, format: ReportFormat) -> dict[str, Line]:
    """The rows that a report of the format may have, by key: in table three those of the other format as well, which
    real reports carry on."""
    others = [one for each in ReportFormat for one in lines(3, each)] if table == 3 else []
    return {one.key: one for one in (*lines(table, format), *others)}


def written(document: Mapping[str, Any]) -> bytes:
    """The XML of a report's JSON form."""
    names: Any = {None: NAMESPACE}  # the stubs know of no default namespace
    root = etree.Element(f"{{{NAMESPACE}}}{ROOT}", nsmap=names)
    root.set("year", str(document["year"]))
    root.set("format_version", str(document["format_version"]))
    for name in ("agency", "title"):
        _add(root, name).text = _plain(document[name])
    _paragraphs(_add(root, "preface"), document["preface"])
    _chapters(root, document)
    for table in (2, 3, 4):
        _table(root, table, document)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True))


def _add(parent: Any, name: str, **attributes: str) -> Any:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", {key: _plain(one) for key, one in attributes.items()})


def _plain(text: str) -> str:
    """Without the characters that XML has no way to write."""
    return _UNWRITABLE.sub("", text)


def _chapters(root: Any, document: Mapping[str, Any]) -> None:
    headings, texts = document["headings"], document["chapters"]
    for one in CHAPTERS:
        number = str(one.number)
        if number in texts or number in headings:
            chapter = _add(root, "chapter", number=number, heading=headings.get(number, ""))
            _paragraphs(chapter, texts.get(number, ""))


def _paragraphs(parent: Any, text: str) -> None:
    for line in text.split("\n") if text else ():
        _add(parent, "p").text = _plain(line)


def _table(root: Any, table: int, document: Mapping[str, Any]) -> None:
    found = document[f"table{table}"]
    if found is None:
        return
    place = _add(root, f"table{table}")
    for line in possible(table, ReportFormat(document["format_version"])).values():
        numbers = _numbers(table, found, line)
        if numbers is None:
            continue
        row = _add(place, "row", key=line.key, label=line.label)
        for column, label in line.columns.items():
            cell = _add(row, "cell", column=column, label=label)
            if (number := numbers[column]) is not None:
                cell.text = f"{Decimal(str(number)):f}"
            if raw := numbers.get(_raw(column)):
                cell.set("written", _plain(raw))


def _raw(column: str) -> str:
    """Where the JSON form keeps an amount as it was written, with its unit."""
    return column.replace("_yuan", "_raw") if column.endswith("_yuan") else ""


def _numbers(table: int, found: Mapping[str, Any], line: Line) -> Mapping[str, Any] | None:
    """The numbers of a row by column; None for a row that was not reported."""
    if table == 2:
        section, _, name = line.key.partition(".")
        return dict(found[section][name])
    given = found["rows" if table == 3 else "blocks"].get(line.key)
    return None if given is None else dict(zip(line.columns, given, strict=True))


def document(data: bytes) -> dict[str, Any]:
    """The JSON form of a report's XML, to be loaded like any other. Raises ValueError in Chinese.

    Numbers stay the text they are: what is no number is told by the checks, at its cell.
    """
    root = _root(data)
    found: dict[str, Any] = {"year": root.get("year"), "format_version": root.get("format_version")}
    for name in ("agency", "title"):
        found[name] = (root.findtext(f"{{{NAMESPACE}}}{name}") or "").strip()
    found["preface"] = "\n".join(text for one in _children(root, "preface") for text in _texts(one))
    chapters = {str(one.get("number")): one for one in _children(root, "chapter")}
    found["headings"] = {number: one.get("heading") for number, one in chapters.items() if one.get("heading")}
    found["chapters"] = {number: "\n".join(_texts(one)) for number, one in chapters.items()}
    for table in (2, 3, 4):
        for place in _children(root, f"table{table}"):
            found[f"table{table}"] = _read_table(table, place, _format(root))
    return found


def _format(root: Any) -> ReportFormat:
    try:
        return ReportFormat(str(root.get("format_version")))
    except ValueError:
        raise ValueError("请写明 format_version（2019 或 2021）。") from None


def _root(data: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"第{error.lineno}行附近不是完整的 XML。") from None
    about: Any = root.getroottree().docinfo
    if about.doctype:
        raise ValueError("不接受带有 DOCTYPE 的文件，请删去后再试。")
    if root.tag != f"{{{NAMESPACE}}}{ROOT}":
        raise ValueError(f"根元素应当是命名空间 {NAMESPACE} 中的 {ROOT}。")
    return root


def _children(parent: Any, name: str) -> Iterator[Any]:
    yield from parent.iterchildren(f"{{{NAMESPACE}}}{name}")


def _texts(parent: Any) -> Iterator[str]:
    for one in _children(parent, "p"):
        yield "".join(one.itertext())


def _read_table(table: int, place: Any, format: ReportFormat) -> dict[str, Any]:
    known = possible(table, format)
    found: dict[str, dict[str, str]] = {}
    for row in _children(place, "row"):
        key = str(row.get("key"))
        if key not in known or key in found:
            fault = "有两行" if key in found else "不是这种表式的行"
            raise ValueError(f"第{row.sourceline}行：table{table} 的“{key}”{fault}。")
        found[key] = _read_row(row, known[key])
    if table == 2:
        sections: dict[str, Any] = {}
        for key, cells in found.items():
            section, _, name = key.partition(".")
            sections.setdefault(section, {})[name] = cells
        return sections
    in_order = {key: [cells.get(column) for column in known[key].columns] for key, cells in found.items()}
    return {"rows" if table == 3 else "blocks": in_order}


def _read_row(row: Any, line: Line) -> dict[str, str]:
    """Cells by column, amounts as they were written beside them."""
    found: dict[str, str] = {}
    for cell in _children(row, "cell"):
        column = str(cell.get("column"))
        if column not in line.columns or column in found:
            fault = "有两格" if column in found else "不是这一行的格"
            raise ValueError(f"第{cell.sourceline}行：“{line.key}”的“{column}”{fault}。")
        found[column] = "".join(cell.itertext()).strip()
        if (written := cell.get("written")) and (raw := _raw(column)):
            found[raw] = written
    return found
