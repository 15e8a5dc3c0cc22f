"""Ledger entries mark the pages they touch, once each, and the worker makes them true."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.factories import editions, sites
from tests.factories.people import Staffed
from tests.factories.sites import City
from tests.pages.reading import Site

from gongkai.agencies.actions import bodies
from gongkai.catalog.actions import columns
from gongkai.ledger import followers, kinds
from gongkai.ledger.refs import SYSTEM
from gongkai.pages import effects, renewal
from gongkai.pages.index import State, pages
from gongkai.pages.store import Store
from gongkai.pages.verifying import verify
from gongkai.publishing.ledger_kinds import TO_THE_PUBLIC

pytestmark = pytest.mark.django_db(transaction=True)


def follow() -> None:
    """What the worker does after a commit: mark, and nothing else."""
    while followers.advance(followers.get("pages")):
        pass


def states(store: Store) -> dict[str, State]:
    return {row.path: row.state for row in pages(store.index.connection(), "1")}


@pytest.fixture
def host(at: Staffed) -> str:
    return at.agency.hosts.get(primary=True).host


def test_somebody_thought_about_every_kind_of_entry() -> None:
    assert {kind.name for kind in kinds.all_kinds()} - effects.declared() == set()
    assert effects.declared() - {kind.name for kind in kinds.all_kinds()} == set()
    harmless = {kind for kind in TO_THE_PUBLIC if effects._TELLERS[kind] is None}
    assert harmless == set()


def test_a_release_renews_home_and_its_lists_and_makes_its_page(
    site: Site, store: Store, at: Staffed, host: str
) -> None:
    for path in ("/", "/lm/notices/", "/lm/news/", "/lm/about/"):
        site.get(host, path)
    follow()
    renewal.settle()
    document = editions.released(at, title="关于供热检修的公告").document
    follow()
    path = document.get_absolute_url()
    assert states(store) == {
        "/": State.STALE,
        "/lm/notices/": State.STALE,
        "/lm/news/": State.TRUE,
        "/lm/about/": State.TRUE,
        path: State.STALE,
        f"/zh-hant{path}": State.STALE,
    }
    assert renewal.settle() == 4
    assert "关于供热检修的公告" in site.get(host, "/lm/notices/").text
    assert (store.www / host / path.strip("/") / "index.html").exists()
    assert verify(store) == []


def test_a_burst_renews_each_page_once(
    site: Site, store: Store, at: Staffed, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in ("/", "/lm/notices/"):
        site.get(host, path)
    follow()
    renewal.settle()
    for number in range(30):
        editions.released(at, title=f"第{number}号公告")
    rendered: list[str] = []
    render = renewal.render

    def counting(host: str, path: str) -> Any:
        rendered.append(path)
        return render(host, path)

    monkeypatch.setattr(renewal, "render", counting)
    follow()
    renewal.settle()
    assert rendered.count("/") == rendered.count("/lm/notices/") == 1
    assert len(rendered) == 2 + 30  # the other script is made from the bytes of the first
    assert sum(path.startswith("/zh-hant/info/") and state is State.TRUE for path, state in states(store).items()) == 30
    assert verify(store) == []


def test_revoked_it_is_gone_before_anything_is_rendered(site: Site, store: Store, at: Staffed, host: str) -> None:
    document = editions.released(at).document
    path = document.get_absolute_url()
    site.get(host, path)
    sites.changed(at, document, "revoke", reason="误发")
    follow()
    assert not (store.www / host / path.strip("/") / "index.html").exists()
    assert site.get(host, path).status == 410
    renewal.settle()
    assert path not in states(store)


def test_a_changed_contact_is_on_every_page(site: Site, store: Store, at: Staffed, host: str) -> None:
    document = editions.released(at).document
    for path in ("/", "/lm/zhinan/", document.get_absolute_url()):
        site.get(host, path)
    bodies.change_contact(at.agency, by=SYSTEM, phone="0000-5550999")
    follow()
    renewal.settle()
    for path in ("/", "/lm/zhinan/", document.get_absolute_url()):
        assert "0000-5550999" in site.get(host, path).text
    assert verify(store) == []


def test_what_is_said_on_a_day_is_said_from_midnight(site: Site, store: Store, at: Staffed, host: str) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    document = editions.released(
        at, **(sites.NORMATIVE | {"effective_on": date(2025, 7, 1), "expires_on": tomorrow})
    ).document
    path = document.get_absolute_url()
    assert "现行有效" in site.get(host, path).text
    due = renewal.next_at()
    assert due is not None
    assert timezone.localtime(due).date() <= tomorrow
    import time_machine

    midnight = timezone.localtime().replace(hour=0, minute=0, second=1) + timedelta(days=1)
    with time_machine.travel(midnight):
        renewal.run(timezone.now())
        renewal.settle()
        assert "失效" in site.get(host, path).text
        assert verify(store) == []


def test_hand_picking_renews_the_column_and_the_way_of_the_picked(
    site: Site, store: Store, at: Staffed, host: str
) -> None:
    document = editions.released(at).document
    column = columns.create_column(
        at.agency, by=SYSTEM, key="special", name="专栏", rule={"picked_only": True}, position=60
    )
    follow()
    renewal.settle()
    for path in ("/lm/special/", document.get_absolute_url(), "/lm/news/"):
        site.get(host, path)
    columns.set_picks(column, [document], by=SYSTEM)
    follow()
    renewal.settle()
    assert document.live is not None
    assert document.live.title in site.get(host, "/lm/special/").text
    columns.set_picks(column, [], by=SYSTEM)
    follow()
    assert states(store)["/lm/special/"] == State.STALE
    assert states(store)[document.get_absolute_url()] == State.STALE
    assert states(store)["/lm/news/"] == State.TRUE


def test_an_interpretation_renews_its_policy_on_another_site(site: Site, store: Store, city: City) -> None:
    from gongkai.catalog.links import LinkKind

    policy, host = city.policy.get_absolute_url(), city.at.agency.hosts.get(primary=True).host
    for path in (policy, "/lm/policy/"):
        site.get(host, path)
    sites.linked(
        city.portal, LinkKind.INTERPRETS, city.policy, type_key="interpretation", title="市政府解读", genre="图解"
    )
    follow()
    renewal.settle()
    assert "市政府解读" in site.get(host, policy).text
    assert "市政府解读" in site.get(host, "/lm/policy/").text


def test_changes_that_cannot_be_noted_take_the_store_out_of_service(
    site: Site, store: Store, at: Staffed, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.get(host, "/")
    follow()
    renewal.settle()

    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    editions.released(at, title="磁盘写满时发布的公告")
    monkeypatch.setattr(Store, "mark", full)
    follow()
    assert not store.www.exists()
    assert "磁盘写满时发布的公告" in site.get(host, "/").text


def test_only_one_process_renews(store: Store, at: Staffed) -> None:
    with renewal._only_one(store) as first, renewal._only_one(store) as second:
        assert (first, second) == (True, False)
