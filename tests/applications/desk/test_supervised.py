"""The supervising office sees every agency's clocks and nobody's name, and urges."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import cases, people
from tests.factories.people import Staffed

from gongkai.agencies.officers import Officer
from gongkai.ledger.entries import Entry

pytestmark = pytest.mark.django_db
PAGE = reverse("applications:supervised")
Desk = Callable[[Officer], Client]


@pytest.fixture
def office(db: None) -> Staffed:
    """The supervising office of the city."""
    return people.staffed("澜川市人民政府办公室", is_supervising=True)


def test_every_agency_by_light_without_anybody_s_name(at: Staffed, office: Staffed, desk: Desk) -> None:
    late = cases.handling_(at, arrived=cases.days_ago(60), wanted=["拆迁补偿明细"])
    calm = cases.handling_(at, wanted=["规划图"])
    client = desk(office.disclosure_officer)
    shown = client.get(PAGE).content.decode()
    assert late.number in shown
    assert calm.number not in shown
    assert calm.number in client.get(PAGE, {"agency": at.agency.pk}).content.decode()
    for private in ("王**", "王小雨", "拆迁补偿明细"):
        assert private not in shown
    assert client.get(late.get_absolute_url()).status_code == 404


def test_urging_enters_the_case(at: Staffed, office: Staffed, desk: Desk) -> None:
    case = cases.handling_(at)
    client = desk(office.disclosure_head)
    url = reverse("applications:urge", args=[case.pk])
    assert "请填写“督办意见”" in client.post(url, {"text": ""}).content.decode()
    client.post(url, {"text": "请按期答复"})
    entry = Entry.objects.get(kind="applications.urged")
    assert (entry.subject_id, entry.data["what"]) == (str(case.pk), "请按期答复")
    assert "请按期答复" in desk(at.disclosure_officer).get(case.get_absolute_url()).content.decode()


def test_others_do_not_supervise(at: Staffed, office: Staffed, desk: Desk) -> None:
    case = cases.handling_(office)
    assert desk(at.disclosure_head).get(PAGE).status_code == 403
    assert desk(at.disclosure_head).post(reverse("applications:urge", args=[case.pk]), {"text": "x"}).status_code == 403
    assert desk(office.leader).get(PAGE).status_code == 403


def test_a_fixed_number_of_queries(at: Staffed, office: Staffed, desk: Desk) -> None:
    def queries() -> int:
        client = desk(office.disclosure_officer)
        client.get(PAGE)
        with CaptureQueriesContext(connection) as asked:
            client.get(PAGE)
        return len(asked)

    cases.handling_(at)
    few = queries()
    for _ in range(5):
        cases.consultation(at, cases.handling_(at))
        cases.registered(people.staffed())
    assert queries() == few
