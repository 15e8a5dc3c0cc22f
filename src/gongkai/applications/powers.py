"""Who has which power over an application: the office, its departments, the supervisor, the applicant."""

from dataclasses import dataclass
from typing import Any

from gongkai.agencies.officers import Officer
from gongkai.agencies.roles import DEPARTMENT_ROLES, ROLE_LABELS
from gongkai.applications.applications import Application, AssignmentState
from gongkai.ledger.refs import Ref
from gongkai.procedures.tables import SYSTEM_ROLE, Actor, roles
from gongkai.publishing.powers import SystemClock

APPLICANT = "applicant"
SUPERVISOR = "supervisor"
LABELS = {**ROLE_LABELS, APPLICANT: "申请人", SUPERVISOR: "主管部门"}
"""Names of every role in the tables of this package."""

OFFICER = roles("disclosure_officer")
OFFICE = roles("disclosure_officer", "disclosure_head")
HEAD = roles("disclosure_head")
DEPARTMENT = roles("handler", "dept_reviewer")
WHOLE_AGENCY = frozenset({"disclosure_officer", "disclosure_head", "legal_reviewer", "leader"})
"""Roles that see every application of their agency."""
CLOSED_TO_DEPARTMENT = frozenset({AssignmentState.RETURNED, AssignmentState.RECALLED})
"""An assignment in one of these gives its department no power any more."""


@dataclass(frozen=True)
class ApplicantActor:
    """The applicant of one application, known by query code and secret (or by account)."""

    application_id: int
    label: str = "申请人"

    def ref(self) -> Ref:
        return Ref("applicant", str(self.application_id), self.label)


@dataclass(frozen=True)
class Visitor:
    """Somebody on the site who is about to apply: there is no application yet by which to know them."""

    def ref(self) -> Ref:
        return Ref(APPLICANT, "", LABELS[APPLICANT])


VISITOR = Visitor()


def roles_over(actor: Actor, application: Application) -> frozenset[str]:
    """Powers over an application. Departments have theirs through assignments; supervisors only that of urging."""
    if isinstance(actor, SystemClock):
        return frozenset({SYSTEM_ROLE})
    if isinstance(actor, ApplicantActor):
        return frozenset({APPLICANT}) if actor.application_id == application.pk else frozenset()
    if not isinstance(actor, Officer) or not actor.is_active:
        return frozenset()
    if actor.agency_id != application.agency_id:
        supervises = actor.agency.is_supervising and actor.holds(OFFICE)
        return frozenset({SUPERVISOR}) if supervises else frozenset()
    held = actor.roles_over(None) & frozenset(ROLE_LABELS)
    return (held - DEPARTMENT_ROLES) | _in_departments(actor, application)


def _in_departments(officer: Officer, application: Application) -> frozenset[str]:
    found: set[str] = set()
    for one in application.assignments.all():
        if one.state not in CLOSED_TO_DEPARTMENT:
            found |= officer.roles_over(one.department_id) & DEPARTMENT_ROLES
    return frozenset(found)


def roles_in_department(actor: Actor, assignment: Any) -> frozenset[str]:
    """Powers over one assignment: the department's own, the office's, the clock's."""
    if isinstance(actor, Officer) and actor.is_active and actor.agency_id == assignment.application.agency_id:
        return actor.roles_over(assignment.department_id) & frozenset(ROLE_LABELS)
    return roles_over(actor, assignment.application)


def roles_of_part(actor: Actor, part: Any) -> frozenset[str]:
    """Powers over a part of a case (an item, an extension, a consultation, a remedy): those over the case."""
    return roles_over(actor, part.application)
