"""Who has which power over a report, and over its submission: the agency's own people, the supervising office."""

from typing import Any

from gongkai.agencies.officers import Officer
from gongkai.agencies.roles import ROLE_LABELS
from gongkai.procedures.tables import SYSTEM_ROLE, Actor, roles
from gongkai.publishing.powers import SystemClock

SUPERVISOR = "supervisor"
LABELS = {**ROLE_LABELS, SUPERVISOR: "主管部门"}
OFFICER = roles("disclosure_officer")
OFFICE = roles("disclosure_officer", "disclosure_head")
STAFF = frozenset({"disclosure_officer", "disclosure_head", "office_reviewer", "leader", "legal_reviewer"})
"""Who reads the reports of their agency while they are written."""
DEPARTMENTS = frozenset({"drafter", "dept_reviewer", "handler"})
"""Who enters a department's figures."""


def roles_of_edition(actor: Actor, edition: Any) -> frozenset[str]:
    """Powers over an edition: agency-wide ones of the agency's own officers."""
    if isinstance(actor, SystemClock):
        return frozenset({SYSTEM_ROLE})
    if not isinstance(actor, Officer) or not actor.is_active or actor.agency_id != edition.report.agency_id:
        return frozenset()
    return actor.roles_over(None) & frozenset(ROLE_LABELS)


def roles_of_submission(actor: Actor, submission: Any) -> frozenset[str]:
    """Powers over a submission: the agency's office, and the supervising office of the city."""
    if isinstance(actor, SystemClock):
        return frozenset({SYSTEM_ROLE})
    if not isinstance(actor, Officer) or not actor.is_active:
        return frozenset()
    held = actor.roles_over(None) & OFFICE if actor.agency_id == submission.report.agency_id else frozenset()
    return held | ({SUPERVISOR} if supervises(actor) else frozenset())


def supervises(officer: Officer) -> bool:
    """Whether the officer works in the disclosure office of the supervising body (条例第四十六条、第四十九条)."""
    return officer.agency.is_supervising and officer.holds(OFFICE)
