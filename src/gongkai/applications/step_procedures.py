"""Statutory steps that are procedures of their own: extension 延期 (art. 33), consultation 征求意见 (arts. 32, 34)."""

from collections.abc import Mapping
from typing import Any

from gongkai.agencies.officers import Officer
from gongkai.applications import guards, initial
from gongkai.applications import ledger_kinds as kinds
from gongkai.applications.dating import dated
from gongkai.applications.powers import HEAD, LABELS, OFFICER, roles_of_part
from gongkai.applications.steps import Answer, Consultation, Extension
from gongkai.applications.steps import ConsultationState as C
from gongkai.applications.steps import ExtensionState as E
from gongkai.ledger import moment
from gongkai.procedures.registry import register
from gongkai.procedures.tables import SYSTEM_ROLE, Asked, Attempt, Event, Procedure, State, roles


@dated
def _approve(attempt: Attempt) -> Mapping[str, Any]:
    one: Extension = attempt.subject
    one.approved_on = attempt.given.get("approved_on") or moment.today()
    itself = attempt.event.key == "approve"  # not who entered what somebody else had approved before
    one.approved_by = attempt.actor if itself and isinstance(attempt.actor, Officer) else None
    one.save(update_fields=["approved_on", "approved_by"])
    return {"what": f"延长{one.working_days}个工作日", "on": one.approved_on.isoformat()}


def _decline(attempt: Attempt) -> Mapping[str, Any]:
    one: Extension = attempt.subject
    one.decline_reason = str(attempt.given["reason"]).strip()[:300]
    one.save(update_fields=["decline_reason"])
    return {"reason": one.decline_reason}


@dated
def _notify(attempt: Attempt) -> Mapping[str, Any]:
    one: Extension = attempt.subject
    one.notified_on = attempt.given["notified_on"]
    one.save(update_fields=["notified_on"])
    return {"what": f"告知日期{one.notified_on:%Y-%m-%d}", "on": one.notified_on.isoformat()}


EXTENSION = register(
    Procedure(
        key="extension",
        label="延长答复期限",
        basis="《中华人民共和国政府信息公开条例》第三十三条：经政府信息公开工作机构负责人同意并告知申请人。",
        states=(
            State(E.PROPOSED, "待批准", waits="公开机构负责人"),
            State(E.APPROVED, "已批准待告知", waits="公开经办人"),
            State(E.NOTIFIED, "已告知申请人", ends=True),
            State(E.DECLINED, "未批准", ends=True),
        ),
        start=E.PROPOSED,
        role_labels=LABELS,
        roles_of=roles_of_part,
        agency_of=lambda extension: extension.application.agency,
        events=(
            Event(
                "approve",
                "同意延期",
                roles={E.PROPOSED: HEAD},
                targets=(E.APPROVED,),
                kind=kinds.EXTENSION_APPROVED,
                guards=(guards.may_still_extend,),
                effect=_approve,
                tone="go",
                shortcut="a",
            ),
            Event(
                "adopt",
                "按既有台账登记批准",
                roles={E.PROPOSED: OFFICER},
                targets=(E.APPROVED,),
                kind=kinds.EXTENSION_APPROVED,
                guards=(guards.is_history,),
                asks=(Asked("approved_on", "批准日期", kind="date", initial=initial.today),),
                effect=_approve,
            ),
            Event(
                "decline",
                "不同意延期",
                roles={E.PROPOSED: HEAD, E.APPROVED: HEAD},
                targets=(E.DECLINED,),
                kind=kinds.EXTENSION_DECLINED,
                asks=(Asked("reason", "理由"),),
                effect=_decline,
                tone="danger",
            ),
            Event(
                "notify",
                "告知申请人",
                roles={E.APPROVED: OFFICER},
                targets=(E.NOTIFIED,),
                kind=kinds.EXTENSION_NOTIFIED,
                guards=(guards.told_in_time,),
                asks=(
                    Asked("notified_on", "告知日期", kind="date", initial=initial.today, help="期限届满前告知才有效。"),
                ),
                effect=_notify,
                tone="go",
            ),
        ),
    )
)


