"""Calendar feeds: the right days, under addresses that nobody can make up."""

from datetime import date, timedelta

import pytest
from django.test import Client
from icalendar import Calendar
from tests.applications.portal import test_status
from tests.applications.portal.filling import Visitor
from tests.factories.people import Staffed

from gongkai.applications import calendars
from gongkai.applications.actions import handling
from gongkai.applications.applications import Application
from gongkai.applications.clock_facts import Clocks

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(at: Staffed, visitor: Visitor) -> Application:
    return test_status.confirmed(at, visitor.apply())


def days(visitor: Visitor, path: str) -> dict[str, tuple[date, date]]:
    """First and last day by what it is."""
    answer = visitor.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    assert "no-store" in answer["Cache-Control"]
    feed = Calendar.from_ical(answer.content)
    return {str(one["summary"]): (one["dtstart"].dt, one["dtend"].dt) for one in feed.walk("VEVENT")}


def test_an_application_has_its_days(visitor: Visitor, case: Application) -> None:
    found = days(visitor, calendars.application_address(case))
    due = Clocks().of(case).due_date
    assert due is not None
    assert found[f"答复申请人（最后一日）：{case.number}"] == (due, due + timedelta(days=1))


def test_a_feed_names_nobody_and_nothing(visitor: Visitor, case: Application) -> None:
    text = visitor.get(calendars.application_address(case)).content.decode()
    assert "李" not in text
    assert case.subject[:4] not in text


def test_an_address_cannot_be_made_up(at: Staffed, visitor: Visitor, case: Application) -> None:
    address = calendars.application_address(case)
    assert visitor.get(address.replace(".ics", "0.ics")).status_code == 404
    assert visitor.get(f"/apply/calendar/{case.pk}-.ics").status_code == 404
    officer = calendars.officer_address(at.disclosure_officer)
    mark = address.rsplit("-", 1)[1]
    assert visitor.get(f"/apply/calendar/officer/{at.disclosure_officer.pk}-{mark}").status_code == 404
    at.disclosure_officer.set_password("Another-2026-one")
    at.disclosure_officer.save()
    assert visitor.get(officer).status_code == 404


def test_an_officer_has_the_deadlines_of_their_own_cases(at: Staffed, visitor: Visitor, case: Application) -> None:
    path = calendars.officer_address(at.disclosure_officer)
    handling.set_handler(case, at.disclosure_head, by=at.disclosure_officer)
    assert days(visitor, path) == {}
    handling.set_handler(case, at.disclosure_officer, by=at.disclosure_officer)
    assert f"答复申请人（最后一日）：{case.number}" in days(visitor, path)
    at.disclosure_officer.is_active = False
    at.disclosure_officer.save()
    assert visitor.get(path).status_code == 404


def test_an_officers_feed_costs_the_same_for_any_number(
    at: Staffed, visitor: Visitor, case: Application, django_assert_max_num_queries: object
) -> None:
    for one in (case, test_status.confirmed(at, visitor.apply()), test_status.confirmed(at, visitor.apply())):
        handling.set_handler(one, at.disclosure_officer, by=at.disclosure_officer)
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        assert len(days(visitor, calendars.officer_address(at.disclosure_officer))) >= 3


def test_a_feed_is_read_by_programs_on_any_site(at: Staffed, case: Application) -> None:
    host = at.agency.hosts.get(primary=True).host
    answer = Client(headers={"host": host, "user-agent": "calendar"}).head(calendars.application_address(case))
    assert answer.status_code == 200
