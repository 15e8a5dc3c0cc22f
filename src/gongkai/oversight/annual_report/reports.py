"""A whole report, wherever it comes from: read from a file, composed here, loaded from JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.law.annual_report import figures
from gongkai.law.annual_report.figures import Figures
from gongkai.law.annual_report.formats import CHAPTERS
from gongkai.law.annual_report.wording import Narrative
from gongkai.law.numerals import to_chinese


@dataclass(frozen=True, kw_only=True)
class Report:
    """Whose report it is, its tables, its words."""

    agency: str
    figures: Figures
    narrative: Narrative

    @property
    def year(self) -> int:
        """The year the report is of (统计年度)."""
        return self.figures.year

    @property
    def title(self) -> str:
        """Its own title, or the official one."""
        return self.narrative.title or f"{self.agency}{self.year}年政府信息公开工作年度报告"


def heading(number: int) -> str:
    """一、总体情况: the official heading of a chapter."""
    return f"{to_chinese(number)}、{CHAPTERS[number - 1].title}"


def load(document: Mapping[str, Any]) -> Report:
    """A report from its JSON form; words may be absent. Raises ValueError in Chinese."""
    given = document.get("chapters") or {}
    if not isinstance(given, Mapping):
        raise ValueError("chapters 应当是章的编号到正文的对照。")
    texts = {int(number): str(text) for number, text in given.items() if str(number) in "123456"}
    named = document.get("headings") or {}
    headings = {number: str(named.get(str(number)) or heading(number)) for number in sorted(texts)}
    narrative = Narrative(str(document.get("title") or ""), str(document.get("preface") or ""), texts, headings)
    return Report(agency=str(document.get("agency") or ""), figures=figures.load(document), narrative=narrative)


def dump(report: Report) -> dict[str, Any]:
    """The JSON form, the inverse of ``load``; its schema is docs/integrate/annual-report.schema.json."""
    narrative = report.narrative
    return {
        "agency": report.agency,
        "title": report.title,
        **figures.dump(report.figures),
        "preface": narrative.preface,
        "headings": {str(number): text for number, text in sorted(narrative.headings.items())},
        "chapters": {str(number): text for number, text in sorted(narrative.chapters.items())},
    }
