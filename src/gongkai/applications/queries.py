"""What may be read of applications, and by whom."""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from gongkai.agencies.officers import Officer
from gongkai.applications.applications import Application, Assignment
from gongkai.applications import recognition
from gongkai.applications.clock_facts import CASE_FACTS
from gongkai.applications.items import Note, Opinion, RequestedItem
from gongkai.applications.powers import CLOSED_TO_DEPARTMENT, DEPARTMENT, WHOLE_AGENCY
from gongkai.applications.recognition import Candidate
from gongkai.applications.taking_over import LedgerImport


def access_applications(officer: Officer) -> QuerySet[Application]:
    """Every application the officer may open: the agency's for its office; for a department those handed over to it,
    and those on which it was asked for an opinion (会商)."""
    own = Application.objects.filter(agency_id=officer.agency_id)
    if officer.holds(WHOLE_AGENCY):
        return own
    theirs = departments_of(officer)
    if theirs is None:
        return own
    handed = Assignment.objects.filter(application=OuterRef("pk"), department_id__in=theirs)
    invited = Opinion.objects.filter(deliberation__application=OuterRef("pk"), department_id__in=theirs)
    return own.filter(Q(Exists(handed.exclude(state__in=CLOSED_TO_DEPARTMENT))) | Q(Exists(invited)))


_OF_A_CASE = ("agency", "applicant", "agent", "handler", "round_of", "repeats", "moved_from__agency", "confirmed_by")


def access_application(officer: Officer, pk: int) -> Application:
    """One of them; raises Application.DoesNotExist for any other."""
    return access_applications(officer).select_related(*_OF_A_CASE).get(pk=pk)


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
    items = Prefetch(
        "items", RequestedItem.objects.select_related("earlier", "decided_by").prefetch_related("searches")
    )
    assignments = Prefetch("assignments", Assignment.objects.select_related("department", "accepted_by"))
    return with_clock_facts(applications).prefetch_related(
        items,
        assignments,
        Prefetch("notes", Note.objects.select_related("by")),
        "files",
        "letters__deliveries",
        "deliberations__opinions__department",
        "consultations__party",
        "remedies",
        "round_of__remedies",
    )


def departments_of(officer: Officer) -> set[int] | None:
    """Departments in which the officer handles applications; None: in all of the agency's."""
    found: set[int] = set()
    for role in DEPARTMENT:
        held = officer.departments_as(role)
        if held is None:
            return None
        found |= held
    return found


_EARLIER = 20


def candidates_of(application: Application) -> list[Candidate]:
    """Records that may be the applicant's; one query for the object however often it is asked."""
    found: list[Candidate] | None = application.__dict__.get("candidates")
    if found is None:
        found = application.__dict__["candidates"] = recognition.candidates(application.applicant)
    return found


def earlier_replies(application: Application) -> list[Application]:
    """Applications of the same person, or for the same, that were answered before: what a repeat is measured against.
    At most twenty, the latest first; one query for the object however often it is asked."""
    found: list[Application] | None = application.__dict__.get("earlier_replies")
    if found is None:
        same = Q(pk__in=recognition.of_the_same(application.applicant).order_by().values("pk"))
        same |= Q(likeness=application.likeness) if application.likeness else Q()
        if application.repeats_id:
            same |= Q(pk=application.repeats_id)
        answered = Application.objects.filter(same, agency_id=application.agency_id, replied_on__isnull=False)
        found = list(answered.exclude(pk=application.pk).order_by("-replied_on", "-pk")[:_EARLIER])
        application.__dict__["earlier_replies"] = found
    return found


def linked(application: Application) -> list[Application]:
    """Other cases of the same person, for the same, in other rounds, or moved: the latest first; one query."""
    same = Q(pk__in=recognition.of_the_same(application.applicant).order_by().values("pk"))
    same |= Q(round_of_id=application.pk) | Q(repeats_id=application.pk)
    if application.likeness:
        same |= Q(likeness=application.likeness)
    known = [one for one in (application.round_of_id, application.repeats_id) if one]
    same |= Q(pk__in=known)
    others = Application.objects.filter(same, agency_id=application.agency_id).exclude(pk=application.pk)
    return list(others.select_related("applicant").order_by("-arrived_on", "-pk")[:_EARLIER])


def own_work(officer: Officer) -> Q:
    """Cases the officer looks after, or whose department they are in."""
    return Q(handler=officer) | Q(assignments__department_id__in=departments_of(officer) or ())


def access_ledger_imports(officer: Officer) -> QuerySet[LedgerImport]:
    """Ledgers that are moving in: the officer's own as long as it is only looked at, the agency's once started."""
    own = LedgerImport.objects.filter(agency_id=officer.agency_id)
    return own.filter(Q(officer=officer) | Q(started_at__isnull=False))
