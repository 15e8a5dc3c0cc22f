"""What a letter is about: facts given, each under the Chinese name by which wordings call it.

Sentences that the law chooses (remedies, grounds, how the day of receipt came about) are given as text; so are the
numbers of working days, which ``gongkai.law`` knows.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date
from functools import lru_cache
from typing import Any

from gongkai.law.numerals import chinese_date


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One step of the tariff: 第11至30件, 20 件, 100 元, 2000 元."""

    step: str
    quantity: str
    price: str
    amount: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody wrote on the approval sheet 审查呈批单; empty to be filled in by hand."""

    step: str
    text: str = ""
    name: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class ItemReply:
    """The reply to one item of an application that gets several: the key of a reply letter, and its own facts."""

    letter: str
    facts: LetterFacts


def _named(name: str, *, listed: bool = False) -> Any:
    """A text; ``listed`` ones are several, numbered when they stand alone in a paragraph."""
    return field(default=() if listed else "", metadata={"name": name, "listed": listed})


def _number(name: str) -> Any:
    return field(default=0, metadata={"name": name})


def _several(name: str) -> Any:
    """Paragraphs or rows that stand one under the other, not numbered."""
    return field(default=(), metadata={"name": name})


@dataclass(frozen=True, kw_only=True)
class LetterFacts:
    """Everything letters may say; which of it one needs, its catalogue entry and wording tell (``composing.missing``).

    Days are shown as 2026年3月2日, several texts one under the other. Empty means: not known, or does not apply.
    """

    agency: str = _named("机关名称")
    office: str = _named("公开工作机构")
    contact_address: str = _named("联系地址")
    contact_phone: str = _named("联系电话")
    number: str = _named("文号")
    signed_on: date | None = field(default=None, metadata={"name": "成文日期"})

    application: str = _named("登记号")
    applicant: str = _named("申请人")
    applicant_kind: str = _named("申请人类型")
    form_of_address: str = field(default="您", metadata={"name": "称谓"})
    identity: str = _named("证件")
    applicant_contact: str = _named("申请人联系方式")
    agent: str = _named("代理人")
    channel: str = _named("收到方式")
    submitted_on: date | None = field(default=None, metadata={"name": "提交日"})
    received_on: date | None = field(default=None, metadata={"name": "收到日"})
    receipt_basis: str = _named("收到日依据")
    items: tuple[str, ...] = _named("申请内容", listed=True)
    wanted_form: str = _named("形式要求")
    officer: str = _named("经办人")
    query_code: str = _named("查询码")

    due_on: date | None = field(default=None, metadata={"name": "答复期限届满日"})
    new_due_on: date | None = field(default=None, metadata={"name": "延长后期限届满日"})
    working_days: int = _number("工作日数")
    answer_by: date | None = field(default=None, metadata={"name": "回复期限届满日"})
    delay_reason: str = _named("延期理由")
    approved_by: str = _named("批准人")
    unclear: str = _named("不明确之处")
    to_supplement: tuple[str, ...] = _named("补正事项", listed=True)
    guidance: str = _named("指导和释明")
    frequency: str = _named("申请数量频次")

    third_party: str = _named("第三方")
    other_agency: str = _named("其他机关")
    other_contact: str = _named("其他机关联系方式")
    information: tuple[str, ...] = _named("信息名称", listed=True)
    concern: str = _named("涉及权益")
    opinion: str = _named("第三方意见")
    public_interest: str = _named("公共利益理由")
    request: tuple[str, ...] = _named("协办事项", listed=True)
    made_jointly: str = _named("共同制作情况")

    grounds: tuple[str, ...] = _several("法定理由")
    reasons: tuple[str, ...] = _several("事实和理由")
    withheld: str = _named("不予公开部分")
    providing: str = _named("提供方式")
    way_to_get: str = _named("获取途径")
    provided_on: date | None = field(default=None, metadata={"name": "提供时间"})
    search: str = _named("检索情况")
    found: str = _named("检索结果")
    special_law: str = _named("特别规定")
    right_channel: str = _named("办理渠道")
    publication: str = _named("出版物")
    anew: str = _named("重新答复缘由")
    earlier_number: str = _named("前次答复文号")
    earlier_on: date | None = field(default=None, metadata={"name": "前次答复日期"})
    enclosures: tuple[str, ...] = _several("附件")
    remedies: tuple[str, ...] = _several("救济途径")

    fee_basis: str = _named("收费依据")
    fee_standard: str = _named("收费标准")
    fee_lines: tuple[FeeLine, ...] = _several("收费明细")
    fee_total: str = _named("收费总额")
    pay_way: str = _named("缴纳方式")
    notice_number: str = _named("通知书文号")
    noticed_on: date | None = field(default=None, metadata={"name": "通知日期"})
    lapsed_on: date | None = field(default=None, metadata={"name": "期限届满日"})
    withdrawn_on: date | None = field(default=None, metadata={"name": "撤回日期"})

    own_record: str = _named("有关记录")
    evidence: str = _named("证据材料")
    result: str = _named("处理结果")
    suggestion: str = _named("建议内容")

    proposal: str = _named("拟办意见")
    opinions: tuple[Opinion, ...] = _several("审批意见")
    served: tuple[str, ...] = _several("送达文书")
    serving: str = _named("送达方式")
    serving_place: str = _named("送达地点")
    served_on: date | None = field(default=None, metadata={"name": "送达日期"})
    signed_by: str = _named("签收人")
    parts: tuple[ItemReply, ...] = _several("各项答复")


@lru_cache(maxsize=1)
def names() -> dict[str, str]:
    """Chinese name → field, of everything a wording may call."""
    return {str(one.metadata["name"]): one.name for one in fields(LetterFacts)}


@lru_cache(maxsize=1)
def _listed() -> frozenset[str]:
    return frozenset(one.name for one in fields(LetterFacts) if one.metadata.get("listed"))


def is_known(facts: LetterFacts, name: str) -> bool:
    """Whether anything is known under that Chinese name."""
    return bool(getattr(facts, names()[name]))


def lines(facts: LetterFacts, name: str) -> list[str]:
    """What is known under the name, one paragraph each; several listed ones are numbered."""
    field_name = names()[name]
    value = getattr(facts, field_name)
    if isinstance(value, tuple):
        texts = [str(one) for one in value]
        numbered = field_name in _listed() and len(texts) > 1
        return [f"{position}．{text}" for position, text in enumerate(texts, 1)] if numbered else texts
    return [line for line in inline(facts, name).splitlines() if line.strip()]


def inline(facts: LetterFacts, name: str) -> str:
    """What is known under the name, within a sentence: several are joined and lose their full stops."""
    value = getattr(facts, names()[name])
    if isinstance(value, tuple):
        return "；".join(str(one).rstrip("。；") for one in value)
    if isinstance(value, date):
        return chinese_date(value)
    return str(value) if value else ""
