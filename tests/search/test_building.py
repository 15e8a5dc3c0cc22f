"""The index is made when there is none, heals when it is damaged, and answers while another is made beside it."""

import json
import os
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from tests.factories import editions, people, sites
from tests.factories.people import Staffed
from tests.search.conftest import Find, found

from gongkai.agencies.actions import bodies
from gongkai.ledger import followers
from gongkai.ledger.refs import SYSTEM
from gongkai.search import building, directory, following, keeping, waiting
from gongkai.search.asking import State
from gongkai.search.comparing import compare
from gongkai.search.engines.contract import Busy
from gongkai.search.engines.tantivy_engine import TantivyEngine
from gongkai.search.upkeep import Upkeep

pytestmark = pytest.mark.django_db(transaction=True)
Act = Callable[[], None]


@pytest.fixture
def at() -> Staffed:
    return people.staffed("澜川市城市管理委员会")


def test_without_an_index_the_answer_says_so_and_the_worker_makes_one(at: Staffed, catch_up: Act) -> None:
    editions.released(at, title="关于供热的公告")
    assert found("供热").state is State.MAKING
    catch_up()
    answer = found("供热")
    assert (answer.state, answer.total) == (State.READY, 1)


def test_a_deleted_index_comes_back(at: Staffed, catch_up: Act, own_index: Path) -> None:
    editions.released(at, title="关于供热的公告")
    catch_up()
    shutil.rmtree(own_index)
    assert found("供热").state is State.MAKING
    editions.released(at, title="关于供热的第二号公告")
    catch_up()
    assert found("供热").total == 2
    assert compare().wrong == 0


@pytest.mark.parametrize("how", ["a piece is gone", "a piece is cut short", "the list is torn", "the stamp is gone"])
def test_a_torn_index_heals(at: Staffed, catch_up: Act, how: str) -> None:
    editions.released(at, title="关于供热的公告")
    catch_up()
    _tear(directory.current(), how)
    keeping.forget()  # as another process would find it
    assert found("供热").state is State.MAKING
    editions.released(at, title="关于供热的第二号公告")
    catch_up()
    assert found("供热").total == 2
    assert compare().wrong == 0


def _tear(index: Path | None, how: str) -> None:
    assert index is not None
    pieces = sorted(index.glob("*.idx"))
    assert pieces
    for piece in pieces:
        if how == "a piece is gone":
            piece.unlink()
        elif how == "a piece is cut short":
            os.truncate(piece, piece.stat().st_size // 2)
    if how == "the list is torn":
        (index / "meta.json").write_text('{"segments": [')
    elif how == "the stamp is gone":
        (index / "gongkai.json").unlink()


def test_another_version_is_made_anew(at: Staffed, catch_up: Act) -> None:
    editions.released(at, title="关于供热的公告")
    catch_up()
    before = directory.current()
    assert before is not None
    (before / "gongkai.json").write_text(json.dumps({"version": "pairs-0 tantivy-0"}))
    keeping.forget()
    assert found("供热").state is State.MAKING
    catch_up()
    assert directory.current() != before
    assert found("供热").total == 1


def test_a_mark_of_damage_on_a_sound_index_is_taken_off(at: Staffed, catch_up: Act) -> None:
    editions.released(at, title="关于供热的公告")
    catch_up()
    before = directory.current()
    assert before is not None
    directory.condemn(before)
    catch_up()
    assert directory.current() == before
    assert not directory.condemned(before)
    directory.condemn(before)
    catch_up()
    assert directory.current() == before, "so soon after, it is a question that nothing can answer"
    directory.condemn(before)
    for mark in directory.home().glob("acquitted-*"):
        os.utime(mark, (0, 0))
    catch_up()
    assert directory.current() != before, "an hour later it is a part that the look did not reach"


def test_entries_that_arrive_during_a_rebuild_are_in_the_new_index(at: Staffed, find: Find) -> None:
    """Before the scan, between its steps, after it; released, revoked, corrected; the old index answers meanwhile."""
    first = editions.released(at, title="关于供热的公告").document
    sites.many(at, 250)
    assert find("关于供热") == ["关于供热的公告"]
    build = building.Build()
    follower = followers.get(following.NAME)
    build.step()
    second = editions.released(at, title="关于供热的第二号公告").document
    followers.advance(follower)
    assert found("关于供热").total == 2, "the index that is there is followed on"
    build.step()
    sites.changed(at, first, "revoke", reason="误发")
    sites.revised(at, second, note="改", title="关于供热的更正公告")
    while build.step():
        pass
    keeping.forget()
    assert found("关于供热", exact=True).total == 1
    followers.advance_all([follower])
    assert [hit.title for hit in found("关于供热", exact=True).hits] == ["关于供热的更正公告"]
    assert compare().wrong == 0


def test_only_one_makes_an_index(at: Staffed, own_index: Path) -> None:
    build = building.Build()
    with pytest.raises(Busy):
        building.Build()
    build.abandon()
    assert building.rebuild() == 0
    assert [path.name for path in own_index.glob("index-*")] == [directory.current().name]  # type: ignore[union-attr]


def test_what_cannot_be_written_waits_and_is_done_later(at: Staffed, find: Find, catch_up: Act) -> None:
    """Another process has the writer: the follower leaves word beside the index and goes on."""
    find()
    keeping.forget()
    index = directory.current()
    assert index is not None
    other = TantivyEngine(index)
    other.remove(["document:0"])  # holds the writer from now on
    editions.released(at, title="关于供热的公告")
    assert followers.advance(followers.get(following.NAME))
    assert waiting.how_many() > 0
    assert found("供热").total == 0
    upkeep = Upkeep()
    now = timezone.now()
    assert upkeep.run(now) == 0
    later = upkeep.next_at()
    assert later is not None
    assert later >= now + timedelta(seconds=1), "it does not ask again and again"
    other.release()
    catch_up()
    assert waiting.how_many() == 0
    assert found("供热").total == 1


def test_a_change_of_everything_is_done_bit_by_bit(at: Staffed, find: Find) -> None:
    sites.many(at, 230)
    find()
    building.rebuild()
    bodies.rename(at.agency, name="澜川市城市运行局", short_name="市城运局", on=date(2026, 1, 1), by=SYSTEM)
    followers.advance_all([followers.get(following.NAME)])
    assert found("城市运行局", exact=True).total == 0
    assert following.work_off() == following.AT_ONCE
    assert 0 < found("城市运行局", exact=True).total < 230
    assert len(find("城市运行局", exact=True)) == 100
    assert found("城市运行局", exact=True).total == 230
