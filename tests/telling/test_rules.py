"""Quiet hours, digests, warnings: decided from times, without a database."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from gongkai.law.calendar import Calendar
from gongkai.telling import rules
from gongkai.telling.addresses import masked
from gongkai.telling.arrangements import Way
from gongkai.telling.messages import Channel
from gongkai.telling.rules import Stage

CHINA = ZoneInfo("Asia/Shanghai")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-03-02 20:59", None),
        ("2026-03-02 21:00", "2026-03-03 08:00"),
        ("2026-03-02 23:59", "2026-03-03 08:00"),
        ("2026-03-03 00:00", "2026-03-03 08:00"),
        ("2026-03-03 07:59", "2026-03-03 08:00"),
        ("2026-03-03 08:00", None),
    ],
)
def test_quiet_hours_go_past_midnight(now: str, until: str | None) -> None:
    assert rules.quiet_until(moment(now), time(21), time(8)) == (moment(until) if until else None)


def test_quiet_hours_within_a_day_and_none_at_all() -> None:
    noon = moment("2026-03-02 12:30")
    assert rules.quiet_until(noon, time(12), time(14)) == moment("2026-03-02 14:00")
    assert rules.quiet_until(moment("2026-03-02 14:00"), time(12), time(14)) is None
    assert rules.quiet_until(noon, time(8), time(8)) is None


def test_the_digest_is_the_next_one() -> None:
    assert rules.next_time(moment("2026-03-02 08:29"), time(8, 30)) == moment("2026-03-02 08:30")
    assert rules.next_time(moment("2026-03-02 08:30"), time(8, 30)) == moment("2026-03-03 08:30")


def test_the_bell_always_and_the_rest_as_wished() -> None:
    def of(way: Way, urgent: bool, **has: bool) -> tuple[set[Channel], bool]:
        given = {"mail": True, "phone": True, "sms_urgent": False} | has
        channels, gathers = rules.officers_channels(way, urgent=urgent, **given)
        return set(channels), gathers

    assert of(Way.DIGEST, False) == ({Channel.BELL, Channel.MAIL}, True)
    assert of(Way.DIGEST, True) == ({Channel.BELL, Channel.MAIL}, False)
    assert of(Way.AT_ONCE, False) == ({Channel.BELL, Channel.MAIL}, False)
    assert of(Way.BELL, True)[0] == {Channel.BELL}
    assert of(Way.DIGEST, False, mail=False)[0] == {Channel.BELL}
    assert Channel.SMS in of(Way.DIGEST, True, sms_urgent=True)[0]
    assert Channel.SMS not in of(Way.DIGEST, False, sms_urgent=True)[0]


@pytest.mark.parametrize(
    ("due", "stage"),
    [
        # 2026-09-28 is a Monday; 10-01 to 10-07 is the holiday, 10-10 a make-up Saturday.
        (date(2026, 9, 27), Stage.OVER),
        (date(2026, 9, 28), Stage.TODAY),
        (date(2026, 9, 29), Stage.SOON),
        (date(2026, 9, 30), Stage.SOON),
        (date(2026, 10, 7), Stage.SOON),
        (date(2026, 10, 8), Stage.SOON),
        (date(2026, 10, 9), None),
    ],
)
def test_nearness_is_counted_in_working_days(due: date, stage: Stage | None) -> None:
    assert rules.stage_of(date(2026, 9, 28), due, 3, Calendar()) == stage


def test_what_falls_on_the_holiday_is_due_on_the_day_before_it() -> None:
    assert rules.stage_of(date(2026, 9, 30), date(2026, 10, 5), 1, Calendar()) is Stage.TODAY


def test_what_lists_show_of_an_address() -> None:
    assert masked("13900001234") == "139****1234"
    assert masked("chen@example.cn") == "c***@example.cn"
    assert masked("12345") == "****"
