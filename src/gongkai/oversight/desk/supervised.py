"""各机关年报: the supervising office sees where every agency's report stands, reads what was handed in with what the
checks find, returns or accepts it, reminds, and adds up the report of the city."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.agencies.bodies import Agency
from gongkai.agencies.queries import agencies_on, city
from gongkai.law.annual_report import deadlines
from gongkai.law.annual_report.checking import check
from gongkai.law.annual_report.findings import Severity
from gongkai.law.annual_report.wording import Narrative
from gongkai.ledger import moment
from gongkai.oversight.actions import supervising as actions
from gongkai.oversight.annual_report.aggregating import Aggregate, aggregate
from gongkai.oversight.annual_report.editions import (
    AnnualReport,
    Reminder,
    ReportEdition,
    ReportState,
    Submission,
    SubmissionState,
)
from gongkai.oversight.annual_report.powers import OFFICE
from gongkai.oversight.annual_report.procedures import SUBMISSION
from gongkai.oversight.annual_report.rendering import page
from gongkai.oversight.annual_report.rendering.forms import DOWNLOADS
from gongkai.oversight.annual_report.reports import Report
from gongkai.oversight.annual_report.standing import Standing
from gongkai.oversight.desk.linked import tables
from gongkai.oversight.desk.reports import FIRST_YEAR
from gongkai.oversight.queries import access_submissions, access_supervised
from gongkai.publishing.desk import notices
from gongkai.publishing.desk.acts import acts_on
from gongkai.publishing.desk.firing import carry_out

_OFFICE = tuple(sorted(OFFICE))


@dataclass(frozen=True)
class AgencyRow:
    """An agency's report as the supervising office lists it. ``errors`` and ``warnings``: of what stands fixed."""

    agency: Agency
    due: date
    late: int
    edition: ReportEdition | None
    submission: Submission | None
    errors: int
    warnings: int
    reminded: date | None

    @property
    def state(self) -> str:
        if self.submission:
            return self.submission.get_state_display()
        return ReportState(self.edition.state).label if self.edition else "未开始"

    @property
    def owes(self) -> bool:
        """Whether there is something to remind of: not published, or not yet in the hands of the supervising office."""
        if self.submission:
            return self.submission.state == SubmissionState.RETURNED
        return not self.agency.is_city or self.edition is None or self.edition.published_on is None

    @property
    def tone(self) -> str:
        if self.submission and self.submission.state == SubmissionState.ACCEPTED:
            return "good"
        if self.submission and self.submission.state == SubmissionState.RETURNED:
            return "late"
        return "soon" if self.late else "info" if self.edition else ""


@require_GET
@desk_view(*_OFFICE)
def supervised(request: DeskRequest) -> HttpResponse:
    """Every agency for a year."""
    return _page(request, year_of(request))


def year_of(request: DeskRequest) -> int:
    """The year asked for; the one due next without a question."""
    given = request.GET.get("year") or request.POST.get("year", "")
    last = moment.today().year - 1
    return max(FIRST_YEAR, min(int(given), last)) if given.isdecimal() and len(given) == 4 else last


def _page(request: DeskRequest, year: int, *, status: int = 200, **shown: Any) -> HttpResponse:
    rows = rows_of(request, year)
    context = {
        "year": year,
        "years": range(moment.today().year - 1, FIRST_YEAR - 1, -1),
        "rows": rows,
        "counts": [
            {"label": "机关", "value": len(rows)},
            {"label": "已接收", "value": sum(row.tone == "good" for row in rows)},
            {"label": "待处理", "value": sum(_waits(row) for row in rows)},
            {"label": "逾期未公布", "value": sum(row.late > 0 for row in rows), "tone": "late"},
        ],
        "basis": deadlines.BASIS,
        "undo": None,
        "reminding": None,
    }
    return render(request, "oversight/desk/supervised.html", context | shown, status=status)


def _waits(row: AgencyRow) -> bool:
    return row.submission is not None and row.submission.state == SubmissionState.SUBMITTED


def rows_of(request: DeskRequest, year: int) -> list[AgencyRow]:
    """Every agency of the installation; a fixed number of queries."""
    reports = access_supervised(request.user, year)
    reminded: dict[int, date] = {}
    for one in Reminder.objects.filter(year=year, department=None).order_by("at"):
        reminded[one.agency_id] = timezone.localdate(one.at)
    today = moment.today()
    return [_row(one, reports.get(one.pk), year, today, reminded) for one in agencies_on(date(year, 12, 31))]


def _row(agency: Agency, report: AnnualReport | None, year: int, today: date, reminded: dict[int, date]) -> AgencyRow:
    editions = [one for one in report.editions.all() if one.state != ReportState.DISCARDED] if report else []
    said = next((one.published_on for one in editions if one.published_on), None)
    late = deadlines.days_late(year, said, today, of_government=agency.is_city)
    due = deadlines.due(year, of_government=agency.is_city)
    submission = getattr(report, "submission", None) if report else None
    newest = editions[-1] if editions else None
    found = _found(newest, report)
    return AgencyRow(agency, due, late, newest, submission, found[0], found[1], reminded.get(agency.pk))


