"""What stands beside the text while it is written: findings, what the source hides, proposals, columns, clock, acts.

All of it is derived from the draft as saved; the page asks for it again after each save.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from gongkai.agencies.access import DeskRequest
from gongkai.agencies.workdays import current_calendar
from gongkai.catalog import header, queries
from gongkai.catalog.columns import Column, ColumnKind, ColumnNode, ColumnPick, Reach
from gongkai.catalog.editions import Disclosure, Edition
from gongkai.catalog.links import Link
from gongkai.catalog.placing import PlacedFacts, gathers
from gongkai.law import duties
from gongkai.law.duties import Due
from gongkai.publishing import checking, suggestions
from gongkai.publishing.checks.places import Where
from gongkai.publishing.checks.registry import Finding
from gongkai.publishing.clocks import Clocks, Urgency
from gongkai.publishing.desk.acts import Acts, acts_on
from gongkai.publishing.desk.attached import source_rows
from gongkai.publishing.desk.findings import Shown, findings
from gongkai.publishing.desk.notices import history
from gongkai.publishing.procedures import EDITION
from gongkai.publishing.worklist import with_clock


@dataclass(frozen=True)
class Row:
    """A finding with what can be done at once: ``fix`` the words of its button, ``field`` where to go."""

    shown: Shown
    fix: str
    field: str


@dataclass(frozen=True)
class Clock:
    """How the draft stands against its limit, and why that day."""

    urgency: Urgency
    due: Due | None
    formed: Any
    limit: str

    @property
    def days(self) -> Any:
        """The counted and skipped days of the explanation, none where no working days were counted."""
        return self.due.explanation.days if self.due and self.due.explanation else ()

    @property
    def provisional(self) -> bool:
        return bool(self.due and self.due.provisional)


def around(request: DeskRequest, edition: Edition) -> dict[str, Any]:
    """Everything beside the text, for the page or the fragment; the number of queries does not grow with the text."""
    found = findings(edition)
    acts = acts_on(EDITION, edition, request.user)
    fields = edition.document.type_info.fields
    return {
        "edition": edition,
        "document": edition.document,
        "kind": edition.document.type_info,
        "rows": _rows(edition, found.open),
        "answered": found.answered,
        "summary": found.summary,
        "sources": source_rows(edition),
        "suggestions": _suggestions(edition, fields),
        "opening": suggestions.opening(edition.body, edition.title) if edition.title else [],
        "columns": list(_columns(edition)),
        "clock": _clock(edition),
        "submit": next((act for act in acts.permitted if act.event.key == "submit"), None),
        "acts": replace(acts, permitted=[act for act in acts.permitted if act.event.key != "submit"], blocked=()),
        "seen": max((entry.pk for entry in history(edition.ref())), default=0),
        "why_not": _why_not(acts),
        "answering": {},
    }


def fragment(request: DeskRequest, edition: Edition, *, answering: dict[str, str] | None = None) -> HttpResponse:
    """The part of the page that follows each save, with the bar's acts beside it (htmx swaps them out of band)."""
    context = around(request, edition) | {"answering": answering or {}, "fragment": True}
    return render(request, "publishing/editor_live.html", context)


def link_rows(edition: Edition) -> list[dict[str, Any]]:
    """The draft's links in order; two queries."""
    rows = edition.links.select_related("target", "target__live", "target__agency").prefetch_related("target__editions")
    return [{"link": one, "title": _link_title(one)} for one in rows]


def _link_title(link: Link) -> str:
    if link.target is None:
        return link.title
    said = link.target.live or max(link.target.editions.all(), key=lambda one: one.number)
    return said.title or link.target.index_number


def _rows(edition: Edition, shown: list[Shown]) -> list[Row]:
    report = {one.fingerprint: one for one in checking.current_report(edition).findings}
    return [_row(one, report[one.fingerprint]) for one in shown]


def _row(shown: Shown, finding: Finding) -> Row:
    place = finding.place
    field = "title" if place.where is Where.TITLE else place.field if place.where is Where.HEADER else ""
    if field:
        # The words stand in a field of their own: to be gone to, not looked for in the text.
        shown = replace(shown, quote="", prefix="", suffix="")
    return Row(shown, _fix(finding), field if field in header.BY_KEY else "")


def _fix(finding: Finding) -> str:
    place = finding.place
    reachable = place.where in (Where.BODY, Where.TITLE, Where.HEADER) and place.start is not None
    if finding.replacement is None or not reachable:
        return ""
    if "*" in finding.replacement:
        return "遮盖"
    short = finding.replacement if len(finding.replacement) <= 16 else f"{finding.replacement[:15]}…"
    return f"改为“{short}”" if finding.replacement else "删去"


def _suggestions(edition: Edition, fields: tuple[str, ...]) -> list[dict[str, Any]]:
    offered = suggestions.suggest(edition.body, edition.header(fields), fields)
    return [{"label": header.LABELS[one.key], "one": one} for one in offered]


def _why_not(acts: Acts) -> list[dict[str, str]]:
    label = EDITION.event("submit").label
    return [one for one in acts.refused if one["act"] == label]


def _columns(edition: Edition) -> Iterator[dict[str, Any]]:
    """The columns that will hold the document once it is out, by their rules as they are now; four queries."""
    document = edition.document
    if edition.disclosure != Disclosure.PROACTIVE:
        return
    facts = PlacedFacts(
        type=document.type,
        item=document.item,
        subject=edition.subject,
        genre=edition.genre,
        topics=frozenset(document.topics.values_list("slug", flat=True)),
        picked=frozenset(ColumnPick.objects.filter(document=document).values_list("column_id", flat=True)),
    )
    for way in _ways(queries.column_tree(document.agency), ()):
        if way[-1].kind in (ColumnKind.LIST, ColumnKind.PAGE) and gathers(way[-1], facts):
            yield {"agency": "", "way": [column.name for column in way]}
    elsewhere = Column.objects.exclude(agency=document.agency).filter(kind__in=[ColumnKind.LIST, ColumnKind.PAGE])
    for column in elsewhere.filter(rule__reach=Reach.CITY).select_related("agency"):
        if gathers(column, facts):
            yield {"agency": column.agency.short_name, "way": [column.name]}


def _ways(nodes: list[ColumnNode], above: tuple[Column, ...]) -> Iterator[tuple[Column, ...]]:
    for node in nodes:
        way = (*above, node.column)
        yield way
        yield from _ways(node.children, way)


def _clock(edition: Edition) -> Clock:
    clock, formed = with_clock(Edition.objects.filter(pk=edition.pk)).values_list("clock", "formed").get()
    limit = edition.document.type_info.limit
    calendar = current_calendar()
    urgency = Clocks(calendar=calendar).urgency(clock, formed)
    due = duties.due(limit, formed, calendar) if urgency.due else None
    return Clock(urgency, due, formed, limit.label())
