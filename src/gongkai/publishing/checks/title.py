"""The title: its form, and whether it agrees with the type and genre (文种) of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.publishing.checks.facts import DraftFacts
from gongkai.publishing.checks.places import Place, Where
from gongkai.publishing.checks.registry import Remark, Severity, register

LONGEST_TITLE = 100  # characters; lists, feeds and channels cut longer ones
_TITLE_SOURCE = "《党政机关公文处理工作条例》第九条第（九）项；GB/T 15834—2011《标点符号用法》"
_TRAILING = re.compile(r"[。，、；：,.;:!！…·]+\s*$")
_SPACES = re.compile(r"[ \u3000\u00a0]{2,}")
_FILE_ENDING = re.compile(r"\.(?:docx?|pdf|wps|ofd|txt|xlsx?)\s*$", re.I)
_UNFINISHED = re.compile(r"征求意见稿|公开征求意见|草案|讨论稿|送审稿|审议稿|初稿")
# 《党政机关公文处理工作条例》第八条
_GENRES = (
    "决议",
    "决定",
    "命令",
    "公报",
    "公告",
    "通告",
    "意见",
    "通知",
    "通报",
    "报告",
    "请示",
    "批复",
    "议案",
    "函",
    "纪要",
)
_TITLE_GENRE = re.compile(rf"的({'|'.join(_GENRES)})$")
_AFTER_GENRE = re.compile(r"[（(〔][^（(〔）)〕]*[）)〕]\s*$")


@register(
    key="title-form",
    label="标题书写",
    description="标题不空、不过长，结尾没有标点和文件扩展名，没有连续空格、换行和重复的“关于”。",
    severities=(Severity.BLOCK, Severity.WARN, Severity.INFO),
    law_or_source=_TITLE_SOURCE,
)
def title_form(facts: DraftFacts) -> Iterator[Remark]:
    title, place = facts.headline.value, facts.headline.place
    if not title.strip():
        yield Remark(Severity.BLOCK, "没有标题，请填写", facts.headline.whole(), "empty", answerable=False)
        return
    if len(title) > LONGEST_TITLE:
        message = f"标题有{len(title)}个字，列表和手机上会显示不全，建议不超过{LONGEST_TITLE}个字"
        yield Remark(Severity.INFO, message, facts.headline.whole(), "long")
    rules = (
        (_FILE_ENDING, "file-name", "标题带有文件扩展名“{found}”，请删去", ""),
        (_TRAILING, "punctuation", "标题结尾有标点“{found}”，请删去", ""),
        (_SPACES, "spaces", "标题中有连续的空格，请删去多余的", ""),
        (re.compile(r"[\r\n\t]+"), "line-break", "标题中有换行，请删去，显示时会自动换行", ""),
        (re.compile(r"关于关于|的的(?!士)|通知通知"), "doubled", "标题中“{found}”重复，请删去一个", None),
    )
    for pattern, code, message, replacement in rules:
        for match in pattern.finditer(title):
            written = message.format(found=match.group().strip())
            half = match.group()[: len(match.group()) // 2] if replacement is None else replacement
            yield Remark(Severity.WARN, written, place(*match.span()), code, replacement=half)


@register(
    key="title-genre",
    label="标题与文件类型、文种一致",
    description="标题写着征求意见稿、草案的，不能作为规范性文件发布；标题结尾的文种与页头的文种一致；页头标题与标题一致。",
    severities=(Severity.BLOCK, Severity.WARN),
    law_or_source="《党政机关公文处理工作条例》第八条；《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）",
)
def title_genre(facts: DraftFacts) -> Iterator[Remark]:
    unfinished = _UNFINISHED.search(facts.title)
    if unfinished and "normative" in facts.type_key:
        message = f"标题写着“{unfinished.group()}”，还不是正式的规范性文件，请改用“意见征集”类型，或者更正标题"
        yield Remark(Severity.BLOCK, message, facts.headline.place(*unfinished.span()), "unfinished")
    genre = facts.header_text("genre").strip()
    ending = _TITLE_GENRE.search(_AFTER_GENRE.sub("", facts.title.strip()))
    if ending and genre in _GENRES and genre != ending.group(1):
        message = f"标题的文种是“{ending.group(1)}”，页头的文种是“{genre}”，请改为一致"
        yield Remark(Severity.WARN, message, Place(Where.HEADER, field="genre"), "genre-differs")
    in_header = facts.header_text("title").strip()
    if in_header and "".join(in_header.split()) != "".join(facts.title.split()):
        message = f"页头的标题“{in_header[:60]}”与标题不一致，请核对"
        yield Remark(Severity.WARN, message, Place(Where.HEADER, field="title"), "title-differs")
