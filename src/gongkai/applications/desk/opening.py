"""主动公开 beside a case: from what was given to one applicant to a draft for everybody, and what became of it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.agencies.officers import Officer
from gongkai.applications.actions import opening
from gongkai.applications.aftermath import Proposal, ProposalState
from gongkai.applications.applications import Application
from gongkai.applications.desk import panels
from gongkai.applications.desk.case import case_or_404, case_page
from gongkai.applications.items import ItemState
from gongkai.applications.powers import OFFICE, WHOLE_AGENCY, roles_over
from gongkai.catalog.documents import Document
from gongkai.law import replies
from gongkai.procedures.engine import Refused
from gongkai.publishing import provenance


def context(request: HttpRequest, case: Application) -> dict[str, Any] | None:
    """Items that were given, with a button; proposals that came of the case."""
    if not isinstance(request.user, Officer) or not roles_over(request.user, case) & WHOLE_AGENCY:
        return None
    made = list(Proposal.objects.filter(application=case).select_related("document"))
    begun = {one.item_id for one in made if one.item_id and one.state != ProposalState.DECLINED}
    given = [
        one
        for one in case.items.all()
        if one.state == ItemState.CLOSED and one.outcome and replies.outcome(one.outcome).discloses
    ]
    may = bool(roles_over(request.user, case) & OFFICE)
    offered = [one for one in given if one.pk not in begun and one.outcome != "already_public"] if may else []
    return {"items": offered, "proposals": made} if offered or made else None


def register_panel() -> None:
    """Hang the panel into the page of a case; called once, when the application is ready."""
    panels.register(panels.Panel("opening", "主动公开", "applications/desk/opening.html", context, order=85))
    provenance.register(where_from)


def where_from(document: Document) -> list[dict[str, str]]:
    """For staff who look at the document: which application or proposal it began with."""
    rows = []
    for one in Proposal.objects.filter(document=document).select_related("application"):
        rows.append(
            {
                "label": "起草缘由",
                "value": f"主动公开建议：{one.what}",
                "url": reverse("applications:proposal", args=[one.pk]),
            }
        )
        if one.application is not None:
            url = one.application.get_absolute_url()
            rows.append({"label": "来自依申请公开", "value": one.application.number, "url": url})
    return rows


@require_POST
@desk_view("disclosure_officer", "disclosure_head")
def open_item(request: DeskRequest, pk: int, item: int) -> HttpResponse:
    """From an item that was given to a proposal that is adopted already, ready to be drafted."""
    case = case_or_404(request.user, pk)
    found = case.items.select_related("application__agency").filter(pk=item).first()
    if found is None:
        raise Http404("本件里没有这一项。")
    try:
        proposal = opening.propose_item(found, by=request.user, why="依申请公开后认为应当主动公开。")
    except Refused as refusal:
        return case_page(request, case, reasons=refusal.reasons, status=422)
    return HttpResponseRedirect(reverse("applications:proposal", args=[proposal.pk]))
