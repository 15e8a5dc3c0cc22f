"""Width of figures, letters and punctuation: half-width figures, full-width punctuation between Chinese characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from gongkai.publishing.checks.facts import DraftFacts
from gongkai.publishing.checks.registry import Remark, Severity, register

_WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ][０-９Ａ-Ｚａ-ｚ．％]*")
_NARROW = re.compile(r"(?<=[\u4e00-\u9fff])[,;:?!](?=[\u4e00-\u9fff])")
_TO_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_AT_MOST = 20  # of each kind: the writer has understood by then, and one replacement can be applied to all


@register(
    key="figure-width",
    label="数字、字母、标点的全角半角",
    description="阿拉伯数字和字母用半角，汉字之间的标点用全角；每种最多列出20处。",
    severities=(Severity.INFO,),
    law_or_source="GB/T 15835—2011《出版物上数字用法》；GB/T 15834—2011《标点符号用法》",
)
def figure_width(facts: DraftFacts) -> Iterator[Remark]:
    for passage in (facts.headline, facts.body):
        for match in islice(_WIDE.finditer(passage.value), _AT_MOST):
            narrow = unicodedata.normalize("NFKC", match.group())
            message = f"“{passage.shown[match.start() : match.end()]}”是全角字符，数字和字母建议用半角"
            # A personal number must not come back through its replacement.
            hidden = passage.shown[match.start() : match.end()] != match.group()
            yield Remark(
                Severity.INFO, message, passage.place(*match.span()), "wide", replacement=None if hidden else narrow
            )
        for match in islice(_NARROW.finditer(passage.value), _AT_MOST):
            wide = _TO_WIDE[match.group()]
            message = f"汉字之间的“{match.group()}”是半角标点，建议改为“{wide}”"
            yield Remark(
                Severity.INFO, message, passage.place(*match.span()), "narrow", suggestion=wide, replacement=wide
            )
