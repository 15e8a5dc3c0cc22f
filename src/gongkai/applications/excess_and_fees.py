"""Events of an application about number and frequency (art. 35) and about fees (art. 42): a part of ``APPLICATION``."""

from gongkai.applications import effects, guards, initial
from gongkai.applications import ledger_kinds as kinds
from gongkai.applications.applications import ApplicationState as S
from gongkai.applications.powers import APPLICANT, OFFICE, OFFICER
from gongkai.procedures.tables import Asked, Event, roles

_ASKS = roles(APPLICANT)
_REASON = Asked("reason", "理由")

EXCESS_AND_FEES = (
    Event(
        "demand_reasons",
        "要求说明理由",
        roles={S.REGISTERED: OFFICER, S.HANDLING: OFFICER},
        targets=(S.JUSTIFYING,),
        kind=kinds.REASONS_DEMANDED,
        asks=(
            Asked(
                "facts",
                "数量、频次明显超过合理范围的事实",
                initial=initial.how_often,
                help="已按台账填写件数，请补充为什么明显超过合理范围。",
            ),
            Asked("demanded_on", "告知日期", kind="date", initial=initial.today),
            Asked("until", "说明期限", kind="date"),
        ),
        guards=(guards.reasons_not_demanded_yet,),
        effect=effects.demand_reasons,
    ),
    Event(
        "give_reasons",
        "收到理由说明",
        roles={S.JUSTIFYING: OFFICER | _ASKS},
        targets=(S.JUSTIFYING,),
        kind=kinds.REASONS_GIVEN,
        asks=(
            Asked("given_on", "收到日期", kind="date", initial=initial.today, required=False),
            Asked("given", "申请人的说明"),
        ),
        effect=effects.give_reasons,
    ),
    Event(
        "judge_reasons",
        "认定理由",
        roles={S.JUSTIFYING: OFFICE},
        targets=(S.HANDLING,),
        kind=kinds.REASONS_JUDGED,
        asks=(
            Asked("judgement", "认定", kind="choice", choices=effects.judgements),
            Asked(
                "later_due",
                "延迟答复至",
                kind="date",
                required=False,
                help="理由合理但无法在期限内答复的，确定合理期限并告知申请人。",
            ),
        ),
        guards=(guards.reasons_were_given_or_late,),
        effect=effects.judge_reasons,
        tone="go",
    ),
    Event(
        "charge",
        "通知缴费",
        roles={S.HANDLING: OFFICER},
        targets=(S.PAYING,),
        kind=kinds.CHARGED,
        asks=(
            Asked("basis", "计收方式", kind="choice", choices=effects.fee_bases),
            Asked("quantity", "件数或页数", kind="number"),
            Asked(
                "before",
                "当月此前累计件数",
                kind="number",
                required=False,
                help="同一申请人当月此前提出的申请，按件计收时用。",
                initial=initial.this_month,
            ),
            Asked("noticed_on", "通知日期", kind="date", initial=initial.today),
            Asked("received_on", "申请人收到日期", kind="date"),
        ),
        guards=(guards.charges_are_allowed,),
        effect=effects.charge,
    ),
    Event(
        "pay",
        "登记缴费",
        roles={S.PAYING: OFFICER},
        targets=(S.HANDLING,),
        kind=kinds.PAID,
        asks=(
            Asked("paid_on", "缴费日期", kind="date", initial=initial.today),
            Asked("receipt_number", "票据号", kind="line", required=False),
        ),
        effect=effects.pay,
        tone="go",
    ),
    Event(
        "waive",
        "免收费用",
        roles={S.PAYING: OFFICE},
        targets=(S.HANDLING,),
        kind=kinds.WAIVED,
        asks=(_REASON,),
        effect=effects.waive,
    ),
    Event(
        "refund",
        "退付费用",
        roles={S.HANDLING: OFFICE},
        targets=(S.HANDLING,),
        kind=kinds.REFUNDED,
        guards=(guards.something_was_paid,),
        asks=(Asked("refunded_on", "退付日期", kind="date", initial=initial.today),),
        effect=effects.refund,
    ),
)
