"""The desk's search, and the pages on which the public's search is steered."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html
from tests.catalog.portal.reading import text
from tests.factories import editions, people
from tests.factories.people import Staffed
from tests.search.pages.conftest import index

from gongkai.agencies.officers import Officer
from gongkai.search.best_bets import BestBet
from gongkai.search.frequent import DeniedSuggestion, SearchCount
from gongkai.search.synonyms import SynonymGroup

Desk = Callable[[Officer], Client]


@pytest.fixture
def at(db: None, own_index: Any) -> Staffed:
    return people.staffed("澜川市城市管理委员会")


def rows(response: Any) -> dict[str, str]:
    """Address by title of what was found."""
    found = html.fromstring(response.content).xpath("//ol[contains(@class, 'hits')]//a[@data-row]")
    return {" ".join(one.text_content().split()): one.get("href") for one in found}


def test_drafts_and_published_of_the_own_agency_and_no_draft_of_another(at: Staffed, desk: Desk) -> None:
    other = people.staffed("澜川市水务局")
    own_draft = editions.draft(at, title="供热管网草稿")
    own_public = editions.released(at, title="供热管网公告")
    editions.draft(other, title="供热水源草稿")
    theirs = editions.released(other, title="供热水源公告")
    index()
    response = desk(at.office_reviewer).get("/desk/search/", {"q": "供热"})
    assert rows(response) == {
        "供热管网草稿": f"/desk/editions/{own_draft.pk}/",
        "供热管网公告": f"/desk/documents/{own_public.document_id}/",
    }
    assert "起草" in text(response)
    wide = rows(desk(at.office_reviewer).get("/desk/search/", {"q": "供热", "scope": "city"}))
    assert "供热水源草稿" not in wide
    host = other.agency.hosts.get(primary=True).host
    assert wide["供热水源公告"] == f"http://{host}{theirs.document.get_absolute_url()}"


def test_who_has_only_a_department_finds_its_drafts_only(at: Staffed, desk: Desk) -> None:
    editions.draft(at, title="供热管网草稿")
    elsewhere = people.officer(at.agency, "drafter", at.other_department)
    index()
    assert rows(desk(at.drafter).get("/desk/search/", {"q": "供热"}))
    response = desk(elsewhere).get("/desk/search/", {"q": "供热"})
    assert rows(response) == {}
    assert "没有找到" in text(response)


def test_an_empty_desk_search_teaches_and_a_missing_index_is_told(at: Staffed, desk: Desk) -> None:
    client = desk(at.drafter)
    assert "用空格隔开的几个词须都有" in text(client.get("/desk/search/"))
    assert "索引正在建立" in text(client.get("/desk/search/", {"q": "供热"}))


def test_the_desk_search_has_a_fixed_number_of_queries(at: Staffed, desk: Desk, django_assert_num_queries: Any) -> None:
    client = desk(at.disclosure_head)
    for number in range(3):
        editions.released(at, title=f"供热第{number}号公告")
    index()
    client.get("/desk/search/", {"q": "供热"})
    with django_assert_num_queries(17):
        client.get("/desk/search/", {"q": "供热"})
    for number in range(9):
        editions.released(at, title=f"供热第{number + 3}号公告")
    index()
    with django_assert_num_queries(17):
        assert len(rows(client.get("/desk/search/", {"q": "供热"}))) == 12


def test_a_group_of_synonyms_is_made_changed_and_removed(at: Staffed, desk: Desk) -> None:
    client = desk(at.disclosure_officer)
    told = client.post("/desk/search/synonyms/", {"words": "公租房、公共租赁住房"}, follow=True)
    assert "已保存“公租房 = 公共租赁住房”" in text(told)
    group = SynonymGroup.objects.get()
    assert group.agency == at.agency
    shown = client.get("/desk/search/synonyms/", {"group": group.pk})
    assert "公租房、公共租赁住房" in text(shown)
    client.post(f"/desk/search/synonyms/?group={group.pk}", {"words": "公租房=公共租赁住房\n保障房"})
    assert SynonymGroup.objects.get().words == ["公租房", "公共租赁住房", "保障房"]
    client.post(f"/desk/search/synonyms/{group.pk}/remove/")
    assert not SynonymGroup.objects.exists()


def test_what_was_refused_stays_in_the_form_with_its_reason(at: Staffed, desk: Desk) -> None:
    client = desk(at.disclosure_officer)
    client.post("/desk/search/synonyms/", {"words": "公租房、保障房"})
    refused = client.post("/desk/search/synonyms/", {"words": "公租房、廉租房", "note": "说明一句"})
    assert refused.status_code == 422
    tree = html.fromstring(refused.content)
    assert tree.xpath("//textarea[@name='words']")[0].text_content().strip() == "公租房、廉租房"
    assert tree.xpath("//input[@name='note']/@value") == ["说明一句"]
    assert "已经在另一组" in tree.xpath("//*[@id='id_words_error']")[0].text_content()


def test_a_best_bet_is_chosen_by_index_number_or_address(at: Staffed, desk: Desk) -> None:
    client = desk(at.disclosure_head)
    document = editions.released(at).document
    hidden = editions.draft(people.staffed("澜川市水务局")).document
    client.post("/desk/search/best-bets/", {"query": "供热检修", "document": document.index_number})
    client.post("/desk/search/best-bets/", {"query": "怎么申请", "address": "/lm/zhinan/", "title": "公开指南"})
    assert set(BestBet.objects.values_list("query", "document", "address")) == {
        ("供热检修", document.pk, ""),
        ("怎么申请", None, "/lm/zhinan/"),
    }
    refused = client.post("/desk/search/best-bets/", {"query": "水", "document": hidden.index_number})
    assert "没有索引号为" in text(refused)
    page = client.get("/desk/search/best-bets/", {"query": "问得最多的"})
    assert html.fromstring(page.content).xpath("//input[@name='query']/@value") == ["问得最多的"]
    bet = BestBet.objects.get(query="怎么申请")
    client.post(
        f"/desk/search/best-bets/?bet={bet.pk}", {"query": "如何申请", "address": "/lm/zhinan/", "title": "指南"}
    )
    bet.refresh_from_db()
    assert (bet.query, bet.title) == ("如何申请", "指南")
    client.post(f"/desk/search/best-bets/{bet.pk}/remove/")
    assert BestBet.objects.count() == 1


def test_only_the_supervising_office_sets_what_holds_for_the_city(at: Staffed, desk: Desk) -> None:
    office = people.staffed("澜川市人民政府办公室", is_supervising=True)
    desk(office.disclosure_officer).post("/desk/search/denied/", {"word": "全市的词", "scope": "city"})
    desk(at.disclosure_officer).post("/desk/search/denied/", {"word": "自己的词", "scope": "city"})
    assert set(DeniedSuggestion.objects.values_list("word", "agency")) == {
        ("全市的词", None),
        ("自己的词", at.agency.pk),
    }
    city_wide = DeniedSuggestion.objects.get(agency=None)
    client = desk(at.disclosure_officer)
    assert "全市的词" in text(client.get("/desk/search/denied/"))
    assert client.post(f"/desk/search/denied/{city_wide.pk}/allow/").status_code == 404
    desk(office.disclosure_head).post(f"/desk/search/denied/{city_wide.pk}/allow/")
    assert not DeniedSuggestion.objects.filter(agency=None).exists()


def test_what_the_public_did_not_find_is_drawn_and_listed(
    at: Staffed, desk: Desk, django_assert_num_queries: Any
) -> None:
    client = desk(at.disclosure_officer)
    assert "最近30天没有人搜索" in text(client.get("/desk/search/asked/"))
    today = timezone.localdate()
    for query, count, hits in (("地铁几点", 4, 0), ("供热", 6, 12), ("只问一次", 1, 0)):
        SearchCount.objects.create(agency=at.agency, day=today, query=query, count=count, hits=hits)
    other = people.staffed("澜川市水务局").agency
    SearchCount.objects.create(agency=other, day=today, query="别人的词", count=9, hits=0)
    response = client.get("/desk/search/asked/")
    told, tree = text(response), html.fromstring(response.content)
    assert "搜索 11 次" in told
    assert "没有结果 5 次（45%）" in told
    lists = [one.text_content() for one in tree.xpath("//section//tbody")]
    assert "地铁几点" in lists[0]
    assert "供热" in lists[1]
    assert "只问一次" not in told
    assert "别人的词" not in told
    assert "共11次" in tree.xpath("//svg[@role='img']/@aria-label")[0]
    assert len(tree.xpath("//figure//tbody/tr")) == 30
    for days in range(20):
        SearchCount.objects.create(
            agency=at.agency, day=today - timedelta(days=days), query=f"第{days}个词", count=3, hits=0
        )
    with django_assert_num_queries(15):
        client.get("/desk/search/asked/")


def test_doors_are_open_to_who_keeps_the_search_only(at: Staffed, desk: Desk) -> None:
    for path in ("asked/", "synonyms/", "best-bets/", "denied/"):
        assert desk(at.drafter).get(f"/desk/search/{path}").status_code == 403
        assert desk(at.disclosure_officer).get(f"/desk/search/{path}").status_code == 200
    assert desk(at.drafter).get("/desk/search/").status_code == 200
