"""各机关申请: the supervising office sees every agency's open cases by light, nobody's personal data, and may urge."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.agencies.bodies import Agency
from gongkai.applications.applications import OPEN_STATES, Application
from gongkai.applications.clock_facts import Clocks
from gongkai.applications.procedures import APPLICATION
from gongkai.applications.queries import access_supervised, attach
from gongkai.applications.urgency import Urgency, of_case
from gongkai.law.clock import Light
from gongkai.procedures.engine import Refused, fire
from gongkai.publishing.desk import notices

_MOST = 5000  # open cases of all agencies whose clocks are asked for one page
_SHOWN = 200


@dataclass
class AgencyRow:
    """An agency's open cases by light."""

    agency: Agency
    late: int = 0
    soon: int = 0
    running: int = 0

    def add(self, urgency: Urgency) -> None:
        """Count one more."""
        self.late += urgency.light is Light.RED
        self.soon += urgency.light is Light.AMBER
        self.running += urgency.light not in (Light.RED, Light.AMBER)

    @property
    def total(self) -> int:
        return self.late + self.soon + self.running


@dataclass(frozen=True)
class Shown:
    """One case as the supervising office sees it: its number and state, not what is asked and by whom."""

    case: Application
    urgency: Urgency
    departments: Sequence[str] = field(default_factory=tuple)


@require_GET
@desk_view("disclosure_officer", "disclosure_head")
def supervised(request: DeskRequest) -> HttpResponse:
    """Agencies by light; below them the cases of one agency, or the late and soon ones of all."""
    return render(request, "applications/desk/supervised.html", _context(request))


@require_POST
@desk_view("disclosure_officer", "disclosure_head")
def urge(request: DeskRequest, pk: int) -> HttpResponse:
    """督办 one case."""
    case = access_supervised(request.user).select_related("agency").filter(pk=pk).first()
    if case is None:
        raise Http404("没有这件申请。")
    text = request.POST.get("text", "").strip()[:500]
    try:
        fire(APPLICATION, case, "urge", by=request.user, given={"text": text})
    except Refused as refusal:
        context = _context(request) | {"reasons": refusal.reasons, "urging": pk, "text": text}
        return render(request, "applications/desk/supervised.html", context, status=422)
    notices.done(request, f"已督办{case.agency.short_name} {case.number}。")
    agency = request.POST.get("agency", "")
    query = f"?agency={agency}" if agency.isdecimal() else ""
    return HttpResponseRedirect(reverse("applications:supervised") + query)


def _context(request: DeskRequest) -> dict[str, Any]:
    clocks = Clocks()
    open_ = access_supervised(request.user).filter(state__in=OPEN_STATES).select_related("agency", "round_of")
    cases = list(open_.order_by("arrived_on", "pk")[:_MOST])
    attach(cases, "remedies")
    attach([one.round_of for one in cases if one.round_of is not None], "remedies")
    found = [Shown(case, of_case(case, clocks)) for case in cases]
    rows: dict[int, AgencyRow] = {}
    for one in found:
        rows.setdefault(one.case.agency_id, AgencyRow(one.case.agency)).add(one.urgency)
    wanted = request.GET.get("agency", "") or request.POST.get("agency", "")
    chosen = rows.get(int(wanted)) if wanted.isdecimal() else None
    listed = [one for one in found if _listed(one, chosen)]
    listed.sort(key=lambda one: (one.urgency.order, one.case.pk))
    return {
        "rows": sorted(rows.values(), key=lambda one: (-one.late, -one.soon, one.agency.position, one.agency.code)),
        "cases": listed[:_SHOWN],
        "left_out": max(0, len(listed) - _SHOWN),
        "chosen": chosen.agency if chosen else None,
        "today": clocks.today,
        "undo": None,
    }


def _listed(one: Shown, chosen: AgencyRow | None) -> bool:
    if chosen is not None:
        return one.case.agency_id == chosen.agency.pk
    return one.urgency.light in (Light.RED, Light.AMBER)
