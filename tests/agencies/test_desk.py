"""Settings pages: the agency's own data, its people, the city's bodies and calendar; nobody else's."""

from datetime import date

import pytest
from django.test import Client
from tests.factories import people
from tests.factories.people import Staffed

from gongkai.agencies.bodies import Agency
from gongkai.agencies.officers import Officer
from gongkai.agencies.workdays import current_calendar

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Staffed:
    return people.staffed()


def as_(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer)
    session = client.session
    session["second_factor_due"] = False
    session.save()
    return client


def test_an_admin_makes_an_account_and_appoints(at: Staffed) -> None:
    client = as_(at.admin)
    facts = {"name": "许知行", "username": "xuzhixing", "password": "Begin-here-2026", "department": at.department.pk}
    made = client.post("/desk/officers/", facts)
    officer = Officer.objects.get(username="xuzhixing")
    assert made["Location"] == f"/desk/officers/{officer.pk}/"
    client.post(made["Location"], {"act": "appoint", "role": "drafter", "department": at.department.pk})
    assert Officer.objects.get(pk=officer.pk).roles_over(at.department.pk) == {"drafter"}


def test_a_name_that_is_taken_is_refused_at_its_field_and_nothing_typed_is_lost(at: Staffed) -> None:
    facts = {"name": "另一人", "username": at.drafter.username, "password": "Begin-here-2026"}
    again = as_(at.admin).post("/desk/officers/", facts)
    assert again.context["form"].errors["username"]
    assert "另一人" in again.content.decode()


def test_an_agency_wide_role_is_not_given_by_department(at: Staffed) -> None:
    url = f"/desk/officers/{at.drafter.pk}/"
    again = as_(at.admin).post(url, {"act": "appoint", "role": "leader", "department": at.department.pk})
    assert "全机关的岗位" in again.content.decode()


def test_an_admin_cannot_lock_himself_out(at: Staffed) -> None:
    client = as_(at.admin)
    url = f"/desk/officers/{at.admin.pk}/"
    again = client.post(url, {"act": "change", "name": "管理员"})
    assert "不能停用自己的账号" in again.content.decode()
    client.post(url, {"act": "relieve", "appointment": at.admin.appointments.get().pk})
    assert Officer.objects.get(pk=at.admin.pk).roles == {"admin"}


def test_officers_of_another_agency_are_not_there(at: Staffed) -> None:
    other = people.staffed()
    assert as_(at.admin).get(f"/desk/officers/{other.drafter.pk}/").status_code == 404


def test_a_drafter_does_not_keep_accounts(at: Staffed) -> None:
    refused = as_(at.drafter).get("/desk/officers/")
    assert refused.status_code == 403
    assert "系统管理员" in refused.content.decode()


def test_the_contact_is_changed_in_one_place(at: Staffed) -> None:
    facts = {"act": "contact", "contact-office_name": "政务公开处", "contact-email": "xxgk@lanchuan.example"}
    assert as_(at.disclosure_officer).post("/desk/agency/", facts).status_code == 302
    contact = Agency.objects.get(pk=at.agency.pk).contact
    assert (contact.office_name, contact.email) == ("政务公开处", "xxgk@lanchuan.example")


def test_a_wrong_mailbox_is_told_at_its_field(at: Staffed) -> None:
    again = as_(at.disclosure_officer).post("/desk/agency/", {"act": "contact", "contact-email": "没有"})
    assert again.status_code == 200
    assert again.context["forms"]["contact"].errors["email"]


def test_leaders_are_kept_in_order(at: Staffed) -> None:
    facts = {
        "act": "leaders", "leaders-TOTAL_FORMS": "2", "leaders-INITIAL_FORMS": "0",
        "leaders-0-name": "程望川", "leaders-0-title": "主任", "leaders-1-name": "苏明河", "leaders-1-title": "副主任",
    }  # fmt: skip
    assert as_(at.admin).post("/desk/agency/", facts).status_code == 302
    assert [one.name for one in at.agency.leaders.all()] == ["程望川", "苏明河"]


def test_only_the_supervising_office_keeps_bodies_and_calendar(at: Staffed) -> None:
    assert as_(at.admin).get("/desk/bodies/").status_code == 403
    office = people.staffed(is_supervising=True)
    client = as_(office.admin)
    assert client.get("/desk/bodies/").status_code == 200
    facts = {"found-code": "B09", "found-slug": "yllhj", "found-name": "澜川市园林绿化局", "found-short_name": "园林局"}
    client.post("/desk/bodies/", facts | {"act": "found"})
    assert Agency.objects.get(code="B09").name == "澜川市园林绿化局"


def test_an_official_day_changes_the_calendar_at_once() -> None:
    office = people.staffed(is_supervising=True)
    client = as_(office.admin)
    day = date(2027, 2, 14)
    assert not current_calendar().is_working(day)
    facts = {
        "act": "enter",
        "enter-day": "2027-02-14",
        "enter-kind": "makeup",
        "enter-document_number": "国办发明电〔2026〕9号",
    }
    assert client.post("/desk/calendar/?year=2027", facts).status_code == 302
    assert current_calendar().is_working(day)
    page = client.get("/desk/calendar/?year=2027").content.decode()
    assert "国办发明电〔2026〕9号" in page
    assert "暂定" in page
