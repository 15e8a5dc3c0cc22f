"""个人信息删除: what is erased when, and erasing at once what a person asked to have erased."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.applications import recognition, retention
from gongkai.applications.actions import forgetting
from gongkai.applications.applications import Application
from gongkai.applications.parties import Party
from gongkai.applications.powers import HEAD
from gongkai.applications.queries import access_applications
from gongkai.procedures.engine import Refused
from gongkai.publishing.desk import notices

_PAGE = 50


@require_GET
@desk_view("disclosure_officer", "disclosure_head")
def erasing(request: DeskRequest) -> HttpResponse:
    """The person behind an application, when one is asked for; below it who is erased next."""
    return _page(request, request.GET.get("number", "").strip())


def _page(request: DeskRequest, number: str, *, reasons: Any = (), typed: str = "", status: int = 200) -> HttpResponse:
    case = (
        access_applications(request.user).select_related("applicant").filter(number=number).first() if number else None
    )
    waiting = retention.waiting(Party.objects.filter(agency_id=request.user.agency_id)).order_by("last", "pk")
    after = request.GET.get("after", "")
    rows = list(_behind(waiting, after)[: _PAGE + 1])
    last = rows[_PAGE - 1] if len(rows) > _PAGE else None
    context = {
        "number": number,
        "unknown": bool(number) and case is None,
        "person": _person(case) if case is not None else None,
        "rows": [{"party": one, "on": retention.erased_on(one.last)} for one in rows[:_PAGE]],
        "further": f"?after={last.last}_{last.pk}" if last is not None else "",
        "first": "?" if after else "",
        "years": settings.GONGKAI_APPLICATION_YEARS,
        "may": request.user.holds(HEAD),
        "reasons": reasons,
        "typed_reason": typed,
        "undo": None,
    }
    return render(request, "applications/desk/erasing.html", context, status=status)


def _behind(waiting: QuerySet[Any], after: str) -> QuerySet[Any]:
    day, _, pk = after.partition("_")
    try:
        last = date.fromisoformat(day)
    except ValueError:
        return waiting
    number = int(pk) if pk.isdecimal() and len(pk) < 19 else 0
    return waiting.filter(Q(last__gt=last) | Q(last=last, pk__gt=number))


def _person(case: Application) -> dict[str, Any]:
    party = case.applicant
    return {
        "party": party,
        "cases": list(recognition.of_the_same(party)[:_PAGE]),
        "records": forgetting.records_of(party),
        "needed": forgetting.needed(party),
    }


@require_POST
@desk_view("disclosure_head")
def erase(request: DeskRequest) -> HttpResponse:
    """Erase the applicant of the application named, everywhere in the agency."""
    number = request.POST.get("number", "").strip()
    case = access_applications(request.user).select_related("applicant").filter(number=number).first()
    if case is None:
        return _page(request, number or "—", status=422)
    reason = request.POST.get("reason", "")
    try:
        count = forgetting.forget(case.applicant, reason=reason, by=request.user)
    except Refused as refusal:
        return _page(request, number, reasons=refusal.reasons, typed=reason, status=422)
    notices.done(request, f"已删除个人信息（{count}条申请人记录）；统计所需的事实保留。")
    return HttpResponseRedirect(reverse("applications:erasing"))
