"""Homes: the city's, which gathers all agencies, and an agency's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse

from gongkai.agencies.bodies import Agency
from gongkai.agencies.freshness import AGENCIES
from gongkai.agencies.queries import agencies_on
from gongkai.catalog import counting, figures, queries
from gongkai.catalog.columns import Column, ColumnKind, ColumnNode
from gongkai.catalog.documents import PUBLIC_STATES, Topic
from gongkai.catalog.freshness import home_of
from gongkai.catalog.portal import bars, lists, services
from gongkai.catalog.portal.frame import Frame, public_page
from gongkai.catalog.portal.lists import Line
from gongkai.ledger.refs import Named, Ref
from gongkai.pages.keys import releases

_LATEST = 8
_POLICIES = 6
_IN_SECTION = 6
_SECTIONS = 8  # columns on a home; more would be no home but a list
_TOPICS = 12


@dataclass(frozen=True)
class Section:
    """A column on a home with its newest documents."""

    column: Column
    lines: Sequence[Line]


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The home of the host's agency: queries grow with its columns on the home (at most eight), not with documents."""
    frame = Frame(request)
    own = _city_home(frame) if frame.agency.is_city else _agency_home(frame)
    template = "catalog/home_city.html" if frame.agency.is_city else "catalog/home_agency.html"
    context = own | _common(frame, own["latest"])
    shows: list[Ref | Named] = [home_of(frame.agency.pk), releases(None if frame.agency.is_city else frame.agency.pk)]
    shows += [AGENCIES] if frame.agency.is_city else []
    description = f"{frame.agency.name}政府信息公开：政策文件、通知公告、政府信息公开指南和依申请公开。"
    labels = {
        "ColumnName": "首页",
        "ColumnDescription": description,
        "ColumnKeywords": f"{frame.agency.name},政府信息公开",
        "ColumnType": "首页",
        "Description": description,
    }
    return frame.page(template, context, labels=labels, shows=shows, at_home=True)


def _common(frame: Frame, latest: Sequence[Line]) -> dict[str, Any]:
    sections = _sections(frame)
    published = figures.published(None if frame.agency.is_city else frame.agency)
    months = counting.of_months(published, frame.today.year)
    frame.changes_on((frame.today.replace(day=1) + timedelta(days=31)).replace(day=1))  # the next month has its bar
    return {
        "entries": _entries(frame),
        "sections": sections,
        "highlights": _highlights(frame, [one.column for one in sections]),
        "services": [{"label": one.label, "url": one.path, "note": one.note} for one in services.offered()],
        "topics": _topics(frame),
        "figures_url": services.address_of("sj"),
        "year": frame.today.year,
        "year_total": sum(count for _, count in months),
        "bars": bars.of_months(months, until=frame.today.month),
        "canonical": frame.sites.absolute(frame.agency.pk, "/"),
        "updated": next((line.date for line in latest), None),
    }


def _city_home(frame: Frame) -> dict[str, Any]:
    public = queries.public_documents()
    policy_types = lists.policy_types()
    by_type = [Q(type=one) for one in sorted(policy_types)]
    policies = lists.newest(frame, public, _POLICIES, ways=by_type, with_agency=True)
    return {
        "latest": lists.newest(frame, public, _LATEST, with_agency=True),
        "policy_column": next((one for one in frame.columns if policy_types.issubset(one.rules.types)), None),
        "policies": lists.explained(frame, policies),
        "agencies": agency_links(frame, agencies_on(frame.today)),
    }


def _agency_home(frame: Frame) -> dict[str, Any]:
    own = queries.public_documents().filter(agency=frame.agency)
    return {
        "latest": lists.newest(frame, own, _IN_SECTION),
        "leaders": list(frame.agency.leaders.all()),
        "body_column": frame.column_of_kind(ColumnKind.BODY),
        "contact": frame.contact,
    }


def _entries(frame: Frame) -> list[dict[str, str]]:
    """政府信息公开 and its parts, as the columns name them."""
    columns = [node.column for node in _statutory(frame.tree)]
    return [{"label": one.name, "url": one.get_absolute_url(), "note": one.description.rstrip("。")} for one in columns]


def _statutory(tree: Sequence[ColumnNode]) -> list[ColumnNode]:
    root = next((node for node in tree if node.column.required and node.column.kind == ColumnKind.GROUP), None)
    return root.children if root else []


def _sections(frame: Frame) -> list[Section]:
    chosen = [one for one in frame.columns if one.on_home and one.kind == ColumnKind.LIST][:_SECTIONS]
    policies = lists.policy_types()
    sections = []
    for column in chosen:
        if frame.agency.is_city and policies.issubset(column.rules.types):
            continue  # the city's home has 政策与解读 above already
        lines: Sequence[Line] = lists.newest_in(frame, column, _IN_SECTION)
        if policies & set(column.rules.types):
            lines = lists.explained(frame, lines)
        if lines:
            sections.append(Section(column, lines))
    return sections


def _highlights(frame: Frame, above: Sequence[Column]) -> list[dict[str, str]]:
    """重点栏目: what the navigation leads to and the home does not show already."""
    shown = {one.pk for one in above}
    columns = [one for one in frame.columns if one.in_nav and not one.required and not one.on_home]
    return [
        {"label": one.name, "url": one.get_absolute_url(), "note": one.description.rstrip("。")}
        for one in columns
        if one.pk not in shown
    ]


def _topics(frame: Frame) -> list[dict[str, Any]]:
    """Topics with the column that gathers each; those without documents or without a column are not offered."""
    public = Count("documents", filter=Q(documents__state__in=PUBLIC_STATES))
    named = Topic.objects.filter(agency=frame.agency).annotate(count=public).filter(count__gt=0)[:_TOPICS]
    by_slug = frame.topic_columns
    return [
        {"label": topic.name, "url": by_slug[topic.slug].get_absolute_url(), "count": topic.count}
        for topic in named
        if topic.slug in by_slug
    ]


def agency_links(frame: Frame, agencies: Sequence[Agency]) -> list[dict[str, str]]:
    """Name and address of each agency's site, or of its page in the directory where it has none."""
    links = []
    for agency in agencies:
        frame.changes_on(agency.abolished_on)  # a day to come, since the body exists today
        if agency.pk != frame.agency.pk:
            own = agency.pk in frame.sites.hosts
            url = frame.sites.url(agency.pk, "/") if own else agency.get_absolute_url()
            links.append({"label": agency.short_name, "name": agency.name, "url": url})
    return links
