"""The formats as declared: what the documents show, to the letter."""

import pytest

from gongkai.law.annual_report.formats import ReportFormat, basis, cells, format_of, rows, table_two


@pytest.mark.parametrize(
    ("year", "format"),
    [
        (2019, ReportFormat.TRIAL_2019),
        (2020, ReportFormat.TRIAL_2019),
        (2021, ReportFormat.CURRENT_2021),
        (2025, ReportFormat.CURRENT_2021),
    ],
)
def test_the_year_chooses_the_format(year: int, format: ReportFormat) -> None:
    assert format_of(year) is format


def test_a_year_before_the_formats_has_none() -> None:
    with pytest.raises(ValueError, match="2019年度起"):
        basis(2018)


def test_both_formats_have_as_many_cells_as_their_documents() -> None:
    # Table three: 23 and 25 rows of seven; table four: three blocks of five; table two: by its blocks.
    assert [len(rows(format)) for format in ReportFormat] == [23, 25]
    count = {
        format: [sum(cell.table == table for cell in cells(format)) for table in (2, 3, 4)] for format in ReportFormat
    }
    assert count == {ReportFormat.TRIAL_2019: [22, 161, 15], ReportFormat.CURRENT_2021: [10, 175, 15]}


def test_every_key_is_its_own() -> None:
    for format in ReportFormat:
        keys = [cell.key for cell in cells(format)]
        assert len(set(keys)) == len(keys)


def test_table_two_is_worded_as_the_documents_word_it() -> None:
    now = {
        section.title: [column.label for column in section.columns] for section in table_two(ReportFormat.CURRENT_2021)
    }
    assert now == {
        "第二十条第（一）项": ["本年制发件数", "本年废止件数", "现行有效件数"],
        "第二十条第（五）项": ["本年处理决定数量"],
        "第二十条第（六）项": ["本年处理决定数量"],
        "第二十条第（八）项": ["本年收费金额（单位：万元）"],
    }
    before = {section.title: section.rows for section in table_two(ReportFormat.TRIAL_2019)}
    assert before == {
        "第二十条第（一）项": ("规章", "规范性文件"),
        "第二十条第（五）项": ("行政许可", "其他对外管理服务事项"),
        "第二十条第（六）项": ("行政处罚", "行政强制"),
        "第二十条第（八）项": ("行政事业性收费",),
        "第二十条第（九）项": ("政府集中采购",),
    }
