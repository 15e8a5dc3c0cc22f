"""How an edition gets from a draft to the public: graded review 分级审核、先审后发 (Regulation art. 17; 三审三校).

What may become of its document afterwards is the other table, ``document_procedure``.
"""

from gongkai.agencies.roles import ROLE_LABELS
from gongkai.catalog.editions import Edition, EditionState
from gongkai.procedures.registry import register
from gongkai.procedures.tables import SYSTEM_ROLE, Actor, Asked, Event, Procedure, State, roles
from gongkai.publishing import edition_effects, guards
from gongkai.publishing import ledger_kinds as kinds
from gongkai.publishing.document_procedure import DOCUMENT
from gongkai.publishing.powers import CLOCK, OFFICE, roles_over

_DRAFTERS = roles("drafter", "disclosure_officer")
_HEADS = roles("disclosure_head", "leader")
_STEP_ROLE = {
    "dept_review": roles("dept_reviewer"),
    "legal_review": roles("legal_reviewer"),
    "office_review": roles("office_reviewer"),
    "secrecy_review": roles("secrecy_reviewer"),
    "leader_review": roles("leader"),
}
REVIEW_STATES = tuple(_STEP_ROLE)
__all__ = ["CLOCK", "DOCUMENT", "EDITION", "REVIEW_STATES"]


def _edition_roles(actor: Actor, edition: Edition) -> frozenset[str]:
    return roles_over(actor, edition.document)


_REASON = Asked("reason", "理由")
_ATTEST = (
    Asked("political", "政治关：表述、导向、敏感时点", required=False, kind="checkbox"),
    Asked("policy", "政策关：与现行政策、法规一致", required=False, kind="checkbox"),
    Asked("content", "内容关：事实、数据、附件准确", required=False, kind="checkbox"),
    Asked("secrecy", "已按保密法审查，不涉密、不涉敏感", required=False, kind="checkbox"),
    Asked("note", "审核意见", required=False),
)

