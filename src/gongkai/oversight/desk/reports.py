"""年度报告: the agency's years with their states and last days; a year is begun, a past report read from its file."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.law.annual_report import deadlines
from gongkai.ledger import moment
from gongkai.oversight.actions import reports as actions
from gongkai.oversight.annual_report import progress
from gongkai.oversight.annual_report.editions import AnnualReport, ReportEdition, ReportState
from gongkai.oversight.annual_report.powers import OFFICE, OFFICER, STAFF
from gongkai.oversight.queries import access_reports
from gongkai.publishing.desk import notices
from gongkai.texts.reading import UnreadableFile

STAFF_ROLES = tuple(sorted(STAFF))
FIRST_YEAR = 2019
_LARGEST = 30 * 1024 * 1024


@dataclass(frozen=True)
class YearRow:
    """A year with its report, if there is one. ``late``: days after the last lawful day."""

    year: int
    due: date
    report: AnnualReport | None
    edition: ReportEdition | None
    late: int

    @property
    def state(self) -> str:
        return ReportState(self.edition.state).label if self.edition else "未开始"

    @property
    def tone(self) -> str:
        if self.edition and self.edition.state == ReportState.PUBLISHED:
            return "good"
        return "late" if self.late else "info" if self.edition else ""


class ReadForm(forms.Form):
    """A report file, and its year where the file does not say it."""

    file = forms.FileField(
        label="报告文件", help_text="网页（.html）、PDF、Word（.docx、.doc）、表格（.xlsx）或者 .json、.xml。"
    )
    year = forms.IntegerField(
        label="年度", required=False, min_value=FIRST_YEAR, max_value=2100, help_text="标题中写明年度的不必填写。"
    )

    def clean_file(self) -> Any:
        """Not larger than can be read in one go."""
        file = self.cleaned_data["file"]
        if file.size > _LARGEST:
            raise ValidationError("文件超过30MB，请压缩图片后再上传。")
        return file


@require_GET
@desk_view(*STAFF_ROLES)
def reports(request: DeskRequest) -> HttpResponse:
    """The list of years."""
    return _page(request, ReadForm())


def _page(request: DeskRequest, form: ReadForm, status: int = 200, reasons: list[str] | None = None) -> HttpResponse:
    agency, today = request.user.agency, moment.today()
    context = {
        "rows": rows_of(request),
        "form": form,
        "may_write": request.user.holds(OFFICER),
        "may_read": request.user.holds(OFFICE),
        "owed": progress.owed(agency, today.year, today),
        "basis": deadlines.BASIS,
        "due_of_department": deadlines.due(today.year, of_government=False),
        "due_of_government": deadlines.due(today.year, of_government=True),
        "this_year": today.year,
        "reasons": reasons,
        "undo": None,
    }
    return render(request, "oversight/desk/reports.html", context, status=status)


def rows_of(request: DeskRequest) -> list[YearRow]:
    """Every year since the formats began, the newest first; two queries."""
    agency, today = request.user.agency, moment.today()
    known = {one.year: one for one in access_reports(request.user).prefetch_related("editions")}
    first = max(FIRST_YEAR, agency.established_on.year if agency.established_on else FIRST_YEAR)
    return [_row(agency, year, known.get(year), today) for year in range(today.year - 1, first - 1, -1)]


def _row(agency: Any, year: int, report: AnnualReport | None, today: date) -> YearRow:
    editions = [one for one in report.editions.all() if one.state != ReportState.DISCARDED] if report else []
    newest = editions[-1] if editions else None
    said = next((one.published_on for one in editions if one.published_on), None)
    late = deadlines.days_late(year, said, today, of_government=agency.is_city)
    return YearRow(year, deadlines.due(year, of_government=agency.is_city), report, newest, late)


@require_POST
@desk_view(*sorted(OFFICER))
def begin(request: DeskRequest, year: int) -> HttpResponse:
    """Press one button: the report of a year with its first draft."""
    try:
        actions.begin(request.user.agency, year, by=request.user)
    except ValidationError as error:
        return _page(request, ReadForm(), status=422, reasons=error.messages)
    notices.done(request, f"已拟出{year}年度报告的初稿：数字由记录计算，拟稿句子以〔拟〕标出，请逐句核对。")
    return HttpResponseRedirect(reverse("oversight:report", args=[year]))


@require_POST
@desk_view(*sorted(OFFICE))
def read(request: DeskRequest) -> HttpResponse:
    """Take a report file: of a year before this system, or written elsewhere."""
    form = ReadForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = actions.read_file(
                request.user.agency, file.name, file.read(), by=request.user, year=form.cleaned_data["year"]
            )
        except (UnreadableFile, ValidationError) as error:
            for told in error.messages if isinstance(error, ValidationError) else [str(error)]:
                form.add_error("file", told)
        else:
            notices.done(request, f"已读入{made.report.year}年度报告，请核对表格和检查结果。")
            return HttpResponseRedirect(reverse("oversight:report", args=[made.report.year]))
    return _page(request, form, status=422)
