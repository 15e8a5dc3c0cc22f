"""Projects: each month is told once and corrected with a reason; what is late follows from day and due day."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import people
from tests.factories.people import Staffed

from gongkai.catalog import project_queries as queries
from gongkai.catalog.actions import projects
from gongkai.catalog.actions.projects import MilestoneGiven
from gongkai.catalog.project_state import ProjectFacts, days_late, due_on, project_status
from gongkai.catalog.projects import Project, ProjectUpdate
from gongkai.ledger import kinds
from gongkai.ledger.entries import Entry

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)


@pytest.fixture
def at(db: None, frozen_time: Any) -> Staffed:
    frozen_time("2026-11-26 09:00")
    return people.staffed("澜川市城市管理委员会")


def made(at: Staffed, **facts: Any) -> Project:
    values = {"year": 2026, "name": "照明补建", "goal": "补建85处", "responsible": "市城管委"} | facts
    return projects.create_project(at.agency, by=at.disclosure_officer, **values)


def told(at: Staffed, project: Project, month: int, percent: int = 10, **facts: Any) -> ProjectUpdate:
    values = {"text": f"{month}月完成了一些"} | facts
    by = values.pop("by", at.disclosure_officer)
    return projects.publish_update(project, month=date(2026, month, 15), percent=percent, by=by, **values)


def test_projects_are_numbered_within_year_and_kind(at: Staffed) -> None:
    numbers = [made(at).number, made(at).number, made(at, kind="key_work").number, made(at, year=2025).number]
    assert numbers == [1, 2, 1, 1]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"year": 26}, "year"),
        ({"due_day": 31}, "due_day"),
        ({"name": " "}, "name"),
        ({"finished_on": date(2027, 1, 1)}, "finished_on"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(at: Staffed, facts: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        made(at, **facts)
    assert field in refused.value.message_dict
    assert not Project.objects.exists()


def test_a_month_is_told_once(at: Staffed) -> None:
    project = made(at)
    told(at, project, 3, 40)
    with pytest.raises(ValidationError, match="请用“更正”"):
        told(at, project, 3)
    entry = Entry.objects.get(kind="catalog.progress_published")
    assert kinds.get(entry.kind).public
    assert kinds.sentence(entry.kind, entry.data) == "2026年3月，完成40%"


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"month": 12}, "month"), ({"percent": 101}, "percent"), ({"text": " "}, "text")],
)
def test_an_update_that_cannot_be_is_refused(at: Staffed, facts: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        told(at, made(at), **({"month": 2} | facts))
    assert field in refused.value.message_dict


def test_a_month_of_another_year_is_not_told(at: Staffed) -> None:
    with pytest.raises(ValidationError, match="2025年度的项目"):
        told(at, made(at, year=2025), 3)


def test_only_the_disclosure_office_of_the_agency_tells(at: Staffed) -> None:
    project = made(at)
    other = people.staffed("澜川市水务局")
    for officer in (at.drafter, at.leader, at.admin, other.disclosure_officer):
        with pytest.raises(PermissionDenied):
            told(at, project, 3, by=officer)
    told(at, project, 3, by=at.disclosure_head)


def test_a_correction_keeps_the_former_words(at: Staffed) -> None:
    project = made(at)
    first = told(at, project, 3, 40, text="完成四十处")
    with pytest.raises(ValidationError, match="更正了什么"):
        projects.correct_update(project, month=first.month, percent=30, text="改", note=" ", by=at.disclosure_head)
    with pytest.raises(ValidationError, match="还没有公布"):
        projects.correct_update(
            project, month=date(2026, 4, 1), percent=30, text="改", note="错了", by=at.disclosure_head
        )
    projects.correct_update(
        project, month=first.month, percent=30, text="完成三十处", note="重复计算", by=at.disclosure_head
    )
    course = queries.courses(Project.objects.all(), TODAY)[0]
    assert (course.percent, course.months[0].update.text, course.months[0].update.note) == (
        30,
        "完成三十处",
        "重复计算",
    )
    assert [one.text for one in course.months[0].former] == ["完成四十处"]
    assert ProjectUpdate.objects.count() == 2


def test_what_was_told_cannot_be_removed(at: Staffed) -> None:
    project, mistaken = made(at), made(at)
    told(at, project, 3)
    with pytest.raises(ValidationError, match="不能删除"):
        projects.remove_project(project, by=at.disclosure_officer)
    projects.remove_project(mistaken, by=at.disclosure_officer)
    assert [one.pk for one in Project.objects.all()] == [project.pk]
    assert Entry.objects.filter(kind="catalog.project_removed").count() == 1


def test_steps_are_set_in_order_and_not_done_in_the_future(at: Staffed) -> None:
    project = made(at)
    steps = [MilestoneGiven("设计", date(2026, 3, 31), date(2026, 3, 20)), MilestoneGiven("施工", date(2026, 10, 31))]
    projects.set_milestones(project, steps, by=at.disclosure_officer)
    projects.set_milestones(project, steps[::-1], by=at.disclosure_officer)
    assert [one.name for one in project.milestones.all()] == ["施工", "设计"]
    assert Entry.objects.filter(kind="catalog.project_milestones").latest("id").data == {"count": 2, "done": 1}
    with pytest.raises(ValidationError, match="在今天之后"):
        projects.set_milestones(
            project, [MilestoneGiven("验收", date(2026, 12, 1), date(2026, 12, 1))], by=at.disclosure_officer
        )


def test_many_projects_cost_what_one_costs(at: Staffed, django_assert_num_queries: Any) -> None:
    for _ in range(12):
        project = made(at)
        for month in (1, 2):
            told(at, project, month)
    with django_assert_num_queries(3):
        assert len(queries.courses(Project.objects.all(), TODAY)) == 12


def facts(*months: int, due_day: int = 10, finished_on: date | None = None) -> ProjectFacts:
    return ProjectFacts(2026, due_day, finished_on, {date(2026, one, 1): date(2026, one, 28) for one in months})


@pytest.mark.parametrize(
    ("project", "today", "late", "due", "changes_on"),
    [
        (facts(), date(2026, 1, 15), (), None, date(2026, 2, 1)),
        (facts(), date(2026, 2, 3), (), 1, date(2026, 2, 11)),
        (facts(), date(2026, 2, 10), (), 1, date(2026, 2, 11)),
        (facts(), date(2026, 2, 11), (1,), None, date(2026, 3, 1)),
        (facts(1), date(2026, 2, 11), (), None, date(2026, 3, 1)),
        (facts(1, 3), date(2026, 4, 5), (2,), None, date(2026, 5, 1)),
        (facts(1, finished_on=date(2026, 1, 20)), date(2026, 12, 1), (), None, None),
        (facts(*range(1, 13)), date(2027, 3, 1), (), None, None),
        (facts(*range(1, 12)), date(2027, 1, 11), (12,), None, None),
    ],
)
def test_what_is_due_and_what_is_late(
    project: ProjectFacts, today: date, late: tuple[int, ...], due: int | None, changes_on: date | None
) -> None:
    status = project_status(project, today)
    assert tuple(one.month for one in status.late) == late
    assert (status.due.month if status.due else None) == due
    assert status.changes_on == changes_on


def test_days_late_are_counted_from_the_due_day() -> None:
    assert due_on(date(2026, 1, 1), 28) == date(2026, 2, 28)
    assert due_on(date(2026, 12, 1), 10) == date(2027, 1, 10)
    assert [days_late(date(2026, 6, 1), 10, date(2026, 7, day)) for day in (9, 10, 16)] == [0, 0, 6]


@given(
    months=st.sets(st.integers(1, 12)),
    due_day=st.integers(1, 28),
    finished=st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2026, 12, 31))),
)
def test_a_status_holds_until_the_day_it_names(months: set[int], due_day: int, finished: date | None) -> None:
    project = facts(*months, due_day=due_day, finished_on=finished)
    day = date(2026, 1, 1)
    while day < date(2027, 2, 15):
        status = project_status(project, day)
        assert status.changes_on is None or status.changes_on > day
        until = min(status.changes_on or date(2027, 2, 15), date(2027, 2, 15))
        while day < until:
            assert project_status(project, day) == status
            day += timedelta(days=1)
