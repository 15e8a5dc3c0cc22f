"""Officers and their roles, by the agency's administrator."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongkai.agencies import queries
from gongkai.agencies.access import desk_view
from gongkai.agencies.actions import people
from gongkai.agencies.desk.forms import AppointForm, OfficerChangeForm, OfficerForm, ResetPasswordForm, take_errors
from gongkai.agencies.officers import Officer
from gongkai.agencies.roles import Role
from gongkai.ledger import timeline


@desk_view(Role.ADMIN)
def officers(request: HttpRequest) -> HttpResponse:
    """Everybody of the agency with roles; a new account."""
    admin = cast(Officer, request.user)
    form = OfficerForm(admin.agency, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            officer = people.create_officer(agency=admin.agency, by=admin, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, f"已建立“{officer.name}”的账号，请接着任命岗位。")
            return redirect("staff:officer", officer.pk)
    rows = queries.officers_of(admin.agency)
    return render(request, "agencies/officers.html", {"officers": rows, "form": form})


@desk_view(Role.ADMIN)
def officer(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: change it, appoint, relieve, reset the password."""
    admin = cast(Officer, request.user)
    one = queries.officers_of(admin.agency).filter(pk=pk).first()
    if one is None:
        raise Http404
    act = request.POST.get("act", "") if request.method == "POST" else ""
    forms = _forms(one, request.POST, act)
    if act and _do(request, act, one, admin, forms):
        return redirect("staff:officer", one.pk)
    context = forms | {"officer": one, "timeline": timeline.of(one.ref())[::-1]}
    return render(request, "agencies/officer.html", context)


def _forms(one: Officer, posted: Any, act: str) -> dict[str, Any]:
    """The page's forms, the one that was sent bound to what was typed."""
    initial = {"name": one.name, "department": one.department, "is_active": one.is_active}
    return {
        "change_form": OfficerChangeForm(one.agency, posted if act == "change" else None, initial=initial),
        "appoint_form": AppointForm(one.agency, posted if act == "appoint" else None),
        "password_form": ResetPasswordForm(posted if act == "password" else None),
    }


def _do(request: HttpRequest, act: str, one: Officer, admin: Officer, forms: dict[str, Any]) -> bool:
    """Carry the act out; False leaves the page with its errors."""
    if act == "relieve":
        return _relieve(request, one, admin)
    form = forms.get({"change": "change_form", "appoint": "appoint_form", "password": "password_form"}.get(act, ""))
    if form is None or not form.is_valid():
        return False
    given = form.cleaned_data
    try:
        if act == "change":
            _demand_other(one, admin, given["is_active"])
            people.change_officer(one, by=admin, **given)
        elif act == "appoint":
            people.appoint(one, Role(given["role"]), by=admin, department=given["department"], until=given["until"])
        else:
            people.change_password(one, password=given["password"], by=admin)
    except ValidationError as error:
        take_errors(form, error)
        return False
    messages.success(request, "已保存。")
    return True


def _relieve(request: HttpRequest, one: Officer, admin: Officer) -> bool:
    number = request.POST.get("appointment", "")
    appointment = one.appointments.filter(pk=int(number)).first() if number.isdigit() else None
    if appointment is None:
        messages.error(request, "这项任命已经不在了。")
    elif one.pk == admin.pk and appointment.role == Role.ADMIN:
        messages.error(request, "不能免去自己的系统管理员岗位，请由另一位系统管理员办理。")
    else:
        people.relieve(appointment, by=admin)
        messages.success(request, "已免去。")
    return True


def _demand_other(one: Officer, admin: Officer, active: bool) -> None:
    if one.pk == admin.pk and not active:
        raise ValidationError({"is_active": "不能停用自己的账号。"})
