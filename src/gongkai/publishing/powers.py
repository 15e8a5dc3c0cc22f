"""Who has which power over a document, and the clock as an actor of its own."""

from gongkai.agencies.officers import Officer
from gongkai.catalog.documents import Document
from gongkai.ledger.refs import SYSTEM, Ref
from gongkai.procedures.tables import SYSTEM_ROLE, Actor, roles

OFFICE = roles("disclosure_officer", "disclosure_head")
"""The disclosure office: releases, schedules, marks, takes down."""


class SystemClock:
    """The worker, acting at a set time."""

    def ref(self) -> Ref:
        return SYSTEM


CLOCK = SystemClock()


def roles_over(actor: Actor, document: Document) -> frozenset[str]:
    """Powers over a document: the clock's own, or an officer's in the document's agency and department."""
    if isinstance(actor, SystemClock):
        return frozenset({SYSTEM_ROLE})
    if not isinstance(actor, Officer) or not actor.is_active or actor.agency_id != document.agency_id:
        return frozenset()
    return actor.roles_over(document.department_id)
