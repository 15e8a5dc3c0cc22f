"""What this package writes into the ledger. What people are and wrote stays in their rows: entries refer to them."""

from collections.abc import Mapping
from typing import Any

from gongkai.ledger.kinds import Privacy, register


def _reason(data: Mapping[str, Any]) -> str:
    return str(data.get("reason") or "")


def _what(data: Mapping[str, Any]) -> str:
    return str(data.get("what") or "")


def _moved(data: Mapping[str, Any]) -> str:
    return f"由{data['before']}变为{data['after']}"


def _unsigned(data: Mapping[str, Any]) -> str:
    agreed = f"（签发人同意：{data['agreed']}）" if data.get("agreed") else ""
    return f"{_reason(data)}{agreed}"


def _set_right(data: Mapping[str, Any]) -> str:
    return f"{_reason(data)}（重新办理：{data['number']}）"


def _kind(name: str, label: str, *, describe: Any = _what, tone: str = "plain") -> str:
    return register(f"applications.{name}", label, privacy=Privacy.BY_REFERENCE, describe=describe, tone=tone).name


RECEIVED = _kind("received", "收到申请")
CONFIRMED = _kind("confirmed", "与申请人确认收到")
APPLICANT_CONFIRMED = _kind("applicant_confirmed", "申请人确认提交")
TAKEN_UP = _kind("taken_up", "审查通过，转入办理", tone="go")
CLARIFICATION = _kind("clarification", "补正告知")
SUPPLEMENTED = _kind("supplemented", "收到补正", tone="go")
DELAY_EXCUSED = _kind("delay_excused", "认定逾期补正有正当理由")
LAPSED = _kind("lapsed", "视为放弃申请", tone="warn")
REASONS_DEMANDED = _kind("reasons_demanded", "要求说明理由")
REASONS_GIVEN = _kind("reasons_given", "申请人说明理由")
REASONS_JUDGED = _kind("reasons_judged", "对理由作出认定")
CHARGED = _kind("charged", "发出收费通知")
PAYMENT_SHOWN = _kind("payment_shown", "申请人提交缴费凭证", tone="go")
PAID = _kind("paid", "缴费", tone="go")
WAIVED = _kind("waived", "免收费用")
REFUNDED = _kind("refunded", "退付费用")
SUBMITTED = _kind("submitted", "送审")
PASSED = _kind("passed", "审核通过", tone="go")
RETURNED = _kind("returned", "退回", describe=_reason, tone="warn")
RECALLED = _kind("recalled", "收回修改", describe=_reason)
SIGNED = _kind("signed", "签发", tone="go")
UNSIGNED = _kind("unsigned", "撤回签发", describe=_unsigned, tone="warn")
DELIVERED = _kind("delivered", "送达答复", tone="go")
ARCHIVED = _kind("archived", "归档")
WITHDRAWN = _kind("withdrawn", "申请人撤回申请", tone="warn")
TRANSFERRED = _kind("transferred", "移送其他机关", tone="warn")
URGED = _kind("urged", "督办", tone="warn")
SET_RIGHT = _kind("set_right", "撤销原答复，重新作出", describe=_set_right, tone="warn")
ADOPTED = _kind("adopted", "迁入既有台账")
NEW_ROUND = _kind("new_round", "重新办理")
AMENDED = _kind("amended", "修改登记事项")
LINKED = _kind("linked", "关联重复申请")
HANDLER_CHANGED = _kind("handler_changed", "指定经办人")
NOTED = _kind("noted", "备注")

ITEM_DRAFTED = _kind("item_drafted", "拟定处理决定")
ITEM_REOPENED = _kind("item_reopened", "撤销所拟决定", describe=_reason)
ITEM_SETTLED = _kind("item_settled", "处理决定审定")
ITEM_UNSETTLED = _kind("item_unsettled", "处理决定撤回审定", describe=_reason)
ITEM_CLOSED = _kind("item_closed", "事项办结")
ITEM_DROPPED = _kind("item_dropped", "事项不再处理")
ITEM_CHANGED = _kind("item_changed", "修改申请事项")
SEARCHED = _kind("searched", "检索记录")

