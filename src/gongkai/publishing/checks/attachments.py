"""Attachments: readable by everyone, hiding nothing, named for what they are, and matching what the text says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.publishing.checks.facts import AttachmentFacts, DraftFacts, HiddenFact
from gongkai.publishing.checks.places import Place, Where
from gongkai.publishing.checks.registry import Remark, Severity, register
from gongkai.texts.dates import InvalidNumeral, from_chinese_numeral
from gongkai.texts.reading import HiddenFinding, HiddenKind, HiddenReport

_EXTENSION = re.compile(r"\.[0-9A-Za-z]{1,5}$")
_SAYS_NOTHING = re.compile(
    r"(?:新建|未命名|无标题|untitled|new)?\s*(?:文档|文件|microsoft|word|excel|office|wps|工作表|工作簿|文本|pdf|文字|表格|"
    r"演示文稿|压缩|document|file|附件|附表|附|扫描件?|scan|img|image|图片|正文|最终版|终稿|定稿|副本|\s|[\d０-９\-_—－()（）.]|"
    r"[一二三四五六七八九十])*",
    re.I,
)
_KINDS = {name: kind for kind in HiddenKind for name in (kind.value, kind.label)}
# 附件 alone may be a part of a machine; a number, a colon or a verb says that a file is meant.
_MENTIONED = re.compile(
    r"(?:见|随文|填写|填报)?附件\s?(?P<number>[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})(?![次项套台个])"
    r"|附件\s?[:：]|(?:见|随文|填写|填报)附件"
)


def _place(attachment: AttachmentFacts, quote: str = "") -> Place:
    return Place(Where.ATTACHMENT, field=attachment.name, quote=quote, attachment_id=attachment.id)


@register(
    key="attachment-readable",
    label="附件能打开",
    description="附件不是空文件，没有损坏，没有加密。",
    severities=(Severity.BLOCK,),
    law_or_source="《政府信息公开条例》第六条；国办秘函〔2019〕19号（附件可用性）",
)
def attachment_readable(facts: DraftFacts) -> Iterator[Remark]:
    for attachment in facts.attachments:
        if attachment.size == 0:
            message = f"附件“{attachment.name}”是空文件，请重新上传"
            yield Remark(Severity.BLOCK, message, _place(attachment), "empty", answerable=False)
        elif not attachment.readable:
            message = f"附件“{attachment.name}”打不开，可能已经损坏或者加了密码，请换成能直接打开的文件"
            yield Remark(Severity.BLOCK, message, _place(attachment), "unreadable")


@register(
    key="attachment-text",
    label="附件有文字",
    description="附件中的文字可以搜索、复制和朗读；只有扫描图像的，请换成文字版，或者另附文字版。",
    severities=(Severity.WARN,),
    law_or_source="《无障碍环境建设法》；《政府信息公开条例》第二十四条（便于公众查询）",
)
def attachment_text(facts: DraftFacts) -> Iterator[Remark]:
    for attachment in facts.attachments:
        if attachment.readable and attachment.size and not attachment.has_text:
            message = f"附件“{attachment.name}”里没有文字，只是图像，搜索不到也读不出，请换成文字版或者另附一份文字版"
            yield Remark(Severity.WARN, message, _place(attachment))


@register(
    key="attachment-hidden",
    label="附件的隐藏内容",
    description="附件中看不见但能翻出来的内容。批注、修订痕迹、隐藏的文字、行列和工作表，须由人决定："
    "清除后重新上传，或者说明可以公开；作者姓名、文档属性、宏等只作提示。",
    severities=(Severity.BLOCK, Severity.WARN),
    law_or_source="《政府信息公开条例》第十四条、第十五条、第十七条",
)
def attachment_hidden(facts: DraftFacts) -> Iterator[Remark]:
    for attachment in facts.attachments:
        for hidden in attachment.hidden:
            shown = f"，如“{hidden.excerpt[:40]}”" if hidden.excerpt else ""
            message = (
                f"附件“{attachment.name}”带有{_hidden_label(hidden)}{hidden.count}处{shown}。"
                "公众可以翻看到，请清除后重新上传；确认可以公开的，请说明"
            )
            severity = Severity.BLOCK if _needs_decision(hidden) else Severity.WARN
            yield Remark(severity, message, _place(attachment, hidden.excerpt[:60]), hidden.kind)


def _hidden_label(hidden: HiddenFact) -> str:
    """The officers' name of the kind; a kind named by another reader of files speaks for itself."""
    return _KINDS[hidden.kind].label if hidden.kind in _KINDS else hidden.kind


def _needs_decision(hidden: HiddenFact) -> bool:
    if hidden.kind not in _KINDS:
        return True
    return HiddenReport((HiddenFinding(_KINDS[hidden.kind], hidden.count),)).needs_decision


@register(
    key="attachment-names",
    label="附件名称",
    description="附件名称说明内容；“新建文档”“附件1”“扫描件”之类的名称，下载以后不知道是什么。",
    severities=(Severity.WARN,),
    law_or_source="《政府信息公开条例》第二十四条（便于公众查询）",
)
def attachment_names(facts: DraftFacts) -> Iterator[Remark]:
    for attachment in facts.attachments:
        if _SAYS_NOTHING.fullmatch(_EXTENSION.sub("", attachment.name.strip())):
            message = f"附件名称“{attachment.name}”没有说明内容，请改为附件的标题，如“附件1：2024年度部门预算表”"
            yield Remark(Severity.WARN, message, _place(attachment, attachment.name))


@register(
    key="attachment-mentioned",
    label="正文与附件相符",
    description="正文提到附件的，附件已经上传，个数够；上传了附件的，正文有“附件：”说明。",
    severities=(Severity.WARN, Severity.INFO),
    law_or_source="GB/T 9704—2012 第7.3.4条（附件说明）",
)
def attachment_mentioned(facts: DraftFacts) -> Iterator[Remark]:
    mentions = list(_MENTIONED.finditer(facts.body_text))
    attached = len(facts.attachments)
    if mentions and not attached:
        place = facts.body.place(*mentions[0].span())
        yield Remark(Severity.WARN, "正文提到附件，但没有上传附件，请上传，或者改正正文", place, "none-attached")
    elif attached and not mentions and facts.body_text.strip():
        message = f"上传了{attached}个附件，正文没有提到，请在正文末尾写明“附件：”和名称"
        yield Remark(Severity.INFO, message, facts.body.whole(), "not-mentioned")
    if attached:
        highest = max(mentions, key=_mention_number, default=None)
        if highest is not None and _mention_number(highest) > attached:
            message = f"正文提到“{highest.group().strip()}”，实际只上传了{attached}个附件，请核对是否漏传"
            yield Remark(Severity.WARN, message, facts.body.place(*highest.span()), "too-few")


def _mention_number(match: re.Match[str]) -> int:
    try:
        return from_chinese_numeral(match["number"]) if match["number"] else 0
    except InvalidNumeral:
        return 0  # 附件十三一: not a number, and the numbering check is not concerned with it
