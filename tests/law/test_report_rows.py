"""The rows and columns of tables three and four, held against published reports."""

from __future__ import annotations

import json

import pytest

from gongkai.law.report_rows import (
    APPLICANT_COLUMNS,
    BLOCKS,
    RESULT_COLUMNS,
    ReportFormat,
    format_of,
    row,
    row_in,
    rows,
)

from .conftest import Regulations

TRIAL, CURRENT = ReportFormat.TRIAL_2019, ReportFormat.CURRENT_2021


def test_the_format_follows_the_year_reported_on() -> None:
    assert [format_of(year) for year in (2019, 2020, 2021, 2026)] == [TRIAL, TRIAL, CURRENT, CURRENT]
    with pytest.raises(ValueError, match="2018年度"):
        format_of(2018)
    assert [format.source for format in ReportFormat] == ["国办公开办函〔2019〕60号", "国办公开办函〔2021〕30号"]


def test_the_trial_format_has_one_row_for_what_the_present_one_divides() -> None:
    assert (len(rows(TRIAL)), len(rows(CURRENT))) == (23, 25)
    assert row_in("other_overdue_fee", TRIAL) == row_in("other_other", TRIAL) == "other"
    assert row_in("other_overdue_fee", CURRENT) == "other_overdue_fee"
    assert row_in("granted", TRIAL) == "granted"
    assert row("other", TRIAL).label == "（六）其他处理"
    assert {row_in(one.key, TRIAL) for one in rows(CURRENT)} == {one.key for one in rows(TRIAL)}


def test_rows_are_numbered_within_their_group() -> None:
    found = row("deny_admin_query")
    assert (found.label, found.groups) == ("8.属于行政查询事项", ("三、本年度办理结果", "（三）不予公开"))
    assert row("noproc_petition").label == "1.信访举报投诉类申请"


def test_unknown_rows_are_named() -> None:
    with pytest.raises(KeyError, match="other_other"):
        row("other_other", TRIAL)
    with pytest.raises(KeyError, match="granted_twice"):
        row_in("granted_twice", CURRENT)


@pytest.mark.shared
def test_published_reports_have_these_rows_columns_and_blocks(regulations: Regulations) -> None:
    reports = [
        json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((regulations.root.parent / "reports").glob("full-*.json"))
    ]
    assert {report["format_version"] for report in reports} == {"2019", "2021"}
    for report in reports:
        # 洪泽 2023 divides nothing under 其他处理 although its other tables are the present ones.
        format = TRIAL if "other" in report["table3"]["rows"] else ReportFormat(report["format_version"])
        assert set(report["table3"]["rows"]) == {one.key for one in rows(format)}, report["id"]
        assert report["table3"]["columns"] == [column.key for column in APPLICANT_COLUMNS]
        assert set(report["table4"]["blocks"]) == {"review", "litigation_direct", "litigation_after_review"}
        assert all(len(values) == len(RESULT_COLUMNS) for values in report["table4"]["blocks"].values())
    assert [block.key for block in BLOCKS] == list(reports[0]["table4"]["blocks"])
