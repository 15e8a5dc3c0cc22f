"""Projects as readers see them: a year's list, everybody's on the city's portal, one with its drawn course."""

from datetime import date
from typing import Any

import pytest
from lxml import html
from tests.catalog.portal.reading import get, links, text
from tests.catalog.test_projects import made, told
from tests.factories import people
from tests.factories.people import Staffed

from gongkai.catalog.actions import projects
from gongkai.catalog.actions.projects import MilestoneGiven
from gongkai.pages.keys import expiry, is_rare, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(db: None, frozen_time: Any) -> Staffed:
    frozen_time("2026-04-12 09:00")
    return people.staffed("澜川市城市管理委员会")


def test_a_year_and_one_project(at: Staffed) -> None:
    project = made(at)
    steps = [MilestoneGiven("设计", date(2026, 2, 28), date(2026, 2, 20)), MilestoneGiven("施工", date(2026, 10, 31))]
    projects.set_milestones(project, steps, by=at.disclosure_officer)
    told(at, project, 1, 10)
    told(at, project, 2, 25, stage="施工")
    made(at, year=2025, name="去年的项目")
    page = get(at.agency, "/jz/")
    words = text(page)
    for expected in ("照明补建", "25%", "2月 · 施工", "3月进展未按时公布"):
        assert expected in words
    assert "去年的项目" not in words
    assert links(page)["2025年"] == "/jz/2025/"
    assert "去年的项目" in text(get(at.agency, "/jz/2025/"))
    one = get(at.agency, project.get_absolute_url())
    words = text(one)
    for expected in ("3月的进展应于次月10日前公布，尚未公布", "1月完成了一些", "迟61天", "2026-02-20"):
        assert expected in words
    drawing = html.fromstring(one.content).xpath("//figure//svg")[0]
    assert drawing.get("aria-label") == "2026年各月完成比例，最近一个月（2月）25%；2个节点已完成1个；各月数字见下表"
    assert len(drawing.xpath(".//circle")) == 2
    assert len(drawing.xpath(".//path")) == 2
    assert {f"project:{project.pk}"} <= shown(one)
    assert {f"projects:{at.agency.pk}"} <= shown(page)
    assert expiry(page) is not None
    assert is_rare(get(at.agency, "/jz/2025/"))
    assert not is_rare(get(at.agency, "/jz/2026/"))


def test_a_correction_shows_what_was_said_before(at: Staffed) -> None:
    project = made(at)
    told(at, project, 1, 40, text="完成四十处")
    projects.correct_update(
        project, month=date(2026, 1, 1), percent=30, text="完成三十处", note="重复计算", by=at.disclosure_head
    )
    words = text(get(at.agency, project.get_absolute_url()))
    for expected in ("更正：重复计算", "完成三十处", "公布，完成40%", "完成四十处"):
        assert expected in words


def test_nothing_yet_and_nothing_there(at: Staffed) -> None:
    assert "还没有公布项目" in text(get(at.agency, "/jz/"))
    assert get(at.agency, "/jz/2020/").status_code == 404
    assert get(at.agency, "/jz/nothing/").status_code == 404


def test_the_city_gathers_every_agencys(at: Staffed, django_assert_num_queries: Any) -> None:
    portal = people.staffed("澜川市人民政府", is_city=True, host="city.localhost")
    project = made(at)
    page = get(portal.agency, "/jz/")
    assert at.agency.short_name in text(page)
    host = at.agency.hosts.get(primary=True).host
    assert links(page)["照明补建"].endswith(f"{host}{project.get_absolute_url()}")
    assert get(portal.agency, project.get_absolute_url()).status_code == 301
    assert "projects:" in shown(page)
    for _ in range(8):
        told(at, made(at), 1)
    for agency, number in ((portal.agency, 10), (at.agency, 11)):
        with django_assert_num_queries(number):
            get(agency, "/jz/")
