"""发文字号: written the one official way. The reading itself is ``gongkai.texts.docnumbers``."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.publishing.checks.facts import DraftFacts
from gongkai.publishing.checks.places import Passage, Where
from gongkai.publishing.checks.registry import Remark, Severity, register
from gongkai.texts.docnumbers import InvalidDocumentNumber, parse

NO_NUMBER = frozenset({"", "无", "无文号"})


def year_of(written: str) -> int | None:
    """The year in a document number; None where there is no number, no year, or it cannot be read."""
    if written.strip() in NO_NUMBER:
        return None
    try:
        return parse(written).year
    except InvalidDocumentNumber:
        return None  # document_number() below says so to the writer


@register(
    key="document-number",
    label="发文字号",
    description="发文字号按规范书写：机关代字、六角括号内的四位年份、不带“第”和前导零的序号，如“澜政发〔2024〕17号”。",
    severities=(Severity.WARN,),
    law_or_source="《党政机关公文处理工作条例》第九条；GB/T 9704—2012 第7.2.5条",
)
def document_number(facts: DraftFacts) -> Iterator[Remark]:
    written = facts.header_text("document_number").strip()
    if written in NO_NUMBER:
        return
    passage = Passage(Where.HEADER, written, field="document_number")
    try:
        number = str(parse(written))
    except InvalidDocumentNumber as problem:
        yield Remark(Severity.WARN, str(problem), passage.place(0, len(written)), "unreadable")
        return
    if number != written:
        yield Remark(
            Severity.WARN,
            f"发文字号“{written[:60]}”的规范写法是“{number}”",
            passage.place(0, len(written)),
            "form",
            suggestion=number,
            replacement=number,
        )
