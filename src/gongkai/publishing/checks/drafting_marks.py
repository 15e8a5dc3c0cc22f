"""What a draft leaves behind: 【待定】, ××, XXX, filler text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.publishing.checks.facts import DraftFacts
from gongkai.publishing.checks.registry import Remark, Severity, register

_UNDECIDED = re.compile(
    r"[【\[（(〔]\s*(?:待|此处|请补充|补充|需核实|需确认|TODO|TBD)[^】\]）)〕\n]{0,20}[】\]）)〕]"
    r"|此处(?:补充|填写|插入|待定|略去|添加)|待补充|待核实|待填写|TODO|TBD|lorem ipsum|[？?]{3,}",
    re.I,
)
# A single × may stand for a name that is withheld; several, or X's before a noun, were to be filled in.
_PLACEHOLDER = re.compile(
    r"×{2,}|(?<![A-Za-z0-9])[Xx]{3,}(?![A-Za-z0-9])|(?<![A-Za-z0-9])XX(?=[年月日号市县区省局委镇乡村\u540c])"
)


@register(
    key="drafting-marks",
    label="起草痕迹",
    description="标题、页头和正文中留下的“【待定】”“此处补充”等字样阻断；“××”“XXX”提示，确是隐去姓名或者样表的可以保留。",
    severities=(Severity.BLOCK, Severity.WARN),
    law_or_source="《政府信息公开条例》第六条（准确）",
)
def drafting_marks(facts: DraftFacts) -> Iterator[Remark]:
    for passage in facts.passages:
        if passage.attachment_id is not None:
            continue  # forms and samples are full of blanks, and rightly so
        for match in _UNDECIDED.finditer(passage.value):
            message = f"“{match.group()}”像是起草时留下的，请补充内容或者删去"
            yield Remark(Severity.BLOCK, message, passage.place(*match.span()), "undecided")
        for match in _PLACEHOLDER.finditer(passage.value):
            message = f"“{match.group()[:10]}”像是没有填写的空，请补上；确是隐去姓名、单位或者样表的，可以保留"
            yield Remark(Severity.WARN, message, passage.place(*match.span()), "placeholder")
