"""In what order the worker renews what is stale, and what the pages of a round share."""

from typing import Any

import pytest
from django.utils import timezone

from gongkai.catalog.portal import mirror
from gongkai.pages import files, installation, renewal, shared
from gongkai.pages.index import Rank, Row, State, pages
from gongkai.pages.places import place_of
from gongkai.pages.store import Rendered, Store

HOST = "csgw.example.cn"


def page(path: str, rank: Rank) -> Rendered:
    return Rendered(HOST, path, '<html lang="zh-Hans"><p>信息</p>'.encode(), frozenset({"document:1"}), rank=rank)


def row(store: Store, path: str) -> Row:
    [found] = pages(store.index.connection(), "path=?", (path,))
    return found


@pytest.fixture
def rendered(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Nothing is rendered: what would be, is noted."""
    store.adopt(installation.stamp())
    asked: list[str] = []

    def render(host: str, path: str) -> Any:
        asked.append(path)
        raise AssertionError(path)

    monkeypatch.setattr(renewal, "render", render)
    return asked


def test_every_round_begins_with_what_readers_wait_for_and_forgets_nobody(
    store: Store, rendered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ranks = {"/atom.xml": Rank.LATER, "/zh-hant/x/": Rank.MIRROR, "/lm/a/": Rank.LIST, "/": Rank.FIRST}
    ranks |= {"/info/a/": Rank.PAGE, "/rss.xml": Rank.LATER}
    for path, rank in ranks.items():
        assert store.keep(page(path, rank), store.ticket())
    store.mark(["document:1"])
    rounds: list[list[str]] = []

    def renew(store: Store, due: Row) -> None:
        rounds[-1].append(due.path)
        assert store.keep(page(due.path, ranks[due.path]), store.ticket())

    monkeypatch.setattr(renewal, "_renew", renew)
    monkeypatch.setattr(renewal, "_SHARES", [(first, last, 0.0) for first, last, _ in renewal._SHARES])
    for _ in range(3):
        rounds.append([])
        renewal.run(timezone.now())
    assert rounds == [["/", "/zh-hant/x/", "/atom.xml"], ["/lm/a/", "/rss.xml"], ["/info/a/"]]


def test_a_page_in_the_mirror_is_made_from_the_bytes_of_the_other(store: Store, rendered: list[str]) -> None:
    assert store.keep(page("/", Rank.FIRST), store.ticket())
    store.expect(HOST, ["/zh-hant/"], rank=Rank.MIRROR, soon=True)
    renewal.run(timezone.now())
    lying = files.read(store.file(place_of(HOST, "/zh-hant/")))
    assert lying == mirror.of(page("/", Rank.FIRST).content.decode(), HOST).encode()
    assert row(store, "/zh-hant/").state is State.TRUE
    store.mark(["document:1"])
    assert row(store, "/zh-hant/").state is State.STALE, "it shows what the other shows"
    renewal._renew(store, row(store, "/zh-hant/"))
    assert row(store, "/zh-hant/").state is State.STALE, "it waits for the other"
    assert rendered == []


def test_a_change_noted_during_a_round_keeps_out_what_was_read_before(store: Store) -> None:
    read: list[int] = []
    with shared.one_round(store):
        for _ in range(2):
            shared.once("contact", lambda: read.append(1))
        store.mark(["document:1"])
        ticket = shared.ticket()
        assert ticket is not None
        assert not store.keep(page("/", Rank.FIRST), ticket)
    assert len(read) == 1
    shared.once("contact", lambda: read.append(1))
    assert len(read) == 2
    assert shared.ticket() is None
