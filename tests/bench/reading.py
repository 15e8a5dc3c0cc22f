"""The reading side: prepared pages under load, from a release to what readers see, making all pages.

``python -m tests.bench.reading [--documents N]... [--seconds S]`` measures on the database of the environment (SQLite
in a temporary directory unless ``DATABASE_URL`` says otherwise) and prints JSON. Needs ``nginx`` and ``wrk``.

With ``GONGKAI_DATA`` the catalogue stays in that directory and is used as it is there the next time; a larger number
of documents is grown to. ``--visible`` measures only from release to visible and needs neither program. The index of a
million documents takes an hour: with ``--without-search`` the index knows only what is released meanwhile.
"""

import argparse
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    os.environ.setdefault("GONGKAI_DATA", tempfile.mkdtemp(prefix="gongkai-bench-"))
    with closing(socket.socket()) as _probe:
        _probe.bind(("127.0.0.1", 0))
        os.environ.setdefault("GONGKAI_PUBLIC_PORT", str(_probe.getsockname()[1]))
    import django

    django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from tests.bench import populate
from tests.bench.figures import Spread
from tests.bench.populate import City
from tests.factories import editions
from tests.pages.test_nginx import NGINX, configuration, nginx
from tests.serving import free_port, listens
from tests.waiting import PATIENCE, until

from gongkai.catalog.documents import Document
from gongkai.config.serve import Address, programs
from gongkai.ledger import followers
from gongkai.pages import files, installation, renewal, sources
from gongkai.pages.places import place_of
from gongkai.procedures.engine import fire
from gongkai.publishing.procedures import EDITION
from gongkai.search import building, directory, keeping, query
from gongkai.search.asking import Asked
from gongkai.search.engines.tantivy_engine import TantivyEngine

HOST, PORTAL = "bench-agency.localhost", "bench.localhost"
CONNECTIONS = 16
_LOOK_SECONDS = 0.005
_MADE = 3_000  # pages of the first-time build that are measured; all of 100,000 would take half an hour
_OF_THE_PORTAL = 400  # its home, lists, feeds and figures, which are renewed with each release as the agency's are
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")


def measure(sizes: list[int], seconds: int, releases: int, *, only_visible: bool, search: bool) -> dict[str, Any]:
    """Everything, at each number of documents; the load on pages at the first."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    city = populate.city()
    followers.advance_all()
    connection.ensure_connection()
    version = ".".join(map(str, connection.get_database_version()))
    done: dict[str, Any] = {"database": f"{connection.display_name} {version}", "seconds": seconds, "sizes": {}}
    shutil.rmtree(settings.DATA_DIR / "pages", ignore_errors=True)  # of another time, made for another port
    for size in sizes:
        begin = time.perf_counter()
        grown = city.made < size
        populate.grow(city, size)
        _say(f"{size} 份", {"seconds": time.perf_counter() - begin})
        begin = time.perf_counter()
        if not search:
            _begin_index()
        elif grown or building.needed() or _knows_little().exists():
            building.rebuild()
            _knows_little().unlink(missing_ok=True)
        _say(f"{size} 份：检索索引", {"seconds": time.perf_counter() - begin})
        first_build(PORTAL, _OF_THE_PORTAL)
        found: dict[str, Any] = {"build": first_build(HOST, _OF_THE_PORTAL if only_visible else _MADE)}
        _say(f"{size} 份：预制", found["build"])
        if size == sizes[0] and not only_visible:
            done["load"] = load(city, seconds)
            _say("负载", done["load"])
        found["visible"] = visible(city, releases)
        _say(f"{size} 份：发布到可见", found["visible"])
        done["sizes"][str(size)] = found
    return done


def _begin_index() -> None:
    """An index in which nothing is yet."""
    at = directory.fresh()
    engine = TantivyEngine(at, create=True)
    engine.commit()
    engine.release()
    engine.close()
    keeping.forget()
    directory.swap(at)
    _knows_little().touch()


def _knows_little() -> Path:
    """There while the index of this catalogue is one that began with nothing."""
    return directory.home() / "began-with-nothing"


def first_build(host: str, most: int) -> dict[str, Any]:
    """Pages per second of making so many pages nobody has asked for yet, both scripts as they come."""
    store = installation.store()
    assert store is not None
    store.adopt(installation.stamp())
    known = (path for path in sources.paths(host))
    store.expect(host, [path for path, _ in zip(known, range(most), strict=False)])
    begin = time.perf_counter()
    made = renewal.settle()
    taken = time.perf_counter() - begin
    return {"pages": made, "per_second": made / taken if taken else 0.0}


def load(city: City, seconds: int) -> dict[str, Any]:
    """Requests per second for a document, a list and a home, in five ways."""
    store = installation.store()
    assert store is not None
    port = int(settings.GONGKAI_PUBLIC_PORT)
    document = next(path for path in sources.paths(HOST) if path.startswith("/info/"))
    wanted = {"文件页": document, "栏目页": "/lm/tzgg/", "首页": "/"}
    found: dict[str, Any] = {}
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gongkai-nginx-")))
        own, plain, uncached = free_port(), free_port(), free_port()
        stack.enter_context(_serving(port))
        stack.enter_context(_serving(uncached, GONGKAI_PREPARED_PAGES="0", GONGKAI_PUBLIC_PORT=str(uncached)))
        _fetch_all(port, wanted.values())
        _plain_copy(store.www / HOST, home / "plain")
        sites = {"own": (configuration(store.www, own, port), own), "plain": (_plain_site(home, plain), plain)}
        for name, (site, at) in sites.items():
            (home / name).mkdir(exist_ok=True)
            stack.enter_context(nginx(home / name, site, at))
        ways = {
            "nginx，同一文件": (plain, ""),
            "nginx，预制目录": (own, ""),
            "自带服务": (port, ""),
            "不预制": (uncached, ""),
        }
        for page, path in wanted.items():
            size = len(files.read(store.file(place_of(HOST, path))) or b"")
            rates = {way: _wrk(at, path, seconds) for way, (at, _) in ways.items()}
            found[page] = {"bytes": size, "rates": rates}
    return found


def visible(city: City, times: int) -> dict[str, Any]:
    """Milliseconds from the commit of a release until its page, its list, the home and the search show it."""
    before = Document.objects.count()  # a title of its own, also where an earlier measurement left its releases
    titles = [f"关于第{before + number}处阀门更换的公告" for number in range(times + 1)]
    ready = [editions.approved(city.measured, title=title) for title in titles]
    samples: list[dict[str, float]] = []
    store = installation.store()
    assert store is not None
    with _worker():
        for edition in ready:
            samples.append(_one(city, edition, store.www / HOST))
    return {name: Spread.of([one[name] for one in samples[1:]]).as_dict() for name in samples[0]}


def _one(city: City, edition: Any, www: Path) -> dict[str, float]:
    path = edition.document.get_absolute_url().strip("/")
    title = edition.title.encode()
    looks: dict[str, Callable[[], bool]] = {
        "文件页": (www / path / "index.html").exists,
        "栏目页": lambda: title in (files.read(www / "lm/tzgg/index.html") or b""),
        "首页": lambda: title in (files.read(www / "index.html") or b""),
        "检索": lambda: _found(edition),
    }
    fire(EDITION, edition, "release", by=city.measured.disclosure_officer)
    begin = time.perf_counter()
    found: dict[str, float] = {}
    while len(found) < len(looks):
        for name, shown in looks.items():
            if name not in found and shown():
                found[name] = time.perf_counter() - begin
        if time.perf_counter() - begin > PATIENCE:
            raise TimeoutError(f"{edition.title}: only {found} after {PATIENCE} s")
        time.sleep(_LOOK_SECONDS)
    return found


def _found(edition: Any) -> bool:
    """Whether a reader's search finds it: the words of the title as they stand."""
    asked = Asked(text=edition.title, exact=True, facets=(), size=1)
    return any(hit.title == edition.title for hit in query.search(asked).hits)


