"""Desk pages of the full list and of projects, at two widths, without what axe-core calls a fault."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page
from tests.browser import DESK_VIEWS, LiveSite, faults
from tests.catalog.test_matter_import import PLAIN, ROW, sheet
from tests.catalog.test_matters import given
from tests.factories import people

from gongkai.agencies.officers import Officer
from gongkai.catalog.actions import matters, projects

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_every_page_is_accessible_and_fits(page: Page, live_site: LiveSite, desk: Callable[[Officer], Client]) -> None:
    at = people.staffed(is_city=True, host="localhost", is_supervising=True)
    officer = at.disclosure_officer
    matter = matters.create_matter(at.agency, by=officer, **given(department=at.department))
    facts = {"year": 2026, "name": "照明补建", "goal": "补建85处", "responsible": "市城管委"}
    project = projects.create_project(at.agency, by=officer, **facts)
    client = desk(officer)
    wrong = [3, "供热", "坏的", "内容", "", "过几天", "市城管委", "政府网站"]
    data = sheet(PLAIN, [*ROW[:2], "供热质量监督检查", *ROW[3:]], [2, "燃气", *ROW[2:]], wrong)
    upload = client.post(reverse("matters:import"), {"file": SimpleUploadedFile("清单.xlsx", data)})
    urls = [
        reverse(name) for name in ("matters:list", "matters:new", "matters:import", "matters:city", "projects:list")
    ]
    urls += [reverse("matters:matter", args=[matter.pk]), upload.headers["Location"]]
    urls += [reverse("matters:of_agency", args=[at.agency.pk]), reverse("projects:project", args=[project.pk])]
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_site.url()}]
    )
    found: list[str] = []
    for url in urls:
        page.goto(live_site.url(url))
        found += faults(page, url, views=DESK_VIEWS)
    assert not found, "\n".join(found)
