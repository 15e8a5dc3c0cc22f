"""What the checks found, as the page lists it beside the text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.catalog import header
from gongkai.catalog.editions import Edition
from gongkai.publishing import checking
from gongkai.publishing.checks.registry import Severity
from gongkai.publishing.reviews import Answer, CheckRun
from gongkai.texts import richtext

_CONTEXT = 24
_ELEMENTS = {"img": "张图片", "table": "个表格", "a": "处链接"}


@dataclass(frozen=True)
class Shown:
    """One finding: how it weighs, what and where; ``quote`` is what the text is searched for."""

    severity: str
    message: str
    suggestion: str
    place: str
    quote: str
    prefix: str
    suffix: str
    fingerprint: str
    answerable: bool
    answer: str


@dataclass(frozen=True)
class Findings:
    """All of them: open ones first in weight, and those somebody answered."""

    open: list[Shown]
    answered: list[Shown]
    evidence: bool  # from the run kept at the release, not from the present rules

    @property
    def summary(self) -> str:
        """检查结果 in one phrase."""
        counts = {key: sum(one.severity == key for one in self.open) for key in ("block", "warn", "hint")}
        parts = [f"{counts[key]}项{label}" for key, label in _LABELS.items() if counts[key]]
        return "，".join(parts) or "没有问题"


_LABELS = {"block": "阻断", "warn": "提示", "hint": "说明"}
_SEVERITY = {Severity.BLOCK.value: "block", Severity.WARN.value: "warn", Severity.INFO.value: "hint"}


def findings(edition: Edition) -> Findings:
    """The checks' report on an edition on its way; for one that was said, what was found when it was released."""
    answers = {
        one.fingerprint: f"{one.by.name}：{one.note}"
        for one in Answer.objects.filter(edition__document=edition.document_id).select_related("by")
    }
    if edition.is_said:
        kept = CheckRun.objects.filter(edition=edition).first()
        rows: Iterable[Mapping[str, Any]] = kept.findings if kept else []
    else:
        rows = [one.as_dict() for one in checking.current_report(edition).findings]
    text = richtext.plain_text(edition.body)
    shown = [_shown(row, text, answers) for row in rows]
    return Findings(
        [one for one in shown if not one.answer], [one for one in shown if one.answer], evidence=edition.is_said
    )


def _shown(row: Mapping[str, Any], text: str, answers: Mapping[str, str]) -> Shown:
    place = row["place"]
    quote, prefix, suffix = _words(place, text)
    answered = row["answered"] and row["answerable"]
    return Shown(
        severity=_SEVERITY[row["severity"]],
        message=row["message"],
        suggestion=row["suggestion"],
        place=_where(place),
        quote=quote,
        prefix=prefix,
        suffix=suffix,
        fingerprint=row["fingerprint"],
        answerable=row["answerable"],
        answer=(answers.get(row["fingerprint"]) or "已说明") if answered else "",
    )


def _words(place: Mapping[str, Any], text: str) -> tuple[str, str, str]:
    """The words to look for. A masked quote would not be found: here, beside the text itself, its own words stand."""
    if place["where"] not in {"body", "title"}:
        return "", "", ""
    start, end = place["start"], place["end"]
    if place["masked"] and place["where"] == "body" and start is not None and end is not None:
        before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
        return text[start:end], before.rpartition("\n")[2], after.partition("\n")[0]
    return place["quote"], place["prefix"], place["suffix"]


def _where(place: Mapping[str, Any]) -> str:
    where, field = place["where"], place["field"]
    if place["element"]:
        tag, _, index = place["element"].partition(":")
        return f"正文第{int(index) + 1}{_ELEMENTS.get(tag, '处')}" if index.isdigit() else "正文"
    if where == "title":
        return "标题"
    if where == "header":
        return f"公文信息：{header.LABELS.get(field, field)}" if field else "公文信息"
    if where == "attachment":
        return f"附件：{field}" if field else "附件"
    return f"正文：…{place['excerpt']}…" if place["quote"] else "正文"
