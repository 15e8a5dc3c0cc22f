"""What waits for an officer, by what must happen by when: read from the tables, never from a stored list of tasks.

Deadlines are derived, so the database cannot sort by them. What is still going on in one agency is bounded (an office
has hundreds of open cases), whatever lies in the archive: the open cases are read whole, their clocks asked, and sorted
here; the archive is paged by day of arrival. Both take a fixed number of queries (docs/mechanisms/applications.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import BooleanField, Case, Count, Exists, OuterRef, Q, QuerySet, Value, When

from gongkai.agencies.officers import Officer
from gongkai.applications import guards
from gongkai.applications.applications import OPEN_STATES, Application, ApplicationState, Assignment
from gongkai.applications.clock_facts import Clocks, Standing
from gongkai.applications.filters import Filters
from gongkai.applications.items import Deliberation, Opinion, RequestedItem
from gongkai.applications.powers import CLOSED_TO_DEPARTMENT, DEPARTMENT, HEAD, OFFICE, OFFICER, WHOLE_AGENCY
from gongkai.applications.procedures import APPLICATION
from gongkai.applications.queries import access_applications, attach, departments_of
from gongkai.applications.remedies import Remedy, RemedyState
from gongkai.applications.steps import Consultation, ConsultationState, Extension, ReasonDemand
from gongkai.applications.urgency import Urgency, of_standing
from gongkai.law.answering import CONSULTATION_WORKING_DAYS
from gongkai.law.clock import Light, Outcome
from gongkai.ledger import moment
from gongkai.procedures.tables import Event

PAGE_SIZE = 50
MOST_OPEN = 2000
"""How many open cases are sorted by their deadlines; of more than that, those that arrived first (a deadline follows
its arrival, so the most urgent are among them), and the page says so."""

S = ApplicationState


class Section(StrEnum):
    """The parts of the worklist, each an address of its own."""

    MINE = "mine"
    UNCONFIRMED = "unconfirmed"
    REGISTERED = "registered"
    REVIEW = "review"
    SIGNING = "signing"
    SIGNED = "signed"
    APPLICANT = "applicant"
    CONSULTED = "consulted"
    REMEDIES = "remedies"
    SOON = "soon"
    LATE = "late"
    OPEN = "open"
    TO_FILE = "to_file"
    CLOSED = "closed"
    ALL = "all"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def by_arrival(self) -> bool:
        """Whether it is a part of the archive, paged by day of arrival, the newest first."""
        return self in _ARCHIVE


_LABELS = {
    Section.MINE: "待我办",
    Section.UNCONFIRMED: "待确认",
    Section.REGISTERED: "待审查",
    Section.REVIEW: "待审核",
    Section.SIGNING: "待签发",
    Section.SIGNED: "待送达",
    Section.APPLICANT: "补正等待申请人",
    Section.CONSULTED: "等待第三方、其他机关",
    Section.REMEDIES: "复议诉讼",
    Section.SOON: "即将到期",
    Section.LATE: "已逾期",
    Section.OPEN: "全部在办",
    Section.TO_FILE: "待归档",
    Section.CLOSED: "已办结",
    Section.ALL: "全部",
}
_STATES: dict[Section, tuple[str, ...]] = {
    Section.UNCONFIRMED: (S.UNCONFIRMED,),
    Section.REGISTERED: (S.REGISTERED,),
    Section.REVIEW: (S.LEGAL_REVIEW, S.HEAD_REVIEW),
    Section.SIGNING: (S.SIGNING,),
    Section.SIGNED: (S.SIGNED,),
    Section.APPLICANT: (S.CLARIFYING, S.JUSTIFYING, S.PAYING),
}
_ARCHIVE: dict[Section, Q] = {
    Section.TO_FILE: Q(state__in=(S.DELIVERED, S.WITHDRAWN, S.ABANDONED, S.TRANSFERRED)),
    Section.CLOSED: ~Q(state__in=OPEN_STATES),
    Section.ALL: Q(),
}
_ANSWERS_REMEDIES = OFFICER | {"legal_reviewer"}
_WAITS_FOR_APPLICANT = frozenset(_STATES[Section.APPLICANT])


@dataclass(frozen=True)
class Place:
    """A place in a list (keyset paging): the day it is sorted by and the case in it."""

    day: date
    id: int

    def __str__(self) -> str:
        return f"{self.day.isoformat()}.{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Place | None":
        """From an address; None for anything that is not one (the list then starts at its head)."""
        day, _, number = text.partition(".")
        try:
            return cls(date.fromisoformat(day), int(number)) if len(number) < 19 else None
        except ValueError:
            return None


@dataclass(frozen=True)
class Task:
    """One row: the case, its most urgent deadline, and whether it waits for the officer."""

    case: Application
    urgency: Urgency
    mine: bool

    @property
    def held_by(self) -> str:
        """Who has it in hand: the departments, else its handler."""
        held = [one for one in self.case.assignments.all() if one.state not in CLOSED_TO_DEPARTMENT]
        names = "、".join(dict.fromkeys(one.department.name for one in held))
        return names or (self.case.handler.name if self.case.handler else "")


@dataclass(frozen=True)
class Worklist:
    """One page, how many there are by section, and where the next page begins (None: there is none).

    ``unsorted``: how many open cases lie beyond ``MOST_OPEN``.
    """

    section: Section
    tasks: Sequence[Task]
    counts: dict[Section, int]
    further: Place | None
    unsorted: int = 0


def worklist(
    officer: Officer,
    clocks: Clocks,
    *,
    section: Section = Section.MINE,
    filters: Filters | None = None,
    after: Place | None = None,
    size: int = PAGE_SIZE,
) -> Worklist:
    """One page of a section: what goes on in order of deadlines, the archive by day of arrival, the newest first.

    The numbers and the page are of the cases that the filters let through. As many queries for one case as for all.
    """
    cases = (filters or Filters()).narrow(access_applications(officer))
    tasks, beyond = _open_tasks(officer, cases, clocks)
    counts = {one: sum(1 for task in tasks if _lies_in(task, one)) for one in Section if not one.by_arrival}
    counts[Section.OPEN] += beyond
    counts |= _archive_counts(cases)
    if section.by_arrival:
        page = _archive_page(cases.filter(_ARCHIVE[section]), clocks, after, size)
        key = _arrival
    else:
        page = [
            task for task in tasks if _lies_in(task, section) and (after is None or _key(task) > (after.day, after.id))
        ]
        key = _deadline
    further = key(page[size - 1]) if len(page) > size else None
    return Worklist(section, page[:size], counts, further, beyond)


def waiting_count(officer: Officer) -> int | None:
    """How many cases wait for the officer, as the list itself has them; None for somebody with nothing to do with
    applications. A few queries."""
    if not officer.holds(WHOLE_AGENCY | DEPARTMENT):
        return None
    cases = access_applications(officer)
    open_ = cases.filter(state__in=OPEN_STATES).filter(waits_for(officer)).count()
    open_ += len(_back_from_silence(cases, officer))
    return open_ + (len(_challenged(cases, officer)) if officer.holds(_ANSWERS_REMEDIES) else 0)


def _back_from_silence(cases: QuerySet[Application], officer: Officer) -> list[Application]:
    """Cases in which nobody but the clock says that they wait for the office; most have no opinion open for so long."""
    if not officer.holds(OFFICER):
        return []
    long_ago = moment.today() - timedelta(days=CONSULTATION_WORKING_DAYS)
    asked = cases.filter(Exists(_asked().filter(sent_on__lt=long_ago)), state=S.HANDLING)
    numbers = set(asked.order_by().values_list("pk", flat=True))
    if not numbers:
        return []
    clocks = Clocks()
    known = set(asked.filter(waits_for(officer)).order_by().values_list("pk", flat=True))
    rows = _for_list(Application.objects.filter(pk__in=numbers - known))
    return [case for case in rows if _silence_ran_out(case, clocks.read(case))]


def waits_for(officer: Officer) -> Q:
    """Open cases in which the next act is the officer's: read from the procedure's table, and from its parts."""
    wanted = Q(pk__in=())
    for event in APPLICATION.events:
        if event.tone == "go":
            wanted |= _leads_on(officer, event)
    if officer.holds(OFFICE):
        given = ReasonDemand.objects.filter(application=OuterRef("pk"), given_on__isnull=False, judged_on=None)
        wanted |= Q(Exists(given), state=S.JUSTIFYING)
    if officer.holds(HEAD):
        wanted |= Q(Exists(_extensions("proposed")))
    if officer.holds(OFFICER):
        wanted |= Q(Exists(_extensions("approved"))) & _looked_after_by(officer)
    if officer.holds(_ANSWERS_REMEDIES):
        wanted |= Q(Exists(_filed()))
    return wanted | _waits_for_departments(officer)


def _leads_on(officer: Officer, event: Event) -> Q:
    """States in which one of the officer's roles for the whole agency leads on by this event; not own drafts where
    another's eyes are demanded, nor what others look after, nor where somebody is waited for."""
    states = [
        state
        for state, roles in event.roles.items()
        if roles & officer.roles & WHOLE_AGENCY and state not in _WAITS_FOR_APPLICANT
    ]
    wanted = Q(state__in=states)
    if guards.not_own_draft in event.guards:
        own = RequestedItem.objects.filter(application=OuterRef("pk"), decided_by=officer)
        wanted &= ~Q(Exists(own))
    if guards.nothing_is_waited_for in event.guards:
        wanted &= ~Q(Exists(_open_assignments())) & ~Q(Exists(_asked())) & ~Q(Exists(_deliberations()))
    if any(roles <= OFFICER for roles in event.roles.values()):
        wanted &= _looked_after_by(officer)
    return wanted


