"""The day of receipt, by the way an application came: article 31."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law.calendar import Calendar
from gongkai.law.readings import Readings
from gongkai.law.receipt import NEEDS_CONFIRMATION, NEEDS_SIGNATURE, Channel, ReceiptError, receipt

CALENDAR = Calendar()
FRIDAY, MONDAY = date(2024, 3, 1), date(2024, 3, 4)


@pytest.mark.parametrize(
    ("channel", "signed", "confirmed", "day", "item"),
    [
        (Channel.COUNTER, None, None, FRIDAY, "一"),
        (Channel.SIGNED_MAIL, MONDAY, None, MONDAY, "二"),
        (Channel.PLAIN_MAIL, None, FRIDAY, FRIDAY, "二"),
        (Channel.PLAIN_MAIL, None, MONDAY, MONDAY, "二"),
        (Channel.ONLINE, None, MONDAY, MONDAY, "三"),
        (Channel.FAX, None, MONDAY, MONDAY, "三"),
        (Channel.MAILBOX, None, MONDAY, MONDAY, "三"),
        (Channel.HOTLINE, None, MONDAY, MONDAY, "三"),
    ],
)
def test_each_way_has_its_day(
    channel: Channel, signed: date | None, confirmed: date | None, day: date, item: str
) -> None:
    got = receipt(channel, arrived=FRIDAY, signed=signed, confirmed=confirmed, calendar=CALENDAR)
    assert got.day == day
    assert got.article.endswith(f"第三十一条第（{item}）项")
    assert got.needs == ()


@pytest.mark.parametrize("channel", [one for one in Channel if one is not Channel.COUNTER])
def test_without_what_the_law_asks_for_nothing_runs(channel: Channel) -> None:
    got = receipt(channel, arrived=FRIDAY, calendar=CALENDAR)
    assert got.day is None
    assert got.needs == ((NEEDS_CONFIRMATION,) if channel.needs_confirmation else (NEEDS_SIGNATURE,))


def test_a_letter_confirmed_late_is_received_then_or_when_it_came() -> None:
    def got(**readings: bool) -> date | None:
        return receipt(
            Channel.PLAIN_MAIL, arrived=FRIDAY, confirmed=MONDAY, calendar=CALENDAR, readings=Readings(**readings)
        ).day

    assert (got(), got(late_confirmation_is_receipt=False)) == (MONDAY, FRIDAY)
    late = receipt(Channel.PLAIN_MAIL, arrived=FRIDAY, confirmed=MONDAY, calendar=CALENDAR)
    assert late.warnings == ("应当于到达当日（2024年3月1日）与申请人确认，2024年3月4日才确认",)


@pytest.mark.parametrize(
    ("arrived", "rolled"),
    [
        (date(2024, 3, 2), date(2024, 3, 4)),
        (date(2024, 2, 18), date(2024, 2, 18)),  # a Sunday worked for the Spring Festival
        (date(2020, 1, 31), date(2020, 2, 3)),  # the Spring Festival of 2020 lasted until 2 February
    ],
)
def test_a_day_of_rest_stays_or_rolls(arrived: date, rolled: date) -> None:
    rolling = Readings(receipt_rolls_to_working_day=True)
    assert receipt(Channel.COUNTER, arrived=arrived, calendar=CALENDAR).day == arrived
    got = receipt(Channel.COUNTER, arrived=arrived, calendar=CALENDAR, readings=rolling)
    assert (got.day, got.actual) == (rolled, arrived)


def test_signed_for_at_the_gate_counts_from_there() -> None:
    got = receipt(Channel.SIGNED_MAIL, arrived=MONDAY, signed=FRIDAY, calendar=CALENDAR)
    assert got.day == FRIDAY
    assert "签收早于到达" in got.warnings[0]


def test_nobody_confirms_what_has_not_come() -> None:
    with pytest.raises(ReceiptError, match="确认之日2024年3月1日早于到达之日2024年3月4日"):
        receipt(Channel.ONLINE, arrived=MONDAY, confirmed=FRIDAY, calendar=CALENDAR)
