"""What stands in the cells of a former ledger, in the words offices use; what is not understood is told, not guessed."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TypeVar

from gongkai.applications.applications import Channel, Form, Way
from gongkai.applications.decisions import BY_ITSELF
from gongkai.applications.parties import PartyKind
from gongkai.applications.remedies import RemedyResult
from gongkai.applications.steps import Answer, ConsultationKind
from gongkai.law import replies
from gongkai.law.grounds import GROUNDS
from gongkai.texts.credentials import CredentialKind
from gongkai.texts.dates import parse_date

V = TypeVar("V")


class Unreadable(ValueError):
    """A cell that means nothing here; the message says in Chinese what to write."""


_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_DAYS = range(36_526, 73_051)  # 2000 to 2099 as Excel counts days
_MARKS = re.compile(r"[\s、，,。．.；;:：“”\"'《》（）()\[\]【】\-—_/]+")
_SEPARATORS = re.compile(r"[、，,；;\n]+")
_BLANK = frozenset({"", "-", "--", "—", "——", "/", "\\", "无", "否", "没有", "不详", "空"})


def plain(text: str) -> str:
    """A text as it is kept: full-width digits and letters made half-width, no blanks around; "" for what says none."""
    kept = unicodedata.normalize("NFKC", text).strip() if text else ""
    return "" if kept in _BLANK else kept


def text(written: str) -> str:
    """Free text: only blanks around it and unprintable characters go."""
    kept = re.sub("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]", "", written.replace("\r\n", "\n")).strip()
    return "" if kept in _BLANK else kept


def day(written: str) -> date | None:
    """A date in any of the writings of ``texts.dates``, or as the number Excel keeps. Raises InvalidDate."""
    kept = plain(written)
    if not kept:
        return None
    if kept.isascii() and kept.isdigit() and int(kept) in _EXCEL_DAYS:
        return _EXCEL_EPOCH + timedelta(days=int(kept))
    return parse_date(kept)


def count(written: str) -> int | None:
    """A number of days (20, ２０个工作日). Raises Unreadable."""
    kept = plain(written)
    if not kept:
        return None
    found = re.fullmatch(r"(\d{1,3})(?:\.0)?\s*(?:个)?(?:工作日|天|日)?", kept)
    if found is None:
        raise Unreadable(f"看不懂“{kept[:20]}”，请只写数字，如20")
    return int(found[1])


def _reduced(written: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", written)).casefold()


def _table(pairs: Iterable[tuple[V, Iterable[str]]]) -> dict[str, V]:
    return {_reduced(name): value for value, names in pairs for name in names}


_CHANNEL_WORDS = {
    Channel.COUNTER: ("当面", "现场", "窗口", "现场提交", "窗口提交", "现场申请", "当面申请"),
    Channel.SIGNED_MAIL: ("邮寄", "需签收的邮寄", "挂号信", "EMS", "邮政特快专递", "特快专递", "快递", "信函", "邮政"),
    Channel.PLAIN_MAIL: ("平信", "普通信函", "平邮"),
    Channel.ONLINE: ("互联网", "网上", "网站", "网络", "在线", "网上申请", "网站提交", "门户网站", "互联网申请", "电子邮件", "邮箱"),
    Channel.FAX: ("传真申请",),
    Channel.MAILBOX: ("信箱", "局长信箱", "市长信箱", "领导信箱"),
    Channel.HOTLINE: ("热线", "12345", "12345热线", "热线转办", "12345转办"),
}  # fmt: skip
_KIND_WORDS = {
    PartyKind.CITIZEN: ("公民", "个人", "自然人公民", "群众", "市民"),
    PartyKind.ENTERPRISE: ("企业", "公司", "商业", "法人或者其他组织商业企业", "法人或其他组织商业企业"),
    PartyKind.RESEARCH: ("科研", "科研院所", "高校", "法人或其他组织科研机构"),
    PartyKind.PUBLIC_INTEREST: ("公益组织", "社会组织", "社会团体", "法人或其他组织社会公益组织"),
    PartyKind.LEGAL_SERVICE: ("律师事务所", "律所", "法律服务", "法人或其他组织法律服务机构"),
    PartyKind.OTHER: ("法人或其他组织其他", "其他组织", "法人", "单位"),
}
_FORM_WORDS = {
    Form.PAPER: ("纸面", "纸质文本", "复印件", "纸质件"),
    Form.ELECTRONIC: ("电子", "电子版", "电子文件", "电子邮件", "数据电文"),
    Form.DISC: ("光盘", "U盘", "磁盘", "介质"),
    Form.INSPECTION: ("查阅", "抄录", "查阅抄录", "现场查阅"),
}
_WAY_WORDS = {
    Way.ONLINE: ("网上", "网站", "在线", "互联网"),
    Way.MAIL: ("邮政寄送", "快递", "邮政", "EMS", "信函"),
    Way.EMAIL: ("邮件", "邮箱", "e-mail"),
    Way.COUNTER: ("自取", "当面领取", "现场领取", "当面", "自行到本机关领取"),
    Way.FAX: ("传真发送",),
}
_ASKED_WORDS = {
    ConsultationKind.THIRD_PARTY: ("第三方", "第三方意见"),
    ConsultationKind.JOINT_AGENCY: ("共同制作机关", "联合发文机关", "共同发文机关"),
    ConsultationKind.OTHER_AGENCY: ("其他机关", "其他行政机关", "有关机关", "有关部门"),
}
_ANSWER_WORDS = {
    Answer.CONSENT: ("同意", "可以公开", "同意全部公开"),
    Answer.PARTLY: ("部分同意", "部分公开", "部分同意公开"),
    Answer.OBJECT: ("不同意", "反对", "不予公开", "不同意公开"),
}
_RESULT_WORDS = {
    RemedyResult.UPHELD: ("维持", "维持原行政行为", "驳回", "驳回诉讼请求", "驳回复议申请"),
    RemedyResult.CORRECTED: ("纠正", "撤销", "确认违法", "责令重新答复", "撤销并责令重新答复", "变更", "责令履行"),
    RemedyResult.OTHER: ("其他", "终止", "撤回起诉", "撤回复议申请", "申请人撤回", "调解"),
}
_OUTCOME_WORDS = {
    "granted": ("公开", "同意公开", "全部公开", "已公开", "准予公开"),
    "already_public": ("已主动公开告知获取途径", "属于主动公开", "属于已主动公开范围", "主动公开", "已主动公开的"),
    "partial": ("同意部分公开", "部分同意公开", "区分处理"),
    "refused": ("不公开", "不同意公开", "不予提供"),
    "special_procedure": ("属于行政查询事项", "行政查询"),
    "not_held": ("信息不存在", "不存在", "本机关不掌握相关政府信息", "不掌握", "政府信息不存在的", "本机关不掌握"),
    "other_agency": ("非本机关政府信息", "不属于本机关公开", "不属于本机关", "非本机关公开", "不属于本行政机关公开"),
    "needs_processing": ("没有现成信息", "需要另行制作", "需加工汇总"),
    "unclear": ("申请内容不明确", "内容不明确", "补正后仍不明确"),
    "petition": ("信访", "信访举报投诉", "属于信访", "属于信访事项", "投诉举报"),
    "repeated": ("重复", "重复申请不予重复处理"),
    "publication": ("公开出版物",),
    "excessive": ("大量反复申请",),
    "reconfirm": ("要求行政机关确认或重新出具已获取信息", "要求确认或重新出具"),
    "clarification_lapsed": ("申请人逾期不补正", "逾期未补正", "未补正", "视为放弃", "视为放弃申请", "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    "fee_lapsed": ("逾期未缴费", "未缴费", "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    "withdrawn": ("撤回", "撤回申请", "申请人撤回", "申请人主动撤回", "撤销申请", "申请人主动撤回申请"),
    "inquiry": ("咨询", "属于咨询", "属于咨询事项"),
    "not_government_information": ("非政府信息", "不属于政府信息公开范围"),
}  # fmt: skip
_GROUND_WORDS = {
    "state-secret": ("涉密", "涉及国家秘密"),
    "security-and-stability": ("三安全一稳定", "危及国家安全、公共安全、经济安全、社会稳定", "影响社会稳定"),
    "trade-secret": ("涉及商业秘密", "涉商业秘密"),
    "privacy": ("涉及个人隐私", "涉个人隐私", "隐私"),
    "internal-affairs": ("内部事务信息", "内部管理信息", "内部信息", "内部事务"),
    "process": ("过程性信息", "过程信息"),
    "enforcement-file": ("行政执法案卷", "执法案卷"),
}


def _labels(choices: Iterable[tuple[str, object]], words: Mapping[V, Iterable[str]], of: type[V]) -> dict[str, V]:
    """By every word for it; the label and the stored value always among them."""
    known = {_reduced(str(label)): of(value) for value, label in choices}  # type: ignore[call-arg]
    return _table(words.items()) | known


_CHANNELS = _labels(Channel.choices, _CHANNEL_WORDS, Channel)
_KINDS = _labels(PartyKind.choices, _KIND_WORDS, PartyKind)
_FORMS = _labels(Form.choices, _FORM_WORDS, Form)
_WAYS = _labels(Way.choices, _WAY_WORDS, Way)
_ASKED = _labels(ConsultationKind.choices, _ASKED_WORDS, ConsultationKind)
_ANSWERS = _labels(Answer.choices, _ANSWER_WORDS, Answer)
_RESULTS = _labels(RemedyResult.choices, _RESULT_WORDS, RemedyResult)
_PAPERS = {_reduced(one.label): one.value for one in CredentialKind} | {
    _reduced("身份证"): "resident_id",
    _reduced("二代身份证"): "resident_id",
}
_OUTCOMES = _table(_OUTCOME_WORDS.items()) | {_reduced(one.label): one.key for one in replies.all_outcomes()}
_GROUNDS = _table(_GROUND_WORDS.items()) | {_reduced(one.label): one.key for one in GROUNDS}
_UNANSWERED = frozenset(map(_reduced, ("尚未审结", "未审结", "审理中", "办理中", "正在审理")))
_IN_HAND = frozenset(map(_reduced, ("办理中", "在办", "正在办理", "待答复", "未办结")))


def _one_of(table: Mapping[str, V], written: str, offered: Iterable[str]) -> V | None:
    kept = plain(written)
    if not kept:
        return None
    found = table.get(_reduced(kept))
    if found is None:
        raise Unreadable(f"看不懂“{kept[:30]}”，请写：{'、'.join(offered)}")
    return found


def channel(written: str) -> Channel | None:
    return _one_of(_CHANNELS, written, (str(one.label) for one in Channel))


def kind(written: str) -> PartyKind | None:
    return _one_of(_KINDS, written, (str(one.label) for one in PartyKind))


def form(written: str) -> Form | None:
    return _one_of(_FORMS, written, (str(one.label) for one in Form))


def way(written: str) -> Way | None:
    return _one_of(_WAYS, written, (str(one.label) for one in Way))


def asked(written: str) -> ConsultationKind | None:
    return _one_of(_ASKED, written, ("第三方", "共同制作机关", "其他机关"))


def answer(written: str) -> Answer | None:
    return _one_of(_ANSWERS, written, (str(one.label) for one in Answer))


def paper(written: str) -> str | None:
    return _one_of(_PAPERS, written, (one.label for one in CredentialKind))


def result(written: str) -> RemedyResult | None:
    """None too for what says that nothing was decided yet."""
    if _reduced(plain(written)) in _UNANSWERED:
        return None
    return _one_of(_RESULTS, written, (str(one.label) for one in RemedyResult))


def outcome(written: str) -> str | None:
    """The key of an outcome of ``law.replies``; None for an item still in hand."""
    if _reduced(plain(written)) in _IN_HAND:
        return None
    return _one_of(_OUTCOMES, written, (one.label for one in replies.all_outcomes()))


def grounds(written: str) -> list[str]:
    """Keys of grounds, in the order written. Raises Unreadable for the first that is none."""
    found = []
    for part in _SEPARATORS.split(plain(written)):
        key = _GROUNDS.get(_reduced(re.sub(r"^(?:属于|涉及)", "", part))) or _GROUNDS.get(_reduced(part))
        if key is None and plain(part):
            offered = "、".join(one.label for one in GROUNDS if one.withholds)
            raise Unreadable(f"看不懂理由“{part[:30]}”，请写：{offered}")
        if key is not None and key not in found:
            found.append(key)
    return found


def outcomes_offered() -> list[tuple[str, str, str]]:
    """For the template: each outcome, what it means, and how else it may be written."""
    return [(one.label, one.explanation, "、".join(_OUTCOME_WORDS.get(one.key, ()))) for one in replies.all_outcomes()]


def ends_by_itself(outcome_key: str) -> bool:
    """Whether the whole case ended with it: withdrawn, or given up."""
    return outcome_key in BY_ITSELF


_ORGANISATION = re.compile(
    r"公司|集团|事务所|中心|协会|学会|大学|学院|研究|银行|合作社|委员会|厂|店$|有限|基金会|商会|医院"
)
_LAWYERS = re.compile(r"律师事务所|法律服务所")


def kind_of(name: str) -> PartyKind:
    """Who applies, where the ledger does not say: by what its name ends in."""
    if _LAWYERS.search(name):
        return PartyKind.LEGAL_SERVICE
    return PartyKind.ENTERPRISE if _ORGANISATION.search(name) else PartyKind.CITIZEN
