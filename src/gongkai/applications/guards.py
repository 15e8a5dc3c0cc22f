"""Why something may not happen to a case now: each guard answers every reason in Chinese, with what to do."""

from collections.abc import Callable, Iterator
from functools import wraps

from gongkai.agencies.officers import Officer
from gongkai.applications.applications import Application, AssignmentState
from gongkai.applications.clock_facts import clocks_of
from gongkai.applications.dating import was_before
from gongkai.applications.decisions import missing_of
from gongkai.applications.dispatch import LetterState, Method
from gongkai.applications.items import ItemState
from gongkai.applications.letter_keys import is_reply
from gongkai.applications.steps import ConsultationState, ExtensionState
from gongkai.law import clock
from gongkai.law.calendar import CalendarRangeError
from gongkai.law.clock import HistoryError, Status
from gongkai.procedures.tables import Attempt


def _case(attempt: Attempt) -> Application:
    found = attempt.subject
    return found if isinstance(found, Application) else found.application


def _line(attempt: Attempt) -> clock.Timeline:
    case = _case(attempt)
    return clocks_of(case).of(case)


def _by_the_clock(guard: Callable[[Attempt], list[str]]) -> Callable[[Attempt], list[str]]:
    """A guard that asks the clock. Where the days of a case contradict each other (the machine's clock was set back, a
    former ledger was wrong) it has no answer: that is the reason then, and the page on which to mend them opens."""

    @wraps(guard)
    def asked(attempt: Attempt) -> list[str]:
        try:
            return guard(attempt)
        except (HistoryError, CalendarRangeError):
            return ["日期有矛盾，期限无法计算，请先核对日期。"]  # where, the head of the page says

    return asked


@_by_the_clock
def may_clarify(attempt: Attempt) -> list[str]:
    """补正 is told once, within seven working days (art. 30). What counts is the day of the notice: one that went out
    in time may be entered later."""
    if _is_history(attempt):
        return []
    line = _line(attempt)
    told, step = attempt.given.get("notified_on"), line.step("clarification_notice")
    may_be_in_time = step is not None and step.due is not None and (told is None or told <= step.due)
    if step is not None and step.done_on is None and may_be_in_time and line.status.open and line.course.wait is None:
        return []
    return list(clock.may_clarify(line))


@_by_the_clock
def may_still_extend(attempt: Attempt) -> list[str]:
    """延期 once, before the due date (art. 33)."""
    return list(clock.may_extend(_line(attempt)))


@_by_the_clock
def told_in_time(attempt: Attempt) -> list[str]:
    """An extension takes effect when the applicant was told before the original period ended (art. 33). What counts is
    the day of the notice, which may be entered later."""
    if _is_history(attempt):
        return []
    line = _line(attempt)
    due, told = line.original_due, attempt.given.get("notified_on")
    if due is None or told is None or told <= due:
        return []
    return [f"原答复期限已于{due:%Y-%m-%d}届满，此后告知的延期没有效力；请核对告知日期，确已逾期的不能再延期。"]


@_by_the_clock
def silence_has_run_out(attempt: Attempt) -> list[str]:
    """Nobody is held to have given up before the law says so."""
    line = _line(attempt)
    if line.status is Status.DEEMED_ABANDONED:
        return []
    return [f"期限尚未届满，不能按放弃申请处理；现在的情形是“{line.status.label}”。"]


def every_item_is_decided(attempt: Attempt) -> Iterator[str]:
    """Each requested item has its decision, and each decision all that it needs: everything missing at once."""
    for item in _case(attempt).items.all():
        if item.state == ItemState.OPEN:
            yield f"第{item.position}项“{item.name}”还没有拟定处理决定。"
        elif item.state == ItemState.DRAFTED:
            yield from (f"第{item.position}项“{item.name}”：{one.message}" for one in missing_of(item))


def nothing_is_waited_for(attempt: Attempt) -> Iterator[str]:
    """Answers of departments, third parties and agencies are in, or were taken back."""
    case = _case(attempt)
    for assignment in case.assignments.all():
        if assignment.state in (AssignmentState.SENT, AssignmentState.ACCEPTED):
            yield f"{assignment.department.name}尚未反馈承办意见，请催办，或者收回转办。"
    for asked in case.consultations.all():
        if asked.state == ConsultationState.SENT:
            yield f"“{asked}”尚未回复征求意见；期满后可按期满未回复办理。"
    for meeting in case.deliberations.all():
        if meeting.closed_at is None:
            yield "会商尚未形成结论，请先填写会商结论。"


