"""The header of a document (页头元信息): complete, and not at odds with itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from gongkai.publishing.checks.document_number import year_of
from gongkai.publishing.checks.facts import DraftFacts
from gongkai.publishing.checks.places import Place, Where
from gongkai.publishing.checks.registry import Remark, Severity, register
from gongkai.texts.dates import official

_HEADER_SOURCE = "《政府信息公开条例》第六条、第二十四条；《政府网站发展指引》（国办发〔2017〕47号）"
_NOT_PUBLIC_MARK = re.compile(r"此件(?:依申请公开|不予公开|不公开)|（(?:依申请公开|不予公开)）")
_MANY_KEYWORDS = 10


def _field(key: str) -> Place:
    return Place(Where.HEADER, field=key)


@register(
    key="header-complete",
    label="页头要素齐全",
    description="按文件类型的要求，检查页头各项是否都已填写。",
    severities=(Severity.BLOCK,),
    law_or_source=_HEADER_SOURCE,
)
def header_complete(facts: DraftFacts) -> Iterator[Remark]:
    for key, label in facts.required_fields:
        if not _value(facts, key).strip():
            yield Remark(Severity.BLOCK, f"“{label}”没有填写，请补充", _field(key), code=key, answerable=False)


def _value(facts: DraftFacts, key: str) -> str:
    if key == "title":
        return facts.title
    if key == "body":
        # A document may consist of its attachments.
        return facts.body_text or "、".join(attachment.name for attachment in facts.attachments)
    return facts.header_text(key)


@register(
    key="header-dates",
    label="页头日期",
    description="成文日期不晚于今天和发布日期，施行日期不早于成文日期，失效日期晚于施行日期，发文字号的年份与成文日期一致。",
    severities=(Severity.BLOCK, Severity.WARN),
    law_or_source="《党政机关公文处理工作条例》第九条；GB/T 9704—2012",
)
def header_dates(facts: DraftFacts) -> Iterator[Remark]:
    issued, published = facts.header_date("date_of_issue"), facts.header_date("published_on")
    effective, expires = facts.header_date("effective_on"), facts.header_date("expires_on")
    block, warn = Severity.BLOCK, Severity.WARN
    if issued and issued > facts.today:
        message = f"成文日期{official(issued)}在今天（{official(facts.today)}）之后，请改正成文日期"
        yield Remark(block, message, _field("date_of_issue"), "issued-in-future", answerable=False)
    if issued and published and issued > published:
        message = f"成文日期{official(issued)}晚于发布日期{official(published)}，请核对这两个日期"
        yield Remark(block, message, _field("date_of_issue"), "issued-after-published", answerable=False)
    if issued and effective and effective < issued:
        message = f"施行日期{official(effective)}早于成文日期{official(issued)}；除依法可以溯及既往外，请改正施行日期"
        yield Remark(warn, message, _field("effective_on"), "effective-before-issued")
    begins = effective or issued
    if begins and expires and expires < begins:
        which = "施行" if effective else "成文"
        message = f"失效日期{official(expires)}早于{which}日期{official(begins)}，请核对这两个日期"
        yield Remark(block, message, _field("expires_on"), "expires-first", answerable=False)
    elif expires and expires <= facts.today:
        message = f"失效日期{official(expires)}已经到了，发布后页面会标注“失效”；请确认是否仍要发布"
        yield Remark(warn, message, _field("expires_on"), "already-expired")
    number_year = year_of(facts.header_text("document_number"))
    if number_year and issued and number_year != issued.year:
        message = f"发文字号的年份是{number_year}年，成文日期是{official(issued)}，请核对"
        yield Remark(warn, message, _field("document_number"), "year-differs")


@register(
    key="header-disclosure",
    label="公开属性",
    description="不予公开的须写明依据；正文或者标题注明不公开、依申请公开的，不能按主动公开发布。",
    severities=(Severity.BLOCK,),
    law_or_source="《政府信息公开条例》第十三条至第十七条",
)
def header_disclosure(facts: DraftFacts) -> Iterator[Remark]:
    disclosure = facts.header_text("disclosure")
    if disclosure == "withheld" and not facts.header_text("ground").strip():
        message = "公开属性是“不予公开”，但没有写明依据，请选择所依据的条款并说明理由"
        yield Remark(Severity.BLOCK, message, _field("ground"), "no-ground", answerable=False)
    if disclosure == "proactive":
        for passage in (facts.headline, facts.body):
            for match in _NOT_PUBLIC_MARK.finditer(passage.value):
                message = f"公开属性是“主动公开”，文中却注明“{match.group()}”，请核对公开属性，或者删去这一标注"
                yield Remark(Severity.BLOCK, message, passage.place(*match.span()), "marked-not-public")


@register(
    key="header-keywords",
    label="关键词",
    description="关键词不重复，不超过十个。",
    severities=(Severity.WARN, Severity.INFO),
    law_or_source="《政府网站发展指引》（国办发〔2017〕47号）附件《网页设计规范》",
)
def header_keywords(facts: DraftFacts) -> Iterator[Remark]:
    keywords = [word for word in re.split(r"[、，,；;\s]+", facts.header_text("keywords")) if word]
    repeated = [word for word, times in Counter(keywords).items() if times > 1]
    if repeated:
        message = f"关键词“{'”“'.join(repeated[:5])}”重复，请各保留一个"
        yield Remark(Severity.WARN, message, _field("keywords"), "repeated")
    if len(set(keywords)) > _MANY_KEYWORDS:
        message = f"关键词有{len(set(keywords))}个，建议不超过{_MANY_KEYWORDS}个，留下最能代表内容的"
        yield Remark(Severity.INFO, message, _field("keywords"), "many")
