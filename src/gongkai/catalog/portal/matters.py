"""The full list 主动公开全清单 as readers see it: what is disclosed by whom and when, and whether it is up to date.

Regulation articles 19-21, 26. States are computed for the day of the page, from the newest documents of each matter.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.bodies import Agency
from gongkai.agencies.freshness import AGENCIES
from gongkai.agencies.workdays import current_calendar
from gongkai.catalog import queries
from gongkai.catalog.columns import Column
from gongkai.catalog.freshness import bound_to
from gongkai.catalog.full_list import standing
from gongkai.catalog.full_list.standing import Figures, Standing
from gongkai.catalog.full_list.writing import workbook
from gongkai.catalog.matters import Matter, list_ref
from gongkai.catalog.portal import lists
from gongkai.catalog.portal.downloads import limited
from gongkai.catalog.portal.frame import Frame, public_page
from gongkai.catalog.portal.lists import Line
from gongkai.law.calendar import Calendar, CalendarRangeError
from gongkai.law.duties import DisclosureState, disclosure_status
from gongkai.law.limits import Limit
from gongkai.ledger.refs import Named, Ref
from gongkai.pages.keys import rare, releases, remember

NAME = "主动公开全清单"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LATEST = 20
_UNKNOWN = "没有这份清单"


@dataclass(frozen=True)
class Row:
    """A matter with its newest document as a line."""

    standing: Standing
    line: Line | None


@dataclass(frozen=True)
class Branch:
    """A first level 一级事项 with its matters; ``anchor`` is its place on the page."""

    name: str
    anchor: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class OfAgency:
    """An agency's list on the city's page; ``url`` is where it is read."""

    agency: Agency
    url: str
    figures: Figures


@dataclass(frozen=True)
class Shown:
    """A document of a matter: its line, when it was formed, how that stands against the limit."""

    line: Line
    timely: str
    tone: str


@public_page
def full_list(request: HttpRequest) -> HttpResponse:
    """The list of the site's agency; on the city's portal everybody's in figures, above the city's own."""
    frame = Frame(request)
    frame.nobody_waits()
    return _city(frame) if frame.agency.is_city else _agency(frame, frame.agency)


@public_page
def of_body(request: HttpRequest, slug: str) -> HttpResponse:
    """The list of a body that has no site of its own, on the site that serves it."""
    frame = Frame(request)
    frame.nobody_waits()
    shown = get_object_or_404(Agency, slug=slug)
    if shown.pk == frame.agency.pk or not frame.sites.served_here(shown.pk):
        return HttpResponsePermanentRedirect(frame.sites.absolute(shown.pk, reverse("portal:matters")))
    return _agency(frame, shown)


@public_page
def matter(request: HttpRequest, pk: int) -> HttpResponse:
    """One matter: basis, limit, who, where, and its latest documents. Abolished ones say so."""
    frame = Frame(request)
    frame.nobody_waits()
    one = get_object_or_404(Matter.objects.select_related("agency", "department", "column"), pk=pk)
    if not frame.sites.served_here(one.agency_id):
        there = frame.sites.absolute(one.agency_id, one.get_absolute_url())
        return HttpResponsePermanentRedirect(there)
    found = standing.of_matter(one, frame.today)
    frame.changes_on(found.status.changes_on)
    found_in = queries.documents_of(one)
    newest = queries.newest_of_matter(one, lists.for_list(queries.public_documents()), _LATEST)
    documents = _shown(lists.lines(frame, newest), one.limit, frame)
    way = _way(frame)
    context = {
        "matter": one,
        "standing": found,
        "documents": documents,
        "number": found_in.count(),
        "crumbs": _crumbs(frame, way, one.agency, one.name),
        "canonical": frame.sites.absolute(one.agency_id, one.get_absolute_url()),
        "contact": frame.contact if one.agency_id == frame.agency.pk else None,
    }
    shows: list[Ref | Named] = [one, one.agency, *bound_to(one)]
    shows += [line.line.document for line in documents]
    labels = _labels(
        frame, one.name, f"{one.agency.name}“{one.name}”的公开内容、依据、时限、主体、渠道和最新公开情况。"
    )
    return frame.page("catalog/matter.html", context, way=way, labels=labels, shows=shows)


@limited
@public_page
def download(request: HttpRequest) -> HttpResponse:
    """The list as .xlsx."""
    frame = Frame(request)
    rows = list(Matter.objects.filter(agency=frame.agency, abolished_on=None))
    if not rows:
        raise Http404(_UNKNOWN)
    response = HttpResponse(workbook(f"{frame.agency.name}{NAME}", rows), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="quanqingdan.xlsx"'
    remember(response, frame.agency, list_ref(frame.agency))
    rare(response)
    return response


def _agency(frame: Frame, agency: Agency) -> HttpResponse:
    rows = standing.of_agency(agency, frame.today)
    _note_changes(frame, rows)
    way, branches = _way(frame), _branches(frame, rows)
    context = {
        "agency": agency,
        "own": agency.pk == frame.agency.pk,
        "branches": branches,
        "figures": standing.figures(rows),
        "crumbs": _crumbs(frame, way, agency),
        "canonical": frame.sites.absolute(agency.pk, frame.request.path),
    }
    labels = _labels(frame, NAME, f"{agency.name}主动公开哪些信息：事项、内容、依据、时限、主体、渠道和公开情况。")
    shows: list[Ref | Named] = [agency, list_ref(agency), releases(agency.pk), *_of_rows(rows, branches)]
    return frame.page("catalog/matters.html", context, way=way, labels=labels, shows=shows)


def _city(frame: Frame) -> HttpResponse:
    """Every existing body's list in figures: the number of queries does not grow with bodies or matters."""
    bodies = [one for one in Agency.objects.all() if one.exists_on(frame.today)]
    found = standing.of_agencies(bodies, frame.today)
    for rows in found.values():
        _note_changes(frame, rows)
    listed = [_of_agency(frame, one, found[one.pk]) for one in bodies if one.pk in found and one.pk != frame.agency.pk]
    own = found.get(frame.agency.pk, [])
    way, branches = _way(frame), _branches(frame, own)
    context = {
        "agency": frame.agency,
        "listed": listed,
        "unlisted": [one for one in bodies if one.pk not in found and one.pk != frame.agency.pk],
        "branches": branches,
        "figures": standing.figures([one for rows in found.values() for one in rows]),
        "crumbs": _crumbs(frame, way, frame.agency),
        "canonical": frame.sites.absolute(frame.agency.pk, frame.request.path),
    }
    labels = _labels(frame, NAME, "本市各行政机关的主动公开全清单和公开情况。")
    every = [one for rows in found.values() for one in rows]
    shows: list[Ref | Named] = [*bodies, AGENCIES, Ref("matters", ""), releases(None), *_of_rows(every, branches)]
    return frame.page("catalog/matters_city.html", context, way=way, labels=labels, shows=shows)


