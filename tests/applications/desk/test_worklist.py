"""The worklist: what waits for whom, in order of what must happen by when, in a fixed number of queries."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import cases, people
from tests.factories.people import Staffed

from gongkai.agencies.officers import Officer
from gongkai.applications import worklist
from gongkai.applications.actions import handling
from gongkai.applications.applications import Application
from gongkai.applications.clock_facts import Clocks
from gongkai.applications.filters import Filters, SavedFilter
from gongkai.applications.procedures import ASSIGNMENT, EXTENSION
from gongkai.applications.worklist import Section
from gongkai.procedures.engine import fire

pytestmark = pytest.mark.django_db
LIST = reverse("applications:list")


def listed(officer: Officer, section: Section = Section.MINE, **facts: object) -> list[int]:
    """The cases of a section as the officer sees them, in order."""
    fresh = Officer.objects.get(pk=officer.pk)
    return [task.case.pk for task in worklist.worklist(fresh, Clocks(), section=section, **facts).tasks]  # type: ignore[arg-type]


def test_each_state_waits_for_whom_the_table_says(at: Staffed) -> None:
    by_state = {
        state: cases.in_state(at, state).pk
        for state in ("unconfirmed", "registered", "clarifying", "handling", "legal_review", "head_review", "signing")
    }
    by_state["signed"] = cases.signed(at).pk
    mine = {role: set(listed(at.officers[role])) for role in ("disclosure_officer", "legal_reviewer", "leader")}
    assert mine["disclosure_officer"] == {by_state[one] for one in ("unconfirmed", "registered", "handling", "signed")}
    assert mine["legal_reviewer"] == {by_state["legal_review"]}
    assert mine["leader"] == {by_state["signing"]}
    assert set(listed(at.disclosure_head)) == {by_state["head_review"]}
    assert listed(at.disclosure_officer, Section.APPLICANT) == [by_state["clarifying"]]
    for officer in at.officers.values():
        fresh = Officer.objects.get(pk=officer.pk)
        if worklist.waiting_count(fresh) is not None:
            assert worklist.waiting_count(fresh) == len(listed(officer))


def test_a_case_with_a_department_waits_for_the_department(at: Staffed) -> None:
    case = cases.handling_(at)
    assert listed(at.handler, Section.ALL) == []
    assignment = cases.assigned(at, case)
    assert listed(at.handler) == [case.pk]
    assert listed(at.disclosure_officer) == []
    fire(ASSIGNMENT, assignment, "return", by=at.handler, given={"reason": "不属于本处室"})
    assert listed(at.handler, Section.ALL) == []
    assert listed(at.disclosure_officer) == [case.pk]


def test_an_extension_waits_for_the_head_and_then_for_the_officer(at: Staffed) -> None:
    case = cases.handling_(at)
    extension = cases.extension(at, case)
    assert listed(at.disclosure_head) == [case.pk]
    fire(EXTENSION, extension, "approve", by=at.disclosure_head)
    assert listed(at.disclosure_head) == []
    assert listed(at.disclosure_officer) == [case.pk]


def test_nobody_reviews_what_they_drafted(at: Staffed) -> None:
    people.people.appoint(at.disclosure_officer, people.Role.DISCLOSURE_HEAD, by=people.SYSTEM)
    case = cases.head_review(at)
    assert case.pk not in listed(at.disclosure_officer)
    assert listed(at.disclosure_head) == [case.pk]


def test_a_case_of_one_handler_is_not_the_work_of_another(at: Staffed) -> None:
    case = cases.registered(at)
    other = people.officer(at.agency, "disclosure_officer")
    handling.set_handler(case, other, by=at.disclosure_officer)
    assert listed(at.disclosure_officer) == []
    assert listed(other) == [case.pk]
    assert listed(at.disclosure_officer, Section.OPEN) == [case.pk]


def test_silence_that_ran_out_comes_back_to_the_officer(at: Staffed) -> None:
    waiting = cases.handling_(at, arrived=cases.days_ago(4))
    cases.consultation(at, waiting, day=cases.days_ago(4))
    silent = cases.handling_(at, arrived=cases.days_ago(60))
    cases.consultation(at, silent, day=cases.days_ago(60))
    assert set(listed(at.disclosure_officer, Section.CONSULTED)) == {waiting.pk, silent.pk}
    assert listed(at.disclosure_officer) == [silent.pk]
    assert worklist.waiting_count(Officer.objects.get(pk=at.disclosure_officer.pk)) == 1


def test_what_is_due_first_stands_first(frozen_time: Callable[[str], object]) -> None:
    # No long holiday within the four weeks: after one, what came before it is due later than what a new case asks for.
    frozen_time("2026-07-15 09:00")
    at = people.staffed()
    fresh = cases.handling_(at)
    late = cases.handling_(at, arrived=cases.days_ago(60))
    extended = cases.handling_(at, arrived=cases.days_ago(20))
    cases.extension(at, extended, "notified", day=cases.days_ago(15))
    soon = cases.handling_(at, arrived=cases.days_ago(24))
    assert listed(at.disclosure_officer, Section.OPEN) in (
        [late.pk, soon.pk, fresh.pk, extended.pk],
        [late.pk, soon.pk, extended.pk, fresh.pk],
    )
    assert listed(at.disclosure_officer, Section.LATE) == [late.pk]
    clocks = Clocks()
    due = [clocks.of(Application.objects.get(pk=one)).due_date for one in (extended.pk, fresh.pk)]
    nearer = clocks.of(soon).due_date
    assert all(one is not None and nearer is not None and one > nearer for one in due)


def test_what_should_be_confirmed_stands_before_what_has_time(at: Staffed) -> None:
    calm, unconfirmed, late = (
        cases.registered(at),
        cases.unconfirmed(at),
        cases.handling_(at, arrived=cases.days_ago(60)),
    )
    assert listed(at.disclosure_officer) == [late.pk, unconfirmed.pk, calm.pk]


def test_pages_follow_each_other_without_a_gap(at: Staffed) -> None:
    made = [cases.registered(at, arrived=cases.days_ago(number % 3)).pk for number in range(7)]
    for section in (Section.OPEN, Section.ALL):
        seen: list[int] = []
        after = None
        while True:
            page = worklist.worklist(at.disclosure_officer, Clocks(), section=section, after=after, size=2)
            seen += [task.case.pk for task in page.tasks]
            after = page.further
            if after is None:
                break
        assert sorted(seen) == sorted(made)
        assert len(seen) == len(made)


def test_filters_narrow_numbers_and_rows(at: Staffed) -> None:
    firm = cases.registered(at, kind="enterprise", wanted=["供热管网图"])
    person = cases.received(at, channel="fax", arrived=cases.days_ago(1))
    handed = cases.handling_(at)
    cases.assigned(at, handed)
    refused = cases.legal_review(at)
    found = {
        "kind": (Filters(kind="enterprise"), {firm.pk}),
        "text": (Filters(text="供热"), {firm.pk}),
        "name": (Filters(text="王**"), {person.pk, handed.pk, refused.pk}),
        "number": (Filters(text=handed.number), {handed.pk}),
        "channel": (Filters(channel="fax"), {person.pk}),
        "department": (Filters(department=str(at.department.pk)), {handed.pk}),
        "ground": (Filters(ground="internal-affairs"), {refused.pk}),
        "year": (Filters(year="1999"), set()),
    }
    for name, (filters, wanted) in found.items():
        assert set(listed(at.disclosure_officer, Section.OPEN, filters=filters)) == wanted, name


@pytest.mark.parametrize("section", [Section.MINE, Section.OPEN, Section.CLOSED])
def test_the_page_takes_as_many_queries_for_many_cases_as_for_few(
    at: Staffed, desk: Callable[[Officer], Client], section: Section
) -> None:
    def fill(number: int) -> None:
        for _ in range(number):
            cases.assigned(at, cases.handling_(at, arrived=cases.days_ago(9)), "answered")
            cases.consultation(at, cases.handling_(at, arrived=cases.days_ago(9)), day=cases.days_ago(8))
            cases.archived(at, arrived=cases.days_ago(30))

    def queries() -> int:
        client = desk(at.disclosure_officer)
        client.get(LIST, {"section": section.value})
        with CaptureQueriesContext(connection) as asked:
            assert client.get(LIST, {"section": section.value}).status_code == 200
        return len(asked)

    fill(1)
    few = queries()
    fill(6)
    assert queries() == few


def test_a_filter_is_kept_under_a_name_of_ones_own(at: Staffed, desk: Callable[[Officer], Client]) -> None:
    client = desk(at.disclosure_officer)
    client.get(LIST, {"section": "late", "channel": "fax"})
    client.post(reverse("applications:save_filter"), {"name": "逾期传真"})
    kept = SavedFilter.objects.get(officer=at.disclosure_officer)
    page = client.get(LIST).content.decode()
    assert kept.query == "section=late&channel=fax"
    assert "逾期传真" in page
    assert "逾期传真" not in desk(at.disclosure_head).get(LIST).content.decode()
    desk(at.disclosure_head).post(reverse("applications:save_filter"), {"remove": kept.pk})
    assert SavedFilter.objects.filter(pk=kept.pk).exists()
    client.post(reverse("applications:save_filter"), {"remove": kept.pk})
    assert not SavedFilter.objects.exists()


def test_several_are_handed_over_at_once_with_a_result_for_each(at: Staffed, desk: Callable[[Officer], Client]) -> None:
    first, second = cases.registered(at), cases.registered(at)
    cases.assigned(at, second)
    stranger = cases.registered(people.staffed())
    client = desk(at.disclosure_officer)
    picked = {"case": [first.pk, second.pk, stranger.pk], "department": at.department.pk}
    asked = client.post(reverse("applications:bulk_assign"), picked).content.decode()
    assert [one.number in asked for one in (first, second, stranger)] == [True, True, False]
    assert first.assignments.count() == 0
    told = client.post(
        reverse("applications:bulk_assign"), picked | {"confirmed": "1", "note": "请办理"}
    ).content.decode()
    assert first.assignments.get().note == "请办理"
    assert "已有未办完的转办" in told
    assert stranger.assignments.count() == 0


def test_the_page_shows_nobody_s_name(at: Staffed, desk: Callable[[Officer], Client]) -> None:
    cases.registered(at)
    page = desk(at.disclosure_officer).get(LIST, {"section": "open"}).content.decode()
    assert "王**" in page
    assert "王小雨" not in page
