"""Drafting the decision on an item: saved as the event it is; what is missing is told while it is written."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.applications.applications import Application
from gongkai.applications.desk import parts, rows
from gongkai.applications.desk.case import case_or_404, case_page, prepare
from gongkai.applications.desk.decision import DecisionForm
from gongkai.applications.items import RequestedItem
from gongkai.applications.powers import DEPARTMENT, OFFICER, roles_over
from gongkai.applications.procedures import ITEM
from gongkai.procedures.engine import Conflict, Refused, fire
from gongkai.publishing.desk import notices
from gongkai.publishing.desk.firing import meanwhile, number


@require_POST
@desk_view()
def decide(request: DeskRequest, pk: int, item: int) -> HttpResponse:
    """Save the decision; with ``look`` only show the form again, as the chosen outcome needs it (without script)."""
    case, found = _item(request, pk, item)
    form = DecisionForm(found, request.POST)
    if request.POST.get("look"):
        return case_page(request, case, deciding=form)
    if not form.is_valid():
        return case_page(request, case, deciding=form, status=422)
    try:
        fired = fire(ITEM, found, "draft", by=request.user, given=form.given(), version=number(request, "version"))
    except Conflict as conflict:
        later = meanwhile(request, rows.subjects(case))
        return case_page(request, case, deciding=form, reasons=conflict.reasons, meanwhile=later, status=409)
    except Refused as refusal:
        return case_page(request, case, deciding=form, reasons=refusal.reasons, status=422)
    lacking = len(DecisionForm(RequestedItem.objects.select_related("application").get(pk=fired.subject.pk)).missing())
    more = f"还缺{lacking}项，补齐后才能送审。" if lacking else "要件齐全。"
    notices.done(request, f"第{found.position}项已拟定处理决定，{more}")
    return HttpResponseRedirect(f"{case.get_absolute_url()}#items")


@require_POST
@desk_view()
def live(request: DeskRequest, pk: int, item: int) -> HttpResponse:
    """The form as the chosen outcome needs it, and everything the decision lacks; nothing is saved."""
    case, found = _item(request, pk, item)
    if not roles_over(request.user, case) & (OFFICER | DEPARTMENT):
        raise PermissionDenied("处理决定由公开经办人或者承办处室拟定。")
    form = DecisionForm(found, request.POST)
    if request.GET.get("show") == "missing":
        return render(request, "applications/desk/decision_missing.html", {"missing": form.missing()})
    # What was not asked before has nothing wrong with it yet: the fields are shown without errors.
    fresh = DecisionForm(found, initial=form.typed())
    return render(request, "applications/desk/decision_fields.html", {"form": fresh})


def _item(request: DeskRequest, pk: int, item: int) -> tuple[Application, RequestedItem]:
    case = prepare(case_or_404(request.user, pk))
    _, found = parts.part_or_404(case, "items", item)
    return case, found
