"""The full list 全清单 on the desk: how each matter stands, its form; for the supervising office everybody's."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.access import desk_view
from gongkai.agencies.bodies import Agency
from gongkai.agencies.officers import Officer
from gongkai.agencies.queries import primary_host
from gongkai.agencies.roles import Role
from gongkai.agencies.sites import site_url
from gongkai.catalog import queries
from gongkai.catalog.actions import matters as actions
from gongkai.catalog.desk.matter_forms import EndForm, FilterForm, MatterForm, MoveForm
from gongkai.catalog.documents import Topic
from gongkai.catalog.full_list import standing
from gongkai.catalog.full_list.standing import Figures, Standing
from gongkai.catalog.full_list.writing import workbook
from gongkai.catalog.matter_state import MatterState
from gongkai.catalog.matters import Matter
from gongkai.ledger import timeline

KEEPERS = (Role.DISCLOSURE_OFFICER, Role.DISCLOSURE_HEAD)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TO_DO = frozenset({MatterState.LATE, MatterState.MISSING, MatterState.DUE_SOON})


@dataclass(frozen=True)
class Branch:
    """A first level with the matters below it, in the list's order."""

    name: str
    rows: Sequence[Standing]


@dataclass(frozen=True)
class OfAgency:
    """One line of the supervising office's table."""

    agency: Agency
    figures: Figures


def branches(rows: Sequence[Standing]) -> list[Branch]:
    """The list under its first levels; one that comes twice stands twice, as in the list."""
    return [Branch(name, list(ones)) for name, ones in groupby(rows, key=lambda one: one.matter.first)]


@desk_view(*KEEPERS)
def matters(request: HttpRequest) -> HttpResponse:
    """The agency's own list. What is late stands first, then the list in its order."""
    officer = cast(Officer, request.user)
    return _list(request, officer.agency, own=True)


def _list(request: HttpRequest, agency: Agency, *, own: bool) -> HttpResponse:
    every = standing.of_agency(agency, timezone.localdate())
    form = FilterForm(agency, request.GET or None)
    rows = _narrowed(every, form)
    context = {
        "agency": agency,
        "own": own,
        "figures": standing.figures(every),
        "to_do": [one for one in standing.most_urgent_first(rows) if one.status.state in _TO_DO],
        "branches": branches(rows),
        "number": len(rows),
        "every": len(every),
        "form": form,
        "narrowed": bool(form.is_bound and form.changed_data),
        "abolished": Matter.objects.filter(agency=agency).exclude(abolished_on=None) if own else [],
        "address": site_url(primary_host(agency) or request.get_host(), request, reverse("portal:matters")),
    }
    return render(request, "catalog/desk/matters.html", context)


def _narrowed(rows: list[Standing], form: FilterForm) -> list[Standing]:
    if not form.is_bound or not form.is_valid():
        return rows
    wanted = form.cleaned_data
    words = wanted["q"].split()
    return [
        one
        for one in rows
        if (not wanted["state"] or one.status.state.value == wanted["state"])
        and (wanted["department"] is None or one.matter.department_id == wanted["department"].pk)
        and all(
            word in f"{one.matter.first} {one.matter.second} {one.matter.content} {one.matter.basis}" for word in words
        )
    ]


@desk_view(*KEEPERS)
def new_matter(request: HttpRequest) -> HttpResponse:
    """Add a matter."""
    officer = cast(Officer, request.user)
    form = MatterForm(officer.agency, None, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_matter(officer.agency, by=officer, **form.facts())
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, f"已增加“{made.name}”，序号{made.number}。")
            return redirect("matters:matter", made.pk)
    return render(request, "catalog/desk/matter.html", {"form": form, "matter": None})


@desk_view(*KEEPERS)
def matter(request: HttpRequest, pk: int) -> HttpResponse:
    """One matter: its facts, its place, whether it is still on the list."""
    officer = cast(Officer, request.user)
    try:
        one = queries.access_matter(officer, pk)
    except Matter.DoesNotExist:
        raise Http404("没有这个事项") from None
    act = request.POST.get("act", "") if request.method == "POST" else ""
    form = MatterForm(officer.agency, one, request.POST if act == "change" else None)
    move = MoveForm(one, request.POST if act == "move" else None)
    end = EndForm(request.POST if act == "abolish" else None)
    if act and _do(request, act, officer, pk, form, move, end):
        return redirect("matters:list" if act == "abolish" else request.path)
    context = {
        "matter": one,
        "form": form,
        "move": move,
        "end": end,
        "standing": standing.of_matter(one, timezone.localdate()),
        "latest": list(queries.newest_of_matter(one, queries.public_documents(), 10)),
        "address": site_url(primary_host(officer.agency) or request.get_host(), request, one.get_absolute_url()),
        "timeline": timeline.of(one.ref())[::-1],
    }
    return render(request, "catalog/desk/matter.html", context)


def _do(
    request: HttpRequest, act: str, officer: Officer, pk: int, form: MatterForm, move: MoveForm, end: EndForm
) -> bool:
    """Do it on a fresh copy: the one that is shown keeps what it said when the act is refused."""
    one = queries.access_matter(officer, pk)
    try:
        if act == "change" and form.is_valid():
            changed = actions.change_matter(one, by=officer, **form.facts())
            messages.success(request, "已保存。" if changed else "没有改动。")
        elif act == "move" and move.is_valid():
            actions.move_matter(one, by=officer, after=move.cleaned_data["after"])
            messages.success(request, f"已移到第{one.number}位，清单重新编了序号。")
        elif act == "abolish" and end.is_valid():
            actions.abolish_matter(one, by=officer, reason=end.cleaned_data["reason"])
            messages.success(request, f"已取消“{one.name}”，可以随时恢复。")
        elif act == "restore":
            actions.restore_matter(one, by=officer)
            messages.success(request, f"已恢复“{one.name}”。")
        else:
            return False
    except ValidationError as error:
        if act == "change":
            form.take(error)
        else:
            messages.error(request, "；".join(error.messages))
        return False
    return True


@desk_view(*KEEPERS)
def export(request: HttpRequest) -> HttpResponse:
    """The agency's list as .xlsx, with the columns that tie it to the site; it can be changed and moved in again."""
    agency = cast(Officer, request.user).agency
    rows = Matter.objects.filter(agency=agency, abolished_on=None).select_related("department", "column")
    topics = dict(Topic.objects.filter(agency=agency).values_list("slug", "name"))
    data = workbook(f"{agency.name}主动公开全清单", list(rows), topics)
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="quanqingdan.xlsx"'
    return response


@desk_view(*KEEPERS)
def city(request: HttpRequest) -> HttpResponse:
    """For the supervising office: every agency's list in figures; three queries and one for the agencies."""
    agencies = queries.access_full_lists(cast(Officer, request.user))
    found = standing.of_agencies(agencies, timezone.localdate())
    rows = [OfAgency(one, standing.figures(found.get(one.pk, []))) for one in agencies]
    rows.sort(key=lambda one: (-one.figures.behind, one.agency.position))
    return render(request, "catalog/desk/matters_city.html", {"rows": rows})


@desk_view(*KEEPERS)
def of_agency(request: HttpRequest, pk: int) -> HttpResponse:
    """For the supervising office: one agency's list, to read."""
    agencies = queries.access_full_lists(cast(Officer, request.user))
    shown = next((one for one in agencies if one.pk == pk), None)
    if shown is None:
        raise Http404("没有这个机关的清单")
    return _list(request, shown, own=False)
