"""What may become of a document once it is public: notices, withdrawal, revocation, redirect.

《中华人民共和国政府信息公开条例》第十条、第二十六条; the text of a withdrawn document stays under its notice.
"""

from typing import Any

from gongkai.agencies.roles import ROLE_LABELS
from gongkai.catalog.documents import DocumentState
from gongkai.procedures.registry import register
from gongkai.procedures.tables import SYSTEM_ROLE, Asked, Event, Procedure, State, roles
from gongkai.publishing import document_effects, guards
from gongkai.publishing import ledger_kinds as kinds
from gongkai.publishing.powers import OFFICE, roles_over

_REASON = Asked("reason", "理由")
_READABLE = (DocumentState.LIVE, DocumentState.WITHDRAWN)
_TAKEN_DOWN = (*_READABLE, DocumentState.OFFLINE)


def _document_event(key: str, label: str, sources: tuple[str, ...], target: str, kind: str, **more: Any) -> Event:
    allowed = more.pop("roles", OFFICE)
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
        roles_of=roles_over,
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
                roles={DocumentState.LIVE: OFFICE | {SYSTEM_ROLE}, DocumentState.WITHDRAWN: OFFICE},
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
