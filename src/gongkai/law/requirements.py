"""What must be on record before a decision may be closed (结案要件): facts, each with the sentence that asks for it.

Which decision needs which fact is declared in `replies`; here is only what a fact is and when it is there. Most stand
in article 36 itself (the search behind 不存在, the name of the agency responsible, the earlier reply …).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the case knows when it is to be closed. Everything is empty until somebody recorded it; numbers count
    records."""

    reasons: str = ""
    search_records: int = 0
    provided_files: int = 0
    way_to_get: str = ""
    time_to_get: date | None = None
    other_agency_name: str = ""
    other_agency_contact: str = ""
    other_agency_unknown: bool = False
    """The agency responsible cannot be determined (不能确定负责公开的行政机关)."""
    earlier_reply: str = ""
    """Number or title of the earlier reply."""
    redactions: int = 0
    """Places blacked out, and documents held back whole."""
    third_party: str = ""
    """The third party consulted and what came of it, or why none could be."""
    third_party_objects: bool = False
    override_reasons: str = ""
    """Why it is disclosed although the third party objects."""
    special_provision: str = ""
    """The law or administrative regulation that regulates access, and where to turn."""
    clarification_notice: date | None = None
    supplement: date | None = None
    fee_notice: date | None = None
    excess: str = ""
    """Number and frequency of this applicant's applications."""
    reasons_demanded: date | None = None
    proper_channel: str = ""
    withdrawn_on: date | None = None


class Fact(StrEnum):
    """A fact a decision may need; the value is the field a form shows the message at."""

    REASONS = "reasons"
    SEARCH_RECORD = "search_records"
    PROVISION = "provided_files"
    WAY_TO_GET = "way_to_get"
    OTHER_AGENCY_NAME = "other_agency_name"
    OTHER_AGENCY_CONTACT = "other_agency_contact"
    EARLIER_REPLY = "earlier_reply"
    REDACTIONS = "redactions"
    THIRD_PARTY = "third_party"
    OVERRIDE_REASONS = "override_reasons"
    SPECIAL_PROVISION = "special_provision"
    CLARIFICATION_NOTICE = "clarification_notice"
    SUPPLEMENT = "supplement"
    FEE_NOTICE = "fee_notice"
    EXCESS = "excess"
    REASONS_DEMANDED = "reasons_demanded"
    PROPER_CHANNEL = "proper_channel"
    WITHDRAWAL = "withdrawn_on"

    @property
    def label(self) -> str:
        """The Chinese name of the fact."""
        return _WORDS[self][0]

    @property
    def message(self) -> str:
        """What to do where it is missing."""
        return _WORDS[self][1]

    def given(self, facts: Facts) -> bool:
        """Whether the fact is on record."""
        if self is Fact.PROVISION:
            return bool(facts.provided_files or (facts.way_to_get.strip() and facts.time_to_get))
        if self in (Fact.OTHER_AGENCY_NAME, Fact.OTHER_AGENCY_CONTACT) and facts.other_agency_unknown:
            return True
        value = getattr(facts, self.value)
        return bool(value.strip() if isinstance(value, str) else value)


_WORDS = {
    Fact.REASONS: ("理由", "请填写理由：说明事实和所依据的规定"),
    Fact.SEARCH_RECORD: ("检索记录", "请先登记检索记录：何人于何时在何处以什么方法检索、结果如何"),
    Fact.PROVISION: ("提供的信息", "请上传要提供的文件，或者写明获取的方式、途径和时间"),
    Fact.WAY_TO_GET: ("获取的方式、途径", "请写明获取的方式、途径，例如网址、公报期号"),
    Fact.OTHER_AGENCY_NAME: (
        "负责公开的机关名称",
        "请填写负责公开的行政机关名称；不能确定的，请勾选“不能确定负责公开的行政机关”",
    ),
    Fact.OTHER_AGENCY_CONTACT: (
        "负责公开的机关联系方式",
        "请填写负责公开的行政机关联系方式；不能确定的，请勾选“不能确定负责公开的行政机关”",
    ),
    Fact.EARLIER_REPLY: ("前次答复", "请关联前次答复，写明其文号或者日期"),
    Fact.REDACTIONS: ("不公开的部分", "请标出不公开的部分：遮盖的位置，或者不提供的文件"),
    Fact.THIRD_PARTY: ("征求第三方意见", "请登记书面征求第三方意见的情况；无法征求的，写明原因"),
    Fact.OVERRIDE_REASONS: (
        "第三方不同意仍予公开的理由",
        "第三方不同意公开：请写明第三方没有合理理由，或者不公开可能对公共利益造成重大影响，并书面告知第三方",
    ),
    Fact.SPECIAL_PROVISION: ("特别规定", "请写明对获取该信息有特别规定的法律、行政法规和办理途径"),
    Fact.CLARIFICATION_NOTICE: ("补正告知", "请先作出补正告知：没有告知补正的，不能以此结案"),
    Fact.SUPPLEMENT: ("补正材料", "请登记收到补正的日期；申请人没有补正的，按“逾期不补正”办理"),
    Fact.FEE_NOTICE: ("收费通知", "请先发出收费通知：没有通知缴费的，不能以此结案"),
    Fact.EXCESS: ("数量、频次", "请写明该申请人申请的数量、频次，以及明显超过合理范围的事实"),
    Fact.REASONS_DEMANDED: ("说明理由告知", "请先要求申请人说明理由：没有要求说明的，不能以此结案"),
    Fact.PROPER_CHANNEL: ("相应渠道", "请写明可以通过什么渠道提出，例如信访部门、投诉举报电话、咨询电话"),
    Fact.WITHDRAWAL: ("撤回申请", "请登记申请人撤回申请的日期和凭据"),
}
