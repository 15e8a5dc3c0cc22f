"""Numbering of the text: 一、二、四、 and 第三条 → 第五条 are slips that readers stumble over and lawyers quote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gongkai.publishing.checks.facts import DraftFacts
from gongkai.publishing.checks.registry import Remark, Severity, register
from gongkai.texts.dates import InvalidNumeral, from_chinese_numeral

_N = "[一二三四五六七八九十百千零〇]{1,7}"
# From the outer to the inner; an outer number lets the inner ones begin again.
_LEVELS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("部分", re.compile(rf"第({_N})(?:部分|编)")),
    ("章", re.compile(rf"第({_N})章(?=[\s　]|$)")),
    ("节", re.compile(rf"第({_N})节(?=[\s　]|$)")),
    ("条", re.compile(rf"第({_N})条(?:之[一二三四五六七八九十])?(?=[\s　【（(])")),
    ("一、", re.compile(rf"({_N})、")),
    ("（一）", re.compile(rf"[（(]({_N})[）)]")),
)
# 条 run on through the chapters.
_RUNS_ON = {"条"}
# An annex counts by itself.
_ANNEX = re.compile(r"附\s?[件录表]\s?[0-9０-９一二三四五六七八九十]{0,3}\s*(?:[:：]|$)")


@dataclass
class _Count:
    """How far each level has been counted."""

    last: dict[str, int] = field(default_factory=dict)

    def take(self, level: int, number: int) -> str:
        """Count ``number`` at ``level``; what is wrong with it, or ''."""
        name = _LEVELS[level][0]
        last = self.last.get(name)
        self.last[name] = number
        for inner, _ in _LEVELS[level + 1 :]:
            if inner not in _RUNS_ON:
                self.last.pop(inner, None)
        if number == 1 or number == (last or 0) + 1:
            return ""
        if last is None:
            return "前面没有从一开始"
        if number == last:
            return "序号重复"
        return "中间缺号" if number > last else "序号倒退"


@register(
    key="numbering",
    label="序号连续",
    description="“一、”“（一）”和“第×章”“第×条”的序号连续，不缺号，不重复。",
    severities=(Severity.WARN,),
    law_or_source="GB/T 9704—2012 第7.3.3条（结构层次序数）",
)
def numbering(facts: DraftFacts) -> Iterator[Remark]:
    count = _Count()
    for offset, line in facts.body.lines:
        indent = len(line) - len(line.lstrip())
        if _ANNEX.match(line, indent):
            count = _Count()
        for level, (name, pattern) in enumerate(_LEVELS):
            match = pattern.match(line, indent)
            number = _number(match.group(1)) if match else None
            if match is None or number is None:
                continue
            is_supplement = name == "条" and "之" in match.group()  # 第三条之一 follows 第三条
            if not is_supplement and (problem := count.take(level, number)):
                message = f"序号“{match.group()}”{problem}，请核对是漏了内容还是写错了序号"
                yield Remark(
                    Severity.WARN, message, facts.body.place(offset + match.start(), offset + match.end()), name
                )
            break


def _number(written: str) -> int | None:
    try:
        return from_chinese_numeral(written)
    except InvalidNumeral:
        return None  # 十百: not a number, so not a numbered line either