def _looked_after_by(officer: Officer) -> Q:
    return Q(handler=None) | Q(handler=officer)


def _waits_for_departments(officer: Officer) -> Q:
    """Assignments to be taken or answered, and opinions to be given, in the officer's own departments."""
    if not officer.holds(DEPARTMENT):
        return Q(pk__in=())
    theirs = departments_of(officer)
    here = {} if theirs is None else {"department_id__in": theirs}
    handed = _open_assignments().filter(**here)
    invited = Opinion.objects.filter(
        deliberation__application=OuterRef("pk"), deliberation__closed_at=None, text="", **here
    )
    return Q(Exists(handed)) | Q(Exists(invited))


def _open_assignments() -> QuerySet[Assignment]:
    return Assignment.objects.filter(application=OuterRef("pk"), state__in=("sent", "accepted"))


def _asked() -> QuerySet[Consultation]:
    return Consultation.objects.filter(application=OuterRef("pk"), state=ConsultationState.SENT)


def _deliberations() -> QuerySet[Deliberation]:
    return Deliberation.objects.filter(application=OuterRef("pk"), closed_at=None)


def _extensions(state: str) -> QuerySet[Extension]:
    return Extension.objects.filter(application=OuterRef("pk"), state=state)


def _filed() -> QuerySet[Remedy]:
    return Remedy.objects.filter(application=OuterRef("pk"), state=RemedyState.FILED)


