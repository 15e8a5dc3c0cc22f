"""A person asks to be forgotten: refused with every reason while something is open, then gone everywhere."""

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from tests.factories import cases
from tests.factories.people import Staffed

from gongkai.agencies.officers import Officer
from gongkai.applications import retention
from gongkai.applications.actions import parties
from gongkai.applications.parties import Party
from gongkai.ledger import moment

Desk = Callable[[Officer], Client]


def _page(client: Client, number: str = "") -> str:
    return client.get(reverse("applications:erasing"), {"number": number}).content.decode()


def test_an_open_case_keeps_the_person(at: Staffed, desk: Desk) -> None:
    case = cases.registered(at)
    client = desk(at.disclosure_head)
    assert f"申请{case.number}尚未办结" in _page(client, case.number)
    url = reverse("applications:erase")
    answer = client.post(url, {"number": case.number, "reason": "本人要求"})
    assert answer.status_code == 422
    assert not Party.objects.exclude(erased_at=None).exists()


def test_every_merged_record_is_erased_and_figures_stay(at: Staffed, desk: Desk) -> None:
    first, second = cases.withdrawn(at), cases.delivered(at)
    parties.merge(second.applicant, first.applicant, by=at.disclosure_officer)
    client = desk(at.disclosure_head)
    assert client.post(reverse("applications:erase"), {"number": second.number, "reason": ""}).status_code == 422
    client.post(reverse("applications:erase"), {"number": second.number, "reason": "本人书面要求"})
    assert Party.objects.filter(erased_at=None).count() == 0
    again = cases.again(second)
    assert (again.subject, again.applicant_kind, again.replied_on) == (
        retention.ERASED,
        "citizen",
        second.replied_on,
    )
    assert "已经删除" in _page(client, second.number)


def test_only_the_head_erases(at: Staffed, desk: Desk) -> None:
    case = cases.withdrawn(at)
    client = desk(at.disclosure_officer)
    assert "由公开机构负责人办理" in _page(client, case.number)
    url = reverse("applications:erase")
    assert client.post(url, {"number": case.number, "reason": "本人要求"}).status_code == 403


def test_the_list_says_when(at: Staffed, desk: Desk) -> None:
    case = cases.withdrawn(at, arrived=moment.today() - timedelta(days=30))
    assert case.closed_on is not None
    assert f"{retention.erased_on(case.closed_on):%Y-%m-%d}" in _page(desk(at.disclosure_officer))
