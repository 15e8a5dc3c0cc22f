"""The rules of the clock by dated examples, counted by hand on the real calendar."""

from __future__ import annotations

from datetime import date

import pytest
from tests.law.clock.examples import CALENDAR, JOINT, OTHER, THIRD, consulted, due, line, on

from gongkai.law.clock import (
    Channel,
    ClarificationNotice,
    Closed,
    ConsultationAnswered,
    ConsultationKind,
    DayState,
    DelayExcused,
    ExtensionGranted,
    FeeNotice,
    FeePaid,
    History,
    Light,
    Outcome,
    ReasonsDemanded,
    ReasonsGiven,
    ReasonsJudged,
    Received,
    Replied,
    SegmentKind,
    Status,
    Supplement,
    Withdrawn,
    may_clarify,
    may_extend,
    timeline,
)

NOTICE = ClarificationNotice(on("03-05"), on("03-12"))
TWENTY = ExtensionGranted(on("03-28"), on("03-28"))


@pytest.mark.parametrize(
    ("received", "last"),
    [
        ("2024-01-15", "2024-02-09"),  # Sunday 4 February and New Year's Eve, 9 February, were worked
        ("2020-01-10", "2020-02-14"),  # Sunday 19 January worked; the holiday lengthened to 2 February, 1 February off
        ("2024-02-18", "2024-03-15"),  # received on a Sunday that was worked
        ("2024-03-02", "2024-03-29"),  # received on a Saturday: Monday is the first day
        ("2024-03-11", "2024-04-09"),
    ],
)
def test_twenty_working_days_from_receipt(received: str, last: str) -> None:
    assert due(received=received) == last


def test_a_make_up_weekend_can_be_the_last_day() -> None:
    assert due(received="03-07") == "2024-04-07"
    assert date(2024, 4, 7).weekday() == 6


@pytest.mark.parametrize(
    ("today", "status", "left", "light"),
    [
        ("03-25", Status.RUNNING, 4, Light.GREEN),
        ("03-26", Status.RUNNING, 3, Light.AMBER),
        ("03-29", Status.RUNNING, 0, Light.AMBER),
        ("03-30", Status.OVERDUE, -1, Light.RED),  # a Saturday: late all the same
        ("04-02", Status.OVERDUE, -2, Light.RED),
    ],
)
def test_in_time_up_to_the_last_day(today: str, status: Status, left: int, light: Light) -> None:
    found = line(today=today)
    assert (found.status, found.days_left, found.light) == (status, left, light)


@pytest.mark.parametrize(
    ("day", "status"), [("03-29", Status.REPLIED), ("03-30", Status.REPLIED_LATE), ("04-01", Status.REPLIED_LATE)]
)
def test_a_reply_is_late_from_the_day_after(day: str, status: Status) -> None:
    assert line(Replied(on(day))).status is status


def test_overlapping_consultations_stop_it_once() -> None:
    answers = (ConsultationAnswered("甲公司", on("03-18")), ConsultationAnswered("乙公司", on("03-20")))
    assert due(consulted("03-11"), consulted("03-14", key="乙公司"), *answers) == "2024-04-10"


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [(THIRD, Outcome.AGENCY_DECIDES), (JOINT, Outcome.DEEMED_CONSENT), (OTHER, Outcome.AGENCY_DECIDES)],
)
def test_what_silence_means(kind: ConsultationKind, outcome: Outcome) -> None:
    asked = consulted("03-11", kind)
    assert line(asked, today="04-01").consultation_outcomes == {"甲公司": Outcome.PENDING}
    silent = line(asked, today="04-02")
    assert silent.consultation_outcomes == {"甲公司": outcome}
    assert (silent.status, silent.due_date) == (Status.RUNNING, on("04-22"))
    assert line(asked, ConsultationAnswered("甲公司", on("04-02"))).consultation_outcomes == {"甲公司": outcome}
    in_time = line(asked, ConsultationAnswered("甲公司", on("04-01")))
    assert in_time.consultation_outcomes == {"甲公司": Outcome.ANSWERED}


def test_the_fifteen_days_run_from_the_delivery_the_stop_from_the_sending() -> None:
    found = line(consulted("03-11", received="03-14"), today="03-14")
    stop = next(one for one in found.segments if one.kind is SegmentKind.STOPPED)
    assert (stop.first, stop.last) == (on("03-12"), on("04-07"))
    assert found.status is Status.STOPPED


def test_an_extension_goes_on_from_the_original_due_date_with_stops_taken_out() -> None:
    assert due(TWENTY) == "2024-04-28"
    assert due(TWENTY, consulted("04-01"), ConsultationAnswered("甲公司", on("04-08"))) == "2024-05-07"
    kinds = [one.kind for one in line(TWENTY).segments]
    assert kinds == [SegmentKind.RUNNING, SegmentKind.EXTENDED]


@pytest.mark.parametrize(
    ("extension", "why"),
    [
        (ExtensionGranted(on("04-01"), on("04-01")), "已于2024年3月29日届满"),
        (ExtensionGranted(on("03-28")), "没有告知申请人"),
    ],
)
def test_an_extension_without_its_conditions_is_void(extension: ExtensionGranted, why: str) -> None:
    found = line(extension, today="04-02")
    assert (found.due_date, found.status) == (on("03-29"), Status.OVERDUE)
    assert any(why in one.message for one in found.findings)


def test_only_one_extension() -> None:
    assert due(ExtensionGranted(on("03-20"), on("03-20"), 5), TWENTY) == "2024-04-08"


