"""Full list, projects, figures and catalogue as people meet them: axe, two widths, the narrowest, no script."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from tests.browser import LiveSite, faults
from tests.catalog.test_matters import given
from tests.factories.sites import City

from gongkai.catalog.actions import matters, projects
from gongkai.catalog.actions.projects import MilestoneGiven
from gongkai.catalog.projects import Project

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def project_of(city: City) -> Project:
    """A project with steps, and a month that was corrected."""
    year, officer = timezone.localdate().year, city.at.disclosure_officer
    facts = {"year": year, "name": "照明补建", "goal": "补建85处", "responsible": "市城管委"}
    made = projects.create_project(city.at.agency, by=officer, **facts)
    steps = [MilestoneGiven("设计", date(year, 1, 1), date(year, 1, 1)), MilestoneGiven("施工", date(year, 12, 1))]
    projects.set_milestones(made, steps, by=officer)
    month = date(year, 1, 1)
    projects.publish_update(made, month=month, percent=30, stage="设计", text="完成设计", by=officer)
    projects.correct_update(made, month=month, percent=20, text="部分完成", note="误写", by=officer)
    return made


@pytest.fixture
def addresses(live_site: LiveSite, city: City) -> dict[str, str]:
    """Whole addresses of every kind of page."""
    officer = city.at.disclosure_officer
    matter = matters.create_matter(city.at.agency, by=officer, **given(types=["normative"], duty="monthly"))
    for number, kind in enumerate(("fee", "plan", "budget"), start=1):
        named = given(first=f"一级事项{number}", second=f"二级事项{number}", types=[kind])
        matters.create_matter(city.at.agency, by=officer, **named)
    project = project_of(city)
    own = city.at.agency.hosts.get(primary=True).host
    portal = city.portal.agency.hosts.get(primary=True).host
    now = timezone.localdate()
    paths = {
        "full list": "/qd/",
        "matter": matter.get_absolute_url(),
        "projects": "/jz/",
        "project": project.get_absolute_url(),
        "figures": "/sj/",
        "catalogue": "/ml/",
        "year": f"/ml/{now.year}/",
        "month": f"/ml/{now:%Y/%m}/",
    }
    found = {kind: live_site.url(path, host=own) for kind, path in paths.items()}
    return found | {f"city: {path}": live_site.url(path, host=portal) for path in ("/qd/", "/jz/", "/sj/", "/ml/")}


def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(page: Page, addresses: dict[str, str]) -> None:
    found: list[str] = []
    for kind, address in addresses.items():
        page.goto(address)
        found += faults(page, kind)
        found += [f"{kind}: headings"] if page.locator("h1").count() != 1 else []
    assert found == []


def test_pages_fit_the_narrowest_screen_and_need_no_script(
    page_of: Callable[..., Page], addresses: dict[str, str]
) -> None:
    page = page_of(320, java_script_enabled=False)
    for kind, address in addresses.items():
        page.goto(address)
        size = page.locator("html").bounding_box()
        assert size is not None
        assert size["width"] <= 320, kind
    page.goto(addresses["full list"])
    page.get_by_role("link", name="供热质量监督检查").click()
    assert page.get_by_role("heading", level=1).inner_text() == "供热质量监督检查"
    page.goto(addresses["project"])
    page.get_by_text("更正：误写").click()
    assert page.get_by_text("完成设计", exact=True).is_visible()
