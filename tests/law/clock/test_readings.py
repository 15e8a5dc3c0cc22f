"""Every reading both ways, with dates counted by hand."""

from __future__ import annotations

from typing import Any

import pytest
from tests.law.clock.examples import OTHER, consulted, due, line, on

from gongkai.law.clock import (
    ClarificationNotice,
    ConsultationAnswered,
    ExtensionGranted,
    FeeNotice,
    FeePaid,
    Readings,
    ReasonsDemanded,
    ReasonsGiven,
    Supplement,
    readings_offered,
    readings_that_mattered,
)

STOP = (consulted("03-11"), ConsultationAnswered("甲公司", on("03-18")))
REASONS = ReasonsDemanded(on("03-11"), on("03-20"))
FIRST = (ClarificationNotice(on("03-05"), on("03-12")), Supplement(on("03-07")))
CASES: dict[str, tuple[tuple[Any, ...], dict[str, Any], str | None, str | None]] = {
    # reading: (acts, more, due when true, due when false)
    "receipt_rolls_to_working_day": ((), {"received": "03-02"}, "2024-04-01", "2024-03-29"),
    "stop_takes_send_day": (STOP, {}, "2024-04-09", "2024-04-08"),
    "stop_takes_end_day": (STOP, {}, "2024-04-08", "2024-04-07"),
    "late_notice_restarts": (
        (ClarificationNotice(on("03-13"), on("03-20")), Supplement(on("03-18"))),
        {},
        "2024-04-16",
        "2024-03-29",
    ),
    "second_notice_restarts": (
        (*FIRST, ClarificationNotice(on("03-11"), on("03-18")), Supplement(on("03-14"))),
        {},
        "2024-04-12",
        "2024-04-07",
    ),
    "extension_needs_notice_in_time": (
        (ExtensionGranted(on("03-28"), on("04-01")),),
        {},
        "2024-03-29",
        "2024-04-28",
    ),
    "oversize_extension_is_void": (
        (ExtensionGranted(on("03-28"), on("03-28"), 25),),
        {},
        "2024-03-29",
        "2024-04-28",
    ),
    "payment_next_day_counts": ((FeeNotice(on("03-11")), FeePaid(on("03-14"))), {}, "2024-04-12", "2024-04-15"),
    "late_fee_notice_restarts": ((FeeNotice(on("04-01")), FeePaid(on("04-03"))), {}, "2024-05-06", "2024-03-29"),
    "unrecorded_delivery_counts_from_sending": (
        (consulted("03-11", received=None),),
        {"today": "03-20"},
        "2024-04-22",
        None,
    ),
    "extension_again_after_restart": (
        (
            ExtensionGranted(on("03-04"), on("03-04"), 5),
            *FIRST,
            ExtensionGranted(on("04-03"), on("04-03"), 10),
        ),
        {},
        "2024-04-19",
        "2024-04-07",
    ),
    "reasons_stop_clock": ((REASONS, ReasonsGiven(on("03-18"))), {}, "2024-04-08", "2024-03-29"),
    "silent_reasons_abandon": ((REASONS,), {"today": "03-21"}, None, "2024-03-29"),
}


@pytest.mark.parametrize("key", CASES)
def test_a_reading_decides_the_date_and_is_named(key: str) -> None:
    acts, more, when_true, when_false = CASES[key]
    assert due(*acts, **more, **{key: True}) == when_true
    assert due(*acts, **more, **{key: False}) == when_false
    for value in (True, False):
        assert key in readings_that_mattered(line(*acts, **more, **{key: value}))


def test_a_letter_confirmed_late() -> None:
    """`late_confirmation_is_receipt` is told in test_receipt; every other choice has its case above."""
    choices = {one.key for one in readings_offered() if not one.is_number}
    assert choices - {"late_confirmation_is_receipt"} == set(CASES)


def test_days_for_clarifying_where_none_are_stated() -> None:
    notice = ClarificationNotice(on("03-05"))
    for days, last in ((5, "03-12"), (15, "03-26")):
        step = line(notice, clarification_working_days=days).step("supplement")
        assert step is not None
        assert step.due == on(last)


def test_days_for_other_agencies() -> None:
    for days, last in ((10, "03-25"), (15, "04-01")):
        step = line(consulted("03-11", OTHER), other_agency_working_days=days).step("consultation:甲公司")
        assert step is not None
        assert step.due == on(last)


@pytest.mark.parametrize("wrong", [0, 251, True, "15"])
def test_a_number_of_days_that_means_nothing_is_refused(wrong: Any) -> None:
    with pytest.raises(ValueError, match="clarification_working_days"):
        Readings(clarification_working_days=wrong)


def test_only_what_mattered_is_named() -> None:
    assert readings_that_mattered(line()) == ()
