"""What may be read of applications, and by whom."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Prefetch, Q, QuerySet

from gongkai.agencies.officers import Officer
from gongkai.applications import recognition
from gongkai.applications.applications import Application, Assignment
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
    # Asked for once, not for every case of the agency: a database may look through all of a department's for each.
    handed = Assignment.objects.filter(department_id__in=theirs).exclude(state__in=CLOSED_TO_DEPARTMENT)
    invited = Opinion.objects.filter(department_id__in=theirs)
    return own.filter(Q(pk__in=handed.values("application")) | Q(pk__in=invited.values("deliberation__application")))


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


def attach(cases: Sequence[Application], *relations: str) -> None:
    """Give every case what the clock reads (and more ``relations``): one query each, whatever the number of cases.

    For long lists, of whose cases most have none of it: a queryset for every case and relation, as Django's own
    prefetching makes it, takes longer than everything else on the page.
    """
    by_pk = {one.pk: one for one in cases}
    for name in (*CASE_FACTS, *relations):
        model: Any = Application._meta.get_field(name).related_model
        rows = model._default_manager.filter(application__in=list(by_pk))
        if name == "assignments":
            rows = rows.select_related("department")
        found: dict[int, list[Model]] = {}
        for row in rows:
            row.application = by_pk[row.application_id]
            found.setdefault(row.application_id, []).append(row)
        for case in cases:
            known = case.__dict__.setdefault("_prefetched_objects_cache", {})
            known[name] = found.get(case.pk, [])


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
        "rounds",
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


def linked(application: Application) -> list[Application]:
    """Other cases of the same person, for the same, in other rounds, linked by a human: at most twenty of each, the
    latest first; a few queries for the object however often it is asked."""
    found: list[Application] | None = application.__dict__.get("linked")
    if found is None:
        others = Application.objects.filter(pk__in=_linked_numbers(application)).select_related("applicant")
        found = application.__dict__["linked"] = list(others.order_by("-arrived_on", "-pk"))
    return found


def earlier_replies(application: Application) -> list[Application]:
    """Those of ``linked`` that were answered: what a repeat is measured against (art. 36 item 6)."""
    return [one for one in linked(application) if one.replied_on is not None]


def _linked_numbers(application: Application) -> set[int]:
    """Each kind by an index of its own: one condition for all of them would be answered by walking the archive."""
    alike = Application.objects.filter(agency_id=application.agency_id, likeness=application.likeness)
    asked = [
        recognition.of_the_same(application.applicant),
        alike.exclude(likeness="").order_by("-arrived_on", "-pk"),
        Application.objects.filter(round_of_id=application.pk).order_by("-pk"),
        Application.objects.filter(repeats_id=application.pk).order_by("-pk"),
    ]
    numbers = {pk for one in asked for pk in one.values_list("pk", flat=True)[: _EARLIER + 1]}
    numbers |= {pk for pk in (application.round_of_id, application.repeats_id) if pk}
    return numbers - {application.pk}


def own_work(officer: Officer) -> Q:
    """Cases the officer looks after, or whose department they are in."""
    return Q(handler=officer) | Q(assignments__department_id__in=departments_of(officer) or ())


def access_ledger_imports(officer: Officer) -> QuerySet[LedgerImport]:
    """Ledgers that are moving in: the officer's own as long as it is only looked at, the agency's once started."""
    own = LedgerImport.objects.filter(agency_id=officer.agency_id)
    return own.filter(Q(officer=officer) | Q(started_at__isnull=False))
