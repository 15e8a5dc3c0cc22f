"""民生实事、重点工作: what was promised for a year and how far it is, told every month."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from gongkai.catalog import project_queries as queries
from gongkai.catalog.portal.course import draw
from gongkai.catalog.portal.frame import Frame, public_page
from gongkai.catalog.project_queries import Course
from gongkai.catalog.projects import Project, ProjectKind
from gongkai.ledger.refs import Named, Ref
from gongkai.pages.keys import rare

NAME = "民生实事和重点工作"


@dataclass(frozen=True)
class Line:
    """A project on a list, with its address and (on the city's portal) whose it is."""

    course: Course
    url: str
    agency: str


@dataclass(frozen=True)
class Part:
    """The projects of a kind."""

    name: str
    lines: Sequence[Line]

    @property
    def finished(self) -> int:
        return sum(one.course.status.finished for one in self.lines)


@public_page
def projects(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """The projects of a year (without one: the newest that has any). The city's portal gathers every agency's."""
    frame = Frame(request)
    everybody = frame.agency.is_city
    years = queries.years_of(None if everybody else [frame.agency])
    if year is not None and year not in years:
        raise Http404("这一年没有项目")
    shown = year or next(iter(years), None)
    whose = Project.objects.all() if everybody else Project.objects.filter(agency=frame.agency)
    found = queries.courses(whose.filter(year=shown), frame.today) if shown else []
    for one in found:
        frame.changes_on(one.status.changes_on)
    lines = [_line(frame, one) for one in found]
    context = {
        "year": shown,
        "years": [_tab(one, one == shown) for one in years],
        "parts": [Part(str(kind.label), of_kind) for kind in ProjectKind if (of_kind := _of_kind(lines, kind))],
        "late": sum(bool(one.status.late) for one in found),
        "crumbs": frame.crumbs((), *([NAME] if year is None else [NAME, f"{year}年"])),
        "canonical": frame.sites.absolute(frame.agency.pk, request.path),
    }
    name = NAME if year is None else f"{year}年{NAME}"
    labels = _labels(frame, name, f"{frame.agency.name}{name}的目标、节点和每月进展。")
    own = Ref("projects", "" if everybody else str(frame.agency.pk))
    shows: list[Ref | Named] = [own, *(one.project.agency for one in found)]
    response = frame.page("catalog/projects.html", context, labels=labels, shows=shows)
    if year is not None and year != next(iter(years), None):
        rare(response)
    return response


@public_page
def project(request: HttpRequest, code: str) -> HttpResponse:
    """One project: its goal, its steps, its months with what was said before a correction."""
    frame = Frame(request)
    one = get_object_or_404(Project, code=code)
    if not frame.sites.served_here(one.agency_id):
        return HttpResponsePermanentRedirect(frame.sites.absolute(one.agency_id, one.get_absolute_url()))
    course = queries.courses(Project.objects.filter(pk=one.pk), frame.today)[0]
    frame.changes_on(course.status.changes_on)
    crumbs = frame.crumbs(())
    crumbs += [{"label": NAME, "url": reverse("portal:projects")}, {"label": one.name, "url": ""}]
    context = {
        "project": course.project,
        "course": course,
        "drawing": draw(course),
        "crumbs": crumbs,
        "canonical": frame.sites.absolute(one.agency_id, one.get_absolute_url()),
    }
    labels = _labels(frame, one.name, f"{one.year}年{one.get_kind_display()}“{one.name}”的目标、节点和每月进展。")
    return frame.page("catalog/project.html", context, labels=labels, shows=[one, course.project.agency])


def _of_kind(lines: Sequence[Line], kind: ProjectKind) -> list[Line]:
    return [one for one in lines if one.course.project.kind == kind]


def _line(frame: Frame, course: Course) -> Line:
    one = course.project
    agency = one.agency.short_name if frame.agency.is_city else ""
    return Line(course, frame.sites.url(one.agency_id, one.get_absolute_url()), agency)


def _tab(year: int, current: bool) -> dict[str, object]:
    return {"label": f"{year}年", "url": reverse("portal:projects_of", args=[year]), "current": current}


def _labels(frame: Frame, name: str, description: str) -> dict[str, str]:
    return {
        "ColumnName": name,
        "ColumnDescription": description,
        "ColumnKeywords": f"民生实事,重点工作,进展公开,{frame.agency.short_name}",
        "ColumnType": "进展公开",
    }