def _challenged(cases: QuerySet[Application], officer: Officer) -> list[tuple[date, int]]:
    """Closed cases against whose reply somebody went to a body or court that waits for the answer."""
    filed = Remedy.objects.filter(state=RemedyState.FILED, application__agency_id=officer.agency_id)
    numbers = set(filed.values_list("application_id", flat=True))
    if not numbers:
        return []
    closed = cases.filter(pk__in=numbers).exclude(state__in=OPEN_STATES)
    return list(closed.order_by().values_list("arrived_on", "pk"))


def _open_tasks(officer: Officer, cases: QuerySet[Application], clocks: Clocks) -> tuple[list[Task], int]:
    """Everything that goes on, the most urgent first, and how many more there are.

    Which cases these are is asked for first, and nothing else of them: the index on agency and state answers, where a
    list in an order would lead SQLite through all that the agency ever received.
    """
    open_ = list(cases.filter(state__in=OPEN_STATES).order_by().values_list("arrived_on", "pk"))
    found = sorted([*open_, *_challenged(cases, officer)])
    numbers = [pk for _, pk in found[:MOST_OPEN]]
    mine = Case(When(waits_for(officer), then=Value(True)), default=Value(False), output_field=BooleanField())
    rows = _for_list(Application.objects.filter(pk__in=numbers).annotate(mine=mine).order_by())
    return sorted((_task(case, clocks, officer) for case in rows), key=_key), max(0, len(found) - MOST_OPEN)


