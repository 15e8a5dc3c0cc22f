"""The schemas fit what is written, as JSON and as XML, and refuse what the loader refuses."""

import re
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree
from tests.law.annual_report.made import built
from tests.oversight.portal import wrong

from gongkai.law.annual_report.figures import Figures, Value
from gongkai.law.annual_report.wording import Narrative
from gongkai.oversight.annual_report import reports, xml_schema
from gongkai.oversight.annual_report.reading.report import read
from gongkai.oversight.annual_report.rendering.forms import FORMS
from gongkai.oversight.annual_report.schema import schema
from gongkai.texts.reading import UnreadableFile

validators = pytest.importorskip("jsonschema_rs")


def fits(document: dict[str, Any]) -> bool:
    return bool(validators.validator_for(schema()).is_valid(document))


@pytest.mark.parametrize("year", [2019, 2023])
def test_what_is_dumped_fits(year: int) -> None:
    given = wrong.report()
    assert fits(reports.dump(reports.Report(agency="x", figures=built(year, {}), narrative=given.narrative)))


@pytest.mark.parametrize(
    "more",
    [
        {"format_version": "2022"},
        {"table3": {"rows": {"granted": [0] * 6}}},
        {"table3": {"rows": {"given": [0] * 7}}},
        {"table4": {"blocks": {"review": [0, 0, 0, 0, "x"]}}},
        {"table2": {"art20_9": {"规章": {"made": 1}}}},
    ],
)
def test_what_is_not_of_the_form_does_not(more: dict[str, Any]) -> None:
    assert not fits(reports.dump(wrong.report()) | more)


XSD = etree.XMLSchema(etree.fromstring(xml_schema.text()))


def fits_xsd(data: bytes) -> bool:
    return bool(XSD.validate(etree.fromstring(data)))


@pytest.mark.parametrize("year", [2019, 2023])
def test_xml_fits_and_is_the_json_form(year: int) -> None:
    """Blanks, words that XML cannot write, and an amount with its unit."""
    given = built(year, {"table3.granted.natural_person": 5})
    odd = {"table4.review.total": Value(None)}
    if year == 2019:
        odd["table2.art20_9.政府集中采购.amount_yuan"] = Value(Decimal("1646.5"), "1646.5万元", "万元")
    figures = Figures(year, given.format, dict(given.values) | odd)
    words = Narrative("<标题>", "", {1: " 一段。\n\n二\x0b段。", 5: ""}, {1: "一、总体“情况”", 5: "五、问题"})
    report = reports.Report(agency="甲 & 乙", figures=figures, narrative=words)
    data = FORMS["xml"].make(report)
    assert fits_xsd(data)
    back = read("report.xml", data)
    assert back.narrative.chapters[1] == " 一段。\n\n二段。"
    without = Narrative(words.title, "", {**words.chapters, 1: back.narrative.chapters[1]}, words.headings)
    assert reports.dump(back) == reports.dump(reports.Report(agency="甲 & 乙", figures=figures, narrative=without))


_OF_THE_FORM = ("format_version", "不是这种表式的行", "有两行", "有两格", "根元素应当是")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('format_version="2021"', 'format_version="2022"', "format_version"),
        ('key="granted"', 'key="given"', "不是这种表式的行"),
        ('key="granted"', 'key="partial"', "有两行"),
        ('column="natural_person"', 'column="total"', "有两格"),
        ("</table4>", "", "不是完整的 XML"),
        ("<annual_report [^>]*>", '<annual_report year="2023">', "根元素应当是"),
        (r"\?>", '?><!DOCTYPE a [<!ENTITY b "c">]>', "DOCTYPE"),
    ],
)
def test_xml_that_is_not_of_the_form_is_refused_with_its_line(old: str, new: str, told: str) -> None:
    data = re.sub(old, new, FORMS["xml"].make(wrong.report()).decode(), count=1).encode()
    with pytest.raises(UnreadableFile, match=told):
        read("report.xml", data)
    assert told not in _OF_THE_FORM or not fits_xsd(data)
