"""Projects 民生实事、重点工作 on the desk: what is due this month, one project with its months and steps."""

from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from gongkai.agencies.access import desk_view
from gongkai.agencies.officers import Officer
from gongkai.agencies.queries import primary_host
from gongkai.agencies.sites import site_url
from gongkai.catalog import project_queries as queries
from gongkai.catalog.actions import projects as actions
from gongkai.catalog.desk.project_forms import MilestoneFormSet, ProjectForm, UpdateForm
from gongkai.catalog.project_queries import Course
from gongkai.catalog.projects import Project
from gongkai.ledger import timeline

KEEPERS = actions.PUBLISHERS


@desk_view(*KEEPERS)
def projects(request: HttpRequest) -> HttpResponse:
    """The projects of a year (the newest that has any), those whose update is due or late first."""
    officer = cast(Officer, request.user)
    years = queries.years_of([officer.agency])
    chosen = request.GET.get("year", "")
    year = int(chosen) if chosen.isdecimal() and int(chosen) in years else next(iter(years), timezone.localdate().year)
    every = queries.courses(queries.access_projects(officer).filter(year=year), timezone.localdate())
    waiting = [one for one in every if one.status.late or one.status.due]
    context = {
        "year": year,
        "tabs": [{"label": f"{one}年", "url": f"?year={one}", "current": one == year} for one in years],
        "waiting": sorted(waiting, key=lambda one: -len(one.status.late)),
        "courses": every,
    }
    return render(request, "catalog/desk/projects.html", context)


@desk_view(*KEEPERS)
def new_project(request: HttpRequest) -> HttpResponse:
    """Begin a project."""
    officer = cast(Officer, request.user)
    form = ProjectForm(officer.agency, None, request.POST or None, year=timezone.localdate().year)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_project(officer.agency, by=officer, **form.facts())
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, f"已增加“{made.name}”。请接着填写节点。")
            return redirect("projects:project", made.pk)
    return render(request, "catalog/desk/project.html", {"form": form, "project": None})


@desk_view(*KEEPERS)
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """One project: publish a month, correct one, its steps, what it is."""
    officer = cast(Officer, request.user)
    if not queries.access_projects(officer).filter(pk=pk).exists():
        raise Http404("没有这个项目")
    course = queries.courses(queries.access_projects(officer).filter(pk=pk), timezone.localdate())[0]
    act = request.POST.get("act", "") if request.method == "POST" else ""
    forms = _forms(course, act, request)
    if act and _do(request, act, officer, course.project, forms):
        return redirect("projects:list" if act == "remove" else request.path)
    one = course.project
    host = primary_host(officer.agency) or request.get_host()
    context = forms | {
        "project": one,
        "course": course,
        "address": site_url(host, request, one.get_absolute_url()),
        "timeline": timeline.of(one.ref())[::-1],
    }
    return render(request, "catalog/desk/project.html", context)


def _forms(course: Course, act: str, request: HttpRequest) -> dict[str, Any]:
    """The forms of the page, the one that was sent with what was sent."""
    one, today = course.project, timezone.localdate()
    told = [month.update.month for month in course.months]
    open_months = [date(one.year, number, 1) for number in range(1, 13) if date(one.year, number, 1) <= today]
    open_months = [month for month in open_months if month not in told]
    latest = course.latest.update if course.latest else None
    again = (
        {"month": latest.key, "percent": latest.percent, "stage": latest.stage, "text": latest.text} if latest else {}
    )
    steps = [
        {"name": step.name, "planned_on": step.planned_on, "finished_on": step.finished_on}
        for step in course.milestones
    ]

    def sent(wanted: str) -> Any:
        return request.POST if act == wanted else None

    begin = {"percent": latest.percent, "stage": latest.stage} if latest else {}
    return {
        "form": ProjectForm(one.agency, one, sent("change"), year=one.year),
        "publish": UpdateForm(open_months, sent("publish"), correcting=False, initial=begin),
        "correct": UpdateForm(told, sent("correct"), correcting=True, initial=again),
        "steps": MilestoneFormSet(sent("milestones"), initial=steps, prefix="steps"),
    }


def _do(request: HttpRequest, act: str, officer: Officer, one: Project, forms: dict[str, Any]) -> bool:
    fresh = get_object_or_404(Project.objects.select_related("agency"), pk=one.pk)
    sent = {"change": forms["form"], "publish": forms["publish"], "correct": forms["correct"]}.get(act)
    if act == "milestones" and forms["steps"].is_valid():
        sent = None
    elif act != "remove" and (sent is None or not sent.is_valid()):
        return False
    try:
        told = _act(act, officer, fresh, forms)
    except ValidationError as error:
        if sent is not None:
            sent.take(error)
        else:
            messages.error(request, "；".join(error.messages))
        return False
    messages.success(request, told)
    return True


def _act(act: str, officer: Officer, one: Project, forms: dict[str, Any]) -> str:
    """Do it; what to say then."""
    if act == "change":
        return "已保存。" if actions.change_project(one, by=officer, **forms["form"].facts()) else "没有改动。"
    if act == "publish":
        said = actions.publish_update(one, by=officer, **forms["publish"].facts())
        return f"已公布{said.month.year}年{said.month.month}月的进展。"
    if act == "correct":
        said = actions.correct_update(one, by=officer, **forms["correct"].facts())
        return f"已更正{said.month.year}年{said.month.month}月的进展，原来的内容在历史里。"
    if act == "milestones":
        actions.set_milestones(one, forms["steps"].steps(), by=officer)
        return "已保存节点。"
    actions.remove_project(one, by=officer)
    return f"已删除“{one.name}”。"
