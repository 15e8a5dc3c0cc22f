"""From acts to the course of an application: each act, in order, changes it as its article says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongkai.law.answering import (
    CLARIFICATION_NOTICE_WORKING_DAYS,
    EXTENSION_WORKING_DAYS,
    PAYMENT_WORKING_DAYS,
    REPLY_WORKING_DAYS,
)
from gongkai.law.articles import cite
from gongkai.law.calendar import Calendar
from gongkai.law.clock.acts import (
    FINAL,
    Act,
    ClarificationNotice,
    DelayExcused,
    ExtensionGranted,
    FeeNotice,
    FeePaid,
    ReasonsDemanded,
    ReasonsGiven,
    ReasonsJudged,
    Supplement,
    name_of,
)
from gongkai.law.clock.counting import ONE_DAY, Stretch, count_out
from gongkai.law.clock.course import Began, Course, Run, Wait, WaitKind
from gongkai.law.clock.findings import Finding, Gravity
from gongkai.law.numerals import chinese_date
from gongkai.law.readings import Readings

FEE_RULES = "《政府信息公开信息处理费管理办法》"
WAITING = {WaitKind.SUPPLEMENT: cite(30), WaitKind.PAYMENT: FEE_RULES, WaitKind.REASONS: cite(35)}
"""Under which rule the applicant is waited for."""


@dataclass(slots=True)
class Walk:
    """Walks through a history once and leaves its `course`. `horizon`: today, or the day the case ended."""

    calendar: Calendar
    readings: Readings
    received: date
    stopped: tuple[Stretch, ...]
    horizon: date
    course: Course = field(default_factory=Course)
    notices: int = 0
    clear_from: date | None = None
    demanded: ReasonsDemanded | None = None
    late_supplements: list[date] = field(default_factory=list)

    def through(self, acts: tuple[Act, ...]) -> Course:
        """Walk through the acts, up to the end of the case."""
        self.begin(Began.RECEIPT, self.received, self.received)
        for act in acts:
            self.lapse(act.day)
            if isinstance(act, FINAL):
                break
            step = _STEPS.get(type(act))
            if step is not None:
                step(self, act)
        self.lapse(self.horizon)
        self.course.reasons_until = self.demanded.until if self.demanded is not None else None
        return self.course

    def begin(self, began: Began, day: date, start: date) -> None:
        """Count anew from `start`; never from before the day of receipt."""
        start = max(start, self.received)
        due = count_out(start, REPLY_WORKING_DAYS, self.stopped, self.calendar)
        self.course.phases.append(Run(began, day, start, due, due))
        if began is not Began.PAYMENT:
            self.clear_from = start

    def wait(self, kind: WaitKind, since: date, until: date, *, stated: bool = True) -> None:
        """The clock no longer counts: it is for the applicant to act."""
        run = self.course.run
        if run is not None:
            run.ended = since
        self.course.phases.append(Wait(kind, since, until, stated))

    def lapse(self, day: date) -> None:
        """Before what happens on `day`: whoever let a wait pass has given up."""
        course = self.course
        if course.abandoned is not None:
            return
        passed = [(one.until, one.kind) for one in [course.wait] if one is not None]
        if self.demanded is not None and self.readings.silent_reasons_abandon:
            passed.append((self.demanded.until, WaitKind.REASONS))
        passed = [one for one in passed if one[0] < day]
        if passed:
            until, kind = min(passed)
            if course.run is not None:
                course.run.ended = until
            course.abandoned, course.abandoned_for = until + ONE_DAY, kind

    def find(self, key: str, gravity: Gravity, message: str, article: str, reading: str = "") -> None:
        """Note something for people."""
        self.course.findings.append(Finding(key, gravity, message, article, reading))

    def without_effect(self, act: Act, article: str) -> None:
        """The act changes nothing, as the clock does not run."""
        wait = self.course.wait
        why = "此前已视为放弃申请" if self.course.abandoned else f"正在{wait.kind.label}" if wait else "期限不在计算"
        self.find("without_effect", Gravity.WARNING, f"{name_of(act)}：{why}，不影响期限", article)

    def overdue_already(self, act: Act, run: Run, article: str) -> bool:
        """Whether the time to reply was over when the agency acted; noted."""
        late = run.due is not None and act.day > run.due
        if late and run.due is not None:
            said = f"{name_of(act)}时，答复期限已于{chinese_date(run.due)}届满"
            self.find("already_overdue", Gravity.VIOLATION, said, article)
        return late


def _clarification(walk: Walk, act: ClarificationNotice) -> None:
    """Art. 30: within seven working days, once; the reply is due anew from the supplement."""
    walk.notices += 1
    run = walk.course.run
    if run is None or walk.clear_from is None:
        walk.without_effect(act, cite(30))
        return
    last = walk.calendar.add(walk.clear_from, CLARIFICATION_NOTICE_WORKING_DAYS)
    late, second, readings = act.on > last, walk.notices > 1, walk.readings
    if second:
        said = f"{name_of(act)}是第二次告知，补正应当一次性告知"
        effect = "，收到补正后仍重新计算" if readings.second_notice_restarts else "，不影响期限"
        walk.find("second_notice", Gravity.VIOLATION, said + effect, cite(30), "second_notice_restarts")
    if late:
        said = f"{name_of(act)}超过{CLARIFICATION_NOTICE_WORKING_DAYS}个工作日才告知补正（最迟{chinese_date(last)}）"
        effect = "，收到补正后仍重新计算" if readings.late_notice_restarts else "，不影响期限"
        effect = "" if second and not readings.second_notice_restarts else effect
        walk.find("late_notice", Gravity.VIOLATION, said + effect, cite(30), "late_notice_restarts")
    if (second and not readings.second_notice_restarts) or (late and not readings.late_notice_restarts):
        return
    walk.overdue_already(act, run, cite(33, 2))
    usual = walk.calendar.add(act.on, readings.clarification_working_days)
    if act.until is None:
        said = f"{name_of(act)}应当写明合理的补正期限；没有写明，按{readings.clarification_working_days}个工作日计算"
        walk.find("no_period", Gravity.WARNING, said, cite(30), "clarification_working_days")
    walk.wait(WaitKind.SUPPLEMENT, act.on, act.until or usual, stated=act.until is not None)


def _excused(walk: Walk, act: DelayExcused) -> None:
    """Art. 30: with a justified reason, a late supplement is no abandonment."""
    course = walk.course
    if course.abandoned is not None and course.abandoned_for is WaitKind.SUPPLEMENT:
        course.abandoned = course.abandoned_for = None
    wait = course.wait
    if wait is None or wait.kind is not WaitKind.SUPPLEMENT:
        walk.without_effect(act, cite(30))
        return
    wait.until, wait.excused = max(wait.until, act.until), True
    in_time = [day for day in walk.late_supplements if day <= wait.until]
    if in_time:
        wait.ended = min(in_time)
        walk.begin(Began.SUPPLEMENT, wait.ended, wait.ended)
    else:
        walk.lapse(act.on)


def _supplement(walk: Walk, act: Supplement) -> None:
    """Art. 30: the period to reply runs from the day the supplement was received."""
    wait = walk.course.wait
    if wait is not None and wait.kind is WaitKind.SUPPLEMENT:
        wait.ended = act.on
        walk.begin(Began.SUPPLEMENT, act.on, act.on)
        return
    if walk.course.abandoned_for is WaitKind.SUPPLEMENT:
        walk.late_supplements.append(act.on)
        said = f"{name_of(act)}超过补正期限；没有认可正当理由的，视为放弃申请"
        walk.find("late_supplement", Gravity.WARNING, said, cite(30))
        return
    said = f"{name_of(act)}时不在等待补正，期限不重新计算"
    walk.find("unasked_supplement", Gravity.NOTE, said, cite(30))


def _fee_notice(walk: Walk, act: FeeNotice) -> None:
    """Fee rules: given within the period to reply; paid within twenty working days from the day after."""
    run = walk.course.run
    if run is None:
        walk.without_effect(act, FEE_RULES)
        return
    if walk.overdue_already(act, run, FEE_RULES):
        restarts = walk.readings.late_fee_notice_restarts
        said = f"{name_of(act)}应当在答复期限内通知" + ("，缴费后仍重新计算" if restarts else "，不影响期限")
        walk.find("late_fee_notice", Gravity.VIOLATION, said, FEE_RULES, "late_fee_notice_restarts")
        if not restarts:
            return
    walk.wait(WaitKind.PAYMENT, act.on, walk.calendar.add(act.on, PAYMENT_WORKING_DAYS))


def _paid(walk: Walk, act: FeePaid) -> None:
    """Fee rules 【忆】: the period is counted anew from the day after payment."""
    wait = walk.course.wait
    if wait is None or wait.kind is not WaitKind.PAYMENT:
        late = walk.course.abandoned_for is WaitKind.PAYMENT
        why = "超过缴费期限，已视为放弃申请" if late else "时不在等待缴费，期限不重新计算"
        walk.find("late_payment" if late else "unasked_payment", Gravity.WARNING, name_of(act) + why, FEE_RULES)
        return
    wait.ended = act.on
    start = act.on if walk.readings.payment_next_day_counts else act.on + ONE_DAY
    walk.begin(Began.PAYMENT, act.on, start)


def _demanded(walk: Walk, act: ReasonsDemanded) -> None:
    """Art. 35: the agency may ask for reasons; by itself this stops nothing."""
    if walk.course.abandoned is not None:
        walk.without_effect(act, cite(35))
        return
    walk.demanded = act


def _given(walk: Walk, act: ReasonsGiven) -> None:
    """Art. 35: the reasons came; after their time they may still be considered."""
    if walk.demanded is not None and act.on > walk.demanded.until:
        said = f"{name_of(act)}超过说明理由的期限（{chinese_date(walk.demanded.until)}）"
        walk.find("late_reasons", Gravity.WARNING, said, cite(35))
    walk.demanded = None


def _judged(walk: Walk, act: ReasonsJudged) -> None:
    """Art. 35: for reasonable reasons a later day may be fixed and told, while there is time."""
    walk.demanded = None
    if act.later_due is None:
        return
    run = walk.course.run
    if run is None:
        walk.without_effect(act, cite(35))
        return
    late_notice = act.notified_on is not None and run.due is not None and act.notified_on > run.due
    if run.due is not None and act.on > run.due:
        why = f"确定时答复期限已于{chinese_date(run.due)}届满，不生效"
    elif act.notified_on is None:
        why = "尚未告知申请人，不生效"
    elif late_notice and walk.readings.extension_needs_notice_in_time:
        why = "期满后才告知申请人，不生效"
    elif run.due is not None and act.later_due <= run.due:
        why = f"不晚于现在的期满日（{chinese_date(run.due)}），没有作用"
    else:
        run.later = act.later_due
        return
    reading = "extension_needs_notice_in_time" if late_notice else ""
    walk.find("later_due_void", Gravity.WARNING, f"{name_of(act)}的延迟答复日期：{why}", cite(35), reading)


def _extension(walk: Walk, act: ExtensionGranted) -> None:
    """Art. 33 para. 2: once, at most twenty working days, approved and told in time."""
    run, article = walk.course.run, cite(33, 2)
    if run is None:
        walk.without_effect(act, article)
        return
    why, reading = _extension_flaw(walk, act, run)
    if why:
        pending = act.notified_on is None and (run.original_due is None or walk.horizon <= run.original_due)
        gravity = Gravity.WARNING if reading == "" and pending else Gravity.VIOLATION
        walk.find("extension_void", gravity, f"{name_of(act)}：{why}", article, reading)
        return
    if walk.course.extended_by is not None:
        said = f"{name_of(act)}：期限重新计算以后再次延期"
        walk.find("extension_again", Gravity.NOTE, said, article, "extension_again_after_restart")
    if reading:
        said = f"{name_of(act)}期满后才告知申请人，仍生效" if reading.startswith("extension") else ""
        said = said or f"{name_of(act)}超过{EXTENSION_WORKING_DAYS}个工作日，按{EXTENSION_WORKING_DAYS}个工作日生效"
        walk.find("extension_flawed", Gravity.VIOLATION, said, article, reading)
    run.extra = min(act.working_days, EXTENSION_WORKING_DAYS)
    run.counted_due = count_out(run.start, REPLY_WORKING_DAYS + run.extra, walk.stopped, walk.calendar)
    walk.course.extended_by, walk.course.extended_before = act, run.original_due


def _extension_flaw(walk: Walk, act: ExtensionGranted, run: Run) -> tuple[str, str]:
    """Why an extension has no effect ("" when it has), and the reading that mattered ("" when none did)."""
    readings, due = walk.readings, run.original_due
    if walk.course.extended_by is not None and (run.extra or not readings.extension_again_after_restart):
        return "只能延期一次，不生效", "" if run.extra else "extension_again_after_restart"
    if due is not None and act.approved_on > due:
        return f"同意时答复期限已于{chinese_date(due)}届满，不生效", ""
    if act.notified_on is None:
        told = due is None or walk.horizon <= due
        return ("尚未告知申请人，不生效；应在期满日前告知" if told else "没有告知申请人，不生效"), ""
    oversize = act.working_days > EXTENSION_WORKING_DAYS
    if oversize and readings.oversize_extension_is_void:
        said = f"延期{act.working_days}个工作日，超过{EXTENSION_WORKING_DAYS}个工作日，整体不生效"
        return said, "oversize_extension_is_void"
    late = due is not None and act.notified_on > due
    if late and readings.extension_needs_notice_in_time:
        return f"期满（{chinese_date(due)}）后才告知申请人，不生效" if due else "", "extension_needs_notice_in_time"
    if late:
        return "", "extension_needs_notice_in_time"
    return "", "oversize_extension_is_void" if oversize else ""


_STEPS: dict[type[Act], Callable[[Walk, Any], None]] = {
    ClarificationNotice: _clarification,
    DelayExcused: _excused,
    Supplement: _supplement,
    FeeNotice: _fee_notice,
    FeePaid: _paid,
    ReasonsDemanded: _demanded,
    ReasonsGiven: _given,
    ReasonsJudged: _judged,
    ExtensionGranted: _extension,
}
"""What changes the course; consultations stop the count wherever they lie (`consultations.stops`)."""