EDITION = register(
    Procedure(
        key="edition",
        label="信息审核发布",
        basis="《中华人民共和国政府信息公开条例》第十七条；分级审核、先审后发。",
        states=(
            State(EditionState.DRAFTING, "起草", waits="撰稿人"),
            State(EditionState.DEPT_REVIEW, "处室初审", waits="处室审核"),
            State(EditionState.LEGAL_REVIEW, "法制审核", waits="法制审核"),
            State(EditionState.OFFICE_REVIEW, "办公室复审", waits="办公室审核"),
            State(EditionState.SECRECY_REVIEW, "保密审查", waits="保密审查"),
            State(EditionState.LEADER_REVIEW, "分管领导终审", waits="分管领导"),
            State(EditionState.APPROVED, "待发布", waits="公开经办人"),
            State(EditionState.SCHEDULED, "定时发布", waits="时间"),
            State(EditionState.RELEASED, "已发布"),
            State(EditionState.SUPERSEDED, "历史版本", ends=True),
            State(EditionState.FILED, "不公开存档", ends=True),
            State(EditionState.DISCARDED, "已作废", ends=True),
        ),
        start=EditionState.DRAFTING,
        role_labels=ROLE_LABELS,
        roles_of=_edition_roles,
        agency_of=lambda edition: edition.document.agency,
        events=(
            Event(
                "submit",
                "送审",
                roles={EditionState.DRAFTING: _DRAFTERS},
                targets=REVIEW_STATES,
                choose=edition_effects.first_step,
                kind=kinds.SUBMITTED,
                guards=(guards.fit_for_review,),
                effect=edition_effects.submit,
                tone="go",
                shortcut="s",
            ),
            Event(
                "pass",
                "通过",
                roles=_STEP_ROLE,
                targets=(*REVIEW_STATES[1:], EditionState.APPROVED, EditionState.FILED),
                choose=edition_effects.next_step,
                kind=kinds.PASSED,
                guards=(guards.not_own_work, guards.no_blocking_findings, guards.attested),
                asks=_ATTEST,
                effect=edition_effects.passed,
                tone="go",
                shortcut="a",
            ),
            Event(
                "return",
                "退回",
                roles=_STEP_ROLE | {EditionState.APPROVED: OFFICE, EditionState.SCHEDULED: OFFICE},
                targets=(EditionState.DRAFTING, *REVIEW_STATES),
                choose=edition_effects.return_to,
                kind=kinds.RETURNED,
                asks=(
                    Asked("to", "退回至", kind="choice", choices=edition_effects.earlier_steps),
                    Asked("reason", "退回理由", help="写明要改什么，撰稿人照此修改。"),
                ),
                effect=edition_effects.returned,
                tone="danger",
                shortcut="r",
            ),
            Event(
                "recall",
                "收回修改",
                roles=dict.fromkeys((*REVIEW_STATES, EditionState.APPROVED, EditionState.SCHEDULED), _DRAFTERS),
                targets=(EditionState.DRAFTING,),
                kind=kinds.RECALLED,
                asks=(Asked("reason", "理由", required=False),),
                effect=edition_effects.back_to_drafting,
                hint="修改后须重新送审。",
            ),
            Event(
                "release",
                "立即发布",
                roles={EditionState.APPROVED: OFFICE, EditionState.SCHEDULED: OFFICE | {SYSTEM_ROLE}},
                targets=(EditionState.RELEASED,),
                kind=kinds.RELEASED,
                guards=(guards.is_proactive, guards.no_blocking_findings, guards.document_takes_release),
                effect=edition_effects.release,
                tone="go",
                shortcut="p",
            ),
            Event(
                "schedule",
                "定时发布",
                roles={EditionState.APPROVED: OFFICE},
                targets=(EditionState.SCHEDULED,),
                kind=kinds.SCHEDULED,
                guards=(guards.is_proactive, guards.no_blocking_findings, guards.in_the_future),
                asks=(Asked("release_at", "发布时间", kind="datetime"),),
                effect=edition_effects.schedule,
            ),
            Event(
                "unschedule",
                "取消定时",
                roles={EditionState.SCHEDULED: OFFICE | {SYSTEM_ROLE}},
                targets=(EditionState.APPROVED,),
                kind=kinds.UNSCHEDULED,
                asks=(Asked("reason", "理由", required=False),),
                effect=edition_effects.unschedule,
            ),
            Event(
                "emergency",
                "紧急发布",
                roles=dict.fromkeys((EditionState.DRAFTING, *REVIEW_STATES, EditionState.APPROVED), _HEADS),
                targets=(EditionState.RELEASED,),
                kind=kinds.EMERGENCY,
                guards=(guards.is_proactive, guards.no_blocking_findings, guards.document_takes_release),
                asks=(Asked("reason", "紧急发布理由", help="将永久标记；须在24小时内事后补审。"),),
                effect=edition_effects.emergency_release,
                tone="danger",
                hint="只用于突发事件等来不及审核的信息。",
            ),
            Event(
                "adopt",
                "导入存量",
                roles={EditionState.DRAFTING: OFFICE},
                targets=(EditionState.RELEASED,),
                kind=kinds.ADOPTED,
                guards=(guards.was_imported, guards.is_proactive, guards.no_blocking_findings),
                effect=edition_effects.adopt,
                hint="原网站上早已公开的信息，迁入后照原发布日期公开。",
            ),
            Event(
                "bring_out",
                "按专门程序发布",
                roles={EditionState.DRAFTING: roles(SYSTEM_ROLE)},
                targets=(EditionState.RELEASED,),
                kind=kinds.RELEASED,
                guards=(guards.is_proactive, guards.no_blocking_findings, guards.document_takes_release),
                effect=edition_effects.release,
                hint="由专门程序审定的信息（年度报告）公布时，系统随之发布。",
            ),
            Event(
                "review_after",
                "事后补审",
                roles={EditionState.RELEASED: roles("office_reviewer", "leader")},
                targets=(EditionState.RELEASED,),
                kind=kinds.REVIEWED_AFTER,
                guards=(guards.awaits_review_after, guards.not_own_work, guards.attested),
                asks=_ATTEST,
                effect=edition_effects.reviewed_after,
                tone="go",
            ),
            Event(
                "supersede",
                "由新版本取代",
                roles={EditionState.RELEASED: roles(SYSTEM_ROLE)},
                targets=(EditionState.SUPERSEDED,),
                kind=kinds.SUPERSEDED,
            ),
            Event(
                "discard",
                "作废草稿",
                roles={EditionState.DRAFTING: _DRAFTERS},
                targets=(EditionState.DISCARDED,),
                kind=kinds.DISCARDED,
                asks=(_REASON,),
                tone="danger",
            ),
        ),
    )
)
