"""转办: a department takes an assignment 签收, sends it back with a reason 退回, or answers it 反馈."""

from collections.abc import Mapping
from typing import Any

from gongkai.agencies.officers import Officer
from gongkai.applications import ledger_kinds as kinds
from gongkai.applications.applications import Assignment
from gongkai.applications.applications import AssignmentState as A
from gongkai.applications.powers import DEPARTMENT, LABELS, OFFICE, OFFICER, roles_in_department
from gongkai.procedures.registry import register
from gongkai.procedures.tables import SYSTEM_ROLE, Asked, Attempt, Event, Procedure, State, roles

OPEN = (A.SENT, A.ACCEPTED)
_CLOCK = roles(SYSTEM_ROLE)


def _accept(attempt: Attempt) -> Mapping[str, Any]:
    one: Assignment = attempt.subject
    one.accepted_at = attempt.now
    one.accepted_by = attempt.actor if isinstance(attempt.actor, Officer) else None
    one.save(update_fields=["accepted_at", "accepted_by"])
    return {"what": one.department.name}


def _return(attempt: Attempt) -> Mapping[str, Any]:
    one: Assignment = attempt.subject
    one.return_reason = str(attempt.given["reason"]).strip()[:300]
    one.save(update_fields=["return_reason"])
    return {"reason": f"{one.department.name}：{one.return_reason}"}


def _answer(attempt: Attempt) -> Mapping[str, Any]:
    one: Assignment = attempt.subject
    one.answer = str(attempt.given["answer"]).strip()
    one.answered_at = attempt.now
    one.save(update_fields=["answer", "answered_at"])
    return {"what": one.department.name}


def _recall(attempt: Attempt) -> Mapping[str, Any]:
    return {"reason": str(attempt.given.get("reason") or "").strip()}


ASSIGNMENT = register(
    Procedure(
        key="assignment",
        label="转办承办处室",
        basis="《中华人民共和国政府信息公开条例》第四十五条：登记、审核、办理、答复、归档。",
        states=(
            State(A.SENT, "待签收", waits="承办处室"),
            State(A.ACCEPTED, "已签收", waits="承办处室"),
            State(A.ANSWERED, "已反馈", waits="公开经办人"),
            State(A.RETURNED, "已退回", ends=True),
            State(A.RECALLED, "已收回", ends=True),
        ),
        start=A.SENT,
        role_labels=LABELS,
        roles_of=roles_in_department,
        agency_of=lambda assignment: assignment.application.agency,
        events=(
            Event(
                "accept",
                "签收",
                roles={A.SENT: DEPARTMENT},
                targets=(A.ACCEPTED,),
                kind=kinds.ASSIGNMENT_ACCEPTED,
                effect=_accept,
                tone="go",
                shortcut="a",
            ),
            Event(
                "return",
                "退回",
                roles={A.SENT: DEPARTMENT, A.ACCEPTED: DEPARTMENT},
                targets=(A.RETURNED,),
                kind=kinds.ASSIGNMENT_RETURNED,
                asks=(Asked("reason", "退回理由", help="写明为什么不属于本处室，建议转给谁。"),),
                effect=_return,
                tone="danger",
                shortcut="r",
            ),
            Event(
                "answer",
                "反馈承办意见",
                roles={A.ACCEPTED: DEPARTMENT, A.ANSWERED: DEPARTMENT},
                targets=(A.ANSWERED,),
                kind=kinds.ASSIGNMENT_ANSWERED,
                asks=(Asked("answer", "承办意见", help="写明有无该信息、能否公开、理由和依据。"),),
                effect=_answer,
                tone="go",
                shortcut="s",
            ),
            Event(
                "recall",
                "收回转办",
                roles={A.SENT: OFFICE | _CLOCK, A.ACCEPTED: OFFICE | _CLOCK},
                targets=(A.RECALLED,),
                kind=kinds.ASSIGNMENT_RECALLED,
                asks=(Asked("reason", "理由"),),
                effect=_recall,
            ),
            Event(
                "ask_again",
                "请承办处室补充意见",
                roles={A.ANSWERED: OFFICER},
                targets=(A.ACCEPTED,),
                kind=kinds.ASSIGNMENT_RECALLED,
                asks=(Asked("reason", "需要补充什么"),),
                effect=_recall,
            ),
        ),
    )
)
