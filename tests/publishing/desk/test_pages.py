"""Every page of the desk opens, for those it is for; for others there is nothing there."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories import editions, people
from tests.factories.people import Staffed

from gongkai.agencies.officers import Officer

pytestmark = pytest.mark.django_db
Desk = Callable[[Officer], Client]


def _pages(at: Staffed) -> list[str]:
    waiting = editions.at_step(at, "office_review")
    first = editions.released(at, title="已经发布的公告")
    second = editions.next_edition(at, first.document)
    editions.scheduled(at, timezone.now() + timedelta(days=1), title="定时的公告")
    by_edition = [
        reverse(f"desk:{name}", args=[one.pk])
        for name in ("edition", "diff", "preview", "preview_page")
        for one in (waiting, first, second)
    ]
    return [
        *by_edition,
        reverse("desk:document", args=[first.document_id]),
        reverse("desk:document", args=[waiting.document_id]),
        reverse("desk:tasks"),
        reverse("desk:documents"),
        reverse("desk:procedures"),
        f"{reverse('desk:procedures')}?edition={waiting.pk}",
        f"{reverse('desk:diff', args=[second.pk])}?view=inline&all=1",
    ]


def test_every_page_opens_for_the_office(at: Staffed, desk: Desk) -> None:
    for url in _pages(at):
        assert desk(at.disclosure_head).get(url).status_code == 200, url


@pytest.mark.parametrize("name", ["deliveries", "words", "chains", "outlets"])
def test_settings_and_deliveries_open_for_those_in_charge(at: Staffed, desk: Desk, name: str) -> None:
    assert desk(at.disclosure_head).get(reverse(f"desk:{name}")).status_code == 200
    assert desk(at.admin).get(reverse(f"desk:{name}")).status_code == 200
    assert desk(at.drafter).get(reverse(f"desk:{name}")).status_code == 403


def test_another_agency_finds_nothing(at: Staffed, desk: Desk) -> None:
    stranger = people.staffed().disclosure_head
    edition = editions.at_step(at, "office_review")
    for name in ("edition", "diff", "preview", "preview_page"):
        assert desk(stranger).get(reverse(f"desk:{name}", args=[edition.pk])).status_code == 404
    assert desk(stranger).get(reverse("desk:document", args=[edition.document_id])).status_code == 404
    for name, pk, event in (("fire_edition", edition.pk, "pass"), ("fire_document", edition.document_id, "withdraw")):
        url = reverse(f"desk:{name}", args=[pk, event])
        assert desk(stranger).post(url, {"version": edition.version}).status_code == 404
    assert edition.title not in desk(stranger).get(reverse("desk:documents")).content.decode()
    assert edition.title not in desk(stranger).get(reverse("desk:tasks")).content.decode()


def test_a_colleague_of_another_department_finds_no_draft(at: Staffed, desk: Desk) -> None:
    colleague = people.officer(at.agency, "drafter", at.other_department)
    edition = editions.draft(at)
    assert desk(colleague).get(reverse("desk:edition", args=[edition.pk])).status_code == 404


def test_nobody_gets_in_unsigned(at: Staffed) -> None:
    answer = Client().get(reverse("desk:tasks"))
    assert answer.status_code == 302
    assert "sign-in" in answer["Location"]
