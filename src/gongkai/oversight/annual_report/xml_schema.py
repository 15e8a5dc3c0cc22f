"""The XSD of a report's XML form, written from the formats: ``docs/integrate/annual-report.xsd``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker

from gongkai.law.annual_report.formats import APPLICANT_COLUMNS, CHAPTERS, RESULT_COLUMNS, ReportFormat
from gongkai.oversight.annual_report.xml_form import NAMESPACE, ROOT, lines

_XS = "http://www.w3.org/2001/XMLSchema"
_TABLES = {2: (1, 3), 3: (len(APPLICANT_COLUMNS),) * 2, 4: (len(RESULT_COLUMNS),) * 2}
"""How many cells a row has, at least and at most."""
_EXPLAINED = (
    "政府信息公开工作年度报告。空的 cell 是空白格，不是0；没有报告的行和表不写。"
    "表、行、列连起来是格的编号，如 table3.granted.natural_person；label 只供人看。由 gongkai docs 生成。"
)
_XSD = ElementMaker(namespace=_XS, nsmap={"xs": _XS, None: NAMESPACE, "r": NAMESPACE})


def text() -> str:
    """The whole file, with a line break at the end."""
    return str(etree.tostring(schema(), encoding="unicode", pretty_print=True))


def schema() -> Any:
    """One schema for both formats; which columns a row of table two has in which, stands beside its key."""
    return _XSD.schema(
        {"targetNamespace": NAMESPACE, "elementFormDefault": "qualified"},
        _said(_EXPLAINED),
        _XSD.element(
            {"name": ROOT}, _report(), *(_once(f"rows_of_table{one}", f"table{one}/r:row", "key") for one in _TABLES)
        ),
        _XSD.complexType({"name": "paragraphs"}, _XSD.sequence(_any_number("p", "xs:string"))),
        _XSD.complexType(
            {"name": "chapter"},
            _XSD.complexContent(
                _XSD.extension(
                    {"base": "paragraphs"},
                    _one_of("number", {str(one.number): one.title for one in CHAPTERS}),
                    _XSD.attribute(name="heading", type="xs:string", use="required"),
                )
            ),
        ),
        _XSD.simpleType(
            {"name": "number"},
            _said("小数，或者空白"),
            _XSD.union(
                _XSD.simpleType(_XSD.restriction(base="xs:decimal")),
                _XSD.simpleType(_XSD.restriction({"base": "xs:string"}, _XSD.length(value="0"))),
            ),
        ),
        *(_table(one) for one in _TABLES),
    )


def _said(text: str) -> Any:
    return _XSD.annotation(_XSD.documentation(text))


def _any_number(name: str, kind: str, *inside: Any) -> Any:
    return _XSD.element({"name": name, "type": kind, "minOccurs": "0", "maxOccurs": "unbounded"}, *inside)


def _once(name: str, path: str, attribute: str) -> Any:
    return _XSD.unique({"name": name}, _XSD.selector(xpath=f"r:{path}"), _XSD.field(xpath=f"@{attribute}"))


def _one_of(name: str, values: Mapping[str, str]) -> Any:
    allowed = [_XSD.enumeration({"value": value}, _said(said)) for value, said in values.items()]
    kind = _XSD.simpleType(_XSD.restriction({"base": "xs:string"}, *allowed))
    return _XSD.attribute({"name": name, "use": "required"}, kind)


def _report() -> Any:
    return _XSD.complexType(
        _XSD.sequence(
            _XSD.element({"name": "agency", "type": "xs:string"}, _said("机关名称")),
            _XSD.element({"name": "title", "type": "xs:string"}),
            _XSD.element({"name": "preface", "type": "paragraphs"}, _said("第一章以前的文字，一段一个 p")),
            _any_number("chapter", "chapter", _said("各章的标题和正文，照实际所写")),
            *(_XSD.element(name=f"table{one}", type=f"table{one}", minOccurs="0") for one in _TABLES),
        ),
        _XSD.attribute({"name": "year", "type": "xs:integer", "use": "required"}, _said("统计年度")),
        _one_of("format_version", {one.value: one.source for one in ReportFormat}),
    )


def _table(table: int) -> Any:
    rows: dict[str, str] = {}
    columns: dict[str, str] = {}
    for format in ReportFormat:
        for line in lines(table, format):
            said = f"（{format.value}：{'、'.join(line.columns)}）" if table == 2 else ""
            rows[line.key] = rows.get(line.key, line.label) + said
            columns |= line.columns
    least, most = _TABLES[table]
    cells = {"name": "cell", "minOccurs": str(least), "maxOccurs": str(most)}
    return _XSD.complexType(
        {"name": f"table{table}"},
        _XSD.sequence(
            _XSD.element(
                {"name": "row", "maxOccurs": "unbounded"},
                _XSD.complexType(
                    _XSD.sequence(_XSD.element(cells, _cell(columns, with_unit=table == 2))),
                    _one_of("key", rows),
                    _XSD.attribute(name="label", type="xs:string"),
                ),
                _once(f"cells_of_table{table}", "cell", "column"),
            )
        ),
    )


def _cell(columns: Mapping[str, str], *, with_unit: bool) -> Any:
    given = [_one_of("column", columns), _XSD.attribute(name="label", type="xs:string")]
    if with_unit:
        said = _said("金额的原文，带单位；格内是折合的元")
        given.append(_XSD.attribute({"name": "written", "type": "xs:string"}, said))
    return _XSD.complexType(_XSD.simpleContent(_XSD.extension({"base": "number"}, *given)))
