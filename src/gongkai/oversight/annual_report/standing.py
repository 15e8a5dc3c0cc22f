"""A report as it stands now: figures, words with the numbers in them, what the checks find, what was answered."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from gongkai.law.annual_report import figures as law_figures
from gongkai.law.annual_report.checking import Before, check
from gongkai.law.annual_report.figures import Figures
from gongkai.law.annual_report.findings import Finding
from gongkai.law.annual_report.formats import CHAPTERS
from gongkai.law.annual_report.wording import Narrative
from gongkai.oversight.annual_report import composing, references, yearbook
from gongkai.oversight.annual_report.collecting import tables
from gongkai.oversight.annual_report.editions import (
    SAID,
    AnnualReport,
    FindingAnswer,
    Origin,
    ReportEdition,
    ReportState,
)
from gongkai.oversight.annual_report.reports import Report, heading

FACTS = "facts"
"""Beside the tables of a frozen edition: the facts its text refers to."""
ON_TIME, DAYS = "申请.按期答复率", "申请.平均办理工作日"


@dataclass(frozen=True)
class Shown:
    """A finding with its answer, if somebody gave one."""

    finding: Finding
    answer: FindingAnswer | None

    @property
    def open(self) -> bool:
        return self.answer is None


class Standing:
    """One edition, looked at once: what it costs to compute is computed once."""

    def __init__(self, edition: ReportEdition) -> None:
        self.edition = edition

    @property
    def report(self) -> AnnualReport:
        return self.edition.report

    @cached_property
    def figures(self) -> Figures:
        """The tables: as frozen, or as the records say now."""
        if self.edition.figures is not None:
            return law_figures.load(self.edition.figures)
        return tables.compute(self.report.agency, self.report.year)

    @cached_property
    def facts(self) -> dict[str, str]:
        """What the text may refer to beside the tables."""
        if self.edition.figures is not None:
            return dict(self.edition.figures.get(FACTS) or {})
        return yearbook.of(self.report.agency, self.report.year).facts()

    @cached_property
    def names(self) -> dict[str, str]:
        """Every name a text may refer to, with what stands for it."""
        return references.names(self.figures, self.facts)

    @cached_property
    def narrative(self) -> Narrative:
        """The words as readers get them: references are numbers, marks of drafts are gone."""
        texts = {number: self._told(text) for number, text in self.edition.text_of.items()}
        if self.edition.origin == Origin.READ:
            headings = {number: heading(number) for number in texts}
        else:
            headings = {chapter.number: heading(chapter.number) for chapter in CHAPTERS}
        return Narrative(str(self.report), self._told(self.edition.preface), texts, headings)

    def _told(self, text: str) -> str:
        return references.resolve(composing.settled(text), self.names)

    @cached_property
    def value(self) -> Report:
        """The report for whoever draws it."""
        return Report(agency=self.report.agency.name, figures=self.figures, narrative=self.narrative)

    @cached_property
    def before(self) -> Before | None:
        """The report of the year before: the published one, or what there is of it."""
        found = edition_of(self.report.agency_id, self.report.year - 1)
        if found is None:
            return None
        former = Standing(found)
        return Before(former.figures, former.narrative)

    @cached_property
    def findings(self) -> list[Shown]:
        """What the checks find, with the answers that still fit."""
        found = check(self.figures, self.narrative, before=self.before, makes_rules=self.report.makes_rules)
        answers = {one.key: one for one in self.report.answers.select_related("by")}
        return [Shown(one, answers.get(one.key)) for one in found]

    @property
    def errors(self) -> list[Shown]:
        """Errors nobody has answered."""
        return [one for one in self.findings if one.finding.is_error and one.open]

    @property
    def drafts_left(self) -> int:
        return sum(composing.drafts_left(text) for text in self.edition.text_of.values())

    def frozen(self) -> dict[str, Any]:
        """Tables and facts as they are kept; how long replies took is counted once, here."""
        facts = dict(self.facts)
        if self.edition.origin == Origin.COMPUTED:
            taken = yearbook.punctuality(self.report.agency, self.report.year)
            if taken.on_time is not None and taken.working_days is not None:
                facts |= {ON_TIME: f"{taken.on_time:.4f}", DAYS: f"{taken.working_days:.1f}"}
        return law_figures.dump(self.figures) | {FACTS: facts}


def digest(kept: Mapping[str, Any], chapters: Mapping[str, str], preface: str) -> str:
    """The seal of what was published: figures and words together."""
    told = json.dumps([kept, dict(sorted(chapters.items())), preface], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def edition_of(agency_id: int, year: int) -> ReportEdition | None:
    """The edition that counts for a year: the published one, else the newest that was not thrown away; one query."""
    ours = ReportEdition.objects.filter(report__agency_id=agency_id, report__year=year)
    editions = list(ours.exclude(state=ReportState.DISCARDED).select_related("report__agency").order_by("-number"))
    published = [one for one in editions if one.state == ReportState.PUBLISHED]
    return next(iter(published or editions), None)


def working_edition(report: AnnualReport) -> ReportEdition | None:
    """The edition people work on, else the published one, else the newest there was."""
    editions: Sequence[ReportEdition] = list(report.editions.select_related("report__agency").order_by("-number"))
    open_ones = [one for one in editions if one.state not in SAID and one.state != ReportState.DISCARDED]
    said = [one for one in editions if one.state == ReportState.PUBLISHED]
    return next(iter([*open_ones, *said, *editions]), None)
