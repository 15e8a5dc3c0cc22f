"""Something to publish at all."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.publishing.checks.facts import DraftFacts
from gongkai.publishing.checks.registry import Remark, Severity, register
from gongkai.publishing.checks.structure import structure

_FEW = 20  # characters: less than one sentence of an official document


@register(
    key="body-length",
    label="有内容",
    description="正文和附件不能都空着；正文只有一句话又没有附件的，提示核对。",
    severities=(Severity.BLOCK, Severity.WARN),
    law_or_source="《政府信息公开条例》第六条；国办秘函〔2019〕19号（空白页面）",
)
def body_length(facts: DraftFacts) -> Iterator[Remark]:
    written = len("".join(facts.body_text.split()))
    if facts.attachments or structure(facts.body_html).images:
        return
    if written == 0:
        message = "正文是空的，也没有附件，请填写正文或者上传附件"
        yield Remark(Severity.BLOCK, message, facts.body.whole(), "empty", answerable=False)
    elif written < _FEW:
        message = f"正文只有{written}个字，又没有附件，请核对内容是否完整"
        yield Remark(Severity.WARN, message, facts.body.whole(), "short")
