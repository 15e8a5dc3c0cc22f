"""The way in: right, wrong, locked, with a second factor, and out again."""

from collections.abc import Callable

import pytest
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from tests.factories import people
from tests.factories.people import PASSWORD, Staffed

from gongkai.agencies.actions import people as people_actions
from gongkai.ledger.entries import Entry
from gongkai.ledger.refs import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Staffed:
    return people.staffed()


def sign_in(client: Client, username: str, password: str = PASSWORD, **more: str) -> object:
    return client.post("/desk/sign-in/", {"username": username, "password": password, **more})


def token_of(device: TOTPDevice, drift: int = 0) -> str:
    return f"{totp(device.bin_key, drift=drift):06d}"


def test_the_right_password_leads_to_the_page_one_wanted(client: Client, at: Staffed) -> None:
    away = client.get("/desk/documents/")
    assert away.status_code == 302
    assert away["Location"].startswith("/desk/sign-in/?next=")
    back = sign_in(client, at.drafter.username, next="/desk/documents/")
    assert back["Location"] == "/desk/documents/"  # type: ignore[index]
    assert client.get("/desk/documents/").status_code == 200
    assert Entry.objects.filter(kind="agencies.signed_in", actor_id=str(at.drafter.pk)).count() == 1


def test_nobody_is_led_to_another_site_after_signing_in(client: Client, at: Staffed) -> None:
    back = sign_in(client, at.drafter.username, next="https://evil.example/")
    assert back["Location"] == "/desk/"  # type: ignore[index]


def test_a_wrong_name_and_a_wrong_password_read_the_same(client: Client, at: Staffed) -> None:
    wrong = sign_in(client, at.drafter.username, "not-it-at-all")
    nobody = sign_in(client, "nobody.here", "not-it-at-all")
    said = "用户名或密码不对"
    assert said in wrong.content.decode()  # type: ignore[attr-defined]
    assert said in nobody.content.decode()  # type: ignore[attr-defined]


def test_too_many_wrong_tries_lock_for_a_while_and_say_so(client: Client, at: Staffed) -> None:
    for _ in range(5):
        last = sign_in(client, at.drafter.username, "not-it-at-all")
    assert last.status_code == 429  # type: ignore[attr-defined]
    assert "约15分钟" in last.content.decode()  # type: ignore[attr-defined]
    right = sign_in(client, at.drafter.username)
    assert right.status_code == 429, "also the right password waits"  # type: ignore[attr-defined]
    assert Entry.objects.filter(kind="agencies.locked_out").exists()


def test_a_disabled_account_is_out_at_its_next_request(client: Client, at: Staffed) -> None:
    sign_in(client, at.drafter.username)
    people_actions.change_officer(at.drafter, by=at.admin, is_active=False)
    assert client.get("/desk/me/").status_code == 302


def test_a_first_password_must_be_changed_before_anything_else(client: Client, at: Staffed) -> None:
    people_actions.change_password(at.drafter, password="First-of-many-1", by=at.admin)
    sign_in(client, at.drafter.username, "First-of-many-1")
    assert client.get("/desk/me/")["Location"] == "/desk/password/"
    client.post("/desk/password/", {"present": "First-of-many-1", "new": "Only-mine-2026", "again": "Only-mine-2026"})
    assert client.get("/desk/me/").status_code == 200


def test_a_weak_or_mistyped_new_password_is_refused_at_its_field(client: Client, at: Staffed) -> None:
    sign_in(client, at.drafter.username)
    weak = client.post("/desk/password/", {"present": PASSWORD, "new": "12345678901", "again": "12345678901"})
    assert "密码" in weak.content.decode()
    assert weak.context["form"].errors["new"]
    other = client.post("/desk/password/", {"present": "wrong", "new": "Only-mine-2026", "again": "Only-mine-2027"})
    assert set(other.context["form"].errors) == {"present", "again"}


def test_changing_the_password_ends_other_sessions(client: Client, at: Staffed) -> None:
    elsewhere = Client()
    sign_in(client, at.drafter.username)
    sign_in(elsewhere, at.drafter.username)
    client.post("/desk/password/", {"present": PASSWORD, "new": "Only-mine-2026", "again": "Only-mine-2026"})
    assert client.get("/desk/me/").status_code == 200
    assert elsewhere.get("/desk/me/").status_code == 302


def test_a_second_factor_once_set_up_is_asked_for(
    client: Client, at: Staffed, frozen_time: Callable[[str], object]
) -> None:
    # A code counts by the half minute: a real clock could change between two of them.
    frozen_time("2026-03-02 09:00")
    sign_in(client, at.leader.username)
    assert client.get("/desk/second-factor/").context["qr"].startswith("data:image/svg")
    device = TOTPDevice.objects.get(user=at.leader)
    client.post("/desk/second-factor/", {"token": token_of(device)})
    assert client.get("/desk/me/").status_code == 200
    again = Client()
    sign_in(again, at.leader.username)
    assert again.get("/desk/me/")["Location"].startswith("/desk/second-factor/")
    wrong = again.post("/desk/second-factor/", {"token": "abcdef"})
    assert "6位数字" in wrong.content.decode()
    again.post("/desk/second-factor/", {"token": token_of(device, drift=1)})
    assert again.get("/desk/me/").status_code == 200


def test_where_production_demands_it_nobody_gets_further_without(client: Client, at: Staffed, settings: object) -> None:
    settings.GONGKAI_REQUIRE_TOTP = True  # type: ignore[attr-defined]
    sign_in(client, at.leader.username)
    assert client.get("/desk/")["Location"].startswith("/desk/second-factor/")


def test_signing_out_ends_it(client: Client, at: Staffed) -> None:
    sign_in(client, at.drafter.username)
    assert client.post("/desk/sign-out/").status_code == 302
    assert client.get("/desk/me/").status_code == 302
    assert client.get("/desk/sign-out/").status_code == 405, "a link cannot sign one out"


def test_an_appointment_gives_and_its_end_takes(at: Staffed) -> None:
    someone = people.officer(at.agency, "leader")
    assert someone.roles == {"leader"}
    people_actions.relieve(someone.appointments.get(), by=SYSTEM)
    assert someone.roles == frozenset()
