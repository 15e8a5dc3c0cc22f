"""A report as a web page: the words in order, the tables where they belong, as real tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from gongkai.oversight.annual_report.rendering import layout, marking
from gongkai.oversight.annual_report.rendering.layout import Table
from gongkai.oversight.annual_report.rendering.marking import Mark
from gongkai.oversight.annual_report.reports import Report, heading

_SHORT = 120  # characters; what stands above table three on its page
_SUBHEADING = re.compile(r"^（[一二三四五六七八九十]+）[^。；]{1,28}$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or a heading of the second order: （一）主动公开情况."""

    text: str

    @property
    def is_heading(self) -> bool:
        return bool(_SUBHEADING.match(self.text))


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter as it is printed: heading, paragraphs, its table."""

    heading: str
    paragraphs: tuple[Paragraph, ...]
    table: Table | None = None

    @property
    def is_short(self) -> bool:
        """Whether heading, words and table stand together on one page of paper."""
        return self.table is not None and sum(len(one.text) for one in self.paragraphs) <= _SHORT


def chapters(report: Report) -> list[Chapter]:
    """The chapters that there are, each with its table; chapters two to four are there when their tables are."""
    narrative = report.narrative
    tables = {one.number: one for one in layout.tables(report.figures)}
    numbers = sorted({*narrative.headings, *narrative.chapters, *tables})
    return [
        Chapter(
            narrative.headings.get(number) or heading(number),
            paragraphs(narrative.chapters.get(number, "")),
            tables.get(number),
        )
        for number in numbers
    ]


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a text: one a line."""
    return tuple(Paragraph(line.strip()) for line in text.splitlines() if line.strip())


def table_html(table: Table, marked: Mapping[str, Mark] | None = None) -> SafeString:
    """One table; ``marked``: what was found about its cells."""
    lines = marking.shown(table, marked)
    context = {"table": table, "head": lines[: table.head], "body": lines[table.head :]}
    return mark_safe(render_to_string("oversight/report/table.html", context))


def fragment(report: Report) -> SafeString:
    """The report without a frame, for a page of a site."""
    made = [{"chapter": one, "table": table_html(one.table) if one.table else ""} for one in chapters(report)]
    context = {"title": title_parts(report), "preface": paragraphs(report.narrative.preface), "chapters": made}
    return mark_safe(render_to_string("oversight/report/report.html", context))


def title_parts(report: Report) -> tuple[str, str]:
    """The title in two parts that are better not broken: whose report, and which."""
    whose, rest = report.title[: len(report.agency)], report.title[len(report.agency) :]
    return (whose, rest) if whose == report.agency else (report.title, "")


def html(report: Report) -> str:
    """A page that stands by itself, styles included: to hand on, to keep."""
    return render_to_string("oversight/report/alone.html", {"report": report, "body": fragment(report)})