def test_nothing_is_due_while_a_supplement_is_waited_for() -> None:
    found = line(NOTICE)
    assert (found.due_date, found.days_left, found.status) == (None, None, Status.AWAITING_SUPPLEMENT)
    assert found.next_step is not None
    assert (found.next_step.key, found.next_step.due) == ("supplement", on("03-12"))
    assert line(NOTICE, today="03-12").status is Status.AWAITING_SUPPLEMENT
    silent = line(NOTICE, today="03-13")
    assert (silent.due_date, silent.status, silent.light) == (None, Status.DEEMED_ABANDONED, Light.NONE)


def test_a_supplement_starts_the_count_anew() -> None:
    assert due(NOTICE, Supplement(on("03-07"))) == "2024-04-07"
    assert due(NOTICE, Supplement(on("03-05"))) == "2024-04-02"  # the same day: the request comes first


def test_a_justified_delay_is_no_abandonment() -> None:
    late = Supplement(on("03-14"))
    assert line(NOTICE, late).status is Status.DEEMED_ABANDONED
    assert line(NOTICE, DelayExcused(on("03-13"), on("03-20"))).status is Status.AWAITING_SUPPLEMENT
    assert due(NOTICE, DelayExcused(on("03-13"), on("03-20")), late) == "2024-04-12"
    assert due(NOTICE, late, DelayExcused(on("03-15"), on("03-14"))) == "2024-04-12"


def test_the_notice_to_clarify_has_seven_working_days() -> None:
    on_time = line(ClarificationNotice(on("03-12"), on("03-20")))
    assert [one.key for one in on_time.findings] == []
    late = line(ClarificationNotice(on("03-13"), on("03-20")))
    assert [one.key for one in late.findings] == ["late_notice"]
    assert "超过7个工作日才告知补正（最迟2024年3月12日）" in late.findings[0].message


def test_payment_has_twenty_working_days_and_starts_the_count_anew() -> None:
    notice = FeeNotice(on("03-11"))
    waiting = line(notice, today="04-09")
    assert (waiting.due_date, waiting.status) == (None, Status.AWAITING_PAYMENT)
    assert line(notice, today="04-10").status is Status.DEEMED_ABANDONED
    assert due(notice, FeePaid(on("03-14"))) == "2024-04-12"
    assert line(notice, FeePaid(on("04-10"))).status is Status.DEEMED_ABANDONED


def test_a_later_day_for_an_excessive_number_of_applications() -> None:
    asked, given = ReasonsDemanded(on("03-08"), on("03-15")), ReasonsGiven(on("03-14"))
    assert line(asked).status is Status.AWAITING_REASONS
    later = ReasonsJudged(on("03-18"), True, on("05-31"), on("03-19"))
    assert due(asked, given, later) == "2024-05-31"
    untold = ReasonsJudged(on("03-18"), True, on("05-31"))
    assert due(asked, given, untold) == "2024-03-29"
    too_late = ReasonsJudged(on("04-01"), True, on("05-31"), on("04-01"))
    assert due(asked, given, too_late) == "2024-03-29"


def test_unconfirmed_nothing_runs() -> None:
    history = History([Received(Channel.ONLINE, on("03-01")), ClarificationNotice(on("03-04"), on("03-08"))])
    found = timeline(history, CALENDAR, on("03-20"))
    assert (found.status, found.due_date, found.days) == (Status.AWAITING_CONFIRMATION, None, ())
    assert found.light is Light.AMBER
    assert [one.key for one in found.findings] == ["not_received"]
    letter = timeline(History([Received(Channel.PLAIN_MAIL, on("03-01"))]), CALENDAR, on("03-02"))
    assert letter.light is Light.RED  # was to be confirmed on the day it came


def test_how_a_case_ends() -> None:
    assert line(Withdrawn(on("03-10"))).status is Status.WITHDRAWN
    assert line(Closed(on("03-10"), "转信访")).status is Status.CLOSED
    assert line(Replied(on("03-10")), Closed(on("03-11"))).status is Status.REPLIED
    assert line(NOTICE, Closed(on("03-20"))).status is Status.DEEMED_ABANDONED


def test_each_day_of_the_strip() -> None:
    days = line(consulted("03-11"), ConsultationAnswered("甲公司", on("03-12"))).days
    assert (days[0].date, days[0].state) == (on("03-01"), DayState.START)
    assert (days[1].state, days[1].reason) == (DayState.SKIPPED, "周六")
    assert [one.date for one in days if one.state is DayState.STOPPED] == [on("03-12")]
    ordinals = [one.ordinal for one in days if one.ordinal is not None]
    assert ordinals == list(range(1, 21))
    assert (days[-1].date, days[-1].ordinal) == (on("04-01"), 20)


def test_a_year_not_announced_yet_is_provisional() -> None:
    assert line(received="2026-11-25").provisional is False
    assert line(received="2029-12-20").provisional is True


def test_what_may_still_be_done_and_why_not() -> None:
    assert (may_extend(line()), may_clarify(line(today="03-12"))) == ((), ())
    assert may_clarify(line(today="03-13")) == ("告知补正最迟应在2024年3月12日（收到之日起7个工作日内）",)
    assert "只允许延期一次" in may_extend(line(TWENTY))[0]
    assert "已于2024年3月29日届满" in may_extend(line(today="03-30"))[0]
    assert may_extend(line(NOTICE)) == ("正在等待补正，没有期满日",)
    assert len(may_clarify(line(NOTICE))) == 2
    assert may_extend(line(Replied(on("03-08")))) == ("申请已答复，不再计算期限",)
