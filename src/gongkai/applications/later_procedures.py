"""What comes after a reply: remedies 复议诉讼, corrections 更正 (art. 41), proposals to publish (art. 44)."""

from collections.abc import Mapping
from typing import Any

from gongkai.agencies.officers import Officer
from gongkai.applications import initial, moving
from gongkai.applications import ledger_kinds as kinds
from gongkai.applications.aftermath import Correction, Proposal
from gongkai.applications.aftermath import CorrectionState as K
from gongkai.applications.aftermath import ProposalState as P
from gongkai.applications.powers import LABELS, OFFICE, OFFICER, roles_of_part
from gongkai.applications.remedies import Remedy, RemedyResult
from gongkai.applications.remedies import RemedyState as R
from gongkai.ledger import moment
from gongkai.procedures.registry import register
from gongkai.procedures.tables import Actor, Asked, Attempt, Event, Procedure, State


def _text(attempt: Attempt, key: str) -> str:
    return str(attempt.given.get(key) or "").strip()


def _answer_remedy(attempt: Attempt) -> Mapping[str, Any]:
    one: Remedy = attempt.subject
    one.answered_on = attempt.given["answered_on"]
    one.save(update_fields=["answered_on"])
    return {"what": str(one), "on": one.answered_on.isoformat()}


def _decide_remedy(attempt: Attempt) -> Mapping[str, Any]:
    one: Remedy = attempt.subject
    one.result, one.decided_on = RemedyResult(attempt.given["result"]), attempt.given["decided_on"]
    one.decision = _text(attempt, "decision")
    one.orders_new_reply = bool(attempt.given.get("orders_new_reply"))
    one.reply_within = attempt.given.get("reply_within") or None
    one.save(update_fields=["result", "decided_on", "decision", "orders_new_reply", "reply_within"])
    said: dict[str, Any] = {"what": f"{one}：{RemedyResult(one.result).label}", "on": one.decided_on.isoformat()}
    if one.orders_new_reply:
        said["round"] = moving.order_round(one, by=attempt.actor, now=attempt.now).pk
    return said


REMEDY = register(
    Procedure(
        key="remedy",
        label="行政复议、行政诉讼",
        basis="《中华人民共和国政府信息公开条例》第五十一条；《行政复议法》《行政诉讼法》。",
        states=(
            State(R.FILED, "已受理", waits="公开经办人、法制审核"),
            State(R.ANSWERED, "已答复（答辩）", waits="复议机关、法院"),
            State(R.DECIDED, "已审结", ends=True),
        ),
        start=R.FILED,
        role_labels=LABELS,
        roles_of=roles_of_part,
        agency_of=lambda remedy: remedy.application.agency,
        events=(
            Event(
                "answer",
                "登记答复（答辩）",
                roles={R.FILED: OFFICER | {"legal_reviewer"}},
                targets=(R.ANSWERED,),
                kind=kinds.REMEDY_ANSWERED,
                asks=(Asked("answered_on", "提交日期", kind="date", initial=initial.today),),
                effect=_answer_remedy,
                tone="go",
            ),
            Event(
                "decide",
                "登记结果",
                roles=dict.fromkeys((R.FILED, R.ANSWERED), OFFICER | {"legal_reviewer"}),
                targets=(R.DECIDED,),
                kind=kinds.REMEDY_DECIDED,
                asks=(
                    Asked(
                        "result",
                        "结果",
                        kind="choice",
                        choices=lambda attempt: [(one.value, str(one.label)) for one in RemedyResult],
                    ),
                    Asked("decided_on", "审结日期", kind="date", initial=initial.today),
                    Asked("decision", "决定要点", required=False),
                    Asked("orders_new_reply", "责令重新答复", kind="checkbox", required=False),
                    Asked("reply_within", "重新答复期限", kind="date", required=False),
                ),
                effect=_decide_remedy,
                tone="go",
            ),
        ),
    )
)


def _of_agency(actor: Actor, subject: Any) -> frozenset[str]:
    if isinstance(actor, Officer) and actor.is_active and actor.agency_id == subject.agency_id:
        return actor.roles_over(None)
    return frozenset()


def _answer_correction(attempt: Attempt) -> Mapping[str, Any]:
    one: Correction = attempt.subject
    one.answer = _text(attempt, "answer")
    one.passed_to = _text(attempt, "passed_to")[:120]
    one.answered_on = moment.today()
    one.save(update_fields=["answer", "passed_to", "answered_on"])
    return {"what": attempt.event.label}


_ANSWER = Asked("answer", "处理说明")

CORRECTION = register(
    Procedure(
        key="correction",
        label="更正与自身相关的信息",
        basis="《中华人民共和国政府信息公开条例》第四十一条。",
        states=(
            State(K.FILED, "待办理", waits="公开经办人"),
            State(K.CORRECTED, "已更正", ends=True),
            State(K.REFUSED, "不予更正", ends=True),
            State(K.PASSED_ON, "已转送", ends=True),
        ),
        start=K.FILED,
        role_labels=LABELS,
        roles_of=_of_agency,
        agency_of=lambda correction: correction.agency,
        events=(
            Event(
                "correct",
                "予以更正",
                roles={K.FILED: OFFICE},
                targets=(K.CORRECTED,),
                kind=kinds.CORRECTION_ANSWERED,
                asks=(_ANSWER,),
                effect=_answer_correction,
                tone="go",
            ),
            Event(
                "refuse",
                "不予更正",
                roles={K.FILED: OFFICE},
                targets=(K.REFUSED,),
                kind=kinds.CORRECTION_ANSWERED,
                asks=(_ANSWER,),
                effect=_answer_correction,
                tone="danger",
            ),
            Event(
                "pass_on",
                "转送有权更正的机关",
                roles={K.FILED: OFFICE},
                targets=(K.PASSED_ON,),
                kind=kinds.CORRECTION_ANSWERED,
                asks=(Asked("passed_to", "转送机关", kind="line"), _ANSWER),
                effect=_answer_correction,
            ),
        ),
    )
)


def _answer_proposal(attempt: Attempt) -> Mapping[str, Any]:
    one: Proposal = attempt.subject
    one.answer, one.answered_on = _text(attempt, "answer"), moment.today()
    one.save(update_fields=["answer", "answered_on"])
    return {"what": attempt.event.label}


PROPOSAL = register(
    Procedure(
        key="proposal",
        label="建议主动公开",
        basis="《中华人民共和国政府信息公开条例》第四十四条。",
        states=(
            State(P.FILED, "待审核", waits="公开经办人"),
            State(P.ADOPTED, "已纳入主动公开", ends=True),
            State(P.DECLINED, "未采纳", ends=True),
        ),
        start=P.FILED,
        role_labels=LABELS,
        roles_of=_of_agency,
        agency_of=lambda proposal: proposal.agency,
        events=(
            Event(
                "adopt",
                "纳入主动公开",
                roles={P.FILED: OFFICE},
                targets=(P.ADOPTED,),
                kind=kinds.PROPOSAL_ANSWERED,
                asks=(Asked("answer", "审核意见", required=False),),
                effect=_answer_proposal,
                tone="go",
            ),
            Event(
                "decline",
                "不采纳",
                roles={P.FILED: OFFICE},
                targets=(P.DECLINED,),
                kind=kinds.PROPOSAL_ANSWERED,
                asks=(Asked("answer", "理由"),),
                effect=_answer_proposal,
            ),
        ),
    )
)
