"""主动公开建议、更正申请: lists of what came after replies, each thing with its acts, a draft at one click."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.applications.actions import opening
from gongkai.applications.aftermath import Correction, CorrectionState, Proposal, ProposalState
from gongkai.applications.later_queries import access_corrections, access_proposals
from gongkai.applications.powers import OFFICER
from gongkai.applications.procedures import CORRECTION, PROPOSAL
from gongkai.catalog import doctypes
from gongkai.procedures.engine import Refused
from gongkai.procedures.tables import Procedure
from gongkai.publishing.desk import notices
from gongkai.publishing.desk.act_forms import ActForm
from gongkai.publishing.desk.acts import acts_on
from gongkai.publishing.desk.firing import carry_out

READERS = ("disclosure_officer", "disclosure_head", "leader", "legal_reviewer")
_PAGE = 50


def _address(procedure: Procedure, subject: Any, event: str) -> str:
    return reverse(f"applications:fire_{procedure.key}", args=[subject.pk, event])


def _listed(request: DeskRequest, every: QuerySet[Any], states: Any) -> dict[str, Any]:
    """One page of a list, the newest first, of one state or of all; three queries."""
    counted = dict(every.order_by().values_list("state").annotate(number=Count("pk")))
    chosen = request.GET.get("state", "")
    chosen = chosen if chosen in states.values else ""
    before = request.GET.get("before", "")
    rows = every.filter(state=chosen) if chosen else every
    rows = rows.filter(pk__lt=int(before)) if before.isdecimal() and len(before) < 19 else rows
    found = list(rows.order_by("-pk")[: _PAGE + 1])
    state = f"state={chosen}&" if chosen else ""
    tabs = [{"label": "全部", "url": "?", "count": sum(counted.values()), "current": not chosen}]
    tabs += [
        {
            "label": str(one.label),
            "url": f"?state={one.value}",
            "count": counted.get(one.value, 0),
            "current": one == chosen,
        }
        for one in states
    ]
    return {
        "rows": found[:_PAGE],
        "tabs": tabs,
        "earlier": f"?{state}before={found[_PAGE - 1].pk}" if len(found) > _PAGE else "",
        "first": f"?{state}" if before else "",
        "undo": None,
    }


@require_GET
@desk_view(*READERS)
def proposals(request: DeskRequest) -> HttpResponse:
    """Proposals to publish, from applicants and because several asked for the same."""
    every = access_proposals(request.user).select_related("application", "document")
    return render(request, "applications/desk/proposals.html", _listed(request, every, ProposalState))


@require_GET
@desk_view(*READERS)
def proposal(request: DeskRequest, pk: int) -> HttpResponse:
    """One proposal: what is proposed and why, what may be done."""
    return _proposal_page(request, _proposal(request, pk))


def _proposal(request: DeskRequest, pk: int) -> Proposal:
    found = access_proposals(request.user).select_related("agency", "application", "item", "document").filter(pk=pk)
    one = found.first()
    if one is None:
        raise Http404("没有这件主动公开建议。")
    return one


def _proposal_page(request: DeskRequest, one: Proposal, *, status: int = 200, **shown: Any) -> HttpResponse:
    may_draft = request.user.holds(OFFICER) and one.document_id is None and one.state != ProposalState.DECLINED
    context = _page(request, PROPOSAL, one, shown) | {
        "one": one,
        "may_draft": may_draft,
        "types": [(key, kind.label) for key, kind in doctypes.all_types().items()],
        "default_type": opening.DEFAULT_TYPE,
    }
    return render(request, "applications/desk/proposal.html", context, status=status)


def _page(request: DeskRequest, procedure: Procedure, one: Any, shown: dict[str, Any]) -> dict[str, Any]:
    tried: ActForm | None = shown.get("tried")
    entries = notices.history(one.ref())
    return {
        "acts": acts_on(procedure, one, request.user, tried=tried, address=_address),
        "state": procedure.state(one.state),
        "timeline": notices.lines(entries),
        "seen": entries[-1].pk if entries else 0,
        "reasons": shown.get("reasons", ()),
        "meanwhile": shown.get("meanwhile", ()),
        "typed": notices.typed(tried),
        "undo": None,
    }


@require_POST
@desk_view(*READERS)
def fire_proposal(request: DeskRequest, pk: int, event: str) -> HttpResponse:
    """Adopt or decline."""
    one = _proposal(request, pk)

    def again(*, status: int = 200, **shown: Any) -> HttpResponse:
        return _proposal_page(request, _proposal(request, pk), status=status, **shown)

    return _fired(request, PROPOSAL, one, event, again)


@require_POST
@desk_view("disclosure_officer")
def begin_draft(request: DeskRequest, pk: int) -> HttpResponse:
    """One click: a draft for proactive publication, with where it comes from."""
    one = _proposal(request, pk)
    try:
        edition = opening.begin_draft(one, by=request.user, type_key=request.POST.get("type") or opening.DEFAULT_TYPE)
    except Refused as refusal:
        return _proposal_page(request, _proposal(request, pk), status=422, reasons=refusal.reasons)
    except ValidationError as error:
        return _proposal_page(request, _proposal(request, pk), status=422, reasons=error.messages)
    notices.done(request, "已起草主动公开文件：请写正文，并核对没有申请人的个人信息。")
    return HttpResponseRedirect(reverse("desk:edit", args=[edition.pk]))


@require_GET
@desk_view(*READERS)
def corrections(request: DeskRequest) -> HttpResponse:
    """Requests to set right a record about oneself (art. 41)."""
    every = access_corrections(request.user).select_related("applicant", "application")
    return render(request, "applications/desk/corrections.html", _listed(request, every, CorrectionState))


@require_GET
@desk_view(*READERS)
def correction(request: DeskRequest, pk: int) -> HttpResponse:
    """One of them: what is wrong and how it is shown, what may be done."""
    return _correction_page(request, _correction(request, pk))


def _correction(request: DeskRequest, pk: int) -> Correction:
    found = access_corrections(request.user).select_related("agency", "applicant", "application").filter(pk=pk)
    one = found.first()
    if one is None:
        raise Http404("没有这件更正申请。")
    return one


def _correction_page(request: DeskRequest, one: Correction, *, status: int = 200, **shown: Any) -> HttpResponse:
    context = _page(request, CORRECTION, one, shown) | {"one": one}
    return render(request, "applications/desk/correction.html", context, status=status)


@require_POST
@desk_view(*READERS)
def fire_correction(request: DeskRequest, pk: int, event: str) -> HttpResponse:
    """Correct, refuse, or pass on to whoever may."""
    one = _correction(request, pk)

    def again(*, status: int = 200, **shown: Any) -> HttpResponse:
        return _correction_page(request, _correction(request, pk), status=status, **shown)

    return _fired(request, CORRECTION, one, event, again)


def _fired(request: DeskRequest, procedure: Procedure, one: Any, event: str, again: Any) -> HttpResponse:
    answer = carry_out(request, procedure, one, event, again, [one.ref()])
    if isinstance(answer, HttpResponse):
        return answer
    notices.done(request, f"已办理“{procedure.event(event).label}”。")
    return HttpResponseRedirect(reverse(f"applications:{procedure.key}", args=[one.pk]))
