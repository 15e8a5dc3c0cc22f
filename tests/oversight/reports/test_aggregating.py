"""The city's report: sums in the format of the year, blanks that stay blanks, who is missing."""

from datetime import date
from decimal import Decimal

import pytest
from tests.factories import cases, people, reports

from gongkai.law.annual_report.figures import Figures, read
from gongkai.law.report_rows import ReportFormat
from gongkai.oversight.annual_report.aggregating import add, aggregate


def _figures(year: int, format: ReportFormat, **cells: str) -> Figures:
    return Figures(year, format, {key.replace("__", "."): read(text) for key, text in cells.items()})


def test_cells_are_added_and_a_blank_is_no_nought() -> None:
    one = _figures(2025, ReportFormat.CURRENT_2021, table3__granted__total="3", table4__review__total="")
    two = _figures(2025, ReportFormat.CURRENT_2021, table3__granted__total="4")
    whole = add([one, two], 2025)
    assert whole["table3.granted.total"].number == 7
    assert whole["table4.review.total"].blank


def test_the_other_format_s_row_is_taken_where_it_belongs() -> None:
    old = _figures(2025, ReportFormat.TRIAL_2019, table3__other__total="2")
    new = _figures(2025, ReportFormat.CURRENT_2021, table3__other_other__total="1")
    assert add([old, new], 2025)["table3.other_other.total"].number == 3
    divided = _figures(2020, ReportFormat.CURRENT_2021, table3__other_overdue_fee__total="5")
    assert add([divided], 2020)["table3.other.total"].number == 5


@pytest.mark.django_db
def test_the_sum_is_of_what_was_told_and_names_who_is_missing() -> None:
    one, two, three = people.staffed(), people.staffed(), people.staffed()
    for at, number in ((one, 2), (two, 1)):
        for day in range(number):
            cases.registered(at, arrived=date(reports.YEAR, 5, 6 + day))
        reports.in_state(at, "published")
    reports.drafting(three)
    found = aggregate(reports.YEAR, [one.agency, two.agency, three.agency])
    assert found.figures.applications("new_received", "total").number == Decimal(3)
    assert found.missing == [three.agency]
    assert found.faulty == []
    assert not [finding for finding in found.findings if finding.is_error]
