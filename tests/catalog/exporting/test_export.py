"""The whole public site as plain files: every link opens, nothing else is in it, and it follows what changes."""

import hashlib
import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import unquote

import pytest
from tests.catalog.exporting.opening import served, texts, walk
from tests.factories import editions, sites
from tests.factories.sites import City
from tests.pages.test_nginx import NGINX, nginx
from tests.serving import free_port

from gongkai.catalog.documents import Document
from gongkai.catalog.exporting import crawling
from gongkai.catalog.exporting.run import Order, Result, export
from gongkai.catalog.exporting.tree import InUse, NotOurs, Tree
from gongkai.ledger.entries import Entry

pytestmark = pytest.mark.django_db
_EXPORTED: dict[tuple[tuple[str, str], ...], tempfile.TemporaryDirectory[str]] = {}


@pytest.fixture
def city(db: None) -> City:
    """One of everything."""
    return sites.full_city()


def order(city: City, root: Path) -> Order:
    """The site of one agency."""
    return Order(root, [city.at.agency])


def exported(city: City, root: Path) -> None:
    """Its site as it was in the beginning, of which each process makes one; the tests go on from a copy."""
    documents = tuple(Document.objects.order_by("pk").values_list("code", "state"))
    if documents not in _EXPORTED:
        _EXPORTED[documents] = tempfile.TemporaryDirectory(prefix="gongkai-exported-")
        export(order(city, Path(_EXPORTED[documents].name)))
    shutil.copytree(_EXPORTED[documents].name, root, dirs_exist_ok=True)


def whole(city: City, root: Path, *, traditional: bool = False, apart: bool = False) -> Order:
    """Both sites."""
    return Order(root, [city.portal.agency, city.at.agency], traditional=traditional, apart=apart)


def host(city: City) -> str:
    return str(city.at.agency.hosts.get(primary=True).host)


def page_of(city: City, root: Path, path: str) -> Path:
    return root / host(city) / path.strip("/") / "index.html"


def home_of_portal(city: City, root: Path) -> str:
    portal = city.portal.agency.hosts.get(primary=True).host
    return (root / portal / "index.html").read_text(encoding="utf-8")


