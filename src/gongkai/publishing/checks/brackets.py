"""Brackets and quotation marks that do not pair (GB/T 15834—2011《标点符号用法》)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from gongkai.publishing.checks.facts import DraftFacts
from gongkai.publishing.checks.places import Passage
from gongkai.publishing.checks.registry import Remark, Severity, register

# Half- and full-width parentheses close each other: mixing them is a matter of form, not of sense.
_CLOSES = {"》": "《", "）": "（", ")": "（", "〕": "〔", "】": "【", "」": "「", "』": "『"}
_OPENS = {"《": "《", "（": "（", "(": "（", "〔": "〔", "【": "【", "「": "「", "『": "『"}
_FARTHEST = 600  # characters between the halves of a parenthesis of several lines
# 1）  a)  一）: a number of a list, not the end of a parenthesis.
_LIST_NUMBER = re.compile(r"(?:^|[\s，。；、：:;])[0-9０-９A-Za-z一二三四五六七八九十]{1,3}$")


@register(
    key="brackets",
    label="括号、书名号、引号成对",
    description="《》（）〔〕【】成对，“”成对；连续几段的引文，每段开头可以再写一个前引号。",
    severities=(Severity.WARN,),
    law_or_source="GB/T 15834—2011《标点符号用法》",
)
def brackets(facts: DraftFacts) -> Iterator[Remark]:
    for passage in (facts.headline, facts.body):
        spots = [*_unpaired_after_all(passage, sorted(_unpaired_brackets(passage))), *_unpaired_quotes(passage)]
        for index in sorted(spots):
            sign = passage.value[index]
            missing = "后面" if sign in _OPENS or sign == "“" else "前面"
            message = f"“{sign}”没有成对，{missing}缺少另一半，请补上或者删去"
            yield Remark(Severity.WARN, message, passage.place(index, index + 1), sign)


def _unpaired_brackets(passage: Passage) -> Iterator[int]:
    for offset, line in passage.lines:
        open_ones: list[tuple[str, int]] = []
        waiting: Counter[str] = Counter()
        for index, sign in enumerate(line):
            if sign in _OPENS:
                open_ones.append((_OPENS[sign], index))
                waiting[_OPENS[sign]] += 1
            elif sign in _CLOSES and waiting[_CLOSES[sign]]:
                # What was opened in between was never closed.
                while open_ones[-1][0] != _CLOSES[sign]:
                    kind, lost = open_ones.pop()
                    waiting[kind] -= 1
                    yield offset + lost
                open_ones.pop()
                waiting[_CLOSES[sign]] -= 1
            elif sign in _CLOSES and not (sign in "）)" and _LIST_NUMBER.search(line[max(0, index - 4) : index])):
                yield offset + index
        yield from (offset + index for _, index in open_ones)


def _unpaired_after_all(passage: Passage, spots: list[int]) -> list[int]:
    """What is left when halves on different lines are paired: the history under a law's title fills many lines."""
    left: list[int] = []
    for index in spots:
        kind = _CLOSES.get(passage.value[index])
        last = passage.value[left[-1]] if left else ""
        if kind and _OPENS.get(last) == kind and index - left[-1] <= _FARTHEST:
            left.pop()
        else:
            left.append(index)
    return left


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
