"""重复申请、多人申请: the same question again, from the same person or from others, and what it leads to."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.agencies.officers import Officer
from gongkai.applications import recognition
from gongkai.applications.actions import handling, opening, parties
from gongkai.applications.applications import Application
from gongkai.applications.desk import panels
from gongkai.applications.desk.case import case_or_404, case_page
from gongkai.applications.later_queries import proposal_of
from gongkai.applications.parties import Party
from gongkai.applications.powers import OFFICE, WHOLE_AGENCY, roles_over
from gongkai.law import replies
from gongkai.procedures.engine import Refused
from gongkai.publishing.desk import notices

_MOST = 10


def context(request: HttpRequest, case: Application) -> dict[str, Any] | None:
    """What the panel shows, where there is anything; departments see nothing of other cases."""
    if not isinstance(request.user, Officer) or not roles_over(request.user, case) & WHOLE_AGENCY:
        return None
    others = list(recognition.asked_by_others(case).select_related("applicant")[: _MOST + 1])
    repeated = list(recognition.repeats(case).prefetch_related("letters", "items")[:_MOST])
    merged = list(Party.objects.filter(merged_into_id=case.applicant.one.pk))
    if not (others or repeated or merged):
        return None
    return {
        "merged": merged,
        "repeats": [{"case": one, "decided": _decided(one), "linked": one.pk == case.repeats_id} for one in repeated],
        "others": others[:_MOST],
        "more_others": len(others) > _MOST,
        "people": len({one.applicant.merged_into_id or one.applicant_id for one in others}) + 1,
        "proposal": proposal_of(case) if others else None,
        "may": bool(roles_over(request.user, case) & OFFICE),
    }


def _decided(case: Application) -> str:
    return "、".join(dict.fromkeys(replies.outcome(one.outcome).label for one in case.items.all() if one.outcome))


def register_panel() -> None:
    """Hang the panel into the page of a case; called once, when the application is ready."""
    template = "applications/desk/recognition.html"
    panels.register(panels.Panel("recognition", "相同内容的申请", template, context, order=80))


@require_POST
@desk_view("disclosure_officer", "disclosure_head")
def recognise(request: DeskRequest, pk: int, act: str) -> HttpResponse:
    """Take a merge back, link an earlier application, propose what several ask for."""
    case = case_or_404(request.user, pk)
    do = _ACTS.get(act)
    if do is None:
        raise Http404("没有这个事项。")
    if not roles_over(request.user, case) & OFFICE:
        raise PermissionDenied("这一事项由公开工作机构办理。")
    try:
        told = do(request, case)
    except Refused as refusal:
        return case_page(request, case_or_404(request.user, pk), reasons=refusal.reasons, status=422)
    notices.done(request, told)
    return HttpResponseRedirect(f"{case.get_absolute_url()}#recognition")


def _part(request: DeskRequest, case: Application) -> str:
    merged = Party.objects.filter(agency_id=request.user.agency_id)
    merged = merged.filter(merged_into_id=case.applicant.one.pk)
    other = next((one for one in merged if str(one.pk) == request.POST.get("party", "")), None)
    if other is None:
        raise Refused(["这条记录没有合并到这里。"])
    parties.part(other, by=request.user)
    return "已撤销合并。"


def _repeat(request: DeskRequest, case: Application) -> str:
    earlier = {str(one.pk): one for one in recognition.repeats(case)}
    chosen = earlier.get(request.POST.get("case", ""))
    if chosen is None:
        raise Refused(["请从列出的申请中选择。"])
    handling.link_repeat(case, chosen, by=request.user)
    return f"已关联前次申请{chosen.number}。"


def _propose(request: DeskRequest, case: Application) -> str:
    if not recognition.asked_by_others(case).exists():
        raise Refused(["没有其他人申请同一内容。"])
    opening.propose_for_several(case, by=request.user)
    return "已提出主动公开建议，见“主动公开建议”。"


_ACTS = {"part": _part, "repeat": _repeat, "propose": _propose}
