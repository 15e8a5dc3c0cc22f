"""The agency's own data: contact, functions, leaders, hosts, departments."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from gongkai.agencies.access import desk_view
from gongkai.agencies.actions import bodies
from gongkai.agencies.bodies import Agency, Department
from gongkai.agencies.desk.forms import (
    AgencyForm,
    ContactForm,
    DepartmentForm,
    HostForm,
    LeaderFormSet,
    RenameForm,
    take_errors,
)
from gongkai.agencies.officers import Officer
from gongkai.agencies.roles import Role
from gongkai.ledger import timeline

_KEEPERS = (Role.DISCLOSURE_OFFICER, Role.DISCLOSURE_HEAD, Role.ADMIN)
_ADMIN_ACTS = frozenset({"rename", "host"})


@desk_view(*_KEEPERS)
def agency(request: HttpRequest) -> HttpResponse:
    """Everything the agency says of itself, each part with its own form; guide and footer follow at once."""
    officer = cast(Officer, request.user)
    own = Agency.objects.select_related("contact").get(pk=officer.agency_id)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    if act in _ADMIN_ACTS and not officer.holds([Role.ADMIN]):
        messages.error(request, "更名和域名由系统管理员办理。")
        return redirect("staff:agency")
    forms = _forms(own, request, act)
    if act in forms and forms[act].is_valid() and _save(request, act, own, officer, forms[act]):
        return redirect("staff:agency")
    context = {
        "own": own,
        "forms": forms,
        "hosts": own.hosts.all(),
        "former_names": own.former_names.all(),
        "is_admin": officer.holds([Role.ADMIN]),
        "timeline": timeline.of(own.ref())[::-1][:20],
    }
    return render(request, "agencies/agency.html", context)


def _forms(own: Agency, request: HttpRequest, act: str) -> dict[str, Any]:
    posted = request.POST
    leaders = [{"name": one.name, "title": one.title, "duties": one.duties} for one in own.leaders.all()]
    return {
        "contact": ContactForm(posted if act == "contact" else None, instance=own.contact, prefix="contact"),
        "facts": AgencyForm(posted if act == "facts" else None, instance=_copy(own), prefix="facts"),
        "leaders": LeaderFormSet(posted if act == "leaders" else None, initial=leaders, prefix="leaders"),
        "rename": RenameForm(posted if act == "rename" else None, prefix="rename"),
        "host": HostForm(posted if act == "host" else None, prefix="host"),
    }


def _copy(own: Agency) -> Agency:
    """A form writes into its instance while checking; the action must see the stored values to tell what changed."""
    return Agency.objects.get(pk=own.pk)


def _save(request: HttpRequest, act: str, own: Agency, officer: Officer, form: Any) -> bool:
    try:
        if act == "contact":
            fresh = Agency.objects.select_related("contact").get(pk=own.pk)
            bodies.change_contact(fresh, by=officer, **form.cleaned_data)
        elif act == "facts":
            bodies.change_agency(_copy(own), by=officer, **form.cleaned_data)
        elif act == "leaders":
            bodies.set_leaders(own, [row for row in form.cleaned_data if row.get("name")], by=officer)
        elif act == "rename":
            bodies.rename(own, by=officer, **form.cleaned_data)
        else:
            bodies.set_host(own, by=officer, **form.cleaned_data)
    except ValidationError as error:
        take_errors(form, error)
        return False
    messages.success(request, "已保存。网站上的指南、页脚和联系方式随之更新。")
    return True


@desk_view(Role.ADMIN)
def departments(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The departments; make one, or change the one given."""
    officer = cast(Officer, request.user)
    mine = Department.objects.filter(agency=officer.agency)
    target = get_object_or_404(mine, pk=pk) if pk else None
    form = DepartmentForm(request.POST or None, instance=get_object_or_404(mine, pk=pk) if pk else None)
    if request.method == "POST" and form.is_valid():
        try:
            bodies.save_department(officer.agency, by=officer, department=target, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, "已保存。")
            return redirect("staff:departments")
    return render(request, "agencies/departments.html", {"departments": mine, "form": form, "target": target})
