"""The two tables of publishing: how an edition gets from a draft to the public, and what may become of a document.

Graded review 分级审核、先审后发 (Regulation art. 17; 三审三校); notices, withdrawal and revocation after release.
"""

from typing import Any

from gongkai.agencies.officers import Officer
from gongkai.agencies.roles import ROLE_LABELS
from gongkai.catalog.documents import Document, DocumentState
from gongkai.catalog.editions import Edition, EditionState
from gongkai.ledger.refs import SYSTEM, Ref
from gongkai.procedures.registry import register
from gongkai.procedures.tables import SYSTEM_ROLE, Actor, Asked, Event, Procedure, State, roles
from gongkai.publishing import document_effects, edition_effects, guards
from gongkai.publishing import ledger_kinds as kinds

_DRAFTERS = roles("drafter", "disclosure_officer")
_OFFICE = roles("disclosure_officer", "disclosure_head")
_HEADS = roles("disclosure_head", "leader")
_STEP_ROLE = {
    "dept_review": roles("dept_reviewer"),
    "legal_review": roles("legal_reviewer"),
    "office_review": roles("office_reviewer"),
    "secrecy_review": roles("secrecy_reviewer"),
    "leader_review": roles("leader"),
}
REVIEW_STATES = tuple(_STEP_ROLE)


def _edition_roles(actor: Actor, edition: Edition) -> frozenset[str]:
    return _roles_over(actor, edition.document)


def _roles_over(actor: Actor, document: Document) -> frozenset[str]:
    """Powers over a document: the clock's own, or an officer's in the document's agency and department."""
    if isinstance(actor, SystemClock):
        return frozenset({SYSTEM_ROLE})
    if not isinstance(actor, Officer) or not actor.is_active or actor.agency_id != document.agency_id:
        return frozenset()
    return actor.roles_over(document.department_id)


class SystemClock:
    """The worker, acting at a set time."""

    def ref(self) -> Ref:
        return SYSTEM


CLOCK = SystemClock()

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
                roles=_STEP_ROLE | {EditionState.APPROVED: _OFFICE, EditionState.SCHEDULED: _OFFICE},
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
                roles={EditionState.APPROVED: _OFFICE, EditionState.SCHEDULED: _OFFICE | {SYSTEM_ROLE}},
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
                roles={EditionState.APPROVED: _OFFICE},
                targets=(EditionState.SCHEDULED,),
                kind=kinds.SCHEDULED,
                guards=(guards.is_proactive, guards.no_blocking_findings, guards.in_the_future),
                asks=(Asked("release_at", "发布时间", kind="datetime"),),
                effect=edition_effects.schedule,
            ),
            Event(
                "unschedule",
                "取消定时",
                roles={EditionState.SCHEDULED: _OFFICE | {SYSTEM_ROLE}},
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
                roles={EditionState.DRAFTING: _OFFICE},
                targets=(EditionState.RELEASED,),
                kind=kinds.ADOPTED,
                guards=(guards.was_imported, guards.is_proactive, guards.no_blocking_findings),
                effect=edition_effects.adopt,
                hint="原网站上早已公开的信息，迁入后照原发布日期公开。",
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

_READABLE = (DocumentState.LIVE, DocumentState.WITHDRAWN)
_TAKEN_DOWN = (*_READABLE, DocumentState.OFFLINE)


def _document_event(key: str, label: str, sources: tuple[str, ...], target: str, kind: str, **more: Any) -> Event:
    allowed = more.pop("roles", _OFFICE)
    return Event(key, label, roles=dict.fromkeys(sources, allowed), targets=(target,), kind=kind, **more)


DOCUMENT = register(
    Procedure(
        key="document",
        label="文件公开状态",
        basis="《中华人民共和国政府信息公开条例》第十条、第二十六条；失效、废止须标注，误发须撤回并留痕。",
        states=(
            State(DocumentState.UNRELEASED, "未发布"),
            State(DocumentState.LIVE, "已发布"),
            State(DocumentState.WITHDRAWN, "已失效或废止"),
            State(DocumentState.OFFLINE, "已下线"),
            State(DocumentState.REVOKED, "已撤回", ends=True),
            State(DocumentState.REDIRECTED, "已转至他处", ends=True),
        ),
        start=DocumentState.UNRELEASED,
        role_labels=ROLE_LABELS,
        roles_of=_roles_over,
        agency_of=lambda document: document.agency,
        events=(
            _document_event(
                "open",
                "向社会公开",
                (DocumentState.UNRELEASED,),
                DocumentState.LIVE,
                kinds.OPENED,
                roles=roles(SYSTEM_ROLE),
            ),
            _document_event(
                "withdraw",
                "标注失效或废止",
                (DocumentState.LIVE,),
                DocumentState.WITHDRAWN,
                kinds.WITHDRAWN,
                asks=(
                    Asked("notice_kind", "标注为", kind="choice", choices=document_effects.notice_kinds),
                    Asked("on", "自哪一日起", kind="date"),
                    Asked("ground", "依据", help="如：有效期届满；由某号文件废止。"),
                    Asked("successor", "取代它的文件", required=False, kind="document"),
                ),
                guards=(guards.successor_fits,),
                effect=document_effects.withdraw,
                tone="danger",
                hint="正文保留，页面加标注。",
            ),
            _document_event(
                "reinstate",
                "撤销失效标注",
                (DocumentState.WITHDRAWN,),
                DocumentState.LIVE,
                kinds.REINSTATED,
                roles=roles("disclosure_head"),
                asks=(_REASON,),
                effect=document_effects.reinstate,
            ),
            _document_event(
                "plan_offline",
                "定时下线",
                (DocumentState.LIVE,),
                DocumentState.LIVE,
                kinds.OFFLINE_PLANNED,
                asks=(Asked("offline_at", "下线时间", kind="datetime"), _REASON),
                guards=(guards.offline_in_the_future,),
                effect=document_effects.plan_offline,
            ),
            Event(
                "take_offline",
                "下线",
                roles={DocumentState.LIVE: _OFFICE | {SYSTEM_ROLE}, DocumentState.WITHDRAWN: _OFFICE},
                targets=(DocumentState.OFFLINE,),
                kind=kinds.OFFLINE,
                asks=(_REASON,),
                effect=document_effects.take_offline,
                tone="danger",
            ),
            _document_event(
                "bring_back",
                "恢复上线",
                (DocumentState.OFFLINE,),
                DocumentState.LIVE,
                kinds.ONLINE_AGAIN,
                asks=(_REASON,),
            ),
            _document_event(
                "revoke",
                "撤回（误发）",
                _TAKEN_DOWN,
                DocumentState.REVOKED,
                kinds.REVOKED,
                roles=roles("disclosure_head"),
                asks=(_REASON,),
                effect=document_effects.revoke,
                tone="danger",
                hint="页面改为“已撤回”，正文不再可见，不能恢复。",
            ),
            _document_event(
                "redirect",
                "转至他处",
                _TAKEN_DOWN,
                DocumentState.REDIRECTED,
                kinds.REDIRECTED,
                asks=(Asked("target", "新的网址", kind="line", help="本平台的路径或完整网址。"),),
                guards=(guards.target_is_an_address,),
                effect=document_effects.redirect,
                tone="danger",
            ),
        ),
    )
)
