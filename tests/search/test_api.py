"""Search for other systems: what the page finds, and nothing that the public may not see."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from tests.factories import editions, people

# On PostgreSQL a follower never reads what its own transaction wrote, so these stories commit.
pytestmark = pytest.mark.django_db(transaction=True)


def asked(client: Client, **given: Any) -> dict[str, Any]:
    answer = client.get("/api/v1/search", given)
    assert answer.status_code == 200, answer.json()
    return answer.json()


def test_what_is_public_is_found_with_its_words_marked(client: Client, catch_up: Callable[[], None]) -> None:
    cache.clear()
    people.agency("澜川市人民政府", is_city=True)
    at = people.staffed("澜川市城市管理委员会")
    for number in range(3):
        editions.released(at, title=f"关于第{number}处供热检修的公告")
    editions.draft(at, title="关于供热检修的秘密草稿")
    assert not asked(client, q="供热检修")["ready"]
    catch_up()
    first = asked(client, q="供热检修", limit=2)
    assert (first["ready"], first["total"], len(first["items"])) == (True, 3, 2)
    assert "<mark>供热检修</mark>" in first["items"][0]["title_html"]
    assert first["items"][0]["agency"]["code"] == at.agency.code
    second = asked(client, q="供热检修", limit=2, cursor=first["next"])
    assert len(second["items"]) == 1
    assert second["next"] is None
    assert "秘密" not in str(asked(client, q="秘密草稿"))
    host = people.staffed("澜川市水务局").agency.hosts.get(primary=True).host
    assert client.get("/api/v1/search", {"q": "供热检修"}, headers={"host": host}).json()["total"] == 0


@pytest.mark.parametrize("given", [{}, {"q": ""}, {"q": "供热", "cursor": "../x"}, {"q": "供热", "type": "novel"}])
def test_what_cannot_be_asked_is_told(client: Client, own_index: Any, given: dict[str, Any]) -> None:
    cache.clear()
    people.agency("澜川市人民政府", is_city=True)
    answer = client.get("/api/v1/search", given)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"].startswith("query.")


def test_searches_are_limited(client: Client, own_index: Any, monkeypatch: Any) -> None:
    cache.clear()
    people.agency("澜川市人民政府", is_city=True)
    monkeypatch.setattr("gongkai.search.limits.SEARCHES", 1)
    assert [client.get("/api/v1/search", {"q": "供热"}).status_code for _ in range(2)] == [200, 429]
    cache.clear()
