"""One report: as it reads now, its tables with every number open, findings and answers, acts, submission, history."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.agencies.officers import Officer
from gongkai.ledger import moment
from gongkai.ledger.refs import Ref
from gongkai.oversight.actions import reports as actions
from gongkai.oversight.annual_report import progress
from gongkai.oversight.annual_report.editions import (
    CLOSED,
    AnnualReport,
    Origin,
    ReportEdition,
    ReportState,
    Submission,
)
from gongkai.oversight.annual_report.powers import OFFICE, OFFICER
from gongkai.oversight.annual_report.procedures import REPORT, SUBMISSION
from gongkai.oversight.annual_report.rendering import page
from gongkai.oversight.annual_report.rendering.forms import DOWNLOADS
from gongkai.oversight.annual_report.standing import Standing, working_edition
from gongkai.oversight.desk.linked import tables
from gongkai.oversight.desk.reports import STAFF_ROLES
from gongkai.oversight.queries import access_report
from gongkai.procedures.tables import Procedure
from gongkai.publishing.desk import notices
from gongkai.publishing.desk.act_forms import ActForm
from gongkai.publishing.desk.acts import acts_on
from gongkai.publishing.desk.firing import carry_out


def report_or_404(request: DeskRequest, year: int) -> AnnualReport:
    """The own agency's report of the year."""
    try:
        return access_report(request.user, year)
    except AnnualReport.DoesNotExist:
        raise Http404("没有这个年度的报告。") from None


def edition_or_404(request: DeskRequest, year: int) -> ReportEdition:
    """The edition people work on."""
    edition = working_edition(report_or_404(request, year))
    if edition is None:
        raise Http404("没有这个年度的报告。")
    return edition


@require_GET
@desk_view(*STAFF_ROLES)
def report(request: DeskRequest, year: int) -> HttpResponse:
    """The report."""
    return report_page(request, edition_or_404(request, year))


def report_page(
    request: DeskRequest,
    edition: ReportEdition,
    *,
    tried: ActForm | None = None,
    reasons: Sequence[str] = (),
    meanwhile: Sequence[Any] = (),
    status: int = 200,
    answering: dict[str, str] | None = None,
) -> HttpResponse:
    """The page, after a refusal with its reasons and what was typed."""
    standing, year = Standing(edition), edition.report.year
    submission = Submission.objects.filter(report=edition.report).select_related("edition", "decided_by").first()
    subjects = _subjects(edition.report, submission)
    entries = notices.history(*subjects)
    officer = request.user
    context = {
        "edition": edition,
        "report": edition.report,
        "standing": standing,
        "state": REPORT.state(edition.state),
        "chapters": page.chapters(standing.value),
        "preface": page.paragraphs(standing.narrative.preface),
        "tables": tables(standing.figures, standing.findings, lambda key: cell_address(edition, key)),
        "findings": standing.findings,
        "may_answer": officer.holds(OFFICE) and edition.state not in CLOSED,
        "may_write": officer.holds({"disclosure_officer", "office_reviewer"}) and edition.writable,
        "may_correct": may_correct(officer, edition),
        "may_submit": officer.holds(OFFICE) and submission is None and _ready(edition),
        "acts": acts_on(REPORT, edition, officer, tried=tried, address=_address),
        "submission": submission,
        "submission_acts": acts_on(SUBMISSION, submission, officer, tried=tried, address=_address, prefix="s-")
        if submission
        else None,
        "owed": progress.owed(edition.report.agency, year, moment.today()) if edition.writable else [],
        "editions": list(edition.report.editions.order_by("-number")),
        "computed": edition.origin == Origin.COMPUTED,
        "timeline": notices.lines(entries),
        "seen": entries[-1].pk if entries else 0,
        "reasons": reasons,
        "meanwhile": meanwhile,
        "typed": notices.typed(tried),
        "answering": answering or {},
        "downloads": [(ending, form.label) for ending, form in DOWNLOADS.items()],
        "undo": None,
    }
    return render(request, "oversight/desk/report.html", context, status=status)


