"""Cases of the former ledger as they happen again: received, what happened in between, taken over as decided."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from gongkai.applications.actions.adopting import Decided, adopt
from gongkai.applications.procedures import REMEDY
from gongkai.demo.applications import told
from gongkai.demo.applications.hand import Hand
from gongkai.demo.applications.stage import Office, Story
from gongkai.demo.applications.years import Asked, PlannedRemedy, Settled
from gongkai.demo.days import add_working_days
from gongkai.ledger import moment
from gongkai.procedures.engine import fire

_ANSWERS = {
    "consent": "同意公开。",
    "partly": "同意公开合同正文，报价明细不同意公开。",
    "object": "涉及本单位（本人）合法权益，不同意公开。",
}
_BODIES = {"reconsideration": "澜川市人民政府", "litigation_direct": "云浦区人民法院"}
_TO_SUPPLEMENT = "请写明所需信息的名称、文号或者年份、地点等特征；可以到现场或者打电话由工作人员协助。"
_EXTENDED = "需要查找的档案数量较大，并须会同有关处室核实。"
_FILED_AFTER = 6


def live(office: Office, one: Settled) -> Story:
    """The case from receipt to its end, and what was done against the reply."""
    hand = Hand(office, one.key)
    yield hand.on(one.received)
    hand.receive(one.applicant, [(one.name, one.wanted.features)], one.channel, imported=True)
    if one.notice is not None:
        yield from _clarify(hand, one, one.notice)
    if one.asked is not None:
        yield from _consult(hand, one, one.asked)
    if one.extended is not None:
        yield hand.on(one.extended)
        extension = hand.extend(20, _EXTENDED)
        yield hand.on(add_working_days(one.extended, 1))
        hand.tell_extension(extension)
    yield hand.on(one.ended, "14:40")
    _end(hand, one)
    if one.wanted.outcome in ("withdrawn", "clarification_lapsed"):
        yield hand.on(add_working_days(one.ended, _FILED_AFTER))
        hand.fire("archive")
    elif one.stars:
        yield hand.on(one.ended + timedelta(days=4), "20:10")
        hand.rate(one.stars, "答复及时。" if one.stars == 5 else "")
    if one.remedy is not None:
        yield from _remedy(hand, one.remedy)


def _clarify(hand: Hand, one: Settled, told_on: date) -> Story:
    yield hand.on(told_on)
    until = add_working_days(told_on, 10)
    unclear = one.wanted.unclear or "没有写明所需信息的年份和具体项目。"
    notice = {"unclear": unclear, "wanted": _TO_SUPPLEMENT, "notified_on": told_on, "until": until}
    hand.fire("clarify", **notice)
    if one.supplement is not None:
        yield hand.on(one.supplement, "15:10")
        answer = one.wanted.supplement or f"补充说明：{one.name}，以{one.received.year - 1}年的为准。"
        hand.fire("supplement", answered_on=one.supplement, answer=answer)


def _consult(hand: Hand, one: Settled, asked: Asked) -> Story:
    yield hand.on(asked.sent)
    rng = Random(f"third {one.key}")
    third = asked.kind == "third_party"
    who = told.applicant(rng, "citizen" if "privacy" in one.wanted.grounds else "enterprise") if third else None
    body = "" if third else "澜川市财政局"
    consultation = hand.consult(asked.kind, one.name, who=who, body=body)
    hand.consulted(consultation, "received", received_on=moment.today())
    if asked.answered is None:
        yield hand.on(add_working_days(asked.sent, 17))
        hand.consulted(consultation, "lapse")
        return
    yield hand.on(asked.answered)
    reason = _ANSWERS[asked.answer]
    hand.consulted(consultation, "answer", answered_on=asked.answered, answer=asked.answer, answer_reason=reason)


def _end(hand: Hand, one: Settled) -> None:
    wanted = one.wanted
    if wanted.outcome == "withdrawn":
        hand.fire("withdraw", by=hand.applicant, on=one.ended, reason="已通过其他途径取得所需信息。")
        return
    if wanted.outcome == "clarification_lapsed":
        hand.fire("lapse")
        return
    if wanted.place:
        hand.search(wanted.place, wanted.terms, wanted.found, nothing=True)
    decided = Decided(wanted.outcome, wanted.grounds, wanted.reasons, wanted.facts)
    adopt(hand.case, [decided], on=one.ended, by=hand.office.officer)


def _remedy(hand: Hand, planned: PlannedRemedy) -> Story:
    one = planned.told
    yield hand.on(planned.filed)
    body = _BODIES[one.kind]
    mark = f"澜政复〔{planned.filed.year}〕" if one.kind == "reconsideration" else f"（{planned.filed.year}）澜0101行初"
    filed = hand.remedy(one.kind, body, served=planned.filed, claim=one.claim, number=f"{mark}{hand.pk % 300 + 1}号")
    yield hand.on(planned.answered)
    fire(REMEDY, filed, "answer", by=hand.office.legal, given={"answered_on": planned.answered})
    if planned.decided is None:
        return
    yield hand.on(planned.decided)
    given = {"result": one.result, "decided_on": planned.decided, "decision": one.decision}
    fire(REMEDY, filed, "decide", by=hand.office.officer, given=given)
