"""Single cells and table two."""

from decimal import Decimal

import pytest
from tests.law.annual_report.made import built, changed, number

from gongkai.law.annual_report import cells
from gongkai.law.annual_report.figures import Figures, read
from gongkai.law.annual_report.findings import Severity

FEE = "table2__art20_8__行政事业性收费__amount_wan_yuan"
BOUGHT = "table2__art20_9__政府集中采购__amount_yuan"


def codes(figures: Figures) -> list[str]:
    return [one.code for one in cells.check(figures)]


@pytest.mark.parametrize(
    ("text", "code"),
    [("-1", "F-4"), ("1.5", "F-4"), ("若干", "F-4"), ("22（其中修订16件）", "F-2"), ("/", "F-2"), ("3件", "")],
)
def test_a_count_is_a_whole_number(text: str, code: str) -> None:
    figures = changed(built(2023, {}), table2__art20_5__行政许可__decisions=read(text))
    assert codes(figures) == ([code] if code else [])


def test_the_change_of_projects_may_be_negative_but_not_more_than_there_were() -> None:
    before = {"table2__art20_6__行政处罚__prev_items": number(5)}
    assert codes(changed(built(2020, {}), **before, table2__art20_6__行政处罚__delta=number(-5))) == []
    assert codes(changed(built(2020, {}), **before, table2__art20_6__行政处罚__delta=number(-6))) == ["T2-1"]


@pytest.mark.parametrize(
    ("text", "found"),
    [("7730.28", []), ("0", []), ("77302800元", ["F-3"]), ("900000000", ["F-3"]), ("12万元", []), ("0.5", [])],
)
def test_fees_are_in_ten_thousand_yuan(text: str, found: list[str]) -> None:
    assert codes(changed(built(2023, {}), **{FEE: read(text)})) == found


def test_an_amount_of_the_trial_format_names_its_unit() -> None:
    (found,) = cells.check(changed(built(2019, {}), **{BOUGHT: read("1646.5")}))
    assert (found.code, found.weight) == ("F-3", Severity.HINT)
    assert codes(changed(built(2019, {}), **{BOUGHT: read("1646.5万元")})) == []


def test_what_was_made_this_year_is_in_force_unless_repealed() -> None:
    made = {"table2__art20_1__行政规范性文件__made": number(8), "table2__art20_1__行政规范性文件__repealed": number(2)}
    for valid, found in ((6, []), (5, ["T2-1"])):
        figures = changed(built(2023, {}), **made, table2__art20_1__行政规范性文件__valid=number(valid))
        assert codes(figures) == found


def test_what_was_newly_published_is_among_all_that_is_public() -> None:
    figures = changed(
        built(2020, {}),
        table2__art20_1__规范性文件__new_public=number(4),
        table2__art20_1__规范性文件__total_public=number(3),
    )
    assert codes(figures) == ["T2-1"]


def test_who_makes_no_rules_has_none() -> None:
    figures = changed(built(2023, {}), table2__art20_1__规章__valid=number(6))
    assert cells.check_powers(figures, makes_rules=True) == []
    (found,) = cells.check_powers(figures, makes_rules=False)
    assert (found.code, found.left, found.cells) == ("S-1", "6", ("table2.art20_1.规章.valid",))


def test_blank_cells_are_one_finding_for_each_table() -> None:
    figures = built(2023, {})
    blank = {key.replace(".", "__"): read("") for key in figures.values if ".commercial" in key or "行政许可" in key}
    found = cells.check(changed(figures, **blank))
    assert [(one.code, one.place, one.left) for one in found] == [
        ("F-2", "表二", "1格空白"),
        ("F-2", "表三", "25格空白"),
    ]
    assert sum(len(one.cells) for one in found) == 26


def test_rows_and_blocks_that_were_left_out_are_named() -> None:
    figures = built(2023, {})
    left = {
        k: v
        for k, v in figures.values.items()
        if not any(x in k for x in ("行政强制", "noproc_petition", "table4.review."))
    }
    said = {one.place: one.right for one in cells.check(Figures(2023, figures.format, left))}
    assert said == {"表二": "行政强制", "表三": "（五）不予处理 1.信访举报投诉类申请", "表四": "行政复议"}


def test_an_enormous_number_does_not_hurt() -> None:
    assert codes(changed(built(2023, {}), table2__art20_5__行政许可__decisions=number(Decimal(10) ** 40))) == []