ASSIGNED = _kind("assigned", "转办")
ASSIGNMENT_ACCEPTED = _kind("assignment_accepted", "签收")
ASSIGNMENT_RETURNED = _kind("assignment_returned", "承办处室退回", describe=_reason, tone="warn")
ASSIGNMENT_ANSWERED = _kind("assignment_answered", "承办处室反馈意见", tone="go")
ASSIGNMENT_RECALLED = _kind("assignment_recalled", "收回转办", describe=_reason)
DELIBERATION_CALLED = _kind("deliberation_called", "提请会商")
OPINION_GIVEN = _kind("opinion_given", "会商意见")
DELIBERATION_CLOSED = _kind("deliberation_closed", "会商结论")

EXTENSION_PROPOSED = _kind("extension_proposed", "申请延期")
EXTENSION_APPROVED = _kind("extension_approved", "批准延期", tone="go")
EXTENSION_DECLINED = _kind("extension_declined", "不批准延期", describe=_reason, tone="warn")
EXTENSION_NOTIFIED = _kind("extension_notified", "告知申请人延期")

CONSULTED = _kind("consulted", "征求意见")
CONSULTATION_RECEIVED = _kind("consultation_received", "对方收到征求意见书")
CONSULTATION_ANSWERED = _kind("consultation_answered", "收到意见", tone="go")
CONSULTATION_LAPSED = _kind("consultation_lapsed", "期满未回复", tone="warn")
CONSULTATION_CANCELLED = _kind("consultation_cancelled", "取消征求意见", describe=_reason)
THIRD_PARTY_TOLD = _kind("third_party_told", "告知第三方决定公开")

LETTER_WRITTEN = _kind("letter_written", "拟写文书")
LETTER_CHANGED = _kind("letter_changed", "修改文书")
LETTER_FROZEN = _kind("letter_frozen", "文书定稿", tone="go")
LETTER_VOID = _kind("letter_void", "文书作废", describe=_reason, tone="warn")
LETTER_SENT = _kind("letter_sent", "发出文书")
LETTER_MAILED = _kind("letter_mailed", "文书邮件由邮件服务器接收", tone="go")
LETTER_RECEIVED = _kind("letter_received", "文书送达", tone="go")
LETTER_FAILED = _kind("letter_failed", "文书退回", tone="warn")
LETTER_SETTINGS = _kind("letter_settings", "修改文书设置")
FILE_ADDED = _kind("file_added", "存入材料")
REDACTION_MARKED = _kind("redaction_marked", "标注遮盖之处")
REDACTED = _kind("redacted", "区分处理", tone="go")
FILE_OPENED = _kind("file_opened", "查看材料")
PARTY_SEEN = _kind("party_seen", "查看申请人信息")
PARTY_CHANGED = _kind("party_changed", "修改申请人信息")
PARTY_MERGED = _kind("party_merged", "合并申请人记录")
PARTY_PARTED = _kind("party_parted", "撤销合并")
PARTY_ERASED = _kind("party_erased", "删除个人信息", describe=_reason, tone="warn")

REMEDY_FILED = _kind("remedy_filed", "被申请复议或者被起诉", tone="warn")
REMEDY_ANSWERED = _kind("remedy_answered", "提交复议答复或者答辩")
REMEDY_DECIDED = _kind("remedy_decided", "复议或者诉讼审结")
CORRECTION_FILED = _kind("correction_filed", "申请更正信息")
CORRECTION_ANSWERED = _kind("correction_answered", "答复更正申请")
PROPOSAL_FILED = _kind("proposal_filed", "建议主动公开")
PROPOSAL_ANSWERED = _kind("proposal_answered", "答复主动公开建议")
WITHHELD_REVIEWED = _kind("withheld_reviewed", "评估不予公开的信息")
RATED = _kind("rated", "申请人评价")
EXPORTED = _kind("exported", "导出申请台账")
TAKING_OVER = _kind("taking_over", "开始迁入既有台账")
TAKEN_OVER = _kind("taken_over", "既有台账迁入完毕", tone="go")
DRAFT_BEGUN = _kind("draft_begun", "起草主动公开文件", tone="go")
PUBLISHED = _kind("published", "已主动公开", tone="go")
DUE_MOVED = _kind("due_moved", "放假安排变化，答复期限随之变动", describe=_moved)
