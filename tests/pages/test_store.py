"""What the store keeps, and what it never lets stand."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from gongkai.pages import files, verifying
from gongkai.pages.index import State, pages
from gongkai.pages.places import NotAPlace, content_type, place_of
from gongkai.pages.store import EVERYTHING, MANY, Rendered, Store

HOST = "csgw.example.cn"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "pages")


def page(path: str = "/", content: str = "甲", *keys: str, **more: Any) -> Rendered:
    return Rendered(HOST, path, (content * 200).encode(), frozenset(keys or {"document:1"}), **more)


def kept(store: Store, one: Rendered) -> None:
    assert store.keep(one, store.ticket())


def lying(store: Store, path: str = "/") -> bytes | None:
    return files.read(store.file(place_of(HOST, path)))


def states(store: Store) -> dict[str, State]:
    return {row.path: row.state for row in pages(store.index.connection(), "1")}


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/", "index.html"),
        ("/lm/notices/", "lm/notices/index.html"),
        ("/sitemap.xml", "sitemap.xml"),
        ("/lm/a/atom.xml", "lm/a/atom.xml"),
        ("/robots.txt", "robots.txt"),
    ],
)
def test_a_page_lies_where_a_plain_web_server_looks(path: str, place: str) -> None:
    assert str(place_of(HOST, path)) == f"{HOST}/{place}"
    assert content_type(place_of(HOST, path)).startswith(("text/", "application/xml"))


@pytest.mark.parametrize(
    "path",
    [
        "",
        "x",
        "/../secret/",
        "/a/../b/",
        "//",
        "/a//b/",
        "/.git/",
        "/a/.hidden/",
        "/中文/",
        "/a b/",
        "/a%2e/",
        "/index.html",
        "/a/page.php",
        "/a",
        "/" + "a" * 500 + "/",
        "/a\x00/",
        "/a\n/",
    ],
)
def test_nothing_else_is_a_place(path: str) -> None:
    with pytest.raises(NotAPlace):
        place_of(HOST, path)


@pytest.mark.parametrize("host", ["", "..", "a/b", "A.cn", "-a.cn", "a..b", "a.cn:80", "[::1]"])
def test_nor_is_every_host_a_folder(host: str) -> None:
    with pytest.raises(NotAPlace):
        place_of(host, "/")


def test_a_page_is_kept_with_its_twins_and_taken_away_with_them(store: Store) -> None:
    kept(store, page("/", "甲"))
    folder = store.www / HOST
    assert sorted(one.name for one in folder.iterdir()) == ["index.html", "index.html.br", "index.html.gz"]
    assert files.twins_agree(folder / "index.html", ("甲" * 200).encode())
    store.mark({"document:1"}, away=True)
    assert list(folder.iterdir()) == []
    assert states(store) == {"/": State.AWAY}


def test_what_changed_while_a_page_was_rendered_keeps_it_out(store: Store) -> None:
    kept(store, page("/", "旧"))
    ticket = store.ticket()  # a rendering begins, and reads what was
    store.mark({"document:1"})
    assert not store.keep(page("/", "仍旧"), ticket)
    assert lying(store) == ("旧" * 200).encode()
    assert states(store) == {"/": State.STALE}
    assert store.keep(page("/", "新"), store.ticket())
    assert states(store) == {"/": State.TRUE}


def test_a_change_of_something_else_does_not(store: Store) -> None:
    ticket = store.ticket()
    store.mark({"document:2"})
    assert store.keep(page(), ticket)


def test_a_change_between_announcing_and_writing_leaves_it_marked(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = files.write

    def changing(path: Path, content: bytes) -> None:
        write(path, content)
        store.mark({"document:1"})

    monkeypatch.setattr(files, "write", changing)
    assert not store.keep(page(), store.ticket())
    assert states(store) == {"/": State.STALE}


def test_taken_away_while_it_is_written_it_is_not_served_after_all(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = files.write

    def removing(path: Path, content: bytes) -> None:
        store.mark({"document:1"}, away=True)
        write(path, content)

    monkeypatch.setattr(files, "write", removing)
    assert not store.keep(page(), store.ticket())
    assert lying(store) is None


def test_killed_while_writing_the_page_is_marked_for_renewal(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        pass

    def dying(path: Path, content: bytes) -> None:
        raise Killed

    monkeypatch.setattr(files, "write", dying)
    with pytest.raises(Killed):
        store.keep(page(), store.ticket())
    assert states(store) == {"/": State.STALE}


def test_without_room_the_old_page_is_not_served_either(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(store, page("/", "旧"))
    store.mark({"document:1"})

    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "write", full)
    with pytest.raises(OSError, match="No space"):
        store.keep(page("/", "新"), store.ticket())
    assert lying(store) is None


def test_rarely_read_pages_are_dropped_not_renewed(store: Store) -> None:
    kept(store, page("/lm/a/before/1/", "远", rare=True))
    kept(store, page("/", "近"))
    assert store.mark({"document:1"}) == 2
    assert lying(store, "/lm/a/before/1/") is None
    assert states(store) == {"/": State.STALE}


def test_a_change_of_very_many_pages_takes_them_away_in_one_step(store: Store) -> None:
    for number in range(MANY + 1):
        kept(store, page(f"/info/{number}/", "页", "agency:7", f"document:{number}"))
    other = Rendered("other.example.cn", "/", b"x" * 300, frozenset({"agency:7"}))
    kept(store, other)
    store.mark({"agency:7"})
    assert not (store.www / HOST).exists()
    assert files.read(store.file(place_of("other.example.cn", "/"))) == other.content
    assert set(states(store).values()) == {State.AWAY, State.STALE}
    assert store.prune(10**9) == 0
    assert not store.trash.exists()


def test_another_version_of_the_program_makes_all_anew(store: Store) -> None:
    assert store.adopt("one")
    kept(store, page())
    assert not store.adopt("one")
    assert lying(store) is not None
    ticket = store.ticket()
    assert store.adopt("two")
    assert lying(store) is None
    assert not store.keep(page(), ticket)


def test_expected_pages_wait_to_be_made_and_true_ones_stay(store: Store) -> None:
    kept(store, page("/info/1/"))
    store.expect(HOST, ["/info/1/", "/info/2/"])
    assert states(store) == {"/info/1/": State.TRUE, "/info/2/": State.AWAY}


def test_what_is_no_page_any_more_is_forgotten_unless_it_changed_again(store: Store) -> None:
    kept(store, page())
    row = pages(store.index.connection(), "1")[0]
    store.mark({"document:1"})
    store.drop(HOST, "/", mark=row.mark)
    assert states(store) == {"/": State.STALE}
    store.drop(HOST, "/")
    assert states(store) == {}


def test_a_deleted_store_begins_anew(store: Store) -> None:
    kept(store, page())
    ticket = store.ticket()
    store.mark({"document:1"})
    import shutil

    shutil.rmtree(store.home)
    assert not store.keep(page("/", "读得太早"), ticket)  # what changed since is not known any more
    kept(store, page("/", "新"))
    assert lying(store) == ("新" * 200).encode()


def test_without_its_index_no_page_stays_in_service(store: Store) -> None:
    kept(store, page())
    store.index.close()
    for one in store.home.glob("index.sqlite3*"):
        one.unlink()
    assert store.ticket() > 0
    assert lying(store) is None


def test_a_torn_index_is_begun_anew(store: Store) -> None:
    kept(store, page())
    store.index.close()
    for one in store.home.glob("index.sqlite3-*"):
        one.unlink()
    store.index.file.write_bytes(b"torn" * 4096)
    kept(store, page("/", "新"))
    assert states(store) == {"/": State.TRUE}


def test_taken_out_of_service_it_comes_back_by_itself(store: Store) -> None:
    kept(store, page())
    ticket = store.ticket()
    store.abandon()
    assert lying(store) is None
    assert not store.keep(page("/", "旧"), ticket)
    kept(store, page("/", "新"))


def test_after_power_loss_what_does_not_agree_is_made_again(store: Store) -> None:
    kept(store, page("/", "好"))
    kept(store, page("/a/", "坏"))
    kept(store, page("/b/", "缺"))
    (store.www / HOST / "a" / "index.html").write_bytes(b"half")
    (store.www / HOST / "b" / "index.html").unlink()
    stray = store.www / HOST / "stray" / "index.html"
    files.write(stray, b"nobody knows me" * 30)
    assert verifying.sweep_after_restart(store) == 2
    assert states(store) == {"/": State.TRUE, "/a/": State.AWAY, "/b/": State.AWAY}
    assert not stray.exists()
    assert verifying.sweep_after_restart(store) == 0


def test_pages_past_their_day_are_known(store: Store) -> None:
    yesterday = datetime.now(tz=UTC) - timedelta(days=1)
    kept(store, page("/", "甲", expires=yesterday))
    kept(store, page("/rare/", "乙", expires=yesterday, rare=True))
    store.outdate(pages(store.index.connection(), "expires IS NOT NULL"))
    assert states(store) == {"/": State.STALE}
    assert lying(store, "/rare/") is None


def test_many_writers_leave_one_whole_page(store: Store) -> None:
    """Eight renderings of the same page at once, changes between them: page and twins agree, nothing raises."""
    failures: list[BaseException] = []

    def work(name: int) -> None:
        try:
            for turn in range(15):
                store.keep(page("/", f"{name}-{turn}."), store.ticket())
                if turn % 5 == name % 5:
                    store.mark({"document:1"})
        except BaseException as error:  # noqa: BLE001 - told below
            failures.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert failures == []
    found = lying(store)
    assert found is not None
    assert files.twins_agree(store.file(place_of(HOST, "/")), found)


def test_what_is_too_much_is_dropped_lists_last(store: Store) -> None:
    kept(store, page("/", "家", rank=0))
    for number in range(4):
        kept(store, page(f"/info/{number}/", "页"))
    assert store.prune(600 * 3) == 2
    assert sorted(states(store)) == ["/", "/info/2/", "/info/3/"]
    assert lying(store, "/info/0/") is None


def test_everything_touches_every_page(store: Store) -> None:
    kept(store, page())
    assert store.mark({EVERYTHING}) == 1
    assert states(store) == {"/": State.STALE}
