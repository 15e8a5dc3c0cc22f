"""Histories that cannot have happened are refused, with the act by its name."""

from __future__ import annotations

from typing import Any

import pytest
from tests.law.clock.examples import CALENDAR, consulted, line, on

from gongkai.law.clock import (
    Channel,
    ClarificationNotice,
    Closed,
    ConsultationAnswered,
    DelayExcused,
    ExtensionGranted,
    FeeNotice,
    FeePaid,
    History,
    HistoryError,
    ReasonsDemanded,
    ReasonsGiven,
    ReasonsJudged,
    Received,
    Replied,
    Supplement,
    Withdrawn,
    timeline,
)

RECEIVED = Received(Channel.COUNTER, on("03-01"))


@pytest.mark.parametrize(
    ("acts", "message"),
    [
        ([Supplement(on("03-05"))], "收到补正（2024年3月5日）：此前没有“补正告知”"),
        ([DelayExcused(on("03-05"), on("03-06"))], "此前没有“补正告知”"),
        ([ReasonsGiven(on("03-05"))], "此前没有“要求说明理由”"),
        ([FeePaid(on("03-05")), FeeNotice(on("03-06"))], "此前没有“收费通知”"),
        ([ConsultationAnswered("乙", on("03-05"))], "收到意见“乙”（2024年3月5日）：此前没有编号相同的"),
        ([consulted("03-05"), consulted("03-06")], "编号与另一次征求意见相同"),
        ([consulted("03-05", received="03-08"), ConsultationAnswered("甲公司", on("03-07"))], "早于对方收到"),
        ([consulted("03-05", received="03-04")], "对方收到之日（2024年3月4日）早于该行为"),
        ([ClarificationNotice(on("02-29"))], "早于收到申请（2024年3月1日）"),
        ([ClarificationNotice(on("03-05"), on("03-04"))], "补正期限（2024年3月4日）早于该行为"),
        ([ExtensionGranted(on("03-05"), on("03-04"))], "告知之日（2024年3月4日）早于该行为"),
        ([ExtensionGranted(on("03-05"), working_days=0)], "应大于0"),
        ([FeeNotice(on("03-05")), FeeNotice(on("03-06"))], "“收费通知”只能有一次"),
        ([Replied(on("03-05")), ExtensionGranted(on("03-06"))], "此前已经答复（2024年3月5日）"),
        ([Withdrawn(on("03-05")), Replied(on("03-06"))], "此前已经撤回申请"),
        ([Closed(on("03-05")), Replied(on("03-06"))], "此前已经办结"),
        ([ReasonsDemanded(on("03-05"), on("03-08")), ReasonsJudged(on("03-08"), False, on("04-30"))], "理由不合理"),
        ([RECEIVED], "“收到申请”只能有一次"),
    ],
)
def test_what_cannot_have_happened(acts: list[Any], message: str) -> None:
    with pytest.raises(HistoryError) as refused:
        History([RECEIVED, *acts])
    assert message in str(refused.value)


def test_there_is_no_application_without_receipt() -> None:
    with pytest.raises(HistoryError, match="缺少“收到申请”"):
        History([])


def test_the_future_has_not_happened() -> None:
    with pytest.raises(HistoryError, match="答复（2024年3月10日）：日期2024年3月10日晚于计算之日2024年3月9日"):
        line(Replied(on("03-10")), today="03-09")
    with pytest.raises(HistoryError, match="延期（2024年3月5日）"):
        timeline(History([RECEIVED, ExtensionGranted(on("03-05"), on("03-10"))]), CALENDAR, on("03-09"))


def test_the_order_in_which_acts_are_given_does_not_matter() -> None:
    acts = [RECEIVED, ClarificationNotice(on("03-05"), on("03-12")), Supplement(on("03-05")), Replied(on("03-05"))]
    assert History(acts) == History(reversed(acts))
    assert History(acts).acts == tuple(acts)


def test_the_error_knows_the_place_in_what_was_given() -> None:
    with pytest.raises(HistoryError) as refused:
        History([Replied(on("03-05")), ExtensionGranted(on("03-06")), RECEIVED])
    assert refused.value.index == 1


def test_what_others_send_may_come_after_the_end() -> None:
    history = History([RECEIVED, consulted("03-05"), Replied(on("03-08")), ConsultationAnswered("甲公司", on("03-12"))])
    assert timeline(history, CALENDAR, on("03-12")).status == "replied"
