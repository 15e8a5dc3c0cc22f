"""How a citizen is told: states, acts and what is asked, in plain words beside the officials' own."""

from dataclasses import dataclass

from gongkai.applications import ledger_kinds as kinds
from gongkai.applications.applications import ApplicationState as S


@dataclass(frozen=True)
class Standing:
    """A state in plain words: what it is called here, what it means, and whose turn it is."""

    title: str
    text: str
    turn: str = "本机关"


_IN_HAND = Standing("正在办理", "申请正在办理。需要您做什么的时候，会在这里写明，并按您留下的联系方式告知您。")
STANDINGS = {
    S.UNCONFIRMED: Standing(
        "等待双方确认",
        "申请已经送到。通过互联网等渠道提交的申请，以双方确认之日为收到之日，答复期限从那一天起算。"
        "本机关会按您留下的联系方式与您确认。",
        "本机关和您",
    ),
    S.REGISTERED: Standing("已收到，正在审查", "本机关已经收到申请，正在看内容是否明确、是否属于本机关负责公开。"),
    S.CLARIFYING: Standing("等待您补正", "申请内容不够明确，需要您补充。收到补正之日起，答复期限重新计算。", "您"),
    S.JUSTIFYING: Standing("等待您说明理由", "本机关认为申请的数量、频次明显超过合理范围，请您说明理由。", "您"),
    S.HANDLING: _IN_HAND,
    S.PAYING: Standing(
        "等待您缴费", "已经发出收费通知。缴费之后，答复期限重新计算；逾期不缴费的，视为放弃申请。", "您"
    ),
    S.LEGAL_REVIEW: _IN_HAND,
    S.HEAD_REVIEW: _IN_HAND,
    S.SIGNING: _IN_HAND,
    S.SIGNED: Standing("已经作出决定，正在送达", "答复已经签发，正在按您选择的方式送达。"),
    S.DELIVERED: Standing(
        "已经答复", "答复已经发出。对答复不服的，可以依照答复书上写明的途径申请行政复议或者提起行政诉讼。", ""
    ),
    S.ARCHIVED: Standing("已经办结", "这件申请已经办结归档。", ""),
    S.WITHDRAWN: Standing("您已撤回申请", "这件申请不再处理。仍然需要的，可以重新申请。", ""),
    S.ABANDONED: Standing("视为放弃申请", "没有在期限内补正或者缴费，本机关不再处理。仍然需要的，可以重新申请。", ""),
    S.TRANSFERRED: Standing("已移送其他机关", "所申请的信息由其他机关负责公开，申请已经移送，请在下面继续查看。", ""),
}


@dataclass(frozen=True)
class Act:
    """An event of the procedure as the applicant is offered it: the button, what it means, how its facts are called."""

    label: str
    text: str
    asks: dict[str, str]
    needed: tuple[str, ...] = ()


ACTS = {
    "supplement": Act(
        "提交补正", "请对照补正告知书，一次写全。提交以后答复期限重新计算。", {"answer": "补正内容"}, ("answer",)
    ),
    "give_reasons": Act("说明理由", "请说明申请这些信息的理由。", {"given": "理由"}, ("given",)),
    "withdraw": Act("撤回申请", "撤回以后不再处理，也不能恢复；仍然需要的，可以重新申请。", {"reason": "撤回说明"}),
}

COURSE = {
    kinds.RECEIVED: "收到您提交的申请",
    kinds.APPLICANT_CONFIRMED: "您确认已经提交",
    kinds.CONFIRMED: "双方确认收到申请",
    kinds.TAKEN_UP: "审查通过，转入办理",
    kinds.CLARIFICATION: "告知您补正",
    kinds.SUPPLEMENTED: "收到补正",
    kinds.DELAY_EXCUSED: "认可补正逾期的理由，期限顺延",
    kinds.LAPSED: "视为放弃申请",
    kinds.REASONS_DEMANDED: "请您说明理由",
    kinds.REASONS_GIVEN: "收到您说明的理由",
    kinds.REASONS_JUDGED: "对理由作出认定",
    kinds.CONSULTED: "开始征求意见",
    kinds.CONSULTATION_ANSWERED: "收到征求的意见",
    kinds.CONSULTATION_LAPSED: "征求意见期满",
    kinds.EXTENSION_NOTIFIED: "告知您延期答复",
    kinds.CHARGED: "通知您缴费",
    kinds.PAYMENT_SHOWN: "收到缴费凭证",
    kinds.PAID: "登记缴费",
    kinds.WAIVED: "免收费用",
    kinds.REFUNDED: "退付费用",
    kinds.SIGNED: "签发答复",
    kinds.LETTER_SENT: "发出文书",
    kinds.LETTER_RECEIVED: "文书送达",
    kinds.LETTER_FAILED: "文书退回",
    kinds.DELIVERED: "答复",
    kinds.WITHDRAWN: "撤回申请",
    kinds.TRANSFERRED: "移送其他机关",
    kinds.SET_RIGHT: "本机关撤销原来的答复，重新办理",
    kinds.NEW_ROUND: "重新办理",
}
"""What of the case's ledger the applicant is shown: the steps that concern them, never who did what inside."""
