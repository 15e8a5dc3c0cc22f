"""When a report is due: 31 January for departments, 31 March for the government's own."""

from datetime import date

from gongkai.law.annual_report.deadlines import days_late, due


def test_departments_have_a_month_and_the_government_three() -> None:
    assert due(2025, of_government=False) == date(2026, 1, 31)
    assert due(2025, of_government=True) == date(2026, 3, 31)


def test_late_is_what_comes_after_the_last_day() -> None:
    today = date(2026, 3, 2)
    assert days_late(2025, date(2026, 1, 31), today, of_government=False) == 0
    assert days_late(2025, date(2026, 2, 3), today, of_government=False) == 3
    assert days_late(2025, None, today, of_government=False) == 30
    assert days_late(2025, None, today, of_government=True) == 0
