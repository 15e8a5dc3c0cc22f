"""Events of a case and of its parts are sent here; the engine decides, the page says what happened or why not."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.applications.applications import Application
from gongkai.applications.desk import parts, rows
from gongkai.applications.desk.case import case_or_404, case_page, prepare
from gongkai.applications.procedures import APPLICATION
from gongkai.applications.queries import access_applications
from gongkai.publishing.desk import notices
from gongkai.publishing.desk.firing import carry_out


@require_POST
@desk_view()
def fire_application(request: DeskRequest, pk: int, event: str) -> HttpResponse:
    """Fire an event of the case."""
    case = prepare(case_or_404(request.user, pk))
    answer = carry_out(request, APPLICATION, case, event, _again(request, pk), rows.subjects(case))
    if isinstance(answer, HttpResponse):
        return answer
    label = APPLICATION.event(event).label
    notices.done(request, f"已{label}：{case.number}，现在是“{APPLICATION.state(answer.target).label}”。")
    return HttpResponseRedirect(case.get_absolute_url())


@require_POST
@desk_view()
def fire_part(request: DeskRequest, pk: int, part: int, event: str, of: str) -> HttpResponse:
    """Fire an event of a part of the case."""
    case = prepare(case_or_404(request.user, pk))
    procedure, subject = parts.part_or_404(case, of, part)
    prefix = parts.prefix(procedure, subject)
    answer = carry_out(request, procedure, subject, event, _again(request, pk), rows.subjects(case), prefix=prefix)
    if isinstance(answer, HttpResponse):
        return answer
    notices.done(request, f"已{procedure.event(event).label}，现在是“{procedure.state(answer.target).label}”。")
    if not access_applications(request.user).filter(pk=pk).exists():
        return HttpResponseRedirect(reverse("applications:list"))  # a department that sent it back has it no longer
    return HttpResponseRedirect(f"{case.get_absolute_url()}#{of}")


def _again(request: DeskRequest, pk: int) -> Any:
    def again(**shown: Any) -> HttpResponse:
        case: Application = case_or_404(request.user, pk)
        return case_page(request, case, **shown)

    return again