def may_correct(officer: Officer, edition: ReportEdition) -> bool:
    """Whether this officer may begin a correction 更正 of it: it is published, and none is under way."""
    if not officer.holds(OFFICER) or edition.state != ReportState.PUBLISHED:
        return False
    return not edition.report.editions.exclude(state__in=CLOSED).exists()


def cell_address(edition: ReportEdition, key: str) -> str:
    """Where a number of the report leads; one that was read from a file leads nowhere."""
    if edition.origin == Origin.READ:
        return ""
    return reverse("oversight:cell", args=[edition.report.year, key])


def _ready(edition: ReportEdition) -> bool:
    return edition.state in (ReportState.APPROVED, ReportState.PUBLISHED)


def _subjects(report: AnnualReport, submission: Submission | None) -> list[Ref]:
    found = [report.ref(), *(one.ref() for one in report.editions.all())]
    return [*found, submission.ref()] if submission else found


def _address(procedure: Procedure, subject: Any, event: str) -> str:
    return reverse("oversight:fire", args=[subject.report.year, procedure.key.replace("_", "-"), event])


@require_POST
@desk_view(*STAFF_ROLES)
def fire_event(request: DeskRequest, year: int, procedure: str, event: str) -> HttpResponse:
    """Fire an event of the report's present edition, or of its submission."""
    edition = edition_or_404(request, year)
    subjects = {"annual-report": (REPORT, edition, "")}
    submission = Submission.objects.filter(report=edition.report).select_related("report__agency").first()
    if submission is not None:
        subjects["report-submission"] = (SUBMISSION, submission, "s-")  # type: ignore[assignment]
    if procedure not in subjects:
        raise Http404("没有这个事项。")
    table, subject, prefix = subjects[procedure]

    def again(**shown: Any) -> HttpResponse:
        return report_page(request, edition_or_404(request, year), **shown)

    answer = carry_out(request, table, subject, event, again, _subjects(edition.report, submission), prefix=prefix)
    if isinstance(answer, HttpResponse):
        return answer
    notices.done(request, f"已{table.event(event).label}，现在是“{table.state(answer.target).label}”。")
    return HttpResponseRedirect(reverse("oversight:report", args=[year]))


@require_POST
@desk_view(*sorted(OFFICE))
def answer(request: DeskRequest, year: int) -> HttpResponse:
    """Say why a finding may stay, or take that back."""
    edition = edition_or_404(request, year)
    key, note = request.POST.get("key", ""), request.POST.get("note", "")
    try:
        if request.POST.get("act") == "take_back":
            actions.take_back(edition, key=key, by=request.user)
        else:
            actions.answer(edition, key=key, note=note, by=request.user)
    except ValidationError as error:
        told = "；".join(error.messages)
        return report_page(request, edition, answering={"key": key, "note": note, "error": told}, status=422)
    notices.done(request, "已记下。")
    return HttpResponseRedirect(reverse("oversight:report", args=[year]) + "#findings")


@require_POST
@desk_view(*sorted(OFFICER))
def correct(request: DeskRequest, year: int) -> HttpResponse:
    """Begin a correction 更正."""
    report = report_or_404(request, year)
    try:
        actions.correct(report, explanation=request.POST.get("explanation", ""), by=request.user)
    except ValidationError as error:
        return report_page(request, edition_or_404(request, year), reasons=error.messages, status=422)
    notices.done(request, "已开始更正版：公众看到的仍是现在这一版，直到更正版公布。")
    return HttpResponseRedirect(reverse("oversight:report", args=[year]))


@require_POST
@desk_view(*sorted(OFFICE))
def submit(request: DeskRequest, year: int) -> HttpResponse:
    """Hand the report in at the supervising office."""
    report = report_or_404(request, year)
    try:
        actions.submit(report, by=request.user)
    except ValidationError as error:
        return report_page(request, edition_or_404(request, year), reasons=error.messages, status=422)
    notices.done(request, "已向主管部门报送。")
    return HttpResponseRedirect(reverse("oversight:report", args=[year]))
