"""Brackets and quotation marks that do not pair (GB/T 15834—2011《标点符号用法》)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.publishing.checks.facts import DraftFacts
from gongkai.publishing.checks.places import Passage
from gongkai.publishing.checks.registry import Remark, Severity, register

# Half- and full-width parentheses close each other: mixing them is a matter of form, not of sense.
_CLOSES = {"》": "《", "）": "（", ")": "（", "〕": "〔", "】": "【", "」": "「", "』": "『"}
_OPENS = {"《": "《", "（": "（", "(": "（", "〔": "〔", "【": "【", "「": "「", "『": "『"}
# 1）  a)  一）: a number of a list, not the end of a parenthesis.
_LIST_NUMBER = re.compile(r"(?:^|[\s，。；、：:;])[0-9０-９A-Za-z一二三四五六七八九十]{1,3}$")


@register(
    key="brackets",
    label="括号、书名号、引号成对",
    description="《》（）〔〕【】在同一段内成对，“”在全文内成对；连续几段的引文，每段开头可以再写一个前引号。",
    severities=(Severity.WARN,),
    law_or_source="GB/T 15834—2011《标点符号用法》",
)
def brackets(facts: DraftFacts) -> Iterator[Remark]:
    for passage in (facts.headline, facts.body):
        spots = [*_unpaired_brackets(passage), *_unpaired_quotes(passage)]
        for index in sorted(spots):
            sign = passage.value[index]
            missing = "后面" if sign in _OPENS or sign == "“" else "前面"
            message = f"“{sign}”没有成对，{missing}缺少另一半，请补上或者删去"
            yield Remark(Severity.WARN, message, passage.place(index, index + 1), sign)


def _unpaired_brackets(passage: Passage) -> Iterator[int]:
    for offset, line in passage.lines:
        open_ones: list[tuple[str, int]] = []
        for index, sign in enumerate(line):
            if sign in _OPENS:
                open_ones.append((_OPENS[sign], index))
            elif sign in _CLOSES:
                if open_ones and open_ones[-1][0] == _CLOSES[sign]:
                    open_ones.pop()
                elif any(kind == _CLOSES[sign] for kind, _ in open_ones):
                    # What was opened in between was never closed.
                    while open_ones[-1][0] != _CLOSES[sign]:
                        yield offset + open_ones.pop()[1]
                    open_ones.pop()
                elif not (sign in "）)" and _LIST_NUMBER.search(line[max(0, index - 4) : index])):
                    yield offset + index
        yield from (offset + index for _, index in open_ones)


def _unpaired_quotes(passage: Passage) -> Iterator[int]:
    opened: int | None = None
    for offset, line in passage.lines:
        first = len(line) - len(line.lstrip())
        for index, sign in enumerate(line):
            if sign == "“":
                if opened is not None and index != first:
                    yield opened
                opened = offset + index
            elif sign == "”":
                if opened is None:
                    yield offset + index
                opened = None
    if opened is not None:
        yield opened
