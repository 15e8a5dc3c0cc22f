"""Projects on the desk: what is due is said, a month is published and corrected, nothing typed is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.catalog.portal.reading import text
from tests.catalog.test_projects import made, told
from tests.factories import people
from tests.factories.people import Staffed

from gongkai.agencies.officers import Officer
from gongkai.catalog.projects import Project

pytestmark = pytest.mark.django_db
Desk = Callable[[Officer], Client]


@pytest.fixture
def at(db: None, frozen_time: Any) -> Staffed:
    frozen_time("2026-03-05 09:00")
    return people.staffed("澜川市城市管理委员会")


def test_what_is_due_and_late_stands_first(at: Staffed, desk: Desk) -> None:
    client = desk(at.disclosure_officer)
    assert "还没有项目" in text(client.get(reverse("projects:list")))
    made(at)
    words = text(client.get(reverse("projects:list")))
    assert "照明补建：1月已逾期；2月的应在3月10日前公布" in words
    assert desk(at.drafter).get(reverse("projects:list")).status_code == 403


def test_a_project_is_begun_told_corrected_and_planned(at: Staffed, desk: Desk) -> None:
    client = desk(at.disclosure_officer)
    facts = {"kind": "livelihood", "year": 2026, "name": "照明补建", "goal": "补建85处", "responsible": "市城管委"}
    assert "必填" in text(client.post(reverse("projects:new"), facts))
    path = client.post(reverse("projects:new"), facts | {"due_day": 10}).headers["Location"]
    bad = client.post(
        path, {"act": "publish", "publish-month": "2026-02", "publish-percent": 120, "publish-text": "写了很多"}
    )
    assert "写了很多" in bad.content.decode()
    good = {"act": "publish", "publish-month": "2026-02", "publish-percent": 12, "publish-text": "完成设计"}
    assert "已公布2026年2月的进展" in text(client.post(path, good, follow=True))
    again = {"act": "correct", "correct-month": "2026-02", "correct-percent": 10, "correct-text": "部分完成"}
    assert "请写明更正了什么" in text(client.post(path, again))
    client.post(path, again | {"correct-note": "误写"})
    steps = {"act": "milestones", "steps-TOTAL_FORMS": 2, "steps-INITIAL_FORMS": 0, "steps-0-name": "设计"}
    assert "请填写计划完成的日期" in text(client.post(path, steps))
    client.post(path, steps | {"steps-0-planned_on": "2026-03-31"})
    client.post(path, facts | {"act": "change", "due_day": 12, "number": 1})
    project = Project.objects.get()
    assert (project.due_day, project.updates.count(), project.milestones.count()) == (12, 2, 1)
    assert "已经公布过进展的项目不能删除" in text(client.post(path, {"act": "remove"}))


def test_nobody_opens_another_agencys_project(at: Staffed, desk: Desk) -> None:
    other = people.staffed("澜川市水务局")
    theirs = made(other)
    told(other, theirs, 1)
    path = reverse("projects:project", args=[theirs.pk])
    client = desk(at.disclosure_officer)
    assert client.get(path).status_code == 404
    assert client.post(path, {"act": "remove"}).status_code == 404
    assert "照明补建" not in text(client.get(reverse("projects:list")))
