"""Validity is derived from facts and today; tomorrow it may be another by itself."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.catalog.rules import Validity, ValidityFacts, next_change, validity

PLAIN = ValidityFacts(
    has_validity=True,
    state="live",
    notice_kind="",
    notice_on=None,
    effective_on=date(2024, 7, 1),
    expires_on=date(2029, 7, 1),
    amended=False,
)
MIDWAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("facts", "today", "expected"),
    [
        (PLAIN, date(2024, 6, 30), Validity.PENDING),
        (PLAIN, date(2024, 7, 1), Validity.VALID),
        (PLAIN, date(2029, 6, 30), Validity.VALID),
        (PLAIN, date(2029, 7, 1), Validity.EXPIRED),
        (replace(PLAIN, amended=True), MIDWAY, Validity.AMENDED),
        (replace(PLAIN, effective_on=None, expires_on=None), MIDWAY, Validity.VALID),
        (replace(PLAIN, has_validity=False), MIDWAY, Validity.NONE),
        (replace(PLAIN, state="withdrawn", notice_kind="repealed", notice_on=MIDWAY), MIDWAY, Validity.REPEALED),
        (replace(PLAIN, state="withdrawn", notice_kind="expired", notice_on=MIDWAY), MIDWAY, Validity.EXPIRED),
        (
            replace(PLAIN, state="withdrawn", notice_kind="repealed", notice_on=MIDWAY + timedelta(days=1)),
            MIDWAY,
            Validity.VALID,
        ),
        (
            replace(PLAIN, has_validity=False, state="withdrawn", notice_kind="expired", notice_on=MIDWAY),
            MIDWAY,
            Validity.EXPIRED,
        ),
    ],
)
def test_validity_on_a_day(facts: ValidityFacts, today: date, expected: Validity) -> None:
    assert validity(facts, today) is expected


days = st.none() | st.dates(date(2020, 1, 1), date(2032, 12, 31))


@given(days, days, days, st.booleans(), st.booleans(), st.dates(date(2020, 1, 1), date(2032, 12, 31)))
def test_between_two_changes_nothing_changes(
    effective: date | None, expires: date | None, notice: date | None, withdrawn: bool, amended: bool, today: date
) -> None:
    """A page prepared today stays true until ``next_change``: the promise the page store will rely on."""
    facts = ValidityFacts(
        True, "withdrawn" if withdrawn else "live", "expired" if withdrawn else "", notice, effective, expires, amended
    )
    until = next_change(facts, today) or today + timedelta(days=4000)
    for step in (1, 2, 7, 30, 365, (until - today).days - 1):
        later = today + timedelta(days=step)
        if today < later < until:
            assert validity(facts, later) is validity(facts, today)


def test_every_validity_has_words_and_only_none_is_silent() -> None:
    assert [one for one in Validity if not one.label] == [Validity.NONE]
