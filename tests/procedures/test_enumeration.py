"""Every role × state × event of every procedure: what the table allows happens, all else is refused untouched."""

from collections.abc import Callable
from datetime import timedelta
from itertools import cycle
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from tests.factories import editions, people
from tests.factories.people import Staffed
from tests.procedures import application_subjects, report_subjects

from gongkai.agencies.roles import ROLE_LABELS
from gongkai.catalog.documents import Document
from gongkai.catalog.editions import Edition
from gongkai.procedures.engine import Refused, fire
from gongkai.procedures.enumeration import Cell, cells, reachable
from gongkai.procedures.registry import all_procedures
from gongkai.procedures.tables import Procedure
from gongkai.publishing.procedures import CLOCK, DOCUMENT, EDITION

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def edition_in(at: Staffed, state: str) -> Edition:
    """An edition that has been everywhere it needs to have been for any event of that state to be possible."""
    edition = editions.draft(at)
    edition.document.imported_from = "旧网站"
    edition.document.save(update_fields=["imported_from"])
    Edition.objects.filter(pk=edition.pk).update(state=state, emergency=True)
    return Edition.objects.select_related("document", "document__agency").get(pk=edition.pk)


def document_in(at: Staffed, state: str) -> Document:
    document = editions.released(at).document
    Document.objects.filter(pk=document.pk).update(state=state)
    return Document.objects.select_related("agency", "live").get(pk=document.pk)


def facts_for(event: str) -> dict[str, Any]:
    """Everything any event could ask for."""
    soon = timezone.now() + timedelta(days=1)
    return (
        editions.ATTESTED
        | application_subjects.facts()
        | report_subjects.facts()
        | {
            "reason": "有理由",
            "to": "drafting",
            "release_at": soon,
            "offline_at": soon,
            "notice_kind": "repealed",
            "on": timezone.localdate(),
            "ground": "依据",
            "target": "/info/other/",
            "answer": "consent" if event == "answer" else "已补正",
            "agency": OTHER_AGENCY.get("pk", ""),
        }
    )


SUBJECTS: dict[str, Callable[[Staffed, str], Any]] = {
    EDITION.key: edition_in,
    DOCUMENT.key: document_in,
    **application_subjects.SUBJECTS,
    **report_subjects.SUBJECTS,
}
OTHER_AGENCY: dict[str, str] = {}
"""To which a case is handed over."""


@pytest.fixture
def at() -> Staffed:
    made = people.staffed()
    OTHER_AGENCY["pk"] = str(people.agency().pk)
    return made


def other_officer(at: Staffed, role: str) -> Any:
    """Somebody in that role who has not written in anything."""
    department = at.department if role in {"drafter", "dept_reviewer", "handler"} else None
    return people.officer(at.agency, role, department)


def test_every_procedure_is_enumerated_here() -> None:
    assert {procedure.key for procedure in all_procedures()} == set(SUBJECTS)


@pytest.mark.parametrize("procedure", all_procedures(), ids=lambda one: one.key)
def test_every_state_can_be_reached(procedure: Procedure) -> None:
    assert reachable(procedure) == {state.key for state in procedure.states}


@pytest.mark.parametrize("procedure", all_procedures(), ids=lambda one: one.key)
def test_every_cell_of_the_table(procedure: Procedure, at: Staffed) -> None:
    known = application_subjects.actors(at)
    actors = known | {role: other_officer(at, role) for role in ROLE_LABELS}
    subjects = {state.key: SUBJECTS[procedure.key](at, state.key) for state in procedure.states}
    wrong = [str(cell) for cell in cells(procedure) if not holds(procedure, cell, actors, subjects)]
    assert wrong == []


def holds(procedure: Procedure, cell: Cell, actors: dict[str, Any], subjects: dict[str, Any]) -> bool:
    """Try the cell and undo it: allowed means done and recorded, refused means nothing moved."""
    subject = subjects[cell.state.key]
    before = (subject.state, subject.version)
    happened = False
    actor = application_subjects.actor_for(cell.role, subject, actors)
    with transaction.atomic():
        application_subjects.BEFORE.get((procedure.key, cell.event.key), lambda one: None)(subject)
        try:
            fired = fire(procedure, subject, cell.event.key, by=actor, given=facts_for(cell.event.key))
            happened = fired.subject.state in cell.event.targets and fired.entry.pk is not None
        except Refused:
            now = type(subject).objects.values_list("state", "version").get(pk=subject.pk)
            assert now == before, f"{cell}: refused but moved"
        transaction.set_rollback(True)
    return happened == cell.allowed


@pytest.mark.parametrize("procedure", all_procedures(), ids=lambda one: one.key)
def test_the_clock_does_only_what_the_table_gives_it(procedure: Procedure, at: Staffed) -> None:
    for state in procedure.states:
        subject = SUBJECTS[procedure.key](at, state.key)
        for event in procedure.events:
            allowed = "system" in event.roles.get(state.key, frozenset())
            with transaction.atomic():
                application_subjects.BEFORE.get((procedure.key, event.key), lambda one: None)(subject)
                try:
                    fire(procedure, subject, event.key, by=CLOCK, given=facts_for(event.key))
                    happened = True
                except Refused:
                    happened = False
                transaction.set_rollback(True)
            assert happened == allowed, f"{state.key}/{event.key}"


@pytest.mark.parametrize("procedure", all_procedures(), ids=lambda one: one.key)
def test_somebody_of_another_agency_can_do_nothing(procedure: Procedure, at: Staffed) -> None:
    """Nor with every role together; of single roles each tries some cells, in turn."""
    there = people.staffed()
    everything, single = people.all_roles(there), cycle(there.officers.values())
    for state in procedure.states:
        subject = SUBJECTS[procedure.key](at, state.key)
        for event in procedure.events:
            for officer in (everything, next(single)):
                with pytest.raises(Refused):
                    fire(procedure, subject, event.key, by=officer, given=facts_for(event.key))
