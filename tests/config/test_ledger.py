"""`gongkai ledger` and `gongkai worker`: what happened, what follows from it, and doing it again."""

import json
import signal
from collections.abc import Iterator, Sequence

import pytest
from django.db import transaction

from gongkai.agencies import ledger_kinds
from gongkai.config import command
from gongkai.ledger import followers
from gongkai.ledger.entries import Entry
from gongkai.ledger.recording import record
from gongkai.ledger.refs import SYSTEM, Ref

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def two_entries() -> None:
    for number, name in (("1", "市城管委"), ("2", "市站区管委会")):
        with transaction.atomic():
            record(ledger_kinds.AGENCY_CREATED, by=SYSTEM, subject=Ref("agency", number, name), code=number)


@pytest.fixture
def handled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A follower that notes what it was given."""
    seen: list[str] = []

    def handle(entries: Sequence[Entry]) -> None:
        seen.extend(entry.subject_label for entry in entries)

    monkeypatch.setattr(followers, "_FOLLOWERS", {})
    followers.register(followers.Follower("noting", "记一笔", handle))
    return seen


@pytest.fixture(autouse=True)
def signals_as_before() -> Iterator[None]:
    before = {sign: signal.getsignal(sign) for sign in (signal.SIGTERM, signal.SIGINT)}
    yield
    for sign, handler in before.items():
        signal.signal(sign, handler)


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    capsys.readouterr()
    assert command.main(list(arguments)) == 0
    return capsys.readouterr().out.splitlines()


@pytest.mark.usefixtures("two_entries")
def test_the_ledger_is_listed_with_the_latest_last(capsys: pytest.CaptureFixture[str]) -> None:
    first, second = said(capsys, "ledger", "show")
    assert "市城管委" in first
    assert "市站区管委会" in second
    assert "设立机构" in second
    [only] = said(capsys, "ledger", "show", "--limit", "1")
    assert only == second
    [about] = said(capsys, "ledger", "show", "--subject", "agency:1", "--json")
    assert json.loads(about)["subject"] == "agency:1"
    assert said(capsys, "ledger", "show", "--kind", "nothing.known") == []


@pytest.mark.usefixtures("two_entries")
def test_work_is_done_counted_and_done_again(handled: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "ledger", "followers") == ["noting\t记一笔\t还差 2 条"]
    assert said(capsys, "worker", "--once") == []
    assert handled == ["市城管委", "市站区管委会"]
    assert said(capsys, "ledger", "followers") == ["noting\t记一笔\t还差 0 条"]
    assert said(capsys, "ledger", "replay", "noting") == ["“记一笔”将从头处理 2 条台账，由后台任务进行。"]
    said(capsys, "worker", "--once")
    assert handled == ["市城管委", "市站区管委会"] * 2


@pytest.mark.usefixtures("two_entries")
def test_a_failure_is_shown_with_its_reason(
    handled: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(entries: Sequence[Entry]) -> None:
        raise ValueError("对方没有应答")

    monkeypatch.setattr(followers, "_FOLLOWERS", {"noting": followers.Follower("noting", "记一笔", fail)})
    said(capsys, "worker", "--once")
    [line] = said(capsys, "ledger", "followers")
    assert "已连续失败 1 次" in line
    assert "对方没有应答" in line


def test_an_unknown_follower_is_answered_with_the_known_ones(
    handled: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["ledger", "replay", "nobody"]) == 1
    assert "现有：noting" in capsys.readouterr().err


@pytest.mark.usefixtures("two_entries")
def test_the_worker_finishes_what_it_is_at_when_told_to_stop(
    handled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop_in_the_middle(entries: Sequence[Entry]) -> None:
        signal.raise_signal(signal.SIGTERM)
        handled.extend(entry.subject_label for entry in entries)

    monkeypatch.setattr(followers, "_FOLLOWERS", {"noting": followers.Follower("noting", "记一笔", stop_in_the_middle)})
    assert command.main(["worker"]) == 0
    assert handled == ["市城管委", "市站区管委会"]
    assert followers.lag(followers.get("noting")) == 0
