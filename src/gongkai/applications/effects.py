"""What the events of an application change; called by the procedure engine inside its transaction."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from gongkai.agencies.bodies import Agency
from gongkai.agencies.officers import Officer
from gongkai.applications import moving
from gongkai.applications.actions import letters
from gongkai.applications.applications import Application, ApplicationState, Ending
from gongkai.applications.dating import dated
from gongkai.applications.dispatch import Method
from gongkai.applications.item_procedures import ITEM
from gongkai.applications.items import ItemState
from gongkai.applications.steps import Clarification, Fee, FeeBasis, ReasonDemand
from gongkai.law import fees, replies
from gongkai.law.grounds import GROUNDS
from gongkai.law.replies import Disposal
from gongkai.ledger import moment
from gongkai.procedures.engine import Refused, fire
from gongkai.procedures.tables import Attempt
from gongkai.publishing.powers import CLOCK

Data = Mapping[str, Any]


@dated
def confirm(attempt: Attempt) -> Data:
    """Both sides know of it: from this day the law counts (art. 31)."""
    case: Application = attempt.subject
    case.confirmed_on = _day(attempt, "confirmed_on")
    case.confirmed_how = _text(attempt, "confirmed_how", 200)
    case.confirmed_by = _officer(attempt)
    case.save(update_fields=["confirmed_on", "confirmed_how", "confirmed_by"])
    return {"what": f"确认之日{case.confirmed_on:%Y-%m-%d}", "on": case.confirmed_on.isoformat()}


@dated
def clarify(attempt: Attempt) -> Data:
    """The notice says what is unclear, what is to be made good, and by when (art. 30)."""
    made = Clarification.objects.create(
        application=attempt.subject,
        unclear=_text(attempt, "unclear"),
        wanted=_text(attempt, "wanted"),
        until=_day(attempt, "until"),
        notified_on=_day(attempt, "notified_on"),
        by=_officer(attempt),
    )
    return {"what": f"补正期限至{made.until:%Y-%m-%d}", "clarification": made.pk, "on": made.notified_on.isoformat()}


@dated
def supplement(attempt: Attempt) -> Data:
    """What was unclear was made good; the clock begins anew."""
    notice = _open_notice(attempt.subject)
    notice.answered_on = _day(attempt, "answered_on")
    notice.answer = _text(attempt, "answer")
    notice.save(update_fields=["answered_on", "answer"])
    return {"what": f"补正之日{notice.answered_on:%Y-%m-%d}", "on": notice.answered_on.isoformat()}


@dated
def excuse(attempt: Attempt) -> Data:
    """A good reason for being late (art. 30): the period is lengthened."""
    notice = _open_notice(attempt.subject)
    notice.excused_on = moment.today()
    notice.excused_until = _day(attempt, "until")
    notice.excuse = _text(attempt, "excuse", 300)
    notice.save(update_fields=["excused_on", "excused_until", "excuse"])
    return {"what": f"补正期限顺延至{notice.excused_until:%Y-%m-%d}"}


@dated
def lapse(attempt: Attempt) -> Data:
    """No supplement or no payment in time: not handled any further; every open item ends with that outcome."""
    paying = attempt.subject.state == ApplicationState.PAYING
    outcome = "fee_lapsed" if paying else "clarification_lapsed"
    _end(attempt, Ending.ABANDONED, moment.today(), outcome)
    return {"what": replies.outcome(outcome).label}


@dated
def demand_reasons(attempt: Attempt) -> Data:
    """Too many, too often (art. 35): the applicant is asked why."""
    made = ReasonDemand.objects.create(
        application=attempt.subject,
        facts=_text(attempt, "facts"),
        until=_day(attempt, "until"),
        demanded_on=_day(attempt, "demanded_on"),
        by=_officer(attempt),
    )
    return {"what": f"说明期限至{made.until:%Y-%m-%d}", "on": made.demanded_on.isoformat()}


@dated
def give_reasons(attempt: Attempt) -> Data:
    """The applicant says why."""
    demand = _open_demand(attempt.subject)
    demand.given_on = _day(attempt, "given_on")
    demand.given = _text(attempt, "given")
    demand.save(update_fields=["given_on", "given"])
    return {"on": demand.given_on.isoformat()}


@dated
def judge_reasons(attempt: Attempt) -> Data:
    """Reasonable, perhaps with a later date that the applicant is told; or not."""
    demand = _open_demand(attempt.subject)
    demand.judged_on = moment.today()
    demand.reasonable = attempt.given["judgement"] == "reasonable"
    demand.later_due = attempt.given.get("later_due") or None
    demand.notified_on = moment.today() if demand.later_due else None
    demand.save(update_fields=["judged_on", "reasonable", "later_due", "notified_on"])
    later = f"，延迟答复至{demand.later_due:%Y-%m-%d}" if demand.later_due else ""
    return {"what": f"理由{'合理' if demand.reasonable else '不合理'}{later}"}


def judgements(attempt: Attempt) -> list[tuple[str, str]]:
    """合理 or 不合理."""
    return [("reasonable", "理由合理"), ("unreasonable", "理由不合理，不予处理")]


def fee_bases(attempt: Attempt) -> list[tuple[str, str]]:
    """按件 or 按量."""
    return [(one.value, str(one.label)) for one in FeeBasis]


@dated
def charge(attempt: Attempt) -> Data:
    """A fee notice: the tariff reckons, never a person (国办函〔2020〕109号)."""
    basis = FeeBasis(attempt.given["basis"])
    quantity, before = int(attempt.given["quantity"]), int(attempt.given.get("before") or 0)
    if quantity < 1 or before < 0:
        raise Refused(["件数、页数须大于0。"])
    reckoned = fees.by_pages(quantity) if basis is FeeBasis.PAGES else fees.by_count(quantity, before=before)
    if not reckoned.total:
        raise Refused([f"按标准计算应收0元，不必通知缴费：{basis.label}，{quantity}，当月此前累计{before}。"])
    made = Fee.objects.create(
        application=attempt.subject,
        basis=basis,
        quantity=quantity,
        before=before,
        amount=reckoned.total,
        lines=[line.sentence() for line in reckoned.lines],
        noticed_on=_day(attempt, "noticed_on"),
        received_on=_day(attempt, "received_on"),
        by=_officer(attempt),
    )
    return {"what": f"{basis.label}{made.amount}元", "fee": made.pk}


@dated
def pay(attempt: Attempt) -> Data:
    """Paid; the days begin anew."""
    fee = _open_fee(attempt.subject)
    fee.paid_on = _day(attempt, "paid_on")
    fee.paid_amount = fee.amount
    fee.receipt_number = _text(attempt, "receipt_number", 60)
    fee.save(update_fields=["paid_on", "paid_amount", "receipt_number"])
    return {"what": f"{fee.paid_amount}元", "on": fee.paid_on.isoformat()}


@dated
def waive(attempt: Attempt) -> Data:
    """Not charged after all."""
    fee = _open_fee(attempt.subject)
    fee.waived_on, fee.waive_reason = moment.today(), _text(attempt, "reason", 300)
    fee.save(update_fields=["waived_on", "waive_reason"])
    return {"what": fee.waive_reason}


def refund(attempt: Attempt) -> Data:
    """Given back, all or a part."""
    fee = attempt.subject.fees.filter(paid_on__isnull=False, refunded_on=None).order_by("-pk").first()
    fee.refunded_on, fee.refunded_amount = _day(attempt, "refunded_on"), fee.paid_amount
    fee.save(update_fields=["refunded_on", "refunded_amount"])
    return {"what": f"{fee.refunded_amount}元"}


def first_review(attempt: Attempt) -> str:
    """What withholds anything is looked at by the legal office first; what gives everything goes to the head."""
    given = {replies.outcome(item.outcome).disposal for item in attempt.subject.items.all() if item.outcome}
    return ApplicationState.HEAD_REVIEW if given == {Disposal.GRANTED} else ApplicationState.LEGAL_REVIEW


def note(attempt: Attempt) -> Data:
    """An opinion beside the act."""
    return {"what": _text(attempt, "note")}


def reason(attempt: Attempt) -> Data:
    """Why."""
    return {"reason": _text(attempt, "reason")}


def sign(attempt: Attempt) -> Data:
    """签发: the decisions on all items stand."""
    case: Application = attempt.subject
    case.signed_at = attempt.now
    case.save(update_fields=["signed_at"])
    for item in case.items.filter(state=ItemState.DRAFTED):
        fire(ITEM, item, "settle", by=CLOCK, now=attempt.now)
    return {"what": _text(attempt, "note")}


@dated
def deliver(attempt: Attempt) -> Data:
    """The reply went out: from this day nobody is late any more; the items are closed."""
    case: Application = attempt.subject
    on = _day(attempt, "replied_on")
    if case.signed_at is not None and on < timezone.localdate(case.signed_at):
        raise Refused(["发出答复的日期早于签发日期，请核对。"])
    case.replied_on = case.closed_on = on
    case.ending = Ending.REPLIED
    case.save(update_fields=["replied_on", "closed_on", "ending"])
    for item in case.items.filter(state=ItemState.SETTLED):
        fire(ITEM, item, "close", by=CLOCK, given={"on": on}, now=attempt.now)
    provided = _send_reply(attempt, case, on)
    return {"what": f"答复日期{on:%Y-%m-%d}", "on": on.isoformat(), "provided": provided}


def _send_reply(attempt: Attempt, case: Application, on: date) -> int:
    """The letter goes the chosen way; with none chosen, how it went is entered with the letter."""
    officer = _officer(attempt)
    if officer is None:
        return 0
    method = Method(attempt.given["method"]) if attempt.given.get("method") else None
    return letters.reply_sent(case, on=on, by=officer, method=method, tracking=_text(attempt, "tracking", 60))


@dated
def withdraw(attempt: Attempt) -> Data:
    """The applicant does not want it any more."""
    on = attempt.given.get("on") or moment.today()
    _end(attempt, Ending.WITHDRAWN, on, "withdrawn")
    return {"on": on.isoformat()}


def other_agencies(attempt: Attempt) -> list[tuple[str, str]]:
    """Agencies of the installation to which the case can go."""
    here = attempt.subject.agency_id
    return [(str(one.pk), one.name) for one in Agency.objects.exclude(pk=here) if one.exists_on(moment.today())]


@dated
def transfer(attempt: Attempt) -> Data:
    """The other agency gets an application of its own, received on this day; here it ends as not ours to disclose."""
    to = Agency.objects.get(pk=int(attempt.given["agency"]))
    moved = moving.open_at(attempt.subject, to, by=attempt.actor, now=attempt.now)
    _end(attempt, Ending.TRANSFERRED, moment.today(), "other_agency")
    return {"what": f"移送{to.name}，对方登记号{moved.number}", "moved_to": moved.pk}


def urge(attempt: Attempt) -> Data:
    """督办: said by the supervising office or the head; who handles it is told."""
    return {"what": _text(attempt, "text")}


def endings(attempt: Attempt) -> list[tuple[str, str]]:
    """How a case of a former ledger ended."""
    return [(one.value, str(one.label)) for one in (Ending.REPLIED, Ending.WITHDRAWN, Ending.ABANDONED)]


_OF_ENDING = {Ending.WITHDRAWN: "withdrawn", Ending.ABANDONED: "clarification_lapsed"}


@dated
def adopt(attempt: Attempt) -> Data:
    """A case that was finished before this system came. ``decisions``: outcome, grounds and reasons of each item in
    their order (from a ledger); else one outcome, with its ground, for all of them."""
    case: Application = attempt.subject
    on, ending = _day(attempt, "on"), Ending(attempt.given["ending"])
    case.closed_on, case.ending = on, ending
    case.replied_on = on if ending == Ending.REPLIED else None
    case.save(update_fields=["closed_on", "ending", "replied_on"])
    items = [one for one in case.items.all() if one.state in (ItemState.OPEN, ItemState.DRAFTED)]
    for item, decision in zip(items, _decisions(attempt, ending, len(items)), strict=True):
        fire(ITEM, item, "adopt", by=CLOCK, given=decision | {"on": on}, now=attempt.now)
    _take_back(case.assignments.all(), attempt)
    return {"what": f"{ending.label}，{on:%Y-%m-%d}", "on": on.isoformat()}


def _decisions(attempt: Attempt, ending: Ending, items: int) -> list[dict[str, Any]]:
    given = attempt.given.get("decisions")
    if given is not None:
        if len(given) != items:
            raise Refused(["处理决定须与申请事项一一对应。"])
        return [dict(one) for one in given]
    outcome = attempt.given.get("outcome") or _OF_ENDING.get(ending)
    if not outcome:
        raise Refused(["已答复的，请选择处理决定。"])
    ground = attempt.given.get("withholding")
    return [{"outcome": outcome, "grounds": [ground] if ground else []}] * items


def any_outcome(attempt: Attempt) -> list[tuple[str, str]]:
    """Every outcome of the law, those that an event brings about included."""
    return [(one.key, one.label) for one in replies.all_outcomes()]


def withholding(attempt: Attempt) -> list[tuple[str, str]]:
    """The grounds on which information is withheld."""
    return [("", "不需要理由"), *((one.key, one.label) for one in GROUNDS if one.withholds)]


def _end(attempt: Attempt, ending: Ending, on: date, outcome: str) -> None:
    case: Application = attempt.subject
    case.closed_on, case.ending = on, ending
    case.save(update_fields=["closed_on", "ending"])
    for item in case.items.exclude(state__in=(ItemState.CLOSED, ItemState.DROPPED)):
        fire(ITEM, item, "drop", by=CLOCK, given={"on": on, "outcome": outcome}, now=attempt.now)
    _take_back(case.assignments.all(), attempt)


def _take_back(assignments: Iterable[Any], attempt: Attempt) -> None:
    from gongkai.applications.assignment_procedure import ASSIGNMENT, OPEN

    for one in assignments:
        if one.state in OPEN:
            fire(ASSIGNMENT, one, "recall", by=CLOCK, given={"reason": attempt.event.label}, now=attempt.now)


def _open_notice(case: Application) -> Clarification:
    return case.clarifications.filter(answered_on=None).latest("pk")


def _open_demand(case: Application) -> ReasonDemand:
    return case.reason_demands.filter(judged_on=None).latest("pk")


def _open_fee(case: Application) -> Fee:
    return case.fees.filter(paid_on=None, waived_on=None).latest("pk")


def _officer(attempt: Attempt) -> Officer | None:
    return attempt.actor if isinstance(attempt.actor, Officer) else None


def _day(attempt: Attempt, key: str) -> date:
    given = attempt.given.get(key)
    return given if isinstance(given, date) else moment.today()


def _text(attempt: Attempt, key: str, length: int | None = None) -> str:
    return str(attempt.given.get(key) or "").strip()[:length]
