"""Why the date is that date, in plain Chinese for a citizen (期限说明)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from gongkai.law.answering import EXTENSION_WORKING_DAYS, REPLY_WORKING_DAYS
from gongkai.law.articles import cite
from gongkai.law.calendar import DayKind
from gongkai.law.clock.acts import ConsultationKind, ReasonsDemanded
from gongkai.law.clock.consultations import Consultation, Outcome
from gongkai.law.clock.course import Began, Run, Wait, WaitKind
from gongkai.law.clock.deriving import Timeline
from gongkai.law.clock.findings import Gravity
from gongkai.law.clock.segments import Segment, SegmentKind
from gongkai.law.clock.standing import Status
from gongkai.law.clock.walking import WAITING
from gongkai.law.numerals import chinese_date
from gongkai.law.readings import reading, readings_offered
from gongkai.law.receipt import Channel


def explain(timeline: Timeline) -> list[str]:
    """Sentence by sentence: receipt, what interrupted, what was counted and skipped, how it stands, what was found, and
    which readings mattered."""
    said = [f"{timeline.receipt.reason}（{timeline.receipt.article}）。"]
    for number, phase in enumerate(timeline.course.phases):
        said += _run(timeline, phase, number) if isinstance(phase, Run) else _wait(phase, timeline)
    said += [_standing(timeline)]
    said += [f"{one.gravity.label}：{one.message}。" for one in timeline.findings if one.gravity is not Gravity.NOTE]
    if timeline.provisional:
        said.append("其中有的日期放假安排尚未公布，暂按法定节日推算；公布后日期自动更新。")
    said += [
        f"本次采用的读法：{one.label}，{one.said(getattr(timeline.readings, one.key))}。"
        for one in map(reading, readings_that_mattered(timeline))
    ]
    return said


def _run(timeline: Timeline, run: Run, number: int) -> Iterator[str]:
    """One run of the clock."""
    began = f"答复期限自{run.began.label}的次日起{'重新' if number else ''}计算，{chinese_date(run.start)}不计入"
    if run.ended is not None and run is not timeline.course.run:
        yield f"{began}；{chinese_date(run.ended)}中断，已计算的不再有用。"
        return
    told = [one for one in timeline.segments if one.run == number]
    for one in timeline.consultations:
        stopping = _consultation(one)
        if stopping and _overlaps(one, told):
            yield stopping
    if run.due is None:
        yield f"{began}；征求意见的结束日期尚不能确定，期满日也不能确定。"
        return
    days = REPLY_WORKING_DAYS + run.extra
    text = f"{began}，共{days}个工作日（{cite(33, 2)}），"
    text += f"数到{chinese_date(run.counted_due or run.due)}" + _skipped(timeline, run)
    yield text + "。"
    by = timeline.course.extended_by
    if run.extra and by is not None and run.original_due is not None:
        told_on = f"，{chinese_date(by.notified_on)}告知申请人" if by.notified_on else ""
        yield (
            f"原期满日为{chinese_date(run.original_due)}；{chinese_date(by.approved_on)}经公开工作机构负责人同意延长"
            f"{run.extra}个工作日{told_on}（最长{EXTENSION_WORKING_DAYS}个工作日，{cite(33, 2)}）。"
        )
    if run.later is not None and run.due == run.later:
        yield f"申请数量、频次明显超过合理范围，已告知延迟至{chinese_date(run.later)}答复（{cite(35)}）。"


def _overlaps(one: Consultation, told: list[Segment]) -> bool:
    return one.stop is not None and any(
        part.kind is SegmentKind.STOPPED and part.first <= one.stop.last and one.stop.first <= part.last
        for part in told
    )


def _consultation(one: Consultation) -> str:
    """How long it kept the clock still, and how it ended."""
    if one.stop is None:
        return ""
    whom = f"{one.sent.kind.label}（{one.sent.key}）"
    said = f"{chinese_date(one.sent.on)}征求{whom}意见"
    if one.outcome is Outcome.ANSWERED and one.answered is not None:
        said += f"，{chinese_date(one.answered.on)}收到意见"
    elif one.answer_by is not None:
        silence = "最迟" if one.outcome is Outcome.PENDING else ""
        said += f"，{silence}{chinese_date(one.answer_by)}期满" + (
            "" if one.outcome is Outcome.PENDING else f"，{one.outcome.label}"
        )
    if one.answer_by is None and one.answered is None:
        return f"{said}，自{chinese_date(one.stop.first)}起停止计算（{one.article}、{cite(33, 3)}）。"
    return (
        f"{said}，{chinese_date(one.stop.first)}至{chinese_date(one.stop.last)}停止计算，所需时间不计算在内"
        f"（{one.article}、{cite(33, 3)}）。"
    )


def _skipped(timeline: Timeline, run: Run) -> str:
    """What was not counted on the way to the due date, and which weekends were worked."""
    end = run.counted_due or run.due
    if end is None:
        return ""
    skipped: Counter[str] = Counter()
    worked: list[date] = []
    for day in timeline.calendar.days(run.start, end)[1:]:
        if any(one.holds(day.date) for one in timeline.stopped):
            skipped["停止计算的日子"] += 1
        elif not day.working:
            skipped[DayKind.WEEKEND.label if day.kind is DayKind.WEEKEND else day.reason] += 1
        elif day.kind is DayKind.MAKEUP:
            worked.append(day.date)
    text = "；其间不计" + "、".join(f"{reason}{count}天" for reason, count in skipped.items()) if skipped else ""
    if worked:
        text += f"；调休上班的{'、'.join(map(chinese_date, worked))}计入"
    return text


def _wait(wait: Wait, timeline: Timeline) -> Iterator[str]:
    """What the applicant was waited for."""
    noun = "补正" if wait.kind is WaitKind.SUPPLEMENT else "缴费"
    article = WAITING[wait.kind]
    said = f"{chinese_date(wait.since)}告知申请人{noun}，最迟{chinese_date(wait.until)}{noun}"
    if wait.excused:
        said += "（含认可正当理由后顺延的）"
    if wait.ended is not None:
        yield f"{said}；{chinese_date(wait.ended)}{noun}，答复期限重新计算（{article}）。"
    elif timeline.course.abandoned is not None or not timeline.status.open:
        yield f"{said}（{article}）。"
    else:
        yield f"{said}；在此以前没有期满日，{noun}后重新计算；逾期不{noun}的，视为放弃申请（{article}）。"


def _standing(timeline: Timeline) -> str:
    """How it stands on the day asked for."""
    due, status = timeline.due_date, timeline.status
    final = timeline.ended_on
    if status is Status.DEEMED_ABANDONED and timeline.course.abandoned is not None:
        what = timeline.course.abandoned_for
        return (
            f"自{chinese_date(timeline.course.abandoned)}起视为放弃申请，不再处理（{WAITING[what] if what else ''}）。"
        )
    if final is not None:
        basis = f"，期满日为{chinese_date(due)}" if due is not None else ""
        return f"{chinese_date(final)}{status.label}{basis}。"
    if due is None or timeline.days_left is None:
        return f"截至{chinese_date(timeline.today)}：{status.label}，没有期满日。"
    left = timeline.days_left
    if timeline.today == due:
        tail = "今天期满"
    elif timeline.today > due:
        tail = f"已逾期{-left}个工作日"
    else:
        tail = f"还有{left}个工作日"
    return f"截至{chinese_date(timeline.today)}：{status.label}，期满日为{chinese_date(due)}，{tail}。"


def readings_that_mattered(timeline: Timeline) -> tuple[str, ...]:
    """The parameters that decided something in this history: those a finding names, those whose case occurred."""
    found = {one.reading for one in timeline.findings if one.reading}
    found |= set(_from_receipt(timeline))
    stopping = [one for one in timeline.consultations if one.stop is not None]
    if timeline.course.phases and timeline.consultations:
        found |= {"stop_takes_send_day", "stop_takes_end_day"} if stopping else {"stop_takes_send_day"}
    if any(one.sent.kind is ConsultationKind.OTHER_AGENCY for one in timeline.consultations):
        found.add("other_agency_working_days")
    if any(isinstance(one, Run) and one.began is Began.PAYMENT for one in timeline.course.phases):
        found.add("payment_next_day_counts")
    demanded = timeline.history.first(ReasonsDemanded)
    if demanded is not None:
        found |= {"reasons_stop_clock"}
        if timeline.today > demanded.until:
            found.add("silent_reasons_abandon")
    return tuple(one.key for one in readings_offered() if one.key in found)


def _from_receipt(timeline: Timeline) -> Iterator[str]:
    received = timeline.history.received
    if received.channel is Channel.PLAIN_MAIL and received.confirmed != received.arrived:
        yield "late_confirmation_is_receipt"
    actual = timeline.receipt.actual
    if actual is not None and not timeline.calendar.is_working(actual):
        yield "receipt_rolls_to_working_day"
