"""Sums: a report built to hold is found without error; one cell changed breaks exactly the sums it stands in."""

from collections import Counter
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.law.annual_report.made import built, changed, holding, number

from gongkai.law.annual_report import arithmetic
from gongkai.law.annual_report.arithmetic import Verdict
from gongkai.law.annual_report.checking import check
from gongkai.law.annual_report.figures import BLANK, Figures, Value
from gongkai.law.annual_report.formats import Cell, cells

_PLACES = {"new_received": "", "carried_over": "", "carry_forward": ""}


@given(holding())
@settings(max_examples=30, deadline=None)
def test_what_was_built_to_hold_holds(figures: Figures) -> None:
    assert check(figures) == []
    assert {one.verdict for one in arithmetic.comparisons(figures)} == {Verdict.HOLDS}


@given(holding(), st.data())
@settings(max_examples=60, deadline=None)
def test_one_cell_changed_breaks_exactly_its_sums(figures: Figures, data: st.DataObject) -> None:
    cell = data.draw(st.sampled_from([one for one in cells(figures.format) if one.table != 2]))
    wrong = Figures(
        figures.year,
        figures.format,
        dict(figures.values) | {cell.key: number(figures[cell.key].counted + data.draw(st.integers(1, 9)))},
    )
    found = arithmetic.check(wrong)
    assert Counter(one.code for one in found) == Counter(_broken(cell))
    assert all(cell.key in one.cells for one in found)
    assert all(one.is_error for one in found)


def _broken(cell: Cell) -> list[str]:
    if cell.table == 4:
        return ["T4-1"]
    if cell.row == "total":
        return ["T3-1", "T3-2", "T3-3"]
    return ["T3-1" if cell.row in _PLACES else "T3-2", "T3-3"]


def test_a_blank_counts_as_nought_and_a_blank_total_is_not_assessed() -> None:
    figures = built(2023, {"table3.granted.natural_person": 3})
    blank = changed(figures, table3__granted__commercial=BLANK, table3__partial__total=BLANK)
    assert arithmetic.check(blank) == []
    verdicts = {one.place: one.verdict for one in arithmetic.comparisons(blank)}
    assert verdicts["表三“（一）予以公开”行"] is Verdict.HOLDS
    assert verdicts["表三“（二）部分公开（区分处理的，只计这一情形，不计其他情形）”行"] is Verdict.NOT_ASSESSABLE


def test_a_cell_that_cannot_be_read_makes_a_sum_unknown_not_wrong() -> None:
    figures = built(2023, {"table3.granted.natural_person": 3})
    unreadable = changed(figures, table3__granted__natural_person=Value(None, "三件", "三件"))
    assert arithmetic.check(unreadable) == []
    assert [one.code for one in check(unreadable)] == ["F-4"]


def test_a_finding_says_both_values_and_what_to_do() -> None:
    figures = changed(
        built(2023, {"table4.review.maintain": 10, "table4.review.correct": 1}), table4__review__total=number(0)
    )
    (found,) = arithmetic.check(figures)
    assert (found.code, found.place, found.left, found.right) == ("T4-1", "表四“行政复议”", "11", "0")
    assert "应为11" in found.suggestion
    assert "table4.review.total" in found.cells


def test_a_sum_of_rows_is_not_made_where_rows_were_left_out() -> None:
    figures = built(2023, {"table3.granted.natural_person": 3, "table3.partial.natural_person": 2})
    without = Figures(2023, figures.format, {k: v for k, v in figures.values.items() if ".partial." not in k})
    assert [one.code for one in check(without)] == ["F-7"]


def test_the_sums_are_exact_for_amounts_of_any_size() -> None:
    figures = built(2023, {"table3.granted.natural_person": Decimal(10) ** 18 + 1})
    assert arithmetic.check(figures) == []
