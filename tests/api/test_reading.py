"""What other systems read: all that is public, in one shape, at a cost that does not grow; every state its answer."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories import editions, sites
from tests.factories.people import Staffed
from tests.factories.sites import City

from gongkai.agencies.actions import bodies
from gongkai.catalog.actions import columns, documents, matters
from gongkai.ledger.refs import SYSTEM

pytestmark = pytest.mark.django_db
DOCUMENTS = "/api/v1/documents"


def host_of(at: Staffed) -> dict[str, str]:
    return {"host": at.agency.hosts.get(primary=True).host}


def listed(client: Client, **asked: Any) -> list[dict[str, Any]]:
    answer = client.get(DOCUMENTS, asked)
    assert answer.status_code == 200, answer.json()
    return answer.json()["items"]


def titles(rows: list[dict[str, Any]]) -> set[str]:
    return {row["title"] for row in rows}


def test_the_list_holds_what_is_public_and_nothing_else(client: Client, city: City) -> None:
    rows = listed(client, limit=100)
    said = {row["code"] for row in rows}
    assert {city.policy.code, city.withdrawn.code, city.merged.code} <= said
    assert not said & {city.revoked.code, city.offline.code, city.draft.document.code}
    assert not titles(rows) & {"误发的秘密标题", "下线的公告", "关于尚未公开事项的草稿"}
    by_code = {row["code"]: row for row in rows}
    assert by_code[city.policy.code]["validity"]["key"] == "amended"
    assert by_code[city.withdrawn.code]["validity"]["key"] == "repealed"
    assert by_code[city.withdrawn.code]["state"]["key"] == "withdrawn"


def test_an_agencys_host_means_that_agency_and_the_citys_all(client: Client, city: City) -> None:
    own = client.get(DOCUMENTS, {"limit": 100}, headers=host_of(city.at)).json()["items"]
    assert {row["agency"]["code"] for row in own} == {city.at.agency.code}
    everything = client.get(DOCUMENTS, {"limit": 100, "agency": "all"}, headers=host_of(city.at)).json()["items"]
    assert len(everything) > len(own)
    assert len(listed(client, limit=100)) == len(everything)
    assert client.get(DOCUMENTS, headers={"host": "nobody.localhost"}).status_code == 200


def test_a_former_host_answers_itself(client: Client, city: City) -> None:
    before = host_of(city.at)
    bodies.set_host(city.at.agency, host="renamed.localhost", by=SYSTEM)
    assert client.get(DOCUMENTS, headers=before).status_code == 200


def test_pages_hang_together_while_something_new_comes_in(client: Client, at: Staffed) -> None:
    sites.many(at, 25)
    first = client.get(DOCUMENTS, {"limit": 10, "agency": at.agency.code})
    seen = [row["code"] for row in first.json()["items"]]
    editions.released(at, title="刚刚发布的公告")
    cursor, pages = first.json()["next"], 1
    assert f"cursor={cursor}" in first["Link"]
    assert 'rel="next"' in first["Link"]
    while cursor:
        page = client.get(DOCUMENTS, {"limit": 10, "agency": at.agency.code, "cursor": cursor}).json()
        seen += [row["code"] for row in page["items"]]
        cursor, pages = page["next"], pages + 1
    assert pages == 3
    assert len(seen) == len(set(seen)) == 25


@pytest.mark.parametrize(
    "asked",
    [
        {"cursor": "ffffffffffffffff-1"},
        {"cursor": "1-ffffffffffffffff"},
        {"cursor": "7fffffffffffffff-1"},
        {"cursor": "früher"},
        {"limit": 0},
        {"limit": 101},
        {"agency": "nobody"},
        {"type": "novel"},
        {"column": "policy"},
        {"published_from": "yesterday"},
        {"published_from": "0001-01-01"},
        {"changed_since": "9999-12-31T23:59:59Z"},
        {"changed_since": "12"},
        {"topic": "a\x00b"},
    ],
)
def test_what_cannot_be_asked_is_told_at_its_name(client: Client, city: City, asked: dict[str, Any]) -> None:
    answer = client.get(DOCUMENTS, asked)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert told["errors"][0]["field"] == f"query.{next(iter(asked))}"
    assert told["status"] == 422
    assert any("一" <= letter <= "鿿" for letter in told["errors"][0]["message"])


def test_filters_narrow_the_list(client: Client, city: City) -> None:
    code = city.at.agency.code
    topic = columns.save_topic(city.at.agency, slug="heating", name="供热", by=city.at.admin)
    documents.set_topics(city.policy, [topic], by=city.at.drafter)
    assert {row["type"]["key"] for row in listed(client, type="plan")} == {"plan"}
    assert {row["item"]["key"] for row in listed(client, item=city.policy.item)} == {city.policy.item}
    assert [row["code"] for row in listed(client, topic="heating")] == [city.policy.code]
    gathered = {row["type"]["key"] for row in listed(client, agency=code, column="policy")}
    assert gathered <= {"rule", "normative", "other_document"}
    assert gathered
    today = timezone.localdate()
    assert listed(client, published_from=today.isoformat(), published_to=today.isoformat())
    assert not listed(client, published_to=(today - timedelta(days=400)).isoformat())


def test_a_document_is_told_whole(client: Client, city: City) -> None:
    told = client.get(f"{DOCUMENTS}/{city.policy.code}").json()
    assert told["document_number"] == "澜城管发〔2025〕17号"
    assert "同步使用投放设施" in told["text"]
    assert [one["name"] for one in told["attachments"]] == ["示意图.png", "配置 标准.csv"]
    assert client.get(told["attachments"][1]["url"], headers=host_of(city.at)).status_code == 200
    relations = {one["relation"]["label"] for one in told["linked_from"]}
    assert relations == {"政策解读", "被修改"}
    assert [one["number"] for one in told["editions"]] == [2, 1]
    assert told["editions"][0]["live"]
    former = client.get(f"{DOCUMENTS}/{city.policy.code}/editions/1").json()
    assert "同步使用" not in former["text"]
    assert not former["live"]


def test_a_withdrawn_document_is_told_with_the_facts_of_its_notice(client: Client, city: City) -> None:
    told = client.get(f"{DOCUMENTS}/{city.withdrawn.code}").json()
    assert told["notice"]["kind"] == {"key": "repealed", "label": "废止"}
    assert told["notice"]["ground"] == "由新文件规定废止"
    assert told["text"]


def test_a_revoked_document_leaves_a_trace_and_nothing_it_said(client: Client, city: City) -> None:
    for path in ("", "/editions/1"):
        answer = client.get(f"{DOCUMENTS}/{city.revoked.code}{path}")
        assert answer.status_code == 410
        told = answer.json()
        assert told["index_number"] == city.revoked.index_number
        assert told["agency"] == city.at.agency.name
        assert told["on"] == timezone.localdate().isoformat()
        assert "秘密" not in answer.content.decode()


def test_an_offline_document_says_so_and_a_draft_is_unknown(client: Client, city: City) -> None:
    offline = client.get(f"{DOCUMENTS}/{city.offline.code}")
    assert (offline.status_code, offline.json()["title"]) == (404, "这条信息已经下线")
    unknown = client.get(f"{DOCUMENTS}/nothing")
    draft = client.get(f"{DOCUMENTS}/{city.draft.document.code}")
    assert draft.status_code == unknown.status_code == 404
    assert draft.json() == unknown.json()


def test_an_edition_that_was_never_said_is_unknown(client: Client, city: City) -> None:
    editions.next_edition(city.at, city.policy, note="秘密的修改")
    assert client.get(f"{DOCUMENTS}/{city.policy.code}/editions/3").status_code == 404
    assert "秘密" not in client.get(f"{DOCUMENTS}/{city.policy.code}").content.decode()


def test_a_document_that_was_led_elsewhere_leads_there(client: Client, city: City) -> None:
    one = editions.released(city.at, title="旧公告").document
    sites.changed(city.at, one, "redirect", target=city.policy.get_absolute_url())
    answer = client.get(f"{DOCUMENTS}/{one.code}")
    assert answer.status_code == 301
    assert answer["Location"].endswith(f"{DOCUMENTS}/{city.policy.code}")
    two = editions.released(city.at, title="另一份旧公告").document
    sites.changed(city.at, two, "redirect", target="https://example.cn/new")
    assert client.get(f"{DOCUMENTS}/{two.code}")["Location"] == "https://example.cn/new"


def test_agencies_columns_topics_and_types(client: Client, city: City) -> None:
    rows = client.get("/api/v1/agencies").json()["items"]
    assert {one["name"] for one in rows} >= {"澜川市人民政府", "澜川市城市管理委员会", "澜川市市容委员会"}
    one = client.get(f"/api/v1/agencies/{city.at.agency.code}").json()
    assert one["contact"]["email"] == "gongkai@example.cn"
    ended = client.get(f"/api/v1/agencies/{city.merged.agency.code}").json()
    assert ended["successor"]["code"] == city.at.agency.code
    tree = client.get(f"/api/v1/agencies/{city.at.agency.code}/columns").json()["items"]
    policy = next(one for one in tree if one["key"] == "policy")
    assert client.get(policy["documents_url"]).status_code == 200
    assert client.get("/api/v1/agencies/nobody/columns").status_code == 404
    assert client.get(f"/api/v1/agencies/{city.at.agency.code}/topics").json() == {"items": []}
    assert "notice" in {one["key"] for one in client.get("/api/v1/types").json()["items"]}


def test_the_cost_does_not_grow(client: Client, at: Staffed, django_assert_max_num_queries: Any) -> None:
    for size in (5, 60):
        sites.many(at, size)
        with django_assert_max_num_queries(8):
            assert listed(client, agency=at.agency.code, limit=100)


def test_a_document_costs_the_same_however_much_belongs_to_it(
    client: Client, city: City, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(10):
        client.get(f"{DOCUMENTS}/{city.policy.code}")
    with django_assert_num_queries(10):
        client.get(f"{DOCUMENTS}/{city.withdrawn.code}")


def test_the_full_list_is_told_with_how_each_matter_stands(
    client: Client, city: City, django_assert_num_queries: Any
) -> None:
    given = {
        "first": "政策文件",
        "content": "全文",
        "limit_text": "自信息形成或者变更之日起20个工作日内",
        "body": "市城管委",
    }
    for second, types in (("规范性文件", ["normative"]), ("预算决算", ["budget"])):
        matters.create_matter(
            city.at.agency, by=city.at.disclosure_officer, second=second, channels=["website"], types=types, **given
        )
    with django_assert_num_queries(9):
        told = client.get(f"/api/v1/agencies/{city.at.agency.code}/matters").json()
    normative, budget = told["items"]
    assert (normative["number"], normative["second"], normative["channels"]) == (1, "规范性文件", ["政府网站"])
    assert client.get(f"{DOCUMENTS}/{normative['newest']}").json()["type"]["key"] == "normative"
    assert (budget["state"]["key"], budget["newest"]) == ("missing", None)
    assert client.get("/api/v1/agencies/nobody/matters").status_code == 404
