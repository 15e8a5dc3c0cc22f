"""Links of the body: they lead somewhere, from anywhere, and say where."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.publishing.checks.facts import DraftFacts, LinkFacts
from gongkai.publishing.checks.places import Place, Where
from gongkai.publishing.checks.registry import Remark, Severity, register

_SAYS_NOTHING = re.compile(
    r"(?:请)?(?:点击|点|戳|按)?(?:这里|此处|此|链接|查看|进入|下载|打开|阅读)?(?:详情|更多|全文|原文|链接|查看|下载|进入)?"
    r"[>》→…。！!]*"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.I)
_NOT_A_PAGE = re.compile(r"#|mailto:|tel:", re.I)
# What only the writer's own network or machine can open (RFC 1918, local files).
_INTRANET = re.compile(
    r"(?:file:|[a-z]:[\\/]|\\\\)|https?://(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)", re.I
)


def _place(link: LinkFacts, index: int) -> Place:
    return Place(Where.BODY, field="link", quote=link.text[:60], element=f"a:{index}")


def _named(link: LinkFacts) -> str:
    return f"“{(link.text.strip() or link.href)[:60]}”"


@register(
    key="broken-links",
    label="链接有效",
    description="正文中的链接打得开：指向本站已经不存在的页面、指向内部网络或者本机文件的阻断；尚未核实的说明。",
    severities=(Severity.BLOCK, Severity.INFO),
    law_or_source="国办秘函〔2019〕19号《政府网站与政务新媒体检查指标》（链接可用性）",
)
def broken_links(facts: DraftFacts) -> Iterator[Remark]:
    for index, link in enumerate(facts.links):
        place = _place(link, index)
        if _INTRANET.match(link.href.strip()):
            message = f"链接{_named(link)}指向内部网络或者本机文件，公众打不开，请改为公开的地址，或者作为附件上传"
            yield Remark(Severity.BLOCK, message, place, "intranet")
        elif link.state == "broken":
            note = f"（{link.note}）" if link.note else ""
            message = f"链接{_named(link)}打不开{note}，请更正地址或者去掉链接"
            yield Remark(Severity.BLOCK, message, place, "broken")
        elif link.state == "unknown" and not _NOT_A_PAGE.match(link.href):
            yield Remark(Severity.INFO, f"链接{_named(link)}还没有核实，请点开看一看", place, "unverified")


@register(
    key="link-text",
    label="链接文字",
    description="链接的文字要说明通向哪里；“点击这里”、空白或者一长串网址，听读屏的人无从判断。",
    severities=(Severity.WARN,),
    law_or_source="《无障碍环境建设法》；GB/T 37668—2019",
)
def link_text(facts: DraftFacts) -> Iterator[Remark]:
    for index, link in enumerate(facts.links):
        text = "".join(link.text.split())
        if not text:
            message = f"指向{link.href[:60]}的链接没有文字，请写明通向哪里"
            yield Remark(Severity.WARN, message, _place(link, index), "empty")
        elif _SAYS_NOTHING.fullmatch(text):
            message = f"链接文字{_named(link)}没有说明通向哪里，请改为所指页面或者文件的名称"
            yield Remark(Severity.WARN, message, _place(link, index), "says-nothing")
        elif _ADDRESS.fullmatch(text):
            message = f"链接文字是网址{_named(link)}，请改为所指页面的名称"
            yield Remark(Severity.WARN, message, _place(link, index), "address")
