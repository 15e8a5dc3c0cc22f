"""Known faults of published reports are found in whatever form and style the report comes."""

import json
from pathlib import Path

import pytest
from tests.oversight.annual_report import messy
from tests.oversight.annual_report.samples import report

from gongkai.oversight.annual_report.checking import check, told
from gongkai.oversight.annual_report.reading.report import read
from gongkai.oversight.annual_report.rendering.forms import FORMS

pytestmark = pytest.mark.shared
HONGZE, JINHU, NILKA = "full-02-hongze-2023", "part-02-jinhu-2023", "part-17-nilka-town-2023"
RIGHT = ("full-01-sh-bgt-2019", "full-04-suqian-2023", "full-07-shuyang-fgj-2023")
STYLES = {
    "html": (FORMS["html"].make, "report.html"),
    "docx": (FORMS["docx"].make, "report.docx"),
    "xlsx": (FORMS["xlsx"].make, "report.xlsx"),
    "pdf": (FORMS["pdf"].make, "report.pdf"),
    "pasted from Word": (messy.pasted, "report.html"),
    "copied": (messy.copied, "pasted.txt"),
    "one sheet": (messy.one_sheet, "report.xlsx"),
}


def errors(name: str, style: str) -> set[tuple[str, str]]:
    make, file = STYLES[style]
    return {(one.code, one.place) for one in check(read(file, make(report(name)))).findings if one.is_error}


@pytest.mark.parametrize("style", STYLES)
def test_the_errors_of_table_four_are_found(style: str) -> None:
    assert errors(HONGZE, style) == {("T4-1", "表四“行政复议”"), ("T4-1", "表四“复议后起诉”")}


@pytest.mark.parametrize("style", ["html", "docx", "pasted from Word"])
def test_a_single_wrong_block_is_found(style: str) -> None:
    assert errors(JINHU, style) == {("T4-1", "表四“未经复议直接起诉”")}


@pytest.mark.parametrize("style", [one for one in STYLES if one != "pdf"])
@pytest.mark.parametrize("name", RIGHT)
def test_no_error_is_raised_on_the_reports_that_are_right(name: str, style: str) -> None:
    assert errors(name, style) == set()


@pytest.mark.parametrize("style", ["html", "pasted from Word"])
def test_a_town_has_no_rules_of_its_own(style: str) -> None:
    make, file = STYLES[style]
    found = check(read(file, make(report(NILKA)))).findings
    assert [(one.left, one.right) for one in found if one.code == "S-1"] == [("6", "0")]
    assert "表四" in {one.place for one in found if one.code == "F-7"}


def test_the_real_pdf_with_all_that_is_to_say_of_it(shared_data: Path) -> None:
    checked = check(read("report.pdf", (shared_data / "reports" / f"{HONGZE}.pdf").read_bytes()))
    assert [(one.code, one.place) for one in checked.findings] == [
        ("T4-1", "表四“行政复议”"),
        ("T4-1", "表四“复议后起诉”"),
        ("F-1", "表三（六）其他处理"),
        ("F-5", "table3.deny_law_forbidden"),
    ]
    assert checked.read_cells == {2: 10, 3: 161, 4: 15}
    document = json.loads(json.dumps(told(checked), ensure_ascii=False))
    assert document["table4"]["blocks"]["review"] == [10, 1, 0, 0, 0]
    assert document["findings"][0]["values"] == ["11", "0"]
    assert len(document["cells"]) == 186
