"""The engine on a small table of its own: guards, facts, conflicts, the ledger."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.factories import editions, people

from gongkai.catalog.editions import EditionState
from gongkai.ledger.entries import Entry
from gongkai.procedures import tables
from gongkai.procedures.engine import Conflict, Refused, fire, permitted
from gongkai.publishing.procedures import DOCUMENT, EDITION

pytestmark = pytest.mark.django_db


def event(**changes: Any) -> tables.Event:
    facts: dict[str, Any] = {
        "key": "go",
        "label": "办理",
        "roles": {"a": tables.roles("x")},
        "targets": ("b",),
        "kind": "tests.plain",
    }
    return tables.Event(**facts | changes)


def procedure(*events: tables.Event) -> tables.Procedure:
    return tables.Procedure(
        key="tests",
        label="测试",
        states=(tables.State("a", "甲"), tables.State("b", "乙", ends=True)),
        start="a",
        events=events,
        role_labels={"x": "某岗"},
        roles_of=lambda actor, subject: frozenset(),
        agency_of=lambda subject: None,
    )


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"targets": ("nowhere",)}, "unknown states"),
        ({"roles": {"b": tables.roles("x")}}, "leave end states"),
        ({"roles": {"a": tables.roles("stranger")}}, "unknown roles"),
        ({"targets": ("a", "b")}, "who chooses"),
        ({"targets": ()}, "leads nowhere"),
    ],
)
def test_a_table_that_does_not_hold_together_cannot_be_made(changes: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        procedure(event(**changes))


def test_an_event_is_declared_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        procedure(event(), event())


def test_all_reasons_are_told_at_once() -> None:
    """A reviewer who wrote the text, on a text with a phone number, without attesting anything: three reasons."""
    at = people.staffed()
    draft = editions.draft(at)
    draft.editors = [at.dept_reviewer.pk]
    draft.state = EditionState.DEPT_REVIEW
    draft.body = "<p>请联系经办人，手机13912345678，身份证11010519491231002X。</p>"
    draft.save()
    with pytest.raises(Refused) as refusal:
        fire(EDITION, draft, "pass", by=at.dept_reviewer, given={"note": "同意"})
    told = "".join(refusal.value.reasons)
    assert "须由他人审核" in told
    assert "阻断检查" in told
    assert "政治关、政策关、内容关" in told


def test_what_is_asked_for_must_be_given() -> None:
    at = people.staffed()
    edition = editions.at_step(at, EditionState.OFFICE_REVIEW)
    with pytest.raises(Refused, match="退回理由"):
        fire(EDITION, edition, "return", by=at.office_reviewer, given={"to": "drafting"})
    edition.refresh_from_db()
    assert edition.state == EditionState.OFFICE_REVIEW


def test_two_people_at_once_have_one_effect_and_a_clear_answer() -> None:
    at = people.staffed()
    seen = editions.approved(at)
    fire(EDITION, seen, "release", by=at.disclosure_officer, version=seen.version)
    with pytest.raises(Conflict, match=r"他人已经办理过.*已发布"):
        fire(EDITION, seen, "release", by=at.disclosure_head, version=seen.version)
    assert Entry.objects.filter(kind="publishing.released", subject_id=str(seen.pk)).count() == 1


def test_an_event_of_another_state_says_where_things_stand() -> None:
    at = people.staffed()
    draft = editions.draft(at)
    with pytest.raises(Refused, match="现在的状态是“起草”"):
        fire(EDITION, draft, "release", by=at.disclosure_officer)


def test_each_event_leaves_one_entry_with_source_and_target() -> None:
    at = people.staffed()
    edition = editions.submitted(at)
    entry = Entry.objects.filter(kind="publishing.submitted").latest("id")
    assert (entry.data["from_state"], entry.data["to_state"]) == ("drafting", "dept_review")
    assert entry.agency_label == at.agency.name
    assert entry.subject_id == str(edition.pk)


def test_an_officer_of_another_agency_holds_no_role() -> None:
    here, there = people.staffed(), people.staffed()
    edition = editions.at_step(here, EditionState.LEADER_REVIEW)
    assert not any(one.permitted for one in permitted(EDITION, edition, there.leader))


def test_a_reviewer_of_another_department_holds_no_role() -> None:
    at = people.staffed()
    stranger = people.officer(at.agency, "dept_reviewer", at.other_department)
    edition = editions.submitted(at)
    with pytest.raises(Refused, match="处室审核"):
        fire(EDITION, edition, "pass", by=stranger, given=editions.ATTESTED)


def test_a_role_counts_only_while_the_appointment_runs() -> None:
    at = people.staffed()
    edition = editions.approved(at)
    at.disclosure_officer.appointments.update(until=timezone.localdate() - timedelta(days=1))
    gone = type(at.disclosure_officer).objects.get(pk=at.disclosure_officer.pk)
    with pytest.raises(Refused):
        fire(EDITION, edition, "release", by=gone)


def test_a_failing_effect_changes_nothing() -> None:
    at = people.staffed()
    document = editions.released(at).document
    with pytest.raises(ValueError):
        fire(DOCUMENT, document, "withdraw", by=at.disclosure_head,
             given={"notice_kind": "no such", "on": date.today(), "ground": "x"})  # fmt: skip
    document.refresh_from_db()
    assert (document.state, document.notice_ground) == ("live", "")