@dated
def _received(attempt: Attempt) -> Mapping[str, Any]:
    one: Consultation = attempt.subject
    one.received_on = attempt.given["received_on"]
    one.save(update_fields=["received_on"])
    return {"what": f"{one}，{one.received_on:%Y-%m-%d}收到", "on": one.received_on.isoformat()}


@dated
def _answered(attempt: Attempt) -> Mapping[str, Any]:
    one: Consultation = attempt.subject
    one.answered_on = attempt.given["answered_on"]
    one.answer = Answer(attempt.given["answer"])
    one.answer_reason = str(attempt.given.get("answer_reason") or "").strip()
    one.save(update_fields=["answered_on", "answer", "answer_reason"])
    return {"what": f"{one}：{Answer(one.answer).label}", "on": one.answered_on.isoformat()}


def _cancelled(attempt: Attempt) -> Mapping[str, Any]:
    return {"reason": str(attempt.given["reason"]).strip()}


@dated
def _told(attempt: Attempt) -> Mapping[str, Any]:
    one: Consultation = attempt.subject
    one.public_interest = str(attempt.given["public_interest"]).strip()
    one.third_party_told_on = attempt.given["told_on"]
    one.save(update_fields=["public_interest", "third_party_told_on"])
    return {"what": f"告知日期{one.third_party_told_on:%Y-%m-%d}"}


def _only_third_parties(attempt: Attempt) -> list[str]:
    if attempt.subject.kind == "third_party" and attempt.subject.answer == Answer.OBJECT:
        return []
    return ["只有第三方不同意公开而本机关决定公开的，才需要书面告知第三方。"]


_WAITING: dict[str, frozenset[str]] = {C.SENT: OFFICER}

CONSULTATION = register(
    Procedure(
        key="consultation",
        label="征求意见",
        basis="《中华人民共和国政府信息公开条例》第三十二条、第三十四条：征求意见所需时间不计入答复期限。",
        states=(
            State(C.SENT, "等待回复", waits="第三方、其他机关"),
            State(C.ANSWERED, "已回复"),
            State(C.LAPSED, "期满未回复", ends=True),
            State(C.CANCELLED, "已取消", ends=True),
        ),
        start=C.SENT,
        role_labels=LABELS,
        roles_of=roles_of_part,
        agency_of=lambda consultation: consultation.application.agency,
        events=(
            Event(
                "received",
                "登记对方收到日期",
                roles=_WAITING,
                targets=(C.SENT,),
                kind=kinds.CONSULTATION_RECEIVED,
                asks=(Asked("received_on", "对方收到日期", kind="date"),),
                effect=_received,
            ),
            Event(
                "answer",
                "登记意见",
                roles=_WAITING,
                targets=(C.ANSWERED,),
                kind=kinds.CONSULTATION_ANSWERED,
                asks=(
                    Asked("answered_on", "收到意见日期", kind="date", initial=initial.today),
                    Asked(
                        "answer",
                        "意见",
                        kind="choice",
                        choices=lambda attempt: [(one.value, str(one.label)) for one in Answer],
                    ),
                    Asked("answer_reason", "理由", required=False),
                ),
                effect=_answered,
                tone="go",
            ),
            Event(
                "lapse",
                "期满未回复",
                roles={C.SENT: OFFICER | roles(SYSTEM_ROLE)},
                targets=(C.LAPSED,),
                kind=kinds.CONSULTATION_LAPSED,
                guards=(guards.consultation_has_run_out,),
                hint="第三方逾期未答，由本机关决定；共同制作机关逾期未答，视为同意公开。",
            ),
            Event(
                "cancel",
                "取消征求意见",
                roles=_WAITING,
                targets=(C.CANCELLED,),
                kind=kinds.CONSULTATION_CANCELLED,
                asks=(Asked("reason", "理由"),),
                effect=_cancelled,
                tone="danger",
            ),
            Event(
                "tell_third_party",
                "告知第三方决定公开",
                roles={C.ANSWERED: OFFICER},
                targets=(C.ANSWERED,),
                kind=kinds.THIRD_PARTY_TOLD,
                guards=(_only_third_parties,),
                asks=(
                    Asked("public_interest", "不公开可能对公共利益造成重大影响的理由"),
                    Asked("told_on", "告知日期", kind="date", initial=initial.today),
                ),
                effect=_told,
            ),
        ),
    )
)
