"""Last lawful days of open cases, for the warnings: read from the clock each time, in chunks, who acts told of each."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from gongkai.agencies.queries import holders
from gongkai.applications import asked_names
from gongkai.applications.applications import OPEN_STATES, Application, ApplicationState, Assignment, AssignmentState
from gongkai.applications.clock_facts import Clocks
from gongkai.applications.queries import with_clock_facts
from gongkai.applications.remedies import Remedy, RemedyState
from gongkai.applications.steps import ExtensionState
from gongkai.applications.urgency import answer_due
from gongkai.law.clock import Actor, Step
from gongkai.telling import warnings
from gongkai.telling.registry import ToOfficer
from gongkai.telling.warnings import Deadline

CHUNK = 500
"""Cases read at a time: as many queries per chunk as relations, whatever is open."""
_REVIEWS = {
    ApplicationState.LEGAL_REVIEW: "legal_reviewer",
    ApplicationState.HEAD_REVIEW: "disclosure_head",
    ApplicationState.SIGNING: "leader",
}
_UNSEEN = (ApplicationState.UNCONFIRMED, ApplicationState.REGISTERED)
_IN_DEPARTMENT = (AssignmentState.SENT, AssignmentState.ACCEPTED)


class _Holders:
    """Who holds a role, asked once per run."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, str, int | None], list[int]] = {}

    def of(self, agency: int, role: str, department: int | None = None) -> list[int]:
        key = (agency, role, department)
        if key not in self._known:
            self._known[key] = [one.pk for one in holders(*key)]
        return self._known[key]

    def office(self, case: Application) -> list[int]:
        """Who handles the case, or the disclosure officers."""
        return [case.handler_id] if case.handler_id else self.of(case.agency_id, "disclosure_officer")

    def department(self, agency: int, department: int) -> list[int]:
        return [*self.of(agency, "handler", department), *self.of(agency, "dept_reviewer", department)]


def read(first: date, last: date) -> Iterator[Deadline]:
    """Every step of the agency's that is open and whose last lawful day lies from the first to the last day."""
    known, clocks = _Holders(), Clocks()
    cases = Application.objects.filter(state__in=OPEN_STATES).select_related("agency").order_by("pk")
    for chunk in _chunks(with_clock_facts(cases).prefetch_related("assignments")):
        for case in chunk:
            yield from _of_case(case, clocks, known, first, last)
    yield from _of_departments(first, last, known)
    yield from _of_remedies(first, last, clocks, known)


def _chunks(cases: Any) -> Iterator[Sequence[Application]]:
    """Keyset by primary key: nothing is held in memory but the chunk."""
    after = 0
    while chunk := list(islice(cases.filter(pk__gt=after), CHUNK)):
        yield chunk
        after = chunk[-1].pk


def _of_case(case: Application, clocks: Clocks, known: _Holders, first: date, last: date) -> Iterator[Deadline]:
    line = clocks.read(case).line
    for step in line.steps if line is not None else ():
        if step.due is not None and first <= step.due <= last and step.state.pending and _concerns(case, step):
            people = _who(case, step, known)
            yield _deadline(case, step.key, asked_names.label(step), step.due, people)


def _concerns(case: Application, step: Step) -> bool:
    """What the agency must do, and what it may do as long as that is still open."""
    if step.actor is not Actor.AGENCY:
        return False
    if step.key == "clarification_notice":
        return case.state in _UNSEEN
    if step.key == "extension_notice":
        return any(one.state in (ExtensionState.PROPOSED, ExtensionState.APPROVED) for one in case.extensions.all())
    return True


def _who(case: Application, step: Step, known: _Holders) -> list[int]:
    """The office; for an extension who approves it; for the reply also the department or reviewer who has the case."""
    found = known.office(case)
    if step.key == "extension_notice":
        waits = any(one.state == ExtensionState.PROPOSED for one in case.extensions.all())
        return [*found, *(known.of(case.agency_id, "disclosure_head") if waits else ())]
    if step.key == "reply":
        role = _REVIEWS.get(ApplicationState(case.state))
        held = [one.department_id for one in case.assignments.all() if one.state in _IN_DEPARTMENT]
        found = [*found, *(known.of(case.agency_id, role) if role else ())]
        found += [pk for one in held for pk in known.department(case.agency_id, one)]
    return found


def _of_departments(first: date, last: date, known: _Holders) -> Iterator[Deadline]:
    """By when the office wants a department's answer."""
    held = Assignment.objects.filter(state__in=_IN_DEPARTMENT, due_on__gte=first, due_on__lte=last)
    for one in held.select_related("application", "department").order_by("pk").iterator(CHUNK):
        if one.due_on is not None:
            people = known.department(one.application.agency_id, one.department_id)
            yield _deadline(one.application, f"assignment:{one.pk}", "反馈承办意见", one.due_on, people)


def _of_remedies(first: date, last: date, clocks: Clocks, known: _Holders) -> Iterator[Deadline]:
    """Answers in proceedings: the case itself may be closed long since."""
    filed = Remedy.objects.filter(state=RemedyState.FILED).exclude(served_on=None).select_related("application")
    for one in filed.order_by("pk").iterator(CHUNK):
        due = answer_due(one, clocks.calendar)
        if due is not None and first <= due.date <= last:
            case = one.application
            people = [*known.office(case), *known.of(case.agency_id, "legal_reviewer")]
            yield _deadline(case, f"remedy:{one.pk}", f"{one.get_kind_display()}答复", due.date, people)


def _deadline(case: Application, step: str, label: str, due: date, people: Iterable[int]) -> Deadline:
    recipients = tuple(ToOfficer(pk) for pk in dict.fromkeys(people))
    return Deadline(case.ref(), case.agency_id, step, label, due, recipients, case.get_absolute_url())


def register() -> None:
    """Declare the source; called once, when the application is ready."""
    warnings.register("applications", read)
