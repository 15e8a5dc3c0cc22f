"""Personal data that must not reach the public: identity numbers, mobiles, cards, travel documents, addresses.

Regulation article 15 (个人隐私); 《个人信息保护法》第二十八条 (sensitive personal information).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.publishing.checks.facts import DraftFacts
from gongkai.publishing.checks.personal import CALLED_BANK, Kind, PersonalDatum
from gongkai.publishing.checks.places import Passage
from gongkai.publishing.checks.registry import Remark, Severity, register

_PRIVACY = "《政府信息公开条例》第十五条；《个人信息保护法》第二十八条"
# What the number is called, right before it: 监督电话：…, 值班手机 …
_OFFICE_USE = re.compile(r"(?:咨询|监督|举报|投诉|值班|服务|报名|办公|受理|热线)[^，。；、,;]{0,10}$")
_FREE_MAIL = frozenset(
    {"qq.com", "foxmail.com", "vip.qq.com", "163.com", "vip.163.com", "126.com", "yeah.net", "139.com", "189.cn"}
    | {"sina.com", "sina.cn", "sohu.com", "21cn.com", "tom.com", "aliyun.com", "gmail.com", "outlook.com"}
    | {"hotmail.com", "live.com", "live.cn", "msn.com", "yahoo.com", "icloud.com"}
)


def _found(facts: DraftFacts, *kinds: Kind) -> Iterator[tuple[Passage, PersonalDatum]]:
    for passage in facts.passages:
        for datum in passage.personal:
            if datum.kind in kinds:
                yield passage, datum


def _masked(passage: Passage, datum: PersonalDatum) -> str:
    return passage.shown[datum.start : datum.end]


@register(
    key="identity-numbers",
    label="公民身份号码",
    description="查找公民身份号码：18位并且校验码正确的阻断发布；15位旧号码、校验码不符但前文称为身份证号的，提示核对。"
    "数字之间有空格、连字符或者用全角书写的同样识别；统一社会信用代码不算。证据中只保留首尾几位。",
    severities=(Severity.BLOCK, Severity.WARN),
    law_or_source=_PRIVACY,
)
def identity_numbers(facts: DraftFacts) -> Iterator[Remark]:
    """A right check digit, birth day and place together are no coincidence: not answerable, it has to be masked."""
    for passage, datum in _found(facts, Kind.IDENTITY, Kind.IDENTITY_OLD, Kind.IDENTITY_SUSPECT):
        masked = _masked(passage, datum)
        certain = datum.kind is Kind.IDENTITY
        message = {
            Kind.IDENTITY: f"出现公民身份号码“{masked}”，公开会泄露个人隐私，请删除或者隐去中间各位",
            Kind.IDENTITY_OLD: f"“{masked}”可能是15位的旧身份证号码，请核对；确实是的，请删除或者隐去",
            Kind.IDENTITY_SUSPECT: f"“{masked}”被称为身份证号，但校验码不符，请核对；无论是否写错，都不应完整公开",
        }[datum.kind]
        yield Remark(
            Severity.BLOCK if certain else Severity.WARN,
            message,
            passage.place(datum.start, datum.end),
            code=datum.kind,
            suggestion=f"改为“{masked}”，或者整个删去",
            replacement=masked,
            answerable=not certain,
        )


@register(
    key="mobile-numbers",
    label="手机号码",
    description="查找11位手机号码。前文写明咨询、监督、举报、值班等办公用途的只作提示，其他的阻断；"
    "确为对外公布的工作电话的，说明理由后可以保留。带区号的办公电话、12345、400电话不算。",
    severities=(Severity.BLOCK, Severity.WARN),
    law_or_source=_PRIVACY,
)
def mobile_numbers(facts: DraftFacts) -> Iterator[Remark]:
    for passage, datum in _found(facts, Kind.MOBILE):
        masked = _masked(passage, datum)
        office = bool(_OFFICE_USE.search(passage.before(datum.start)))
        yield Remark(
            Severity.WARN if office else Severity.BLOCK,
            f"出现手机号码“{masked}”。"
            + ("请确认是对外公布的工作电话；" if office else "个人的号码请删除或者隐去中间四位；")
            + "确需公布工作电话的，建议改用办公座机，或者答复“对外公布的工作电话”后保留",
            passage.place(datum.start, datum.end),
            suggestion=f"改为“{masked}”或者办公电话",
            replacement=masked,
        )


@register(
    key="bank-cards",
    label="银行卡号",
    description="查找银行卡号：已知的发卡行开头和长度，并且校验位正确。前文提到账号、开户、银行的阻断，其他的提示。"
    "更长的数字串和统一社会信用代码不算；依法公布的收款账户说明理由后可以保留。",
    severities=(Severity.BLOCK, Severity.WARN),
    law_or_source=_PRIVACY,
)
def bank_cards(facts: DraftFacts) -> Iterator[Remark]:
    for passage, datum in _found(facts, Kind.BANK_CARD):
        masked = _masked(passage, datum)
        called = bool(CALLED_BANK.search(passage.before(datum.start)))
        yield Remark(
            Severity.BLOCK if called else Severity.WARN,
            f"“{masked}”{'是' if called else '可能是'}银行卡号，个人账户不得公开，请删除或者隐去；"
            "单位依法公布的收款账户，请说明理由后保留",
            passage.place(datum.start, datum.end),
            suggestion=f"改为“{masked}”，或者整个删去",
            replacement=masked,
        )


@register(
    key="travel-documents",
    label="护照、通行证号码",
    description="查找写在“护照”“通行证”等字样后面的证件号码。",
    severities=(Severity.BLOCK,),
    law_or_source=_PRIVACY,
)
def travel_documents(facts: DraftFacts) -> Iterator[Remark]:
    for passage, datum in _found(facts, Kind.TRAVEL_DOCUMENT):
        masked = _masked(passage, datum)
        yield Remark(
            Severity.BLOCK,
            f"出现护照或者通行证号码“{masked}”，请删除或者隐去；不是证件号码的，请说明后保留",
            passage.place(datum.start, datum.end),
            suggestion=f"改为“{masked}”，或者整个删去",
            replacement=masked,
        )


@register(
    key="private-email",
    label="个人电子邮箱",
    description="查找社会邮箱服务的地址（如QQ邮箱、163邮箱），提醒改用单位邮箱。",
    severities=(Severity.INFO,),
    law_or_source="《个人信息保护法》第四条",
)
def private_email(facts: DraftFacts) -> Iterator[Remark]:
    for passage, datum in _found(facts, Kind.EMAIL):
        domain = passage.value[datum.start : datum.end].replace("＠", "@").rpartition("@")[2].lower()
        if domain in _FREE_MAIL:
            yield Remark(
                Severity.INFO,
                f"“{_masked(passage, datum)}”是社会邮箱，可能属于个人；对外联系建议使用单位的政务邮箱",
                passage.place(datum.start, datum.end),
                suggestion="改为单位的政务邮箱",
            )


@register(
    key="home-addresses",
    label="家庭住址",
    description="查找写在“家庭住址”“现住”“户籍地址”等字样后面、详细到门牌的地址。",
    severities=(Severity.WARN,),
    law_or_source=_PRIVACY,
)
def home_addresses(facts: DraftFacts) -> Iterator[Remark]:
    for passage, datum in _found(facts, Kind.ADDRESS):
        yield Remark(
            Severity.WARN,
            f"“{_masked(passage, datum)}”像是个人的详细住址，请写到县（市、区）或者乡镇（街道）为止",
            passage.place(datum.start, datum.end),
            suggestion="删去门牌、楼栋和房间号",
        )