def _for_list(cases: QuerySet[Application]) -> list[Any]:
    """The cases with what a row shows and its clock reads."""
    found = list(cases.select_related("applicant", "handler", "round_of"))
    attach(found, "assignments", "remedies")
    attach([one.round_of for one in found if one.round_of is not None], "remedies")
    return found


def _task(case: Any, clocks: Clocks, officer: Officer) -> Task:
    standing = clocks.read(case)
    mine = bool(getattr(case, "mine", False))
    if not mine and case.state == S.HANDLING and officer.holds(OFFICER):
        mine = _silence_ran_out(case, standing)
    return Task(case, of_standing(case, standing, clocks), mine)


def _silence_ran_out(case: Any, standing: Standing) -> bool:
    """Silence that has run out waits for nobody but the office (arts. 32, 34)."""
    if standing.line is None:
        return False
    outcomes = standing.line.consultation_outcomes
    asked = [one for one in case.consultations.all() if one.state == ConsultationState.SENT]
    return any(outcomes.get(str(one.pk)) in _SILENT for one in asked)


_SILENT = (Outcome.AGENCY_DECIDES, Outcome.DEEMED_CONSENT)


def _lies_in(task: Task, section: Section) -> bool:
    case = task.case
    if section in _STATES:
        return case.state in _STATES[section]
    if section is Section.MINE:
        return task.mine
    if section is Section.CONSULTED:
        return any(one.state == ConsultationState.SENT for one in case.consultations.all())
    if section is Section.REMEDIES:
        return any(one.state == RemedyState.FILED for one in case.remedies.all())
    if section in (Section.SOON, Section.LATE):
        return task.urgency.light is (Light.AMBER if section is Section.SOON else Light.RED)
    return case.is_open


def _key(task: Task) -> tuple[date, int]:
    return task.urgency.order, task.case.pk


def _deadline(task: Task) -> Place:
    return Place(*_key(task))


def _arrival(task: Task) -> Place:
    return Place(task.case.arrived_on, task.case.pk)


def _archive_counts(cases: QuerySet[Application]) -> dict[Section, int]:
    """Three numbers from one query over the index on agency and state."""
    by_state: dict[str, int] = {}
    for state, number in cases.order_by().values_list("state").annotate(number=Count("pk")):
        by_state[state] = number
    closed = {state: number for state, number in by_state.items() if state not in OPEN_STATES}
    return {
        Section.TO_FILE: sum(number for state, number in closed.items() if state != S.ARCHIVED),
        Section.CLOSED: sum(closed.values()),
        Section.ALL: sum(by_state.values()),
    }


def _archive_page(cases: QuerySet[Application], clocks: Clocks, after: Place | None, size: int) -> list[Task]:
    if after is not None:
        cases = cases.filter(Q(arrived_on__lt=after.day) | Q(arrived_on=after.day, pk__lt=after.id))
    rows = _for_list(cases.order_by("-arrived_on", "-pk")[: size + 1])
    return [Task(case, of_standing(case, clocks.read(case), clocks), False) for case in rows]
