"""The changes feed: everything that changed for the public, once, in order; titles of nothing that was taken down."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.factories import editions, people, sites
from tests.factories.people import Staffed

# On PostgreSQL nobody reads what a running transaction wrote, so these stories commit.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def at() -> Staffed:
    people.agency("澜川市人民政府", is_city=True)
    return people.staffed("澜川市城市管理委员会")


def changes(client: Client, **asked: Any) -> dict[str, Any]:
    answer = client.get("/api/v1/changes", asked)
    assert answer.status_code == 200, answer.json()
    return answer.json()


def test_a_mirror_misses_nothing_and_hears_nothing_twice(client: Client, at: Staffed) -> None:
    first = editions.released(at, title="第一份公告").document
    second = editions.released(at, title="误发的秘密标题").document
    begin = changes(client, limit=1)
    assert begin["more"]
    assert [one["code"] for one in begin["items"]] == [first.code]
    rest = changes(client, after=begin["next"])
    assert [one["code"] for one in rest["items"]] == [second.code]
    assert not rest["more"]
    assert changes(client, after=rest["next"]) == {"items": [], "next": rest["next"], "more": False}
    sites.changed(at, first, "withdraw", notice_kind="expired", on=date.today(), ground="期满")
    sites.changed(at, second, "revoke", reason="误发")
    later = changes(client, after=rest["next"])["items"]
    assert [(one["act"]["key"], one["now"]["key"]) for one in later] == [("notice", "withdrawn"), ("remove", "revoked")]
    assert later[0]["api_url"]
    assert later[1]["api_url"] is None


def test_what_was_taken_down_is_named_by_its_code_only(client: Client, at: Staffed) -> None:
    editions.draft(at, title="草稿的秘密标题")
    document = editions.released(at, title="误发的秘密标题").document
    sites.changed(at, document, "revoke", reason="误发的秘密理由")
    answer = client.get("/api/v1/changes")
    assert "秘密" not in answer.content.decode()
    assert [one["now"]["key"] for one in answer.json()["items"]] == ["revoked", "revoked"]


def test_changes_of_one_agency(client: Client, at: Staffed) -> None:
    other = people.staffed("澜川市水务局")
    own = editions.released(at).document
    editions.released(other)
    assert [one["code"] for one in changes(client, agency=at.agency.code)["items"]] == [own.code]
    assert len(changes(client)["items"]) == 2
    host = at.agency.hosts.get(primary=True).host
    assert len(client.get("/api/v1/changes", headers={"host": host}).json()["items"]) == 1


def test_the_cost_does_not_grow(client: Client, at: Staffed, django_assert_max_num_queries: Any) -> None:
    for number in range(4):
        editions.released(at, title=f"第{number}号公告")
    for limit in (1, 4):
        with django_assert_max_num_queries(5):
            changes(client, limit=limit)


def test_changed_since_finds_new_editions_and_notices(client: Client, frozen_time: Any) -> None:
    frozen_time("2026-03-02 09:00")
    people.agency("澜川市人民政府", is_city=True)
    at = people.staffed("澜川市城市管理委员会")
    revised = editions.released(at, title="后来修订的公告").document
    repealed = editions.released(at, title="后来失效的公告").document
    untouched = editions.released(at, title="一直没变的公告").document
    frozen_time("2026-03-09 09:00")
    sites.revised(at, revised, note="补一处", summary="改过的概述")
    given = {"notice_kind": "expired", "on": date(2026, 3, 9), "ground": "期满"}
    sites.changed(at, repealed, "withdraw", **given)
    found = {row["code"] for row in _listed(client, "2026-03-05T00:00:00+08:00")}
    assert found == {revised.code, repealed.code}
    assert untouched.code in {row["code"] for row in _listed(client, "2026-03-01")}


def _listed(client: Client, since: str) -> list[dict[str, Any]]:
    answer = client.get("/api/v1/documents", {"changed_since": since})
    assert answer.status_code == 200, answer.json()
    return answer.json()["items"]
