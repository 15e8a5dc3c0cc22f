"""The worklist: what waits for whom, in the order of the statutory clock, in a fixed number of queries."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import html
from tests.factories import editions, people
from tests.factories.people import Staffed

from gongkai.agencies.officers import Officer
from gongkai.catalog.documents import Document
from gongkai.catalog.editions import Edition
from gongkai.law.calendar import Calendar
from gongkai.publishing.clocks import Clocks
from gongkai.publishing.parcels import Delivery
from gongkai.publishing.worklist import Section, Worklist, worklist

pytestmark = pytest.mark.django_db
Desk = Callable[[Officer], Client]


def _titles(officer: Officer, section: Section = Section.ALL, **more: Any) -> list[str]:
    return [task.edition.title for task in _list(officer, section, **more).tasks]


def _list(officer: Officer, section: Section = Section.ALL, **more: Any) -> Worklist:
    return worklist(Officer.objects.get(pk=officer.pk), Clocks(), section=section, **more)


def _several(at: Staffed, number: int, state: str = "dept_review") -> None:
    """Many editions, as a big agency has them; rows written directly because so many acts would take minutes."""
    newest = editions.submitted(at).date_of_issue or timezone.localdate()
    first = Document.objects.count()
    documents = Document.objects.bulk_create(
        Document(
            agency=at.agency,
            department=at.department,
            type="notice",
            item="20-15",
            index_number=f"{at.agency.code}-n{first + n}",
        )
        for n in range(number)
    )
    Edition.objects.bulk_create(
        Edition(
            document=document,
            number=1,
            state=state,
            title=f"公告{n}",
            drafted_by=at.drafter,
            editors=[at.drafter.pk],
            date_of_issue=newest - timedelta(days=n % 60),
        )
        for n, document in enumerate(documents)
    )


def test_it_waits_for_whoever_may_lead_it_on(at: Staffed) -> None:
    editions.submitted(at, title="新公告")
    assert _titles(at.dept_reviewer) == ["新公告"]
    assert _titles(at.office_reviewer) == []
    assert _titles(at.drafter, Section.DRAFTS) == ["新公告"]
    assert _titles(at.drafter) == [], "handed in: it waits for somebody else"


def test_a_department_s_reviewer_sees_the_department_s_only(at: Staffed) -> None:
    other = people.officer(at.agency, "dept_reviewer", at.other_department)
    editions.submitted(at)
    assert _titles(other) == []


def test_release_and_schedule_have_their_sections(at: Staffed) -> None:
    editions.approved(at, title="等发布")
    editions.scheduled(at, timezone.now() + timedelta(hours=2), title="到点发布")
    assert _titles(at.disclosure_officer, Section.RELEASE) == ["等发布"]
    assert _titles(at.disclosure_officer, Section.SCHEDULED) == ["到点发布"]
    assert _titles(at.disclosure_officer) == ["等发布"], "what waits for the clock waits for nobody"


def test_the_most_urgent_first_by_the_limit_of_each_type(at: Staffed) -> None:
    today = timezone.localdate()
    editions.submitted(at, title="二十个工作日的", date_of_issue=today - timedelta(days=10))
    editions.submitted(at, type_key="interpretation", title="三个工作日的", date_of_issue=today - timedelta(days=1))
    editions.submitted(at, title="早已超期的", date_of_issue=today - timedelta(days=90))
    assert _titles(at.dept_reviewer) == ["早已超期的", "三个工作日的", "二十个工作日的"]
    assert _titles(at.dept_reviewer, Section.LATE) == ["早已超期的"]


def test_a_later_edition_counts_from_the_day_it_was_begun(at: Staffed) -> None:
    first = editions.released(at, title="去年的规定", date_of_issue=timezone.localdate() - timedelta(days=300))
    editions.next_edition(at, first.document)
    [task] = _list(at.drafter).tasks
    assert not task.urgency.late


def test_pages_follow_each_other_without_gap_or_repeat(at: Staffed) -> None:
    _several(at, 130)
    seen: list[int] = []
    after = None
    while True:
        page = _list(at.dept_reviewer, after=after, size=50)
        seen += [task.edition.pk for task in page.tasks]
        if page.further is None:
            break
        after = page.further
    assert len(seen) == len(set(seen)) == 131
    dues = [task.urgency.due for task in _list(at.dept_reviewer, size=200).tasks]
    assert dues == sorted(dues)  # type: ignore[type-var]


def test_a_page_full_of_one_day_is_paged_too(at: Staffed) -> None:
    _several(at, 130)
    Edition.objects.update(date_of_issue=date(2026, 11, 2))
    first = _list(at.dept_reviewer)
    second = _list(at.dept_reviewer, after=first.further)
    third = _list(at.dept_reviewer, after=second.further)
    assert [len(page.tasks) for page in (first, second, third)] == [50, 50, 31]
    assert third.further is None


def test_words_narrow_the_list(at: Staffed) -> None:
    editions.submitted(at, title="供热公告")
    editions.submitted(at, title="环卫公告")
    assert _titles(at.dept_reviewer, text="供热") == ["供热公告"]
    assert _list(at.dept_reviewer, text="供热").counts[Section.REVIEW] == 1


def test_what_an_older_site_published_has_no_clock(at: Staffed) -> None:
    edition = editions.submitted(at, title="存量", date_of_issue=date(1999, 5, 1))
    Document.objects.filter(pk=edition.document_id).update(imported_from="http://old.example/1")
    [task] = _list(at.dept_reviewer).tasks
    assert (task.urgency.text, task.urgency.late) == ("存量迁入", False)


def test_a_day_the_calendar_does_not_know_is_said_not_raised(at: Staffed) -> None:
    editions.submitted(at, date_of_issue=date(1998, 5, 1))
    [task] = _list(at.dept_reviewer).tasks
    assert task.urgency.text == "请核对成文日期"


def test_provisional_dates_are_marked() -> None:
    clocks = Clocks(today=date(2027, 12, 1), calendar=Calendar())
    assert "暂定" in clocks.urgency(0, date(2027, 11, 30)).text


@pytest.mark.parametrize(("name", "role"), [("tasks", "dept_reviewer"), ("documents", "disclosure_officer")])
def test_as_many_queries_for_five_hundred_as_for_five(at: Staffed, desk: Desk, name: str, role: str) -> None:
    client = desk(at.officers[role])
    url = reverse(f"desk:{name}")
    client.get(url)
    _several(at, 5)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    _several(at, 500)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(few) == len(many)
    assert len(many) <= 18


def test_the_chosen_section_stays_for_the_session(at: Staffed, desk: Desk) -> None:
    editions.submitted(at, title="供热公告")
    client = desk(at.dept_reviewer)
    client.get(reverse("desk:tasks"), {"section": "late", "q": "供热"})
    page = client.get(reverse("desk:tasks")).content.decode()
    assert 'value="供热"' in page
    assert "没有超期的信息" in page
    assert "没有超期的信息" not in desk(at.dept_reviewer).get(reverse("desk:tasks")).content.decode()


def test_nonsense_in_the_address_is_the_head_of_the_list(at: Staffed, desk: Desk) -> None:
    editions.submitted(at, title="供热公告")
    answer = desk(at.dept_reviewer).get(reverse("desk:tasks"), {"section": "x", "after": "1.2.3.4"})
    assert "供热公告" in answer.content.decode()


def test_dead_letters_are_announced_to_those_who_look_after_outlets(at: Staffed, desk: Desk) -> None:
    edition = editions.released(at)
    Delivery.objects.create(
        outlet="exchange",
        entry_id=1,
        agency=at.agency,
        document=edition.document,
        act="publish",
        state="dead",
        next_try=timezone.now(),
    )
    assert "投递失败，等人处理" in desk(at.disclosure_officer).get(reverse("desk:tasks")).content.decode()
    assert "投递失败，等人处理" not in desk(at.leader).get(reverse("desk:tasks")).content.decode()


def test_the_rail_counts_anew_when_something_happened(at: Staffed, desk: Desk) -> None:
    client = desk(at.dept_reviewer)

    def counted() -> tuple[str, int]:
        with CaptureQueriesContext(connection) as asked:
            page = html.fromstring(client.get(reverse("staff:me")).content)
        return page.xpath("normalize-space(//a[contains(., '今天要办')])"), len(asked)

    first, many = counted()
    again, fewer = counted()
    assert again == first
    assert fewer < many
    editions.submitted(at, title="供热公告")
    assert counted() == (f"{first} 1", many)
