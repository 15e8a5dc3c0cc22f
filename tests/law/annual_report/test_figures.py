"""What stands in a cell, as agencies write it; figures in and out as JSON."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from tests.law.annual_report.made import holding

from gongkai.law.annual_report.figures import Figures, dump, in_yuan, load, read


@pytest.mark.parametrize(
    ("text", "number", "remark"),
    [
        ("0", "0", ""),
        ("２１", "21", ""),
        (" 1,808,595 ", "1808595", ""),
        ("59237.2449", "59237.2449", ""),
        ("-3", "-3", ""),
        ("+2", "2", ""),
        ("22（其中修订16件）", "22", "(其中修订16件)"),
        ("12 件", "12", "件"),
        ("251000元", "251000", "元"),
        ("1646.5万元", "1646.5", "万元"),
    ],
)
def test_numbers_as_they_are_written(text: str, number: str, remark: str) -> None:
    value = read(text)
    assert (value.number, value.remark, value.raw) == (Decimal(number), remark, text.strip())


@pytest.mark.parametrize("text", ["", " ", "/", "／", "-", "—", "——", "无", "\xa0", "　"])
def test_marks_for_nothing_are_blank_and_count_as_nought(text: str) -> None:
    value = read(text)
    assert value.blank
    assert value.number is None
    assert value.counted == 0


@pytest.mark.parametrize("text", ["约20", "见附件", "12+13", "1,23"])
def test_what_is_no_number_stays_as_it_was_written(text: str) -> None:
    value = read(text)
    assert value.unreadable
    assert value.raw == text


@pytest.mark.parametrize(("text", "yuan"), [("251000元", 251000), ("1646.5万元", 16465000), ("300", 300), ("", None)])
def test_amounts_in_yuan(text: str, yuan: int | None) -> None:
    assert in_yuan(read(text)) == yuan


@given(holding())
@settings(max_examples=20, deadline=None)
def test_what_is_dumped_loads_the_same(figures: Figures) -> None:
    again = load(dump(figures))
    assert dump(again) == dump(figures)
    assert {key: value.number for key, value in again.values.items()} == {
        key: value.number for key, value in figures.values.items()
    }


def test_an_amount_keeps_the_unit_it_was_written_in() -> None:
    table = {"art20_9": {"政府集中采购": {"projects": 6, "amount_raw": "1646.5万元", "amount_yuan": 16465000}}}
    figures = load({"year": 2019, "format_version": "2019", "table2": table})
    assert figures["table2.art20_9.政府集中采购.amount_yuan"].raw == "1646.5万元"
    assert dump(figures)["table2"]["art20_9"] == table["art20_9"]


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ({}, "year"),
        ({"year": 2023, "format_version": "2022"}, "format_version"),
        ({"year": 2023, "format_version": "2021", "table3": {"rows": {"granted": [1, 2]}}}, "应有7个数"),
        ({"year": 2023, "format_version": "2021", "table3": {"rows": {"given": [0] * 7}}}, "没有这些格"),
        ({"year": 2023, "format_version": "2021", "table3": {"rows": {"granted": [True] * 7}}}, "不是数字"),
    ],
)
def test_what_is_not_of_the_form_is_refused_with_what_to_do(document: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        load(document)
