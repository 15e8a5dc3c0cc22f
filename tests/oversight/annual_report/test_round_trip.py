"""Every sample, rendered in every form and in the styles agencies use, reads back identically."""

import json

import pytest
from tests.oversight.annual_report import messy
from tests.oversight.annual_report.samples import FULL, PARTIAL, REPORTS, document, numbers, report

from gongkai.applications.redaction import office
from gongkai.law.annual_report.figures import dump, load
from gongkai.oversight.annual_report import reports
from gongkai.oversight.annual_report.reading.report import Read, read
from gongkai.oversight.annual_report.rendering.forms import FORMS
from gongkai.oversight.annual_report.reports import Report
from gongkai.texts.script import html_to_traditional

pytestmark = pytest.mark.shared


def assert_same(back: Read, given: Report) -> None:
    assert numbers(back.figures) == numbers(given.figures)
    assert (back.agency, back.year, back.figures.format) == (given.agency, given.year, given.figures.format)


@pytest.mark.parametrize("form", ["html", "docx", "xlsx", "json", "xml"])
@pytest.mark.parametrize("name", FULL + PARTIAL)
def test_what_is_rendered_reads_back(name: str, form: str) -> None:
    given = report(name)
    back = read(f"report.{form}", FORMS[form].make(given))
    assert_same(back, given)
    assert back.narrative.chapters == given.narrative.chapters
    assert back.narrative.preface == given.narrative.preface
    assert back.reworded == ()


@pytest.mark.parametrize("name", [FULL[0], FULL[2]])
def test_paper_reads_back_word_for_word(name: str) -> None:
    """One report of each format; lines become the paragraphs they were."""
    given = report(name)
    back = read("report.pdf", FORMS["pdf"].make(given))
    assert_same(back, given)
    assert (back.narrative.chapters, back.narrative.title) == (given.narrative.chapters, given.title)
    assert back.missing == ()


@pytest.mark.parametrize("name", FULL + PARTIAL)
def test_pasted_from_word_into_layout_tables(name: str) -> None:
    given = report(name)
    assert_same(read("report.html", messy.pasted(given)), given)
    assert_same(read("report.htm", messy.pasted(given, encoding="gb18030")), given)


@pytest.mark.parametrize("name", FULL)
def test_copied_from_a_browser_as_text(name: str) -> None:
    given = report(name)
    back = read("pasted.txt", messy.copied(given))
    assert_same(back, given)
    assert set(back.narrative.headings) == set(range(1, 7))


@pytest.mark.parametrize("name", FULL)
def test_everything_on_one_sheet(name: str) -> None:
    given = report(name)
    assert_same(read("report.xlsx", messy.one_sheet(given)), given)


@pytest.mark.parametrize("name", FULL)
def test_slashes_are_blanks(name: str) -> None:
    given = report(name)
    back = read("report.html", messy.slashed(given))
    assert numbers(back.figures) == {key: value for key, value in numbers(given.figures).items() if value}
    assert all(value.blank or value.number for value in back.figures.values.values())


def test_the_traditional_page_of_a_report() -> None:
    given = report(FULL[1])
    back = read("report.html", html_to_traditional(FORMS["html"].make(given).decode()).encode())
    assert_same(back, given)


@pytest.mark.skipif(not office.is_installed(), reason="LibreOffice 没有安装")
def test_old_word_files_through_libreoffice() -> None:
    given = report(FULL[3])
    old = office.converted("report.docx", FORMS["docx"].make(given), "doc")
    assert old.startswith(b"\xd0\xcf\x11\xe0")
    assert_same(read("report.doc", old, convert=office.modern), given)


def test_the_real_pdf_reads_exactly_like_its_json() -> None:
    name = "full-02-hongze-2023"
    expected = load(document(name))
    back = read("report.pdf", (REPORTS / f"{name}.pdf").read_bytes())
    assert dump(back.figures) == dump(expected)
    assert (back.agency, back.year, back.missing) == ("洪泽区人民政府", 2023, ())
    assert [(one.left, one.right) for one in back.reworded] == [("2.其他法律行政止公开", "2.其他法律行政法规禁止公开")]
    assert "全年收取政府信息公开信息处理费 0 元。" in back.narrative.chapters[6]
    assert "第二十条" not in back.narrative.text


def test_json_goes_out_as_it_came_in() -> None:
    given = report(FULL[0])
    again = reports.load(json.loads(json.dumps(reports.dump(given))))
    assert reports.dump(again) == reports.dump(given)
