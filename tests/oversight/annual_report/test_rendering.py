"""How a report is drawn: the official layout cell by cell, headings for every number, text that stays text."""

import io

import docx
import openpyxl
import pypdfium2
import pytest
from lxml import html
from tests.law.annual_report.made import built
from tests.oversight.portal import wrong

from gongkai.law.annual_report.figures import Figures, Value
from gongkai.law.annual_report.formats import cells
from gongkai.law.annual_report.wording import Narrative
from gongkai.oversight.annual_report.rendering import layout
from gongkai.oversight.annual_report.rendering.forms import FORMS
from gongkai.oversight.annual_report.rendering.layout import Role
from gongkai.oversight.annual_report.rendering.marking import positions
from gongkai.oversight.annual_report.reports import Report


@pytest.mark.parametrize(("year", "merged"), [(2020, 20), (2023, 22)])
def test_table_three_merges_as_the_documents_do(year: int, merged: int) -> None:
    """三、本年度办理结果 reaches over 20 rows in the trial format, 22 in the present one."""
    table = layout.tables(built(year, {}))[1]
    spans = {place.text: (place.wide, place.high) for line in table.lines for place in line if place.text}
    assert spans["三、本年度办理结果"] == (1, merged)
    assert spans["（三）不予公开"] == (1, 8)
    assert spans["（四）无法提供"] == (1, 3)
    assert spans["（五）不予处理"] == (1, 5)
    assert spans["（六）其他处理"] == ((1, 3) if year == 2023 else (2, 1))
    assert spans["（七）总计"] == (2, 1)
    assert spans["四、结转下年度继续办理"] == (3, 1)
    assert spans["法人或其他组织"] == (5, 1)


def test_table_four_has_fifteen_columns_under_two_heads() -> None:
    table = layout.tables(built(2023, {}))[2]
    assert [[(one.text, one.wide) for one in line] for line in table.lines[:1]] == [[("行政复议", 5), ("行政诉讼", 10)]]
    assert [one.text for one in table.lines[1]] == [
        *("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"),
        *("未经复议直接起诉", "复议后起诉"),
    ]
    assert len(table.lines[-1]) == 15


@pytest.mark.parametrize("year", [2019, 2023])
def test_every_cell_stands_in_exactly_one_place_and_no_place_is_empty(year: int) -> None:
    figures = built(year, {})
    keys = []
    for table in layout.tables(figures):
        covered = [
            (row + down, column + across)
            for row, column, place in positions(table)
            for down in range(place.high)
            for across in range(place.wide)
        ]
        assert sorted(covered) == [(r, c) for r in range(len(table.lines)) for c in range(len(table.widths))]
        keys += [place.key for line in table.lines for place in line if place.role is Role.NUMBER]
    assert sorted(keys) == sorted(cell.key for cell in cells(figures.format))


def test_headings_of_a_number_are_those_of_its_own_block() -> None:
    """In table two every block has headings of its own; those of the block above are none of its."""
    page = html.fromstring(FORMS["html"].make(wrong.report()))
    said = {
        row.getparent().xpath("./th")[0].text: [page.get_element_by_id(one).text for one in row.get("headers").split()]
        for row in page.xpath("//table[contains(@class, 'report-table--2')]//td")
    }
    assert said["行政许可"] == ["第二十条第（五）项", "本年处理决定数量", "行政许可"]
    assert said["行政事业性收费"] == ["第二十条第（八）项", "本年收费金额（单位：万元）", "行政事业性收费"]


def test_what_an_agency_wrote_is_never_markup_or_formula() -> None:
    figures = built(2023, {})
    strange = Value(None, "=1+1<b>", "=1+1<b>")
    figures = Figures(2023, figures.format, dict(figures.values) | {"table2.art20_5.行政许可.decisions": strange})
    words = Narrative("=标题<script>x</script>", "", {1: "+86<img src=x>"}, {1: "一、总体情况"})
    report = Report(agency="澜川市", figures=figures, narrative=words)
    page = FORMS["html"].make(report).decode()
    assert "<script>" not in page
    assert "<img" not in page
    book = openpyxl.load_workbook(io.BytesIO(FORMS["xlsx"].make(report)))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


def test_word_has_real_tables_on_official_paper() -> None:
    document = docx.Document(io.BytesIO(FORMS["docx"].make(wrong.report())))
    assert [len(table.columns) for table in document.tables] == [4, 10, 15]
    section = document.sections[0]
    margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert [round(one.mm) for one in margins if one is not None] == [37, 26, 35, 28]


def test_every_table_of_the_paper_stands_on_one_page() -> None:
    pages = pypdfium2.PdfDocument(FORMS["pdf"].make(wrong.report()))
    texts = ["".join(page.get_textpage().get_text_range().split()) for page in pages]
    (three,) = [text for text in texts if "一、本年新收政府信息公开申请数量" in text]
    assert "四、结转下年度继续办理" in three
    assert "三、收到和处理政府信息公开申请情况" in three
    assert sum("申请人情况" in text for text in texts) == 1
