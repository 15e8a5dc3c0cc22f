"""How an application gets from receipt to archive (Regulation arts. 27 to 45; 登记、审核、办理、答复、归档).

The tables of its parts stand beside it: ``item_procedures``, ``assignment_procedure``, ``step_procedures``,
``later_procedures``.
"""

from gongkai.applications import effects, guards, initial, replying
from gongkai.applications import ledger_kinds as kinds
from gongkai.applications.applications import ApplicationState as S
from gongkai.applications.assignment_procedure import ASSIGNMENT
from gongkai.applications.excess_and_fees import EXCESS_AND_FEES
from gongkai.applications.item_procedures import ITEM
from gongkai.applications.later_procedures import CORRECTION, PROPOSAL, REMEDY
from gongkai.applications.powers import APPLICANT, HEAD, LABELS, OFFICE, OFFICER, SUPERVISOR, roles_over
from gongkai.applications.setting_right import SETTING_RIGHT
from gongkai.applications.step_procedures import CONSULTATION, EXTENSION
from gongkai.procedures.registry import register
from gongkai.procedures.tables import SYSTEM_ROLE, Asked, Event, Procedure, State, roles

__all__ = ["APPLICATION", "ASSIGNMENT", "CONSULTATION", "CORRECTION", "EXTENSION", "ITEM", "PROPOSAL", "REMEDY"]

_CLOCK = roles(SYSTEM_ROLE)
_ASKS = roles(APPLICANT)
_EARLY = (S.UNCONFIRMED, S.REGISTERED, S.CLARIFYING, S.JUSTIFYING, S.HANDLING, S.PAYING)
_IN_REVIEW: dict[str, frozenset[str]] = {
    S.LEGAL_REVIEW: roles("legal_reviewer"),
    S.HEAD_REVIEW: HEAD,
    S.SIGNING: roles("leader"),
}
_OPEN = (*_EARLY, *_IN_REVIEW, S.SIGNED)
_NOTE = Asked("note", "审核意见", required=False)
_REASON = Asked("reason", "理由")

_RECEIPT = (
    Event(
        "confirm",
        "确认收到",
        roles={S.UNCONFIRMED: OFFICER},
        targets=(S.REGISTERED,),
        kind=kinds.CONFIRMED,
        asks=(
            Asked(
                "confirmed_on",
                "确认日期",
                kind="date",
                initial=initial.today,
                help="与申请人双方确认之日，从这一日起算期限。",
            ),
            Asked("confirmed_how", "确认方式", kind="line", help="电话、短信、电子邮件等，写明时间和接听人。"),
        ),
        effect=effects.confirm,
        tone="go",
        shortcut="c",
    ),
    Event(
        "take_up",
        "审查通过，转入办理",
        roles={S.REGISTERED: OFFICER},
        targets=(S.HANDLING,),
        kind=kinds.TAKEN_UP,
        tone="go",
        shortcut="a",
    ),
    Event(
        "clarify",
        "告知补正",
        roles={S.REGISTERED: OFFICER, S.HANDLING: OFFICER},
        targets=(S.CLARIFYING,),
        kind=kinds.CLARIFICATION,
        guards=(guards.may_clarify,),
        asks=(
            Asked("unclear", "不明确之处"),
            Asked("wanted", "需要补正的事项", help="一次性写全，并说明怎样补正。"),
            Asked("notified_on", "告知日期", kind="date", initial=initial.today),
            Asked("until", "补正期限", kind="date", help="给申请人合理的时间。"),
        ),
        effect=effects.clarify,
        shortcut="b",
    ),
    Event(
        "supplement",
        "收到补正",
        roles={S.CLARIFYING: OFFICER | _ASKS},
        targets=(S.REGISTERED,),
        kind=kinds.SUPPLEMENTED,
        asks=(
            Asked("answered_on", "收到补正日期", kind="date", initial=initial.today, required=False),
            Asked("answer", "补正内容"),
        ),
        effect=effects.supplement,
        tone="go",
    ),
    Event(
        "excuse",
        "认定有正当理由，顺延补正期限",
        roles={S.CLARIFYING: OFFICE},
        targets=(S.CLARIFYING,),
        kind=kinds.DELAY_EXCUSED,
        asks=(Asked("excuse", "正当理由"), Asked("until", "顺延至", kind="date")),
        effect=effects.excuse,
    ),
    Event(
        "lapse",
        "按放弃申请办结",
        roles={S.CLARIFYING: OFFICER | _CLOCK, S.PAYING: OFFICER | _CLOCK},
        targets=(S.ABANDONED,),
        kind=kinds.LAPSED,
        guards=(guards.silence_has_run_out,),
        effect=effects.lapse,
        tone="danger",
        hint="无正当理由逾期不补正，或者逾期不缴费。",
    ),
)