@contextmanager
def _serving(port: int, **environment: str) -> Iterator[None]:
    """The built-in web server, two processes, as ``gongkai serve`` starts it."""
    [web, _] = programs(Address("127.0.0.1", port), 2)
    process = subprocess.Popen(web.command, env={**os.environ, **environment}, start_new_session=True)
    try:
        until(lambda: listens(port), f"the web server on port {port}")
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


@contextmanager
def _worker() -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-m", "gongkai.config.command", "worker"])
    try:
        until(lambda: not any(followers.lag(one) for one in followers.all_followers()), "the worker following")
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _fetch_all(port: int, paths: Any) -> None:
    """Twice each, so that they are prepared and served from there."""
    import urllib.request

    for path in [*paths, *paths]:
        asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Host": f"{HOST}:{port}"})
        with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
            assert answer.status == 200


def _plain_copy(www: Path, to: Path) -> None:
    shutil.copytree(www, to)
    for one in [*to.rglob("*.gz"), *to.rglob("*.br")]:
        one.unlink()


def _plain_site(home: Path, port: int) -> str:
    return f"server {{ listen 127.0.0.1:{port}; root {home}/plain; index index.html; default_type text/html; }}"


def _wrk(port: int, path: str, seconds: int) -> float:
    """Requests per second over sixteen connections; raises when an answer was no 200."""
    host = f"{HOST}:{settings.GONGKAI_PUBLIC_PORT}"
    command = [
        "wrk",
        "-t1",
        f"-c{CONNECTIONS}",
        f"-d{seconds}s",
        "-H",
        f"Host: {host}",
        f"http://127.0.0.1:{port}{path}",
    ]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = _RATE.search(told)
    if rate is None or "Non-2xx" in told or "Socket errors" in told:
        raise RuntimeError(f"{path}: {told}")
    return float(rate[1])


def _say(what: str, found: dict[str, Any]) -> None:
    print(f"{what}：{json.dumps(found, ensure_ascii=False)}", file=sys.stderr, flush=True)


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, action="append")
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--releases", type=int, default=30)
    parser.add_argument("--visible", action="store_true")
    parser.add_argument("--without-search", action="store_true")
    options = parser.parse_args()
    if not options.visible and (not Path(NGINX).exists() or shutil.which("wrk") is None):
        print("没有 nginx 或 wrk：apt-get install nginx-light wrk", file=sys.stderr)
        return 1
    found = measure(
        options.documents or [1_000, 100_000],
        options.seconds,
        options.releases,
        only_visible=options.visible,
        search=not options.without_search,
    )
    print(json.dumps(found, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