def _of_agency(frame: Frame, one: Agency, rows: Sequence[Standing]) -> OfAgency:
    if one.pk in frame.sites.hosts:
        url = frame.sites.url(one.pk, reverse("portal:matters"))
    else:
        url = frame.sites.url(one.pk, reverse("portal:matters_of", args=[one.slug]))
    return OfAgency(one, url, standing.figures(rows))


def _of_rows(rows: Sequence[Standing], branches: Sequence[Branch]) -> list[Ref | Named]:
    """What the rows draw from beside the agency's own releases: what is hand-picked for columns, and the documents
    named, of which a picked one may be another agency's."""
    named = [row.line.document for branch in branches for row in branch.rows if row.line is not None]
    return [*_picked([one.matter for one in rows]), *named]


def _picked(matters: Sequence[Matter]) -> list[Column]:
    return [one.column for one in matters if one.column is not None]


def _note_changes(frame: Frame, rows: Iterable[Standing]) -> None:
    for one in rows:
        frame.changes_on(one.status.changes_on)


def _branches(frame: Frame, rows: Sequence[Standing]) -> list[Branch]:
    """The list under its first levels; one more query, for the newest documents of all matters together."""
    newest = {one.document_id for one in rows if one.document_id is not None}
    brought = lists.lines(frame, lists.for_list(queries.public_documents().filter(pk__in=newest))) if newest else []
    lines: Mapping[int, Line] = {one.document.pk: one for one in brought}
    parts = [(name, list(ones)) for name, ones in groupby(rows, key=lambda one: one.matter.first)]
    return [
        Branch(name, f"b{number}", [Row(one, lines.get(one.document_id or 0)) for one in ones])
        for number, (name, ones) in enumerate(parts, start=1)
    ]


def _shown(found: Sequence[Line], limit: Limit, frame: Frame) -> list[Shown]:
    calendar = current_calendar()
    return [_timely(one, limit, frame, calendar) for one in found]


def _timely(line: Line, limit: Limit, frame: Frame, calendar: Calendar) -> Shown:
    """Whether it came within the limit. Not said of what was published long before this site, or of no known date."""
    formed = line.document.live.date_of_issue if line.document.live else None
    if formed is None or line.date is None or line.document.imported_from:
        return Shown(line, "", "")
    published = timezone.localdate(line.date)
    try:
        status = disclosure_status(formed, published, frame.today, calendar, limit)
    except CalendarRangeError:
        return Shown(line, "", "")
    if status.state is DisclosureState.LATE:
        return Shown(line, f"逾期{status.days}个工作日公开", "soon")
    return Shown(line, status.state.label if status.state is DisclosureState.ON_TIME else "", "good")


def _way(frame: Frame) -> list[Column]:
    """政府信息公开, below which the list belongs."""
    top = next((one for one in frame.columns if one.key == "xxgk"), None)
    return [top] if top is not None else []


def _crumbs(frame: Frame, way: Sequence[Column], agency: Agency, *last: str) -> list[dict[str, str]]:
    label = NAME if agency.pk == frame.agency.pk else f"{agency.short_name}{NAME}"
    if not last:
        return frame.crumbs(way, label)
    steps = frame.crumbs(way)
    own = agency.pk == frame.agency.pk
    url = reverse("portal:matters") if own else reverse("portal:matters_of", args=[agency.slug])
    return [*steps, {"label": label, "url": url}, *({"label": one, "url": ""} for one in last)]


def _labels(frame: Frame, name: str, description: str) -> dict[str, str]:
    return {
        "ColumnName": name,
        "ColumnDescription": description,
        "ColumnKeywords": f"{NAME},政府信息公开,{frame.agency.short_name}",
        "ColumnType": "政府信息公开目录",
    }
