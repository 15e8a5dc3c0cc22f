"""Handing several cases to a department or a handler: looked at first, then done one by one, a result for each."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.agencies.bodies import Department
from gongkai.agencies.officers import Officer
from gongkai.applications.actions import handling
from gongkai.applications.applications import Application
from gongkai.applications.desk.case_forms import handlers_of
from gongkai.applications.desk.chosen import remembered
from gongkai.applications.queries import access_applications
from gongkai.procedures.engine import Refused
from gongkai.publishing.desk import notices

_AT_ONCE = 50
_LONGEST_NOTE = 500


@dataclass(frozen=True)
class Result:
    """What became of one of them."""

    case: Application
    done: bool
    text: str


@require_POST
@desk_view("disclosure_officer", "disclosure_head")
def assign(request: DeskRequest) -> HttpResponse:
    """First what would happen; with ``confirmed`` it does."""
    cases = _picked(request)
    department, handler = _department(request), _handler(request)
    if not cases or (department is None and handler is None):
        missing = "要办理的申请" if not cases else "承办处室或者经办人"
        notices.failed(request, f"请先选择{missing}。")
        return HttpResponseRedirect(remembered(request).url)
    context: dict[str, Any] = {
        "cases": cases,
        "department": department,
        "handler": handler,
        "note": request.POST.get("note", "").strip()[:_LONGEST_NOTE],
        "back": remembered(request).url,
        "undo": None,
    }
    if request.POST.get("confirmed") == "1":
        context["results"] = [_hand_over(one, department, handler, context["note"], request.user) for one in cases]
    return render(request, "applications/desk/bulk.html", context)


def _picked(request: DeskRequest) -> list[Application]:
    numbers = [int(one) for one in request.POST.getlist("case")[:_AT_ONCE] if one.isdecimal() and len(one) < 19]
    cases = access_applications(request.user).filter(pk__in=numbers)
    return list(cases.select_related("agency", "applicant").order_by("arrived_on", "pk"))


def _department(request: DeskRequest) -> Department | None:
    chosen = request.POST.get("department", "")
    own = Department.objects.filter(agency_id=request.user.agency_id)
    return own.filter(pk=int(chosen)).first() if chosen.isdecimal() and len(chosen) < 19 else None


def _handler(request: DeskRequest) -> Officer | None:
    chosen = request.POST.get("handler", "")
    own = handlers_of(request.user.agency_id)
    found: Officer | None = own.filter(pk=int(chosen)).first() if chosen.isdecimal() and len(chosen) < 19 else None
    return found


def _hand_over(
    case: Application, department: Department | None, handler: Officer | None, note: str, by: Officer
) -> Result:
    said = []
    try:
        if department is not None:
            handling.assign(case, department, by=by, note=note)
            said.append(f"已转办{department.name}")
        if handler is not None:
            handling.set_handler(case, handler, by=by)
            said.append(f"经办人{handler.name}")
    except Refused as refusal:
        return Result(case, False, "；".join([*said, *refusal.reasons]))
    return Result(case, True, "；".join(said))
