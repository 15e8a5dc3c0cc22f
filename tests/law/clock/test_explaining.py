"""What a citizen is told."""

from __future__ import annotations

from tests.law.clock.examples import CALENDAR, consulted, line, on

from gongkai.law.clock import (
    Channel,
    ClarificationNotice,
    ConsultationAnswered,
    ExtensionGranted,
    FeeNotice,
    FeePaid,
    History,
    ReasonsDemanded,
    ReasonsJudged,
    Received,
    Replied,
    Supplement,
    explain,
    timeline,
)

READINGS = "本次采用的读法"


def test_days_counted_and_skipped_and_make_up_days() -> None:
    told = explain(line(received="2024-01-15", today="2024-01-20"))
    assert told == [
        "当面提交，2024年1月15日提交之日为收到之日（《中华人民共和国政府信息公开条例》第三十一条第（一）项）。",
        "答复期限自收到申请的次日起计算，2024年1月15日不计入，共20个工作日（《中华人民共和国政府信息公开条例》第三十三条第二款），"
        "数到2024年2月9日；其间不计周末5天；调休上班的2024年2月4日计入。",
        "截至2024年1月20日：计算中，期满日为2024年2月9日，还有16个工作日。",
    ]


def test_stops_with_their_days_and_readings() -> None:
    told = "".join(explain(line(consulted("03-11"), ConsultationAnswered("甲公司", on("03-18")))))
    assert "2024年3月11日征求第三方（甲公司）意见，2024年3月18日收到意见，2024年3月12日至2024年3月18日停止计算" in told
    assert f"{READINGS}：发出征求意见书的当日，当日照计，次日起停止计算。" in told
    other = explain(line(consulted("03-11"), today="03-12", stop_takes_send_day=True))
    assert f"{READINGS}：发出征求意见书的当日，当日即停止计算。" in other


def test_waiting_restarting_and_giving_up() -> None:
    notice = ClarificationNotice(on("03-05"), on("03-12"))
    waiting = explain(line(notice))
    assert any("最迟2024年3月12日补正；在此以前没有期满日" in one for one in waiting)
    assert "没有期满日" in waiting[-1]
    anew = "".join(explain(line(notice, Supplement(on("03-07")))))
    assert "2024年3月5日中断，已计算的不再有用" in anew
    assert "自收到补正的次日起重新计算，2024年3月7日不计入，共20个工作日" in anew
    assert any("自2024年3月13日起视为放弃申请" in one for one in explain(line(notice, today="03-20")))
    paid = "".join(explain(line(FeeNotice(on("03-11")), FeePaid(on("03-14")))))
    assert "自缴费的次日起重新计算" in paid
    assert f"{READINGS}：缴费后重新计算，缴费次日，次日（工作日）为第1日。" in paid


def test_extension_and_later_day() -> None:
    extended = "".join(explain(line(ExtensionGranted(on("03-28"), on("03-28"), 10))))
    assert "原期满日为2024年3月29日；2024年3月28日经公开工作机构负责人同意延长10个工作日" in extended
    later = ReasonsJudged(on("03-18"), True, on("05-31"), on("03-19"))
    assert "已告知延迟至2024年5月31日答复" in "".join(explain(line(ReasonsDemanded(on("03-08"), on("03-15")), later)))


def test_violations_are_said() -> None:
    told = explain(line(Replied(on("04-08"))))
    assert "2024年4月8日逾期答复，期满日为2024年3月29日。" in told
    assert "违反规定：答复期限于2024年3月29日届满，2024年4月8日才答复。" in told


def test_before_confirmation_and_without_known_end() -> None:
    history = History([Received(Channel.PLAIN_MAIL, on("03-01"))])
    told = explain(timeline(history, CALENDAR, on("03-01")))
    assert "尚未与申请人确认，期限没有起算" in told[0]
    unknown = consulted("03-11", received=None)
    open_end = explain(line(unknown, unrecorded_delivery_counts_from_sending=False))
    assert any("期满日也不能确定" in one for one in open_end)


def test_a_provisional_year_is_said() -> None:
    assert any("放假安排尚未公布" in one for one in explain(line(received="2029-12-20")))