def manifest(root: Path) -> dict[str, dict[str, object]]:
    lines = (root / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    return {str(one["address"]): one for one in map(json.loads, lines)}


def test_every_link_opens_from_a_plain_server_in_both_scripts(city: City, tmp_path: Path) -> None:
    sites.many(city.at, 45)
    export(whole(city, tmp_path, traditional=True))
    with served(tmp_path) as port:
        status, outside = walk(port)
    assert {path: one for path, one in status.items() if one != 200} == {}
    assert all("localhost" in one for one in outside), "only the living sites, from the notes"
    reached = {path.lstrip("/") for path in status}
    for path in (city.policy.get_absolute_url(), "/zh-hant" + city.policy.get_absolute_url(), "/lm/zhinan/"):
        assert str(page_of(city, tmp_path, path).relative_to(tmp_path)) in reached
    assert sum("/before/" in path for path in status) >= 4, "older pages of a list"
    assert any(path.startswith(f"/{host(city)}/files/") for path in status)
    assert any(path.endswith("/public.css") for path in status)
    assert 'lang="zh-Hant"' in page_of(city, tmp_path, "/zh-hant/").read_text(encoding="utf-8")
    assert f'href="../{host(city)}/index.html"' in home_of_portal(city, tmp_path)


@pytest.mark.skipif(not Path(NGINX).exists(), reason="本机没有 nginx，未用 nginx 打开导出的目录")
def test_every_link_opens_from_nginx(city: City, tmp_path: Path) -> None:
    root, home = tmp_path / "out", tmp_path / "nginx"
    home.mkdir()
    exported(city, root)
    port = free_port()
    types = "types { text/html html; text/css css; text/javascript js; }"
    with nginx(home, f"server {{ listen 127.0.0.1:{port}; root {root}; {types} }}", port):
        status, _ = walk(port)
    assert set(status.values()) == {200}


def test_what_does_not_work_offline_leads_to_a_page_that_says_so(city: City, tmp_path: Path) -> None:
    exported(city, tmp_path)
    home = page_of(city, tmp_path, "/").read_text(encoding="utf-8")
    assert 'hreflang="zh-Hant" lang="zh-Hant">繁體' in home
    assert 'href="_offline/index.html"' in home
    assert 'action="/search"' not in home
    note = (tmp_path / host(city) / "_offline/index.html").read_text(encoding="utf-8")
    assert f"http://{host(city)}/" in note
    assert "检索" in note
    assert not (tmp_path / host(city) / "zh-hant").exists()


def test_redirects_and_what_is_gone_are_told_by_pages(city: City, tmp_path: Path) -> None:
    gone, file, former = (
        city.policy.get_absolute_url(),
        city.picture.get_absolute_url(),
        f"{city.withdrawn.get_absolute_url()}v1/",
    )
    body = f'<p>见<a href="{gone}">规范</a>、<a href="{file}">示意图</a>和<a href="{former}">旧规范</a>。</p>'
    naming = editions.released(city.at, title="关于几份文件的公告", body=body).document
    sites.changed(city.at, city.policy, "revoke", reason="误发")
    result = export(order(city, tmp_path))
    address = f"{host(city)}{naming.get_absolute_url()}"
    assert address in result.broken[f"{host(city)}{gone}"]
    assert result.broken[f"{host(city)}{file}"] == [address]
    assert f"{host(city)}{file}\t{address}\n" in (tmp_path / "broken-links.txt").read_text(encoding="utf-8")
    told = page_of(city, tmp_path, gone).read_text(encoding="utf-8")
    assert "撤回" in told
    assert city.policy.live.title not in told  # type: ignore[union-attr]
    moved = page_of(city, tmp_path, former).read_text(encoding="utf-8")
    assert 'content="0; url=../index.html"' in moved
    assert "_offline/index.html" in page_of(city, tmp_path, naming.get_absolute_url()).read_text(encoding="utf-8")
    with served(tmp_path) as port:
        assert set(walk(port)[0].values()) == {200}


def test_nothing_unpublished_is_in_it(city: City, tmp_path: Path) -> None:
    export(whole(city, tmp_path, traditional=True))
    secret = {
        "尚未公开事项",
        "尚未公開事項",
        "误发的秘密标题",
        "下线的公告",
        city.draft.document.code,
        city.draft.document.index_number,
        city.draft_picture.code,
        city.draft_picture.sha256,
        *(officer.name for officer in city.at.officers.values()),
    }
    found = [(path, word) for path, text in texts(tmp_path) for word in secret if word in path or word in text]
    assert found == []


def test_manifest_sums_receipt_and_ledger_agree_with_what_lies_there(city: City, tmp_path: Path) -> None:
    result = export(whole(city, tmp_path))
    listed = manifest(tmp_path)
    lying = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    beside = {"manifest.jsonl", "SHA256SUMS", "broken-links.txt", "receipt.html", "receipt.txt"}
    assert {str(one["file"]) for one in listed.values()} == {
        one for one in lying - beside if not one.startswith(".export/")
    }
    for one in listed.values():
        data = (tmp_path / str(one["file"])).read_bytes()
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (one["sha256"], one["size"])
    checked = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=tmp_path, check=False)
    assert checked.returncode == 0
    policy = listed[f"{host(city)}{city.policy.get_absolute_url()}"]
    assert (policy["title"], policy["type"], policy["status"]) == (city.policy.live.title, "text/html", 200)  # type: ignore[union-attr]
    assert city.policy.ref().key in policy["keys"]  # type: ignore[operator]
    assert str(policy["date"]).startswith("20")
    picture = listed[f"{host(city)}{city.picture.get_absolute_url()}"]
    assert picture["sha256"] == city.picture.sha256
    assert hashlib.sha256((tmp_path / "manifest.jsonl").read_bytes()).hexdigest() == result.manifest_sha256
    receipt = (tmp_path / "receipt.txt").read_text(encoding="utf-8")
    assert result.manifest_sha256 in receipt
    assert "第二十五条" in receipt
    entries = Entry.objects.filter(kind="catalog.exported")
    assert {one.data["manifest_sha256"] for one in entries} == {result.manifest_sha256}
    assert {one.agency_id for one in entries} == {str(city.portal.agency.pk), str(city.at.agency.pk)}
    assert sum(one.data["files"] for one in entries) + 1 == len(listed), "and the page above the sites"


