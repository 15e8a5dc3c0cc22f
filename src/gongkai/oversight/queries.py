"""What may be read of reports and registers, and by whom."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from gongkai.agencies.bodies import Agency, Department
from gongkai.agencies.officers import Officer
from gongkai.oversight.annual_report.editions import (
    SAID,
    AnnualReport,
    ReportEdition,
    ReportState,
    Submission,
)
from gongkai.oversight.annual_report.powers import DEPARTMENTS, OFFICE, STAFF, supervises
from gongkai.oversight.annual_report.registers import FigureAssignment, MonthlyFigure, Training


def access_reports(officer: Officer) -> QuerySet[AnnualReport]:
    """Reports of the own agency, for those who write, review and sign them."""
    own = AnnualReport.objects.filter(agency_id=officer.agency_id)
    return own.select_related("agency", "document") if officer.holds(STAFF) else own.none()


def access_report(officer: Officer, year: int) -> AnnualReport:
    """The own agency's report of a year; raises AnnualReport.DoesNotExist for any other."""
    return access_reports(officer).get(year=year)


def access_edition(officer: Officer, pk: int) -> ReportEdition:
    """An edition of an own report; raises ReportEdition.DoesNotExist for any other."""
    own = ReportEdition.objects.filter(report__in=access_reports(officer))
    return own.select_related("report__agency", "report__document").get(pk=pk)


def access_submissions(officer: Officer) -> QuerySet[Submission]:
    """What agencies have handed in, for the supervising office. Raises PermissionDenied."""
    _supervising(officer)
    return Submission.objects.select_related("report__agency", "edition__report__agency", "submitted_by")


def access_supervised(officer: Officer, year: int) -> dict[int, AnnualReport]:
    """The reports of every agency for a year, by agency; drafts are told as a state, never shown."""
    _supervising(officer)
    reports = AnnualReport.objects.filter(year=year).select_related("agency", "submission__edition")
    return {one.agency_id: one for one in reports.prefetch_related("editions")}


def _supervising(officer: Officer) -> None:
    if not supervises(officer):
        raise PermissionDenied("这一页由信息公开主管部门使用。")


def access_departments(officer: Officer) -> QuerySet[Department]:
    """Departments whose figures the officer may enter: all of the agency's for the office, else one's own."""
    own = Department.objects.filter(agency_id=officer.agency_id, abolished_on=None)
    if officer.holds(OFFICE):
        return own
    found: set[int] = set()
    for role in DEPARTMENTS:
        held = officer.departments_as(role)
        if held is None:
            return own
        found |= held
    return own.filter(pk__in=found)


def access_figures(officer: Officer, year: int) -> QuerySet[MonthlyFigure]:
    """What was entered for a year by the departments the officer may enter for."""
    ours = MonthlyFigure.objects.filter(department__in=access_departments(officer), year=year)
    return ours.select_related("department", "by")


def access_assignments(officer: Officer) -> QuerySet[FigureAssignment]:
    """Who answers for what, as far as the officer enters for it."""
    return FigureAssignment.objects.filter(department__in=access_departments(officer)).select_related("department")


def access_trainings(officer: Officer) -> QuerySet[Training]:
    """The trainings of the own agency."""
    return Training.objects.filter(agency_id=officer.agency_id).select_related("by")


def published(agency: Agency) -> list[ReportEdition]:
    """What the public was told and holds now, the newest year first; one query."""
    found = ReportEdition.objects.filter(report__agency=agency, state=ReportState.PUBLISHED)
    return list(found.select_related("report__agency", "report__document").order_by("-report__year"))


def said(report: AnnualReport) -> list[ReportEdition]:
    """Every edition the public was ever told."""
    return [one for one in report.editions.all() if one.state in SAID]