_DECISION = (
    Event(
        "submit",
        "送审",
        roles={S.HANDLING: OFFICER},
        targets=(S.LEGAL_REVIEW, S.HEAD_REVIEW),
        choose=effects.first_review,
        kind=kinds.SUBMITTED,
        guards=(guards.every_item_is_decided, guards.nothing_is_waited_for, guards.no_extension_is_pending),
        asks=(Asked("note", "说明", required=False),),
        effect=effects.note,
        tone="go",
        shortcut="s",
    ),
    Event(
        "pass",
        "审核通过",
        roles={S.LEGAL_REVIEW: roles("legal_reviewer")},
        targets=(S.HEAD_REVIEW,),
        kind=kinds.PASSED,
        guards=(guards.not_own_draft,),
        asks=(_NOTE,),
        effect=effects.note,
        tone="go",
        shortcut="a",
    ),
    Event(
        "pass_head",
        "审核通过，送签发",
        roles={S.HEAD_REVIEW: HEAD},
        targets=(S.SIGNING,),
        kind=kinds.PASSED,
        guards=(guards.not_own_draft,),
        asks=(_NOTE,),
        effect=effects.note,
        tone="go",
        shortcut="a",
    ),
    Event(
        "sign",
        "签发",
        roles={S.SIGNING: roles("leader")},
        targets=(S.SIGNED,),
        kind=kinds.SIGNED,
        guards=(guards.not_own_draft, guards.every_item_is_decided),
        asks=(_NOTE,),
        effect=effects.sign,
        tone="go",
        shortcut="a",
    ),
    Event(
        "return",
        "退回修改",
        roles=_IN_REVIEW,
        targets=(S.HANDLING,),
        kind=kinds.RETURNED,
        asks=(_REASON,),
        effect=effects.reason,
        tone="danger",
        shortcut="r",
    ),
    Event(
        "recall",
        "收回修改",
        roles=dict.fromkeys(_IN_REVIEW, OFFICER),
        targets=(S.HANDLING,),
        kind=kinds.RECALLED,
        asks=(Asked("reason", "理由", required=False),),
        effect=effects.reason,
    ),
)

_ENDS = (
    Event(
        "deliver",
        "送达答复",
        roles={S.SIGNED: OFFICER},
        targets=(S.DELIVERED,),
        kind=kinds.DELIVERED,
        guards=(guards.reply_is_frozen,),
        asks=replying.ASKS,
        effect=effects.deliver,
        tone="go",
        shortcut="p",
    ),
    Event(
        "archive",
        "归档",
        roles=dict.fromkeys((S.DELIVERED, S.WITHDRAWN, S.ABANDONED, S.TRANSFERRED), OFFICER),
        targets=(S.ARCHIVED,),
        kind=kinds.ARCHIVED,
        guards=(guards.delivery_is_proven,),
        tone="go",
    ),
    Event(
        "withdraw",
        "撤回申请",
        roles=dict.fromkeys(_OPEN, OFFICER | _ASKS),
        targets=(S.WITHDRAWN,),
        kind=kinds.WITHDRAWN,
        asks=(
            Asked("on", "撤回日期", kind="date", initial=initial.today, required=False),
            Asked("reason", "撤回说明", required=False),
        ),
        effect=effects.withdraw,
        tone="danger",
        hint="由申请人主动提出。",
    ),
    Event(
        "transfer",
        "移送其他机关",
        roles=dict.fromkeys((S.UNCONFIRMED, S.REGISTERED, S.HANDLING), OFFICER),
        targets=(S.TRANSFERRED,),
        kind=kinds.TRANSFERRED,
        asks=(
            Asked("agency", "移送至", kind="choice", choices=effects.other_agencies),
            Asked("reason", "移送理由", help="须征得申请人同意；对方从收到之日起计算期限。"),
        ),
        effect=effects.transfer,
        tone="danger",
    ),
    Event(
        "urge",
        "督办",
        roles=dict.fromkeys(_OPEN, HEAD | {SUPERVISOR}),
        targets=_OPEN,
        choose=lambda attempt: attempt.subject.state,
        kind=kinds.URGED,
        asks=(Asked("text", "督办意见"),),
        effect=effects.urge,
    ),
    Event(
        "adopt",
        "按既有台账办结",
        roles=dict.fromkeys((S.UNCONFIRMED, S.REGISTERED, S.CLARIFYING, S.HANDLING), OFFICER),
        targets=(S.ARCHIVED,),
        kind=kinds.ADOPTED,
        guards=(guards.is_imported,),
        asks=(
            Asked("ending", "办结方式", kind="choice", choices=effects.endings),
            Asked("on", "办结日期", kind="date", initial=initial.today),
            Asked(
                "outcome",
                "处理决定",
                required=False,
                kind="choice",
                choices=effects.any_outcome,
                help="已答复的须选择；各事项的决定不同的，请逐项办理。",
            ),
            Asked("withholding", "理由", required=False, kind="choice", choices=effects.withholding),
        ),
        effect=effects.adopt,
    ),
)

APPLICATION = register(
    Procedure(
        key="application",
        label="依申请公开办理",
        basis="《中华人民共和国政府信息公开条例》第二十七条至第四十五条。",
        states=(
            State(S.UNCONFIRMED, "待确认", waits="公开经办人"),
            State(S.REGISTERED, "已登记待审查", waits="公开经办人"),
            State(S.CLARIFYING, "待补正", waits="申请人"),
            State(S.JUSTIFYING, "待说明理由", waits="申请人"),
            State(S.HANDLING, "办理中", waits="公开经办人、承办处室"),
            State(S.PAYING, "待缴费", waits="申请人"),
            State(S.LEGAL_REVIEW, "法制审核", waits="法制审核"),
            State(S.HEAD_REVIEW, "公开机构审核", waits="公开机构负责人"),
            State(S.SIGNING, "待签发", waits="分管领导"),
            State(S.SIGNED, "待送达", waits="公开经办人"),
            State(S.DELIVERED, "已送达", waits="公开经办人"),
            State(S.ARCHIVED, "已归档"),
            State(S.WITHDRAWN, "已撤回"),
            State(S.ABANDONED, "视为放弃"),
            State(S.TRANSFERRED, "已移送"),
        ),
        start=S.UNCONFIRMED,
        role_labels=LABELS,
        roles_of=roles_over,
        agency_of=lambda application: application.agency,
        events=(*_RECEIPT, *EXCESS_AND_FEES, *_DECISION, *SETTING_RIGHT, *_ENDS),
    )
)
