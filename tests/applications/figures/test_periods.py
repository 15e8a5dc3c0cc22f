"""What period an address asks for."""

from datetime import date

import pytest

from gongkai.applications import figure_periods

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("given", "first", "last"),
    [
        ({}, date(2026, 1, 1), date(2026, 12, 31)),
        ({"period": "2024"}, date(2024, 1, 1), date(2024, 12, 31)),
        ({"period": "2024Q1"}, date(2024, 1, 1), date(2024, 3, 31)),
        ({"period": "2024Q5"}, date(2026, 1, 1), date(2026, 12, 31)),
        ({"period": "free", "first": "2026-03-05", "last": "2026-04-06"}, date(2026, 3, 5), date(2026, 4, 6)),
        ({"period": "free", "first": "2026-04-06", "last": "2026-03-05"}, date(2026, 3, 5), date(2026, 4, 6)),
    ],
)
def test_the_days_asked_for(given: dict[str, str], first: date, last: date) -> None:
    found = figure_periods.asked(given, TODAY)
    assert (found.first, found.last, found.problem) == (first, last, "")


def test_free_days_that_cannot_be_read_are_told() -> None:
    found = figure_periods.asked({"period": "free", "first": "三月"}, TODAY)
    assert found.first == date(2026, 1, 1)
    assert "起止日期" in found.problem


def test_recent_quarters_are_offered_backwards() -> None:
    keys = [key for key, _ in figure_periods.offered(TODAY)]
    assert keys[:2] == ["2026", "2025"]
    assert keys[6:9] == ["2026Q4", "2026Q3", "2026Q2"]
    assert keys[-1] == "free"