def _found(edition: ReportEdition | None, report: AnnualReport | None) -> tuple[int, int]:
    """Errors and warnings of what stands fixed: handed in for review, published, or read from a file. What is still
    being computed adds up by itself."""
    if edition is None or report is None or edition.figures is None:
        return 0, 0
    edition.report = report
    standing = Standing(edition)
    found = check(standing.figures, standing.narrative, makes_rules=report.makes_rules)
    errors = sum(one.is_error for one in found)
    return errors, sum(one.weight is Severity.WARNING for one in found)


@require_GET
@desk_view(*_OFFICE)
def submitted(request: DeskRequest, pk: int) -> HttpResponse:
    """What an agency handed in, with findings."""
    return _submission_page(request, _submission(request, pk))


def _submission(request: DeskRequest, pk: int) -> Submission:
    found = access_submissions(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404("没有这份报送。")
    return found


def _submission_page(
    request: DeskRequest,
    one: Submission,
    *,
    tried: Any = None,
    reasons: Sequence[str] = (),
    meanwhile: Sequence[Any] = (),
    status: int = 200,
) -> HttpResponse:
    standing = Standing(one.edition)
    entries = notices.history(one.ref())
    context = {
        "submission": one,
        "report": one.report,
        "standing": standing,
        "state": SUBMISSION.state(one.state),
        "chapters": page.chapters(standing.value),
        "preface": page.paragraphs(standing.narrative.preface),
        "tables": tables(standing.figures, standing.findings, None),
        "findings": standing.findings,
        "acts": acts_on(SUBMISSION, one, request.user, tried=tried, address=_address),
        "timeline": notices.lines(entries),
        "seen": entries[-1].pk if entries else 0,
        "reasons": reasons,
        "meanwhile": meanwhile,
        "typed": notices.typed(tried),
        "undo": None,
    }
    return render(request, "oversight/desk/submission.html", context, status=status)


def _address(procedure: Any, subject: Any, event: str) -> str:
    return reverse("oversight:judge", args=[subject.pk, event])


@require_POST
@desk_view(*_OFFICE)
def judge(request: DeskRequest, pk: int, event: str) -> HttpResponse:
    """Accept or return."""
    one = _submission(request, pk)

    def again(**shown: Any) -> HttpResponse:
        return _submission_page(request, _submission(request, pk), **shown)

    answer = carry_out(request, SUBMISSION, one, event, again, [one.ref()])
    if isinstance(answer, HttpResponse):
        return answer
    notices.done(request, f"已{SUBMISSION.event(event).label}：{one.report}。")
    return HttpResponseRedirect(f"{reverse('oversight:supervised')}?year={one.report.year}")


@require_POST
@desk_view(*_OFFICE)
def remind(request: DeskRequest, pk: int) -> HttpResponse:
    """催报 one agency."""
    year = year_of(request)
    access_supervised(request.user, year)
    agency = Agency.objects.filter(pk=pk).first()
    if agency is None:
        raise Http404("没有这个机关。")
    text = request.POST.get("text", "")
    try:
        actions.remind(agency, year, text=text, by=request.user)
    except ValidationError as error:
        return _page(request, year, status=422, reasons=error.messages, reminding=pk)
    notices.done(request, f"已催报：{agency.short_name}。")
    return HttpResponseRedirect(f"{reverse('oversight:supervised')}?year={year}")


@require_GET
@desk_view(*_OFFICE)
def whole(request: DeskRequest, year: int) -> HttpResponse:
    """The report of the city: sum, checks, who is missing."""
    found = _aggregate(request, year)
    context = {
        "year": year,
        "found": found,
        "tables": tables(found.figures, [], None),
        "findings": found.findings,
        "forms": [(key, one.label) for key, one in DOWNLOADS.items()],
        "undo": None,
    }
    return render(request, "oversight/desk/aggregate.html", context)


@require_GET
@desk_view(*_OFFICE)
def whole_file(request: DeskRequest, year: int, ending: str) -> HttpResponse:
    """The sum as a file, for the level above."""
    found = _aggregate(request, year)
    form = DOWNLOADS.get(ending)
    if form is None:
        raise Http404("没有这种文件。")
    body = city() or request.user.agency
    made = form.make(Report(agency=f"{body.name}（汇总）", figures=found.figures, narrative=Narrative()))
    response = HttpResponse(made, content_type=form.content_type)
    response["Content-Disposition"] = f'attachment; filename="annual-report-{year}.{ending}"'
    return response


def _aggregate(request: DeskRequest, year: int) -> Aggregate:
    access_supervised(request.user, year)
    try:
        return aggregate(year, list(agencies_on(date(year, 12, 31))))
    except ValueError:
        raise Http404("没有这个年度。") from None