def no_extension_is_pending(attempt: Attempt) -> Iterator[str]:
    """An approved extension that was not told has no effect: tell it, or decline it."""
    for one in _case(attempt).extensions.all():
        if one.state in (ExtensionState.PROPOSED, ExtensionState.APPROVED):
            yield "延期尚未批准或者尚未告知申请人，请先办完。"


def not_own_draft(attempt: Attempt) -> Iterator[str]:
    """Whoever drafted a decision does not review it."""
    actor = attempt.actor
    if not isinstance(actor, Officer):
        return
    if any(item.decided_by_id == actor.pk for item in _case(attempt).items.all()):
        yield "处理决定由您拟定，须由他人审核。"


def reply_is_frozen(attempt: Attempt) -> list[str]:
    """A reply goes out as a letter that can be proven afterwards."""
    letters = _case(attempt).letters.all()
    if any(one.state == LetterState.FROZEN and is_reply(one.key) for one in letters):
        return []
    return ["答复书还没有定稿：请在“文书”中拟写答复书并定稿。"]


def delivery_is_proven(attempt: Attempt) -> Iterator[str]:
    """The file is closed when it is known that the reply arrived (or came back) (art. 45: 归档)."""
    for letter in _case(attempt).letters.all():
        if letter.state == LetterState.DRAFT:
            yield f"《{letter.title}》仍是草拟状态，请定稿发出，或者作废。"
        elif letter.state == LetterState.FROZEN:
            sent = list(letter.deliveries.all())
            if sent and not any(one.received_on or one.failed_on for one in sent):
                yield f"《{letter.title}》尚未登记送达结果，请登记送达日期和签收人。"
            elif sent and all(one.method == Method.EMAIL and not one.received_on for one in sent):
                yield f"《{letter.title}》的电子邮件没有送达，请改用其他方式再次送达。"
            elif not sent and is_reply(letter.key):
                yield f"《{letter.title}》尚未登记怎样送达，请在“文书”中登记。"


def is_imported(attempt: Attempt) -> list[str]:
    """Only what was handled before this system came may be taken over as finished."""
    return [] if _case(attempt).imported else ["只有从既有台账迁入的申请可以这样办理。"]


def _is_history(attempt: Attempt) -> bool:
    return was_before(_case(attempt), attempt.now)


def is_history(attempt: Attempt) -> list[str]:
    """Only what happened before the case came here is entered as already done."""
    return [] if _case(attempt).imported else ["只有从既有台账迁入的申请可以这样登记。"]


@_by_the_clock
def consultation_has_run_out(attempt: Attempt) -> list[str]:
    """Silence counts only after the days the law gives (arts. 32, 34)."""
    line = _line(attempt)
    key = str(attempt.subject.pk)
    step = next((one for one in line.steps if one.key == f"consultation:{key}"), None)
    if step is not None and step.due is not None and step.due < line.today:
        return []
    until = f"（{step.due:%Y-%m-%d}）" if step is not None and step.due else ""
    return [f"答复意见的期限{until}尚未届满。"]


def charges_are_allowed(attempt: Attempt) -> Iterator[str]:
    """One basis for one application, and only while it is not paid for already (国办函〔2020〕109号)."""
    if any(one.paid_on for one in _case(attempt).fees.all()):
        yield "本件已经收费，不能重复收费。"


def reasons_not_demanded_yet(attempt: Attempt) -> Iterator[str]:
    """Reasons are demanded once for an application (art. 35)."""
    if _case(attempt).reason_demands.all():
        yield "本件已经要求过说明理由，不能重复要求。"


def reasons_were_given_or_late(attempt: Attempt) -> Iterator[str]:
    """Judged when they are there, or when the day for them has passed."""
    today = clocks_of(_case(attempt)).today
    for demand in _case(attempt).reason_demands.all():
        if demand.judged_on is None and demand.given_on is None and demand.until >= today:
            yield f"申请人尚未说明理由，说明期限至{demand.until:%Y-%m-%d}。"


def something_was_paid(attempt: Attempt) -> Iterator[str]:
    """Only what was paid and not yet given back can be given back."""
    if not any(one.paid_on and not one.refunded_on for one in _case(attempt).fees.all()):
        yield "没有可以退付的费用。"
