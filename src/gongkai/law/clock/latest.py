"""What the agency may still do today, and why not (还能不能补正告知、延期)."""

from __future__ import annotations

from gongkai.law.articles import cite
from gongkai.law.clock.acts import ClarificationNotice
from gongkai.law.clock.deriving import Timeline
from gongkai.law.clock.standing import Status
from gongkai.law.numerals import chinese_date


def may_extend(timeline: Timeline) -> tuple[str, ...]:
    """Why the reply may not be extended today; empty when it may. Art. 33 para. 2."""
    why = _not_running(timeline)
    run, by = timeline.course.run, timeline.course.extended_by
    if by is not None and ((run is not None and run.extra) or not timeline.readings.extension_again_after_restart):
        why.append(f"已于{chinese_date(by.approved_on)}延期，{cite(33, 2)}只允许延期一次")
    due = timeline.original_due
    if due is not None and timeline.today > due and timeline.status.open:
        why.append(f"原答复期限已于{chinese_date(due)}届满，延期应当在期满前批准并告知申请人")
    return tuple(why)


def may_clarify(timeline: Timeline) -> tuple[str, ...]:
    """Why no clarification may be asked for today; empty when it may. Art. 30."""
    why = _not_running(timeline)
    notice = timeline.history.first(ClarificationNotice)
    if notice is not None:
        why.append(f"已于{chinese_date(notice.on)}告知补正，{cite(30)}要求一次性告知")
    step = timeline.step("clarification_notice")
    if notice is None and step is not None and step.due is not None and timeline.today > step.due:
        why.append(f"告知补正最迟应在{chinese_date(step.due)}（收到之日起7个工作日内）")
    return tuple(why)


def _not_running(timeline: Timeline) -> list[str]:
    """Reasons that hold for every act that needs a running clock."""
    if not timeline.status.open:
        return [f"申请{timeline.status.label}，不再计算期限"]
    if timeline.status is Status.AWAITING_CONFIRMATION:
        return [f"尚未确定收到之日：{'、'.join(timeline.receipt.needs)}"]
    wait = timeline.course.wait
    return [f"正在{wait.kind.label}，没有期满日"] if wait is not None else []
