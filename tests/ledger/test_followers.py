"""Followers read everything once, in order, whatever commits when; failures wait and are seen; a replay starts over."""

import threading
from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from gongkai.ledger import followers, positions
from gongkai.ledger.entries import Entry
from gongkai.ledger.positions import Epoch, Position
from gongkai.ledger.recording import record
from gongkai.ledger.refs import SYSTEM, Ref

pytestmark = pytest.mark.django_db(transaction=True)

SEEN, OTHER = "tests.seen", "tests.other"


class Reader:
    """A follower that remembers what it was given."""

    def __init__(self, *names: str) -> None:
        self.got: list[int] = []
        self.fails = False
        self.follower = followers.Follower("tests-reader", "测试", self.handle, frozenset(names) or None)

    def handle(self, entries: Sequence[Entry]) -> None:
        if self.fails:
            raise RuntimeError("对方不可用")
        self.got += [int(entry.subject_id) for entry in entries]


@pytest.fixture
def reader() -> Iterator[Reader]:
    return Reader()


def happen(number: int, kind: str = SEEN) -> None:
    with transaction.atomic():
        record(kind, by=SYSTEM, subject=Ref("thing", str(number)))


def test_what_happened_is_read_once_and_in_order(reader: Reader) -> None:
    for number in range(5):
        happen(number)
    assert followers.advance(reader.follower, limit=3) == 3
    assert followers.advance_all([reader.follower]) == 2
    assert followers.advance_all([reader.follower]) == 0
    assert reader.got == [0, 1, 2, 3, 4]


def test_kinds_that_do_not_matter_are_gone_past() -> None:
    reader = Reader(SEEN)
    happen(1)
    happen(2, OTHER)
    happen(3)
    followers.advance_all([reader.follower])
    assert reader.got == [1, 3]
    assert followers.lag(reader.follower) == 0


def test_a_failure_moves_nothing_and_is_kept_until_it_works_again(reader: Reader) -> None:
    happen(1)
    reader.fails = True
    assert followers.advance(reader.follower) == 0
    position = Position.objects.get(pk="tests-reader")
    assert (position.failures, position.entry) == (1, 0)
    assert "对方不可用" in position.last_error
    reader.fails = False
    assert followers.advance(reader.follower) == 0, "it waits before it tries again"
    assert followers.next_retry() is not None
    Position.objects.update(retry_at=timezone.now() - timedelta(seconds=1))
    assert followers.advance(reader.follower) == 1
    position.refresh_from_db()
    assert (position.failures, position.last_error) == (0, "")


def test_what_a_handler_wrote_before_it_failed_is_undone() -> None:
    def writes_then_fails(entries: Sequence[Entry]) -> None:
        happen(99, OTHER)
        raise RuntimeError("zu spaet")

    follower = followers.Follower("tests-half", "测试", writes_then_fails, frozenset({SEEN}))
    happen(1)
    followers.advance(follower)
    assert not Entry.objects.filter(kind=OTHER).exists()


def test_a_replay_reads_everything_again(reader: Reader) -> None:
    happen(1)
    followers.advance_all([reader.follower])
    followers.replay(reader.follower)
    followers.advance_all([reader.follower])
    assert reader.got == [1, 1]


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite 只有一个写入者，提交不会交错")
def test_no_entry_is_skipped_when_transactions_commit_out_of_order(reader: Reader) -> None:
    """The earlier transaction commits last: reading by id alone would pass over its entry for ever."""
    written, go_on = threading.Event(), threading.Event()

    def slow_writer() -> None:
        try:
            with transaction.atomic():
                record(SEEN, by=SYSTEM, subject=Ref("thing", "1"))
                written.set()
                assert go_on.wait(30)
        finally:
            connections.close_all()

    slow = threading.Thread(target=slow_writer)
    slow.start()
    assert written.wait(30)
    happen(2)
    assert Entry.objects.filter(subject_id="2").exists()
    followers.advance_all([reader.follower])
    assert reader.got == [], "what a running transaction could still come before is not read yet"
    go_on.set()
    slow.join()
    happen(3)
    followers.advance_all([reader.follower])
    assert sorted(reader.got) == [1, 2, 3]
    assert len(reader.got) == 3


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite 只有一个写入者，提交不会交错")
def test_many_interleaved_writers_leave_no_gap(reader: Reader) -> None:
    """Eight writers in random order while the follower reads all the time: each entry once."""
    each = 25
    stop = threading.Event()

    def writer(base: int) -> None:
        try:
            for number in range(each):
                with transaction.atomic():
                    record(SEEN, by=SYSTEM, subject=Ref("thing", str(base + number)))
                    if (base + number) % 3 == 0:
                        with connection.cursor() as cursor:
                            cursor.execute("SELECT pg_sleep(0.003)")
        finally:
            connections.close_all()

    def follow() -> None:
        try:
            while not stop.is_set():
                followers.advance(reader.follower, limit=7)
        finally:
            connections.close_all()

    writers = [threading.Thread(target=writer, args=(1000 * index,)) for index in range(8)]
    following = threading.Thread(target=follow)
    following.start()
    for thread in writers:
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    following.join()
    followers.advance_all([reader.follower])
    assert sorted(reader.got) == sorted(1000 * index + number for index in range(8) for number in range(each))


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="只有 PostgreSQL 有事务号")
def test_after_a_restore_into_a_new_cluster_new_entries_still_come_last(reader: Reader) -> None:
    """A new cluster counts transactions from the start; entries of the old one carry higher numbers."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_epoch SET xid_offset = 1000000000")
    happen(1)
    followers.advance_all([reader.follower])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_epoch SET xid_offset = 0")  # what the restored cluster would amount to
    assert positions.mend_epoch()
    assert not positions.mend_epoch()
    happen(2)
    followers.advance_all([reader.follower])
    assert reader.got == [1, 2]
    Epoch.objects.update(xid_offset=0)
