"""When what was withheld is looked at again (条例第十八条)."""

from datetime import date

import pytest

from gongkai.law import withheld_review


@pytest.mark.parametrize(
    ("on", "again"),
    [
        (date(2025, 6, 27), date(2026, 6, 27)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2023, 12, 31), date(2024, 12, 31)),
    ],
)
def test_a_year_later(on: date, again: date) -> None:
    assert withheld_review.next_review(on) == again


def test_what_is_due_today_was_withheld_a_year_ago() -> None:
    assert withheld_review.due_before(date(2026, 6, 27)) == date(2025, 6, 27)
    assert withheld_review.due_before(date(2024, 2, 29)) == date(2023, 2, 28)


def test_it_rests_on_article_18() -> None:
    assert "第十八条" in withheld_review.ARTICLE
