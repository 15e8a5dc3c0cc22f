"""Proof that nothing in the store is stale: every page rendered afresh, every file known, every twin alike."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.http import HttpResponse

from gongkai.pages import files
from gongkai.pages.index import Row, State, fact, pages, set_fact
from gongkai.pages.places import place_of
from gongkai.pages.rendering import render
from gongkai.pages.store import Store

_BOOT = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True)
class Difference:
    """One page that is not what it should be, with what is wrong in Chinese; ``line`` the first line that differs."""

    host: str
    path: str
    what: str
    line: str = ""


def verify(store: Store, *, host: str | None = None, tick: Callable[[], object] = lambda: None) -> list[Difference]:
    """Render every page that counts as true and compare; ``tick`` is called after each. Nothing is changed."""
    found: list[Difference] = []
    rows = pages(store.index.connection(), "state=?", (State.TRUE,))
    for row in rows:
        if host in (None, row.host):
            found += _compare(store, row)
            tick()
    return found + [Difference(*one, "目录中有这个文件，索引中没有") for one in _unknown(store, host)]


def count(store: Store, host: str | None = None) -> int:
    """How many pages ``verify`` will look at."""
    return len([row for row in pages(store.index.connection(), "state=?", (State.TRUE,)) if host in (None, row.host)])


def sweep_after_restart(store: Store) -> int:
    """After the machine was started anew, files and index may be of different ages (power loss): what does not agree is
    taken away and made again. Returns how many pages that were."""
    boot = _BOOT.read_text(encoding="ascii").strip() if _BOOT.exists() else ""
    connection = store.index.connection()
    if fact(connection, "boot") == boot:
        return 0
    wrong = [(row.host, row.path) for row in pages(connection, "state=?", (State.TRUE,)) if not _as_indexed(store, row)]
    for host, path in [*wrong, *_unknown(store, None)]:
        store.drop(host, path)
    by_host: dict[str, list[str]] = {}
    for host, path in wrong:
        by_host.setdefault(host, []).append(path)
    for host, paths in by_host.items():
        store.expect(host, paths)
    with store.index.writing() as writing:
        set_fact(writing, "boot", boot)
    return len(wrong)


def _compare(store: Store, row: Row) -> Iterator[Difference]:
    lying = files.read(store.file(place_of(row.host, row.path)))
    if lying is None:
        yield Difference(row.host, row.path, "索引中有这一页，文件不在")
        return
    if not files.twins_agree(store.file(place_of(row.host, row.path)), lying):
        yield Difference(row.host, row.path, "压缩副本与网页不一致")
    response = render(row.host, row.path, keep=False)
    if response.status_code != 200 or not isinstance(response, HttpResponse):
        yield Difference(row.host, row.path, f"现在的回答是 {response.status_code}")
    elif response.content != lying:
        yield Difference(row.host, row.path, "内容不同", _first_difference(lying, response.content))


def _as_indexed(store: Store, row: Row) -> bool:
    file = store.file(place_of(row.host, row.path))
    lying = files.read(file)
    return lying is not None and hashlib.sha256(lying).hexdigest() == row.digest and files.twins_agree(file, lying)


def _unknown(store: Store, host: str | None) -> list[tuple[str, str]]:
    """Files without a row; a page that is being written at this moment has one already."""
    known = {(row.host, row.path) for row in pages(store.index.connection(), "1")}
    lying = (_address(file) for file in files.walk(store.www))
    return [one for one in lying if one not in known and host in (None, one[0])]


def _address(file: Path) -> tuple[str, str]:
    host, *rest = file.parts
    path = "/" + "/".join(rest)
    return host, path.removesuffix("index.html")


def _first_difference(old: bytes, new: bytes) -> str:
    for one, other in zip(old.splitlines(), new.splitlines(), strict=False):
        if one != other:
            at = next((i for i, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 0)
            around = slice(max(0, at - 40), at + 80)
            return f"{one[around].decode(errors='replace')} ≠ {other[around].decode(errors='replace')}"
    return "长短不同"
