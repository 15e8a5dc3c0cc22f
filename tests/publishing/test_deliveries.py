"""Outlets get everything at least once, in order per document; what fails waits, is seen, and can be tried again."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from tests.factories import editions, people
from tests.factories.people import Staffed
from tests.serving import serving

from gongkai.ledger import followers, worker
from gongkai.procedures.engine import fire
from gongkai.publishing import deliveries
from gongkai.publishing.actions import dead_letters
from gongkai.publishing.actions.settings import set_outlet
from gongkai.publishing.models import Delivery
from gongkai.publishing.outlets import contract
from gongkai.publishing.parcels import DeliveryState
from gongkai.publishing.procedures import DOCUMENT

# On PostgreSQL a follower never reads what its own transaction wrote, so these stories commit.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _next_door(settings: Any) -> None:
    """The receiver of these tests is on this machine."""
    settings.GONGKAI_CALLBACK_NETWORKS = ["127.0.0.0/8"]


class Trial:
    """An outlet that does as it is told and remembers what it was brought."""

    key = "trial"
    label = "试验渠道"
    options = ()

    def __init__(self) -> None:
        self.got: list[tuple[str, str]] = []
        self.refuse: Exception | None = None

    def deliver(self, parcel: contract.Parcel) -> str:
        if self.refuse is not None:
            raise self.refuse
        self.got.append((parcel.document.index_number, parcel.act))
        return "收到"


@pytest.fixture
def trial() -> Iterator[Trial]:
    outlet = Trial()
    contract.register(outlet)
    yield outlet
    del contract._OUTLETS["trial"]


@pytest.fixture
def at(trial: Trial) -> Staffed:
    staffed = people.staffed()
    set_outlet(staffed.agency, "trial", enabled=True, settings={}, by=staffed.disclosure_head)
    return staffed


def work() -> None:
    while worker.work_once():
        pass


def later() -> None:
    """Let the waiting time of every pending delivery be over."""
    Delivery.objects.filter(state=DeliveryState.PENDING).update(next_try=timezone.now() - timedelta(seconds=1))


def withdraw(at: Staffed, document: Any) -> None:
    given = {"notice_kind": "expired", "on": date.today(), "ground": "期满"}
    fire(DOCUMENT, document, "withdraw", by=at.disclosure_head, given=given)


def test_a_release_and_its_notice_are_brought_in_order(at: Staffed, trial: Trial) -> None:
    document = editions.released(at).document
    withdraw(at, document)
    work()
    assert trial.got == [(document.index_number, "publish"), (document.index_number, "notice")]
    assert set(Delivery.objects.values_list("state", "receipt")) == {("sent", "收到")}


def test_an_agency_that_does_not_use_an_outlet_sends_nothing(trial: Trial) -> None:
    editions.released(people.staffed())
    work()
    assert trial.got == []
    assert not Delivery.objects.exists()


def test_a_replay_of_the_ledger_brings_nothing_twice(at: Staffed, trial: Trial) -> None:
    editions.released(at)
    work()
    followers.replay(followers.get("deliveries"))
    work()
    assert len(trial.got) == 1
    assert Delivery.objects.count() == 1


def test_what_fails_is_tried_again_with_growing_waits_and_then_waits_for_a_person(at: Staffed, trial: Trial) -> None:
    trial.refuse = contract.Undelivered("对方维护中")
    editions.released(at)
    work()
    waits = []
    for attempt in range(1, deliveries.ATTEMPTS_BEFORE_DEAD):
        row = Delivery.objects.get()
        assert (row.state, row.attempts, row.last_error) == ("pending", attempt, "对方维护中")
        waits.append(row.next_try - timezone.now())
        later()
        work()
    assert waits == sorted(waits)
    assert waits[-1] > 10 * waits[0]
    assert Delivery.objects.get().state == DeliveryState.DEAD
    trial.refuse = None
    dead_letters.retry(Delivery.objects.get(), by=at.disclosure_officer)
    work()
    assert Delivery.objects.get().state == DeliveryState.SENT


def test_what_can_never_arrive_goes_to_the_dead_letters_at_once(at: Staffed, trial: Trial) -> None:
    trial.refuse = contract.NotDeliverable("没有填写接收地址")
    editions.released(at)
    work()
    row = Delivery.objects.get()
    assert (row.state, row.attempts, row.last_error) == ("dead", 1, "没有填写接收地址")


def test_an_outlet_that_breaks_is_not_the_end_of_the_others(at: Staffed, trial: Trial) -> None:
    trial.refuse = ZeroDivisionError("bug")
    set_outlet(at.agency, "exchange", enabled=True, settings={"folder": "x"}, by=at.disclosure_head)
    editions.released(at)
    work()
    states = dict(Delivery.objects.values_list("outlet", "state"))
    assert states == {"trial": "pending", "exchange": "sent"}
    assert "ZeroDivisionError" in Delivery.objects.get(outlet="trial").last_error


def test_later_news_of_a_document_waits_for_earlier_ones_but_not_for_other_documents(at: Staffed, trial: Trial) -> None:
    first = editions.released(at, title="关于第一处检修的公告").document
    trial.refuse = contract.NotDeliverable("拒收")
    work()
    withdraw(at, first)
    trial.refuse = None
    second = editions.released(at, title="关于第二处检修的公告").document
    work()
    assert trial.got == [(second.index_number, "publish")]
    dead_letters.skip(Delivery.objects.get(state=DeliveryState.DEAD), by=at.disclosure_officer)
    work()
    assert trial.got[-1] == (first.index_number, "notice")


def test_what_must_come_down_overtakes_what_could_not_be_brought(at: Staffed, trial: Trial) -> None:
    trial.refuse = contract.NotDeliverable("拒收")
    document = editions.released(at).document
    work()
    trial.refuse = None
    fire(DOCUMENT, document, "revoke", by=at.disclosure_head, given={"reason": "误发"})
    work()
    assert trial.got == [(document.index_number, "remove")]
    assert set(Delivery.objects.values_list("act", "state")) == {("publish", "superseded"), ("remove", "sent")}


def test_a_publication_that_arrives_late_says_what_holds_now(at: Staffed, trial: Trial) -> None:
    """The parcel looks at the present state: a document taken down meanwhile is not published once more."""
    trial.refuse = contract.Undelivered("忙")
    document = editions.released(at).document
    work()
    fire(DOCUMENT, document, "take_offline", by=at.disclosure_officer, given={"reason": "核对"})
    trial.refuse = None
    later()
    work()
    assert [act for _, act in trial.got] == ["remove"]


def test_a_worker_that_died_while_sending_is_taken_over_after_its_lease(at: Staffed, trial: Trial) -> None:
    editions.released(at)
    followers.advance_all()
    row = Delivery.objects.get()
    now = timezone.now()
    assert deliveries._claim(row, now) is not None
    assert deliveries._claim(row, now) is None, "nobody else takes it meanwhile"
    assert deliveries.deliver_due(now) == 0
    assert deliveries.deliver_due(now + timedelta(minutes=2)) == 1
    assert Delivery.objects.get().state == DeliveryState.SENT


def test_the_exchange_folder_always_shows_the_present_state(at: Staffed, settings: Any) -> None:
    set_outlet(at.agency, "exchange", enabled=True, settings={"folder": "archive"}, by=at.disclosure_head)
    document = editions.released(at, title="关于供热检修的公告").document
    work()
    path = Path(settings.DATA_DIR) / "exchange" / "archive" / f"{document.index_number}.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    assert told["edition"]["header"]["title"] == "关于供热检修的公告"
    assert (told["act"], told["state"]) == ("publish", "live")
    withdraw(at, document)
    work()
    assert json.loads(path.read_text(encoding="utf-8"))["notice"]["kind"] == "expired"
    assert not list(path.parent.glob("*.part"))


@pytest.mark.parametrize("folder", ["", "..", "../elsewhere", "/tmp/elsewhere"])
def test_the_exchange_folder_stays_under_the_data_directory(at: Staffed, folder: str) -> None:
    with pytest.raises(contract.NotDeliverable):
        contract.get("exchange").deliver(
            contract.Parcel("k", "publish", editions.released(at).document, None, {"folder": folder})
        )


def test_an_outlet_is_not_switched_on_without_what_it_needs(at: Staffed) -> None:
    with pytest.raises(ValidationError, match="接收地址"):
        set_outlet(at.agency, "webhook", enabled=True, settings={}, by=at.disclosure_head)


class Receiver(BaseHTTPRequestHandler):
    """The other side of the webhook."""

    answers: list[int] = []
    got: list[tuple[dict[str, str], bytes]] = []

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.got.append((dict(self.headers), self.rfile.read(length)))
        self.send_response(self.answers.pop(0) if self.answers else 204)
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def receiver() -> Iterator[str]:
    Receiver.answers, Receiver.got = [], []
    with serving(HTTPServer(("127.0.0.1", 0), Receiver)) as port:
        yield f"http://127.0.0.1:{port}/in"


def test_the_webhook_signs_and_says_a_key_for_repeats(at: Staffed, receiver: str, monkeypatch: Any) -> None:
    monkeypatch.setenv("PARENT_SECRET", "s3cret")
    settings = {"url": receiver, "secret_env": "PARENT_SECRET"}
    set_outlet(at.agency, "webhook", enabled=True, settings=settings, by=at.disclosure_head)
    Receiver.answers = [503]
    editions.released(at)
    work()
    later()
    work()
    (first, body), (second, again) = Receiver.got
    assert first["Idempotency-Key"] == second["Idempotency-Key"]
    assert first["X-Gongkai-Signature"].startswith("sha256=")
    assert json.loads(body)["format"] == json.loads(again)["format"] == "gongkai.document/1"
    assert Delivery.objects.get(outlet="webhook").receipt == "HTTP 204"


@pytest.mark.parametrize(("answer", "state"), [(422, "dead"), (404, "dead"), (500, "pending"), (302, "pending")])
def test_the_webhook_tells_a_refusal_from_a_bad_moment(at: Staffed, receiver: str, answer: int, state: str) -> None:
    set_outlet(at.agency, "webhook", enabled=True, settings={"url": receiver}, by=at.disclosure_head)
    Receiver.answers = [answer]
    editions.released(at)
    work()
    assert Delivery.objects.get(outlet="webhook").state == state
    assert len(Receiver.got) == 1, "a signed message is never sent on to another address"


def test_a_webhook_without_its_secret_waits_for_a_person(at: Staffed, receiver: str) -> None:
    settings = {"url": receiver, "secret_env": "NOBODY_SET_THIS"}
    set_outlet(at.agency, "webhook", enabled=True, settings=settings, by=at.disclosure_head)
    editions.released(at)
    work()
    row = Delivery.objects.get(outlet="webhook")
    assert row.state == DeliveryState.DEAD
    assert "NOBODY_SET_THIS" in row.last_error
    assert Receiver.got == []