def test_the_next_export_writes_what_changed_and_takes_away_what_is_gone(city: City, tmp_path: Path) -> None:
    exported(city, tmp_path)
    before = {
        path: path.stat().st_ino for path in tmp_path.rglob("*") if path.is_file() and ".export" not in path.parts
    }
    assert export(order(city, tmp_path)).written == 0
    assert {path: path.stat().st_ino for path in before} == before
    (tmp_path / host(city) / "own-notes.txt").write_text("不是导出的", encoding="utf-8")
    policy = page_of(city, tmp_path, city.policy.get_absolute_url())
    picture = tmp_path / host(city) / unquote(city.picture.get_absolute_url()).lstrip("/")
    assert policy.exists()
    assert picture.exists()
    sites.changed(city.at, city.policy, "revoke", reason="误发")
    again = export(order(city, tmp_path))
    assert 0 < again.written < len(before) / 2
    assert again.removed > 0
    assert not picture.exists()
    assert city.policy.code not in "".join(text for _, text in texts(tmp_path / host(city)))
    assert (tmp_path / host(city) / "own-notes.txt").exists()
    with served(tmp_path) as port:
        assert set(walk(port)[0].values()) == {200}


class _Killed(BaseException):
    """Stands for a kill -9: nothing gets to clean up."""


def test_killed_while_reading_the_site_it_goes_on_and_comes_out_the_same(
    city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_of_it, cut = tmp_path / "whole", tmp_path / "cut"
    exported(city, all_of_it)

    def until(limit: int) -> Result | None:
        def watch(done: int, known: int) -> None:
            if done == limit:
                raise _Killed

        try:
            return export(order(city, cut), watch)
        except _Killed:
            return None

    asked: list[str] = []
    answer = crawling.answer
    monkeypatch.setattr(crawling, "answer", lambda address: asked.append(str(address)) or answer(address))
    assert until(10) is None
    assert list(cut.iterdir()) == [cut / ".export"], "nothing goes into place before all is there"
    journal = cut / ".export/journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-40])  # the last line was not finished
    assert until(20) is None
    finished = until(-1)
    assert finished is not None
    assert finished.resumed > 15
    repeated = {one for one in asked if asked.count(one) > 1}
    assert len(repeated) <= 2, "what was ready is not asked for again"
    assert manifest(cut) == manifest(all_of_it)
    assert export(order(city, cut)).written == 0


def test_killed_while_files_go_into_place_the_next_start_finishes(
    city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "out"
    exported(city, root)
    sites.changed(city.at, city.policy, "revoke", reason="误发")
    done = tmp_path / "done"
    shutil.copytree(root, done)
    export(order(city, done))
    real, moved = Path.replace, 0

    def replace(self: Path, target: Path) -> Path:
        nonlocal moved
        if ".export/new" in str(self) and ".export/new" not in str(target):
            moved += 1
            if moved == stop:
                raise _Killed
        return real(self, target)

    for stop in (1, 9):
        moved = 0
        copy = tmp_path / f"copy{stop}"
        shutil.copytree(root, copy)
        monkeypatch.setattr(Path, "replace", replace)
        with pytest.raises(_Killed):
            export(order(city, copy))
        monkeypatch.setattr(Path, "replace", real)
        with served(copy) as port:
            assert set(walk(port)[0].values()) == {200}, "every link opens in between, too"
        with Tree(copy):
            pass
        assert manifest(copy) == manifest(done)
        same = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=copy, check=False)
        assert same.returncode == 0
        assert not page_of(city, copy, f"{city.policy.get_absolute_url()}v1/").exists()


def test_a_page_that_the_site_cannot_make_stays_as_it_was(
    city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exported(city, tmp_path)
    page = page_of(city, tmp_path, city.policy.get_absolute_url())
    before = page.read_bytes()
    answer = crawling.answer

    def failing(address: crawling.Address) -> crawling.Answer:
        found = answer(address)
        if address.path == city.policy.get_absolute_url():
            found.status = 500
        return found

    monkeypatch.setattr(crawling, "answer", failing)
    result = export(order(city, tmp_path))
    assert result.failed == [f"{host(city)}{city.policy.get_absolute_url()}"]
    assert page.read_bytes() == before


def test_sites_served_apart_keep_each_other_by_name(city: City, tmp_path: Path) -> None:
    export(whole(city, tmp_path, apart=True))
    home = home_of_portal(city, tmp_path)
    assert f'href="http://{host(city)}/"' in home
    assert f"../{host(city)}/" not in home


def test_a_directory_with_other_things_is_left_alone_and_one_export_writes_at_a_time(
    city: City, tmp_path: Path
) -> None:
    (tmp_path / "letter.txt").write_text("x", encoding="utf-8")
    with pytest.raises(NotOurs):
        export(order(city, tmp_path))
    with Tree(tmp_path / "out"), pytest.raises(InUse):
        export(order(city, tmp_path / "out"))
