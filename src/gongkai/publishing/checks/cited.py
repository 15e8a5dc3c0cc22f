"""Documents the text cites: still in force?"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.publishing.checks.facts import CitedFacts, DraftFacts
from gongkai.publishing.checks.places import Place
from gongkai.publishing.checks.registry import Remark, Severity, register

_STATES = {"expired": "已经失效", "repealed": "已经废止", "amended": "已经修改", "pending": "还没有施行"}
_LIGHT = frozenset({"amended", "pending"})


def _place(facts: DraftFacts, cited: CitedFacts) -> Place:
    start = facts.body_text.find(cited.title) if cited.title else -1
    return facts.body.place(start, start + len(cited.title)) if start >= 0 else facts.body.whole()


@register(
    key="cited-documents",
    label="引用的文件",
    description="正文引用的本平台文件已经失效或者废止的提示，并给出替代的文件；已经修改或者还没有施行的说明。",
    severities=(Severity.WARN, Severity.INFO),
    law_or_source="《政府信息公开条例》第六条（准确）；《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》",
)
def cited_documents(facts: DraftFacts) -> Iterator[Remark]:
    for cited in facts.cited:
        state = _STATES.get(cited.validity)
        if state is None:
            continue
        successor = f"，现行文件是《{cited.successor_title}》" if cited.successor_title else ""
        yield Remark(
            Severity.INFO if cited.validity in _LIGHT else Severity.WARN,
            f"引用的《{cited.title}》{state}{successor}，请核对引用是否恰当",
            _place(facts, cited),
            cited.validity,
            suggestion=" ".join(part for part in (cited.successor_title, cited.successor_url) if part),
            replacement=cited.successor_title or None,
        )
