"""The page of a case: who asks what, its clock, what may be done now and why not the rest, and everything of it."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.agencies.officers import Officer
from gongkai.applications import asked_names, recognition
from gongkai.applications.applications import Application, Ending
from gongkai.applications.clock_drawing import draw, used
from gongkai.applications.clock_facts import Clocks, carry
from gongkai.applications.desk import panels, parts, rows
from gongkai.applications.desk.case_forms import CaseForm
from gongkai.applications.desk.chosen import remembered
from gongkai.applications.desk.decision import DecisionForm
from gongkai.applications.desk.writings import offered
from gongkai.applications.powers import WHOLE_AGENCY, roles_over
from gongkai.applications.procedures import APPLICATION
from gongkai.applications.queries import access_application, candidates_of, linked, with_case
from gongkai.applications.urgency import of_standing
from gongkai.publishing.desk import notices
from gongkai.publishing.desk.act_forms import ActForm
from gongkai.publishing.desk.acts import Acts, acts_on


def case_or_404(officer: Officer, pk: int) -> Application:
    """The case, for who may see it; for everybody else there is none."""
    try:
        return access_application(officer, pk)
    except Application.DoesNotExist:
        raise Http404("没有这件申请，或者它不由您的处室承办。") from None


@require_GET
@desk_view()
def case(request: DeskRequest, pk: int) -> HttpResponse:
    """One case; ``decide`` in the address opens the decision of one of its items."""
    found = case_or_404(request.user, pk)
    return case_page(request, found, deciding=_deciding(request, found))


def _deciding(request: HttpRequest, found: Application) -> DecisionForm | None:
    wanted = request.GET.get("decide", "")
    item = next((one for one in found.items.select_related("application").all() if str(one.pk) == wanted), None)
    return DecisionForm(item) if item is not None else None


def case_page(
    request: DeskRequest,
    found: Application,
    *,
    tried: ActForm | None = None,
    written: CaseForm | None = None,
    deciding: DecisionForm | None = None,
    looked: dict[str, Any] | None = None,
    reasons: Sequence[str] = (),
    meanwhile: Sequence[dict[str, Any]] = (),
    status: int = 200,
) -> HttpResponse:
    """The page. After a refusal: ``tried``, ``written``, ``deciding`` is the form as sent, ``reasons`` why,
    ``meanwhile`` what others did; ``looked``: the personal data that was asked for, shown this once."""
    prepared = prepare(found)
    clocks, officer = _clocks(prepared), request.user
    standing = clocks.read(prepared)
    line = standing.line
    entries = notices.history(*rows.subjects(prepared))
    acts = acts_on(APPLICATION, prepared, officer, tried=tried, address=parts.address)
    others = linked(prepared)
    context = {
        "case": prepared,
        "state": APPLICATION.state(prepared.state),
        "view": remembered(request),
        "urgency": of_standing(prepared, standing, clocks, asked_names.for_staff(prepared)),
        "standing": standing,
        "line": line,
        "drawing": draw(line) if line is not None else None,
        "used": used(line) if line is not None else None,
        "steps": rows.steps(prepared, line) if line is not None else [],
        "header": rows.header(prepared),
        "acts": acts,
        "refused": _refused(acts, prepared),
        "first_acts": [one for one in acts.permitted if one.event.tone == "go"],
        "more_acts": [one for one in acts.permitted if one.event.tone != "go"],
        "parts": parts.of_case(prepared, officer, tried, deciding, line),
        "forms": offered(prepared, officer, written),
        "roles": roles_over(officer, prepared),
        "linked": rows.linked_rows(prepared, others),
        "candidates": candidates_of(prepared),
        "often": recognition.often(prepared),
        "may_look": bool(roles_over(officer, prepared) & WHOLE_AGENCY),
        "notes": prepared.notes.all(),
        "panels": panels.shown(request, prepared, side=False),
        "side_panels": panels.shown(request, prepared, side=True),
        "fee_help": rows.fee_help(),
        "timeline": notices.lines(entries),
        "seen": entries[-1].pk if entries else 0,
        "looked": looked or {},
        "reasons": reasons,
        "meanwhile": meanwhile,
        "typed": notices.typed(tried),
        "undo": None,
    }
    return render(request, "applications/desk/case.html", context, status=status)


def _refused(acts: Acts, case: Application) -> list[dict[str, str]]:
    """Why not, but for what is no question here: giving back what nobody paid, closing what no former ledger had,
    revoking what was not replied to."""
    idle = {APPLICATION.event("refund").label} if not case.fees.all() else set()
    idle |= {APPLICATION.event("adopt").label} if not case.imported else set()
    idle |= {APPLICATION.event("answer_anew").label} if case.ending != Ending.REPLIED else set()
    return [one for one in acts.refused if one["act"] not in idle]


def prepare(found: Application) -> Application:
    """The case with everything its page and guards look at, read once, and one set of clocks for all of them."""
    case = with_case(Application.objects.filter(pk=found.pk)).select_related(*rows.RELATED).get()
    clocks = Clocks()
    carry(case, clocks)
    return case


def _clocks(case: Application) -> Clocks:
    clocks: Clocks = case.__dict__["clocks"]
    return clocks
