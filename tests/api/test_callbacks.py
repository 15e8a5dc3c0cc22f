"""The system that sent a draft hears of every step, signed, in order, at least once; what fails waits for a person."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories import editions, people, tokens
from tests.factories.people import Staffed
from tests.factories.tokens import System
from tests.serving import serving

from gongkai.agencies.access import SECOND_FACTOR_DUE
from gongkai.agencies.actions import tokens as token_actions
from gongkai.agencies.tokens import ApiToken
from gongkai.catalog.documents import Document
from gongkai.catalog.editions import Edition
from gongkai.ledger import followers, worker
from gongkai.procedures.engine import fire
from gongkai.publishing.actions import dead_letters
from gongkai.publishing.outlets import posting
from gongkai.publishing.outlets.contract import NotDeliverable, Undelivered
from gongkai.publishing.parcels import Delivery, DeliveryState
from gongkai.publishing.procedures import DOCUMENT, EDITION

pytestmark = pytest.mark.django_db(transaction=True)


class Receiver(BaseHTTPRequestHandler):
    """The OA."""

    answers: list[int] = []
    got: list[tuple[dict[str, str], bytes]] = []

    def do_POST(self) -> None:
        self.got.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.answers.pop(0) if self.answers else 204)
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def receiver(settings: Any) -> Iterator[str]:
    settings.GONGKAI_CALLBACK_NETWORKS = ["127.0.0.0/8"]
    Receiver.answers, Receiver.got = [], []
    with serving(HTTPServer(("127.0.0.1", 0), Receiver)) as port:
        yield f"http://127.0.0.1:{port}/back?from=gongkai"


@pytest.fixture
def at() -> Staffed:
    people.agency("澜川市人民政府", is_city=True)
    return people.staffed("澜川市城市管理委员会")


@pytest.fixture
def token(at: Staffed, receiver: str) -> tuple[ApiToken, str]:
    return tokens.issued(at, callback_url=receiver)


@pytest.fixture
def edition(at: Staffed, token: tuple[ApiToken, str]) -> Edition:
    told = System(token[1]).push(tokens.draft()).json()
    return Edition.objects.select_related("document").get(document__code=told["code"])


def work() -> None:
    while worker.work_once():
        pass


def later() -> None:
    Delivery.objects.filter(state=DeliveryState.PENDING).update(next_try=timezone.now() - timedelta(seconds=1))


def told() -> list[dict[str, Any]]:
    return [json.loads(body) for _, body in Receiver.got]


def test_every_step_is_told_in_order_and_signed(at: Staffed, token: Any, edition: Edition) -> None:
    editions.release_through(at, edition)
    given = {"notice_kind": "expired", "on": date.today(), "ground": "期满"}
    document = Document.objects.get(pk=edition.document_id)
    fire(DOCUMENT, document, "withdraw", by=at.disclosure_head, given=given)
    work()
    kinds = [one["event"]["kind"] for one in told()]
    assert kinds[0] == "submitted"
    assert set(kinds[1:-2]) == {"passed"}
    assert kinds[-2:] == ["released", "withdrawn"]
    last = told()[-1]["push"]
    assert last["document_state"]["key"] == "withdrawn"
    assert last["source_id"] == "OA-2026-0117"
    assert last["url"].startswith("http://")
    headers, body = Receiver.got[0]
    expected = hmac.new(token[0].callback_secret.encode(), body, hashlib.sha256).hexdigest()
    assert headers["X-Gongkai-Signature"] == f"sha256={expected}"
    assert len({headers["Idempotency-Key"] for headers, _ in Receiver.got}) == len(kinds)


def test_a_return_says_why(at: Staffed, edition: Edition) -> None:
    fire(EDITION, edition, "submit", by=at.drafter)
    edition.refresh_from_db()
    reviewer = at.officers[{"dept_review": "dept_reviewer"}.get(edition.state, "office_reviewer")]
    fire(EDITION, edition, "return", by=reviewer, given={"to": "drafting", "reason": "请补写时间"})
    work()
    assert told()[-1]["event"]["kind"] == "returned"
    assert told()[-1]["push"]["returned"] == "请补写时间"


def test_what_fails_is_tried_again_and_later_steps_wait(at: Staffed, edition: Edition) -> None:
    Receiver.answers = [503]
    editions.release_through(at, edition)
    work()
    assert len(Receiver.got) == 1, "nothing overtakes"
    later()
    work()
    kinds = [one["event"]["kind"] for one in told()]
    assert kinds[:2] == ["submitted", "submitted"]
    assert Receiver.got[0][0]["Idempotency-Key"] == Receiver.got[1][0]["Idempotency-Key"]
    assert kinds[-1] == "released"


def test_a_replay_tells_nothing_twice(at: Staffed, edition: Edition) -> None:
    fire(EDITION, edition, "submit", by=at.drafter)
    work()
    followers.replay(followers.get("callbacks"))
    work()
    assert len(Receiver.got) == 1


def test_dead_letters_stand_on_the_desk(at: Staffed, edition: Edition) -> None:
    Receiver.answers = [410]
    fire(EDITION, edition, "submit", by=at.drafter)
    work()
    dead = Delivery.objects.get(state=DeliveryState.DEAD)
    client = Client()
    client.force_login(at.admin)
    session = client.session
    session[SECOND_FACTOR_DUE] = False
    session.save()
    page = client.get("/desk/deliveries/?state=dead").content.decode()
    assert "回告来文系统" in page
    assert "HTTP 410" in page
    assert "回告来文系统" not in client.get("/desk/outlets/").content.decode()
    dead_letters.retry(dead, by=at.admin)
    work()
    assert Delivery.objects.get().state == DeliveryState.SENT


def test_nobody_is_told_of_what_others_sent_or_of_what_was_begun_at_the_desk(at: Staffed, token: Any) -> None:
    editions.released(at, title="工作台起草的公告")
    silent = System(tokens.issued(at, name="不要回告的系统")[1]).push(tokens.draft()).json()
    fire(EDITION, Edition.objects.get(document__code=silent["code"]), "submit", by=at.drafter)
    work()
    assert Receiver.got == []


def test_later_editions_are_told_when_the_public_sees_them(at: Staffed, edition: Edition) -> None:
    first = editions.release_through(at, edition)
    work()
    before = len(Receiver.got)
    editions.release_through(at, editions.next_edition(at, first.document))
    work()
    assert [one["event"]["kind"] for one in told()[before:]] == ["released"]


def test_a_revoked_token_is_told_nothing_more(at: Staffed, token: Any, edition: Edition) -> None:
    fire(EDITION, edition, "submit", by=at.drafter)
    followers.advance_all()
    token_actions.revoke(token[0], by=at.admin)
    work()
    assert Receiver.got == []
    assert "作废" in Delivery.objects.get().last_error


INSIDE = [
    "127.0.0.1",
    "10.0.0.8",
    "192.168.1.1",
    "169.254.169.254",
    "[::1]",
    "[fd00::1]",
    "0.0.0.0",
    "[::ffff:10.0.0.1]",
]


@pytest.mark.parametrize("host", [*INSIDE, "localhost"])
def test_nothing_is_posted_behind_the_wall(host: str, settings: Any) -> None:
    settings.GONGKAI_CALLBACK_NETWORKS = []
    with pytest.raises(NotDeliverable, match="内网"):
        posting.post(f"http://{host}:9/", b"{}", {})


@pytest.mark.parametrize("url", ["ftp://example.cn/", "file:///etc/passwd", "gopher://x", "http://", "//example.cn"])
def test_only_the_web_is_posted_to(url: str) -> None:
    with pytest.raises(NotDeliverable, match="http"):
        posting.post(url, b"{}", {})


def test_a_name_that_leads_inside_by_any_of_its_addresses_is_refused(monkeypatch: Any) -> None:
    found = [(2, 1, 6, "", ("93.184.216.34", 80)), (2, 1, 6, "", ("10.0.0.8", 80))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *args, **kwargs: found)
    with pytest.raises(NotDeliverable, match=r"10\.0\.0\.8"):
        posting.judged("both.example.cn", 80)


def test_the_connection_is_made_to_the_address_that_was_judged(receiver: str, monkeypatch: Any) -> None:
    """A name that answers differently the second time is not asked a second time."""
    asked: list[str] = []

    def lookup(host: str, port: int, *args: Any, **kwargs: Any) -> list[Any]:
        asked.append(host)
        return [(2, 1, 6, "", ("127.0.0.1" if host in {"moving.example.cn", "127.0.0.1"} else "0.0.0.1", port))]

    monkeypatch.setattr("socket.getaddrinfo", lookup)
    posting.post(receiver.replace("127.0.0.1", "moving.example.cn"), b"{}", {})
    assert asked.count("moving.example.cn") == 1
    assert Receiver.got[0][0]["Host"].startswith("moving.example.cn")


def test_an_unknown_name_is_a_bad_moment(monkeypatch: Any) -> None:
    def unknown(*args: Any, **kwargs: Any) -> None:
        raise OSError("no such name")

    monkeypatch.setattr("socket.getaddrinfo", unknown)
    with pytest.raises(Undelivered, match="找不到主机"):
        posting.post("http://nobody.example.cn/", b"{}", {})
