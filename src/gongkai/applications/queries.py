"""What may be read of applications, and by whom."""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from gongkai.agencies.officers import Officer
from gongkai.applications.applications import Application, Assignment
from gongkai.applications.clock_facts import CASE_FACTS
from gongkai.applications.items import RequestedItem
from gongkai.applications.powers import CLOSED_TO_DEPARTMENT, DEPARTMENT, WHOLE_AGENCY


def access_applications(officer: Officer) -> QuerySet[Application]:
    """Every application the officer may open: the agency's for its office, those handed over for a department."""
    own = Application.objects.filter(agency_id=officer.agency_id)
    if officer.holds(WHOLE_AGENCY):
        return own
    theirs = _departments(officer)
    if theirs is None:
        return own
    handed = Assignment.objects.filter(application=OuterRef("pk"), department_id__in=theirs)
    return own.filter(Exists(handed.exclude(state__in=CLOSED_TO_DEPARTMENT)))


def access_application(officer: Officer, pk: int) -> Application:
    """One of them; raises Application.DoesNotExist for any other."""
    return access_applications(officer).select_related("agency", "applicant", "agent", "handler").get(pk=pk)


def access_supervised(officer: Officer) -> QuerySet[Application]:
    """Cases of the whole installation for the supervising office: their states and clocks, not the people in them.

    Raises PermissionDenied.
    """
    if not (officer.agency.is_supervising and officer.holds({"disclosure_officer", "disclosure_head"})):
        raise PermissionDenied("这一页由信息公开主管部门使用。")
    return Application.objects.all()


def with_clock_facts(applications: QuerySet[Application]) -> QuerySet[Application]:
    """With everything the clock reads: as many queries as relations, whatever the number of cases."""
    return applications.prefetch_related(*CASE_FACTS)


def with_case(applications: QuerySet[Application]) -> QuerySet[Application]:
    """With everything a case's page and its guards look at."""
    items = Prefetch("items", RequestedItem.objects.select_related("earlier").prefetch_related("searches"))
    assignments = Prefetch("assignments", Assignment.objects.select_related("department", "accepted_by"))
    return with_clock_facts(applications).prefetch_related(
        items, assignments, "files", "letters__deliveries", "deliberations__opinions__department", "remedies", "notes"
    )


def _departments(officer: Officer) -> set[int] | None:
    found: set[int] = set()
    for role in DEPARTMENT:
        held = officer.departments_as(role)
        if held is None:
            return None
        found |= held
    return found


def own_work(officer: Officer) -> Q:
    """Cases the officer looks after, or whose department they are in."""
    return Q(handler=officer) | Q(assignments__department_id__in=_departments(officer) or ())
