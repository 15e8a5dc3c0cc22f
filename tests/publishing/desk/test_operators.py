"""Those who look after outlets and settings: dead letters, dictionary, chains, outlets, the drawn procedures."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories import editions, people
from tests.factories.people import Staffed

from gongkai.agencies.officers import Officer
from gongkai.ledger import worker
from gongkai.ledger.entries import Entry
from gongkai.ledger.positions import Position
from gongkai.procedures.registry import all_procedures
from gongkai.publishing.desk.drawing import draw
from gongkai.publishing.parcels import Delivery, OutletSetting
from gongkai.publishing.procedures import EDITION
from gongkai.publishing.reviews import Word, chain_for

pytestmark = pytest.mark.django_db
Desk = Callable[[Officer], Client]


def _dead(at: Staffed) -> Delivery:
    return Delivery.objects.create(
        outlet="exchange",
        entry_id=1,
        agency=at.agency,
        document=editions.released(at).document,
        act="publish",
        state="dead",
        attempts=8,
        last_error="连接被拒绝",
        next_try=timezone.now(),
    )


def test_a_dead_letter_is_shown_with_its_reason_and_tried_again(at: Staffed, desk: Desk) -> None:
    dead = _dead(at)
    client = desk(at.disclosure_officer)
    assert "连接被拒绝" in client.get(f"{reverse('desk:deliveries')}?state=dead").content.decode()
    client.post(reverse("desk:delivery_retry", args=[dead.pk]))
    dead.refresh_from_db()
    assert (dead.state, dead.attempts) == ("pending", 0)


def test_a_dead_letter_is_given_up(at: Staffed, desk: Desk) -> None:
    dead = _dead(at)
    desk(at.disclosure_officer).post(reverse("desk:delivery_skip", args=[dead.pk]))
    dead.refresh_from_db()
    assert dead.state == "superseded"
    assert Entry.objects.filter(kind="publishing.delivery_skipped").exists()


def test_another_agency_s_letters_are_not_touched(at: Staffed, desk: Desk) -> None:
    dead = _dead(at)
    stranger = desk(people.staffed().disclosure_officer)
    assert stranger.post(reverse("desk:delivery_retry", args=[dead.pk])).status_code == 404
    assert "连接被拒绝" not in stranger.get(reverse("desk:deliveries")).content.decode()


@pytest.mark.django_db(transaction=True)  # on PostgreSQL a follower reads only what was committed
def test_only_the_administrator_of_the_supervising_office_sends_a_follower_back(at: Staffed, desk: Desk) -> None:
    """A follower reads for every agency: one of them alone does not start it anew."""
    editions.released(at)
    worker.work_once()
    office = people.staffed(is_supervising=True)
    url = reverse("desk:follower_replay", args=["deliveries"])
    for officer in (at.admin, at.disclosure_head, office.disclosure_head):
        assert desk(officer).post(url).status_code == 403
        assert "台账跟随者" not in desk(officer).get(reverse("desk:deliveries")).content.decode()
    assert Position.objects.get(pk="deliveries").entry > 0
    assert "台账跟随者" in desk(office.admin).get(reverse("desk:deliveries")).content.decode()
    desk(office.admin).post(url)
    assert Position.objects.get(pk="deliveries").entry == 0
    assert desk(office.admin).post(reverse("desk:follower_replay", args=["nobody"])).status_code == 404


def test_a_word_is_added_changed_and_removed(at: Staffed, desk: Desk) -> None:
    client, url = desk(at.disclosure_head), reverse("desk:words")
    facts = {"word": "采暖费", "kind": "former", "severity": "warn", "suggestions": "供热费、热费"}
    client.post(url, facts)
    assert Word.objects.get(agency=at.agency).suggestions == ["供热费", "热费"]
    client.post(url, facts | {"severity": "block"})
    entry = Word.objects.get(agency=at.agency)
    assert entry.severity == "block"
    assert "供热费、热费" in client.get(f"{url}?word=采暖费").content.decode()
    client.post(reverse("desk:word_remove", args=[entry.pk]))
    assert not Word.objects.exists()


def test_a_word_left_empty_is_said_at_its_field(at: Staffed, desk: Desk) -> None:
    answer = desk(at.disclosure_head).post(reverse("desk:words"), {"kind": "former", "severity": "warn"})
    assert answer.status_code == 422
    assert "请填写词语。" in answer.content.decode()


def test_nobody_removes_another_agency_s_word(at: Staffed, desk: Desk) -> None:
    word = Word.objects.create(agency=people.agency(), word="别家", kind="wrong", severity="warn")
    assert desk(at.disclosure_head).post(reverse("desk:word_remove", args=[word.pk])).status_code == 404


def test_a_chain_has_at_least_two_steps(at: Staffed, desk: Desk) -> None:
    client, url = desk(at.disclosure_head), reverse("desk:chains")
    answer = client.post(url, {"type": "news", "steps": ["dept_review"]})
    assert answer.status_code == 422
    assert "分级审核至少要有两个环节。" in answer.content.decode()
    client.post(url, {"type": "news", "steps": ["leader_review", "dept_review"]})
    assert chain_for(at.agency, "news") == ("dept_review", "leader_review")
    assert client.post(url, {"type": "nothing", "steps": []}).status_code == 404


def test_an_outlet_is_switched_on_with_what_it_needs(at: Staffed, desk: Desk) -> None:
    client, url = desk(at.disclosure_head), reverse("desk:outlets")
    answer = client.post(url, {"outlet": "exchange", "enabled": "on", "setting-folder": ""})
    assert answer.status_code == 422
    assert "请填写目录名。" in answer.content.decode()
    client.post(url, {"outlet": "exchange", "enabled": "on", "setting-folder": "up"})
    assert OutletSetting.objects.get(agency=at.agency).settings == {"folder": "up"}


def test_the_drawing_says_all_that_the_table_says() -> None:
    for procedure in all_procedures():
        drawing = draw(procedure, procedure.start)
        rows = {state.label: state.y for state in drawing.states}
        assert [state.label for state in drawing.states if state.here] == [procedure.state(procedure.start).label]
        for event, line in zip(procedure.events, drawing.events, strict=True):
            assert {*line.sources, *line.stays} == {rows[procedure.state(key).label] for key in event.roles}
            assert {*line.targets, *line.stays} == {rows[procedure.state(key).label] for key in event.targets}
            assert line.x < drawing.width


def test_the_place_where_an_edition_stands_is_marked(at: Staffed, desk: Desk) -> None:
    edition = editions.at_step(at, "office_review")
    page = desk(at.drafter).get(f"{reverse('desk:procedures')}?edition={edition.pk}").content.decode()
    assert f"现在：{EDITION.state('office_review').label}" in page
    assert "is-here" in page
    stranger = desk(people.staffed().drafter)
    assert stranger.get(f"{reverse('desk:procedures')}?edition={edition.pk}").status_code == 404
