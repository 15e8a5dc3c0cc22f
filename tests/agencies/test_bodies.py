"""Bodies come, change their name, are merged; names stay findable, hosts lead on."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from tests.factories import people

from gongkai.agencies.actions import bodies
from gongkai.agencies.bodies import Agency, SuccessionKind
from gongkai.ledger import timeline
from gongkai.ledger.refs import SYSTEM

pytestmark = pytest.mark.django_db


def test_a_body_is_renamed_and_its_former_name_stays() -> None:
    body = people.agency("火车站地区管理委员会")
    bodies.rename(body, name="重点站区管理委员会", short_name="站区管委会", on=date(2020, 9, 5), by=SYSTEM)
    body.refresh_from_db()
    assert body.name == "重点站区管理委员会"
    [former] = body.former_names.all()
    assert (former.name, former.until) == ("火车站地区管理委员会", date(2020, 9, 4))
    assert "更名为“重点站区管理委员会”" in timeline.of(body.ref())[-1].sentence


def test_renaming_to_the_same_name_is_refused() -> None:
    body = people.agency("市园林局")
    with pytest.raises(ValidationError, match="相同"):
        bodies.rename(body, name="市园林局", short_name="园林局", on=date(2026, 1, 1), by=SYSTEM)


def test_a_merged_bodys_host_leads_to_its_successor_with_path_and_query(client: Client) -> None:
    old = people.agency("市政管委", host="szgw.localhost")
    new = people.agency("城管委", host="csgw.localhost")
    bodies.end_agency(old, successor=new, kind=SuccessionKind.MERGED, on=date(2018, 11, 1), by=SYSTEM)
    response = client.get("/lm/xxgk/?page=2", headers={"host": "szgw.localhost:8000"})
    assert response.status_code == 301
    assert response["Location"] == "http://csgw.localhost:8000/lm/xxgk/?page=2"


def test_a_body_ends_once_and_not_into_itself() -> None:
    body = people.agency()
    with pytest.raises(ValidationError, match="另一个机关"):
        bodies.end_agency(body, successor=body, kind=SuccessionKind.MERGED, on=date(2026, 1, 1), by=SYSTEM)
    bodies.end_agency(body, successor=None, kind=SuccessionKind.ABOLISHED, on=date(2026, 1, 1), by=SYSTEM)
    with pytest.raises(ValidationError, match="已于2026-01-01撤销"):
        bodies.end_agency(body, successor=None, kind=SuccessionKind.ABOLISHED, on=date(2026, 1, 1), by=SYSTEM)


def test_a_new_main_host_leaves_the_former_as_a_redirect(client: Client) -> None:
    body = people.agency(host="old.localhost")
    bodies.set_host(body, host="new.localhost", by=SYSTEM)
    assert [(one.host, one.primary) for one in body.hosts.all()] == [("new.localhost", True), ("old.localhost", False)]
    response = client.get("/", headers={"host": "old.localhost"})
    assert (response.status_code, response["Location"]) == (301, "http://new.localhost/")


def test_a_host_belongs_to_one_body() -> None:
    people.agency(host="one.localhost")
    other = people.agency()
    with pytest.raises(ValidationError, match=r"已由.*使用"):
        bodies.set_host(other, host="ONE.localhost", by=SYSTEM)


def test_an_unknown_host_says_what_to_do(client: Client) -> None:
    people.agency(is_city=True)
    response = client.get("/", headers={"host": "nobody.localhost"})
    assert response.status_code == 404
    assert "nobody.localhost" in response.content.decode()


def test_a_contact_changes_in_one_place_with_before_and_after() -> None:
    body = people.agency()
    assert bodies.change_contact(body, phone="0000-5550199", by=SYSTEM)
    assert not bodies.change_contact(body, phone="0000-5550199", by=SYSTEM), "nothing changed, nothing is recorded"
    last = timeline.of(body.ref())[-1]
    assert last.sentence == "联系电话：0000-5550100 → 0000-5550199"
    contact = body.contact
    assert contact.office_of(body.name) == f"{body.name}{contact.office_name}"
    contact.office_name = f"{body.name}办公室"
    assert contact.office_of(body.name) == f"{body.name}办公室", "the body is not named twice"


def test_one_city_only() -> None:
    people.agency(is_city=True)
    with pytest.raises(ValidationError):
        people.agency(is_city=True)
    assert Agency.objects.filter(is_city=True).count() == 1
