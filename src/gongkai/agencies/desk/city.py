"""What concerns the whole installation: the bodies of the city, the working-day calendar."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from gongkai.agencies.access import desk_view
from gongkai.agencies.actions import bodies as body_actions
from gongkai.agencies.actions import workdays
from gongkai.agencies.bodies import Agency, SuccessionKind
from gongkai.agencies.desk.forms import AnnounceForm, BodyForm, EndForm, WorkdayForm, take_errors
from gongkai.agencies.officers import Officer
from gongkai.agencies.roles import Role
from gongkai.agencies.workdays import AnnouncedYear, WorkdayNotice, current_calendar
from gongkai.law.announcement import doubts


@desk_view(Role.ADMIN)
def bodies(request: HttpRequest) -> HttpResponse:
    """All bodies of the city; the supervising office founds them and records how they end."""
    officer = _of_supervising_office(request)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    found = BodyForm(request.POST if act == "found" else None, prefix="found")
    end = EndForm(request.POST if act == "end" else None, prefix="end")
    if act == "found" and found.is_valid():
        try:
            made = body_actions.create_agency(by=officer, **found.cleaned_data)
        except ValidationError as error:
            take_errors(found, error)
        else:
            messages.success(request, f"已设立{made.name}，法定栏目随即建立。请为其建立系统管理员账号和域名。")
            return redirect("staff:bodies")
    if act == "end" and end.is_valid() and _end(request, officer, end):
        return redirect("staff:bodies")
    rows = Agency.objects.select_related("parent").prefetch_related("hosts", "former_names", "successions__successor")
    context = {"bodies": rows, "found": found, "end": end, "ending": request.POST.get("agency", "")}
    return render(request, "agencies/bodies.html", context)


def _end(request: HttpRequest, officer: Officer, form: EndForm) -> bool:
    number = request.POST.get("agency", "")
    agency = get_object_or_404(Agency, pk=int(number) if number.isdigit() else 0)
    given = form.cleaned_data
    try:
        body_actions.end_agency(
            agency,
            successor=given["successor"],
            kind=SuccessionKind(given["kind"]),
            on=given["on"],
            by=officer,
            basis=given["basis"],
        )
    except ValidationError as error:
        take_errors(form, error)
        return False
    messages.success(request, f"已记录{agency.name}的撤并；其域名转到承继机关，旧页面自动加注。")
    return True


@desk_view(Role.ADMIN)
def calendar(request: HttpRequest) -> HttpResponse:
    """The year's working days with their sources; enter what the official notice says."""
    officer = _of_supervising_office(request)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    enter = WorkdayForm(request.POST if act == "enter" else None, prefix="enter")
    announce = AnnounceForm(request.POST if act == "announce" else None, prefix="announce")
    if act == "enter" and enter.is_valid() and _try(enter, workdays.enter_day, officer):
        messages.success(request, "已录入，各项期限随即重新推算。")
        return redirect(request.get_full_path())
    if act == "announce" and announce.is_valid() and _try(announce, workdays.announce_year, officer):
        messages.success(request, "该年度的日期不再标为暂定。")
        return redirect(request.get_full_path())
    if act == "remove":
        number = request.POST.get("notice", "")
        notice = get_object_or_404(WorkdayNotice, pk=int(number) if number.isdigit() else 0)
        workdays.remove_day(notice, by=officer)
        messages.success(request, "已撤回。")
        return redirect(request.get_full_path())
    return render(request, "agencies/calendar.html", _year_context(request) | {"enter": enter, "announce": announce})


def _year_context(request: HttpRequest) -> dict[str, Any]:
    asked = request.GET.get("year", "")
    this_year = timezone.localdate().year
    year = int(asked) if asked.isdigit() and 2004 <= int(asked) <= 2099 else this_year
    today = timezone.localdate()
    calendar = current_calendar()
    days = calendar.days(today.replace(year=year, month=1, day=1), today.replace(year=year, month=12, day=31))
    months: list[dict[str, Any]] = [{"month": month, "weeks": [[None] * 7]} for month in range(1, 13)]
    for day in days:
        weeks = months[day.date.month - 1]["weeks"]
        if day.date.weekday() == 0 and any(weeks[-1]):
            weeks.append([None] * 7)
        weeks[-1][day.date.weekday()] = day
    notices = WorkdayNotice.objects.filter(day__year=year)
    overrides = [one.override for one in notices]
    special = [day for day in days if day.kind.value in {"holiday", "makeup"}]
    return {
        "year": year,
        "months": months,
        "special": special,
        "notices": notices,
        "final": calendar.is_final(year),
        "announced": AnnouncedYear.objects.filter(year=year).first(),
        "doubts": doubts(year, overrides) if overrides else [],
        "working_days": sum(day.working for day in days),
    }


def _try(form: Any, action: Any, officer: Officer) -> bool:
    try:
        action(by=officer, **form.cleaned_data)
    except ValidationError as error:
        take_errors(form, error)
        return False
    return True


def _of_supervising_office(request: HttpRequest) -> Officer:
    officer = cast(Officer, request.user)
    if not officer.agency.is_supervising:
        raise PermissionDenied("这一页由信息公开主管部门的系统管理员使用。")
    return officer
