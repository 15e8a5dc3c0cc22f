"""The page of results as the public sees it."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from tests.catalog.portal.reading import links, text
from tests.factories import editions, people, sites
from tests.factories.sites import City
from tests.search.pages.conftest import index, look

from gongkai.search import actions, counting, limits
from gongkai.search.frequent import SearchCount

POLICY = "关于印发《投放设施设置规范》的通知"


def titles(response: Any) -> list[str]:
    """Titles of the results, in order."""
    found = html.fromstring(response.content).xpath("//ol[contains(@class, 'results')]//h2/a")
    return [" ".join(one.text_content().split()) for one in found]


def total(response: Any) -> int:
    found = html.fromstring(response.content).xpath("//p[contains(@class, 'found-total')]/b/text()")
    return int(found[0].replace(",", "")) if found else 0


def test_a_document_is_found_by_its_words_its_number_and_its_attachment(city: City) -> None:
    agency = city.at.agency
    assert POLICY in titles(look(agency, q="投放设施 居住区"))
    for number in ("澜城管发〔2025〕17号", "澜城管发[2025]17", "澜城管发2025年第17号"):
        found = look(agency, q=number)
        assert POLICY in titles(found), number
        assert ("按发文字号查找" in text(found)) == number.endswith("号")
    by_file = look(agency, q="配置标准")
    assert titles(by_file) == [POLICY]
    assert "附件“配置 标准.csv”" in text(by_file)


def test_what_departs_from_valid_is_said_and_what_is_found_is_marked(city: City) -> None:
    found = look(city.at.agency, q="投放设施设置规范")
    assert "已废止" in text(found) or "废止" in text(found)
    assert {one.text for one in html.fromstring(found.content).xpath("//h2/a/mark")} == {"投放设施设置规范"}


@pytest.mark.parametrize("words", ["尚未公开", "秘密标题", "下线的公告", "草稿图"])
def test_what_is_not_public_is_not_found(city: City, words: str) -> None:
    for agency in (city.at.agency, city.portal.agency):
        assert total(look(agency, q=words, exact="1")) == 0
        loose = look(agency, q=words)
        assert words not in text(loose).replace(f"“{words}”", "")
        assert [one for one in titles(loose) if words in one] == []


def test_an_agency_searches_its_own_and_switches_to_the_whole_city(city: City) -> None:
    other = people.staffed("澜川市水务局")
    editions.released(
        other, title="关于水价调整的公告", body="<p>为做好水价调整，定于近期召开听证会，请相关单位提前做好准备。</p>"
    )
    index()
    own = look(city.at.agency, q="水价调整")
    assert titles(own) == []
    assert "全市其他机关有 1 条" in text(own)
    wide = Client().get(links(own)["在全市查找"], headers={"host": city.at.agency.hosts.get(primary=True).host})
    assert titles(wide) == ["关于水价调整的公告"]
    assert "澜川市水务局" in text(wide)
    address = html.fromstring(wide.content).xpath("//ol//h2/a/@href")[0]
    assert address.startswith(f"http://{other.agency.hosts.get(primary=True).host}/info/")
    assert titles(look(city.portal.agency, q="水价调整")) == ["关于水价调整的公告"]


def test_every_facet_leads_to_as_many_results_as_it_says(city: City) -> None:
    host = city.portal.agency.hosts.get(primary=True).host
    page = look(city.portal.agency, q="设施")
    counted = [
        (" ".join(one.text_content().split()), one.get("href"))
        for one in html.fromstring(page.content).xpath("//details[contains(@class, 'facets')]//li/a")
    ]
    assert len(counted) > 6
    for label, address in counted:
        filtered = Client().get(address, headers={"host": host})
        assert total(filtered) == int(label.rsplit(" ", 1)[1]), label
        assert label.rsplit(" ", 1)[0] in text(filtered)


def test_a_chosen_filter_is_taken_away_by_its_own_link(city: City) -> None:
    filtered = look(city.at.agency, q="公告", type="notice")
    told = links(filtered, within="//ul[contains(@class, 'filters-set')]")
    assert next(label for label in told if label.startswith("信息类型")).startswith("信息类型：通知公告")
    assert "type" not in parse_qs(urlsplit(next(iter(told.values()))).query)


def test_topics_of_one_name_are_one_to_who_reads(city: City) -> None:
    from gongkai.catalog.actions import columns

    hosts = []
    for at in (city.at, people.staffed("澜川市水务局")):
        columns.save_topic(at.agency, by=at.admin, slug="heating", name="供热服务")
        draft = editions.draft(at, title=f"{at.agency.short_name}关于供热服务的公告")
        draft.document.topics.set(at.agency.topics.all())
        editions.release_through(at, draft)
        hosts.append(at)
    index()
    page = look(city.portal.agency, q="供热服务")
    both = [one for one in links(page, within="//details[contains(@class, 'facets')]").items() if "供热服务" in one[0]]
    assert [label for label, _ in both] == ["供热服务 2"]
    again = Client().get(both[0][1], headers={"host": city.portal.agency.hosts.get(primary=True).host})
    assert total(again) == 2


def test_sorting_and_titles_only_stay_in_the_address(city: City) -> None:
    page = look(city.at.agency, q="投放设施", sort="date", **{"in": "title"})
    assert titles(page)
    assert all("投放设施" in one for one in titles(page))
    kept = html.fromstring(page.content).xpath("//main//form[@role='search']//input[@type='hidden']")
    assert {one.get("name"): one.get("value") for one in kept} == {"sort": "date", "in": "title"}
    turned = links(page, within="//nav[@aria-label='排序和查找位置']")
    assert parse_qs(urlsplit(turned["按相关度"]).query) == {"q": ["投放设施"], "in": ["title"]}


@pytest.mark.parametrize("sort", ["", "date"])
def test_paging_shows_everything_once_and_goes_back(city: City, sort: str) -> None:
    sites.many(city.at, 45)
    index()
    seen: list[str] = []
    host = city.at.agency.hosts.get(primary=True).host
    response = look(city.at.agency, q="号公告", sort=sort)
    wanted = total(response)
    assert wanted >= 45
    pages = []
    while True:
        seen += titles(response)
        pages.append(titles(response))
        following = html.fromstring(response.content).xpath("//a[@rel='next']/@href")
        if not following:
            break
        response = Client().get(following[0], headers={"host": host})
    assert len(seen) == len(set(seen)) == wanted
    before = html.fromstring(response.content).xpath("//a[@rel='prev']/@href")[0]
    assert titles(Client().get(before, headers={"host": host})) == pages[-2]


def test_the_number_of_queries_does_not_grow(city: City, django_assert_num_queries: Any) -> None:
    look(city.at.agency, q="公告")  # what is often asked is kept a minute
    with django_assert_num_queries(15):
        look(city.at.agency, q="公告")
    sites.many(city.at, 30)
    index()
    with django_assert_num_queries(15):
        assert len(titles(look(city.at.agency, q="公告"))) == 20


def test_words_that_stand_nowhere_together_are_joined_and_the_page_says_so(city: City) -> None:
    page = look(city.at.agency, q="居住区投放设施便利居民")
    assert POLICY in titles(page)
    assert "已拆成几个词一起查找" in text(page)
    assert titles(look(city.at.agency, q="居住区投放设施便利居民", exact="1")) == []


def test_synonyms_are_looked_for_and_told_and_can_be_left_out(city: City) -> None:
    actions.save_synonyms(agency=None, words=["垃圾桶", "投放设施"], by=city.portal.disclosure_officer)
    page = look(city.at.agency, q="垃圾桶")
    assert POLICY in titles(page)
    assert "同时查找了：投放设施" in text(page)
    alone = Client().get(links(page)["只找“垃圾桶”"], headers={"host": city.at.agency.hosts.get(primary=True).host})
    assert titles(alone) == []


def test_a_best_bet_stands_first_on_the_first_page_only(city: City) -> None:
    actions.save_best_bet(
        agency=city.at.agency,
        query="垃圾桶怎么设",
        document=city.policy,
        note="<b>今年的规范</b>",
        until=timezone.localdate() + timedelta(days=1),
        by=city.at.disclosure_officer,
    )
    page = look(city.at.agency, q="垃圾桶　怎么设 ".replace("　", "").strip())
    bet = html.fromstring(page.content).xpath("//section[@aria-label='推荐']")[0]
    assert POLICY in bet.text_content()
    assert "<b>今年的规范</b>" in bet.text_content()
    assert not html.fromstring(look(city.portal.agency, q="垃圾桶怎么设").content).xpath(
        "//section[@aria-label='推荐']"
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("头放设施", "投放设施"),
        ("toufangsheshi", "投放设施"),
        ("背街小巷整制", "背街小巷整治"),
        ("背街小道整治", "背街小巷整治"),
    ],
)
def test_what_may_have_been_meant_is_offered(city: City, typed: str, meant: str) -> None:
    page = look(city.portal.agency, q=typed)
    assert "您是不是要找" in text(page)
    offered = links(page, within="//p[contains(@class, 'found-note')]")
    assert meant in offered
    again = Client().get(offered[meant], headers={"host": city.portal.agency.hosts.get(primary=True).host})
    assert total(again) > 0


def test_nothing_found_says_what_to_do_next(city: City) -> None:
    page = look(city.at.agency, q="外星人登陆预案", type="notice")
    told = text(page)
    for words in ("没有找到“外星人登陆预案”", "去掉筛选条件", "可以申请", "依申请公开", "0000-5550100"):
        assert words in told
    assert links(page)["政府信息公开指南"] == "/lm/zhinan/"


def test_without_a_question_it_explains_itself(city: City) -> None:
    page = look(city.at.agency)
    assert "怎样搜得更准" in text(page)
    assert page.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in page.headers


def test_it_says_kindly_that_the_index_is_being_made(db: None, own_index: Path) -> None:
    at = people.staffed("澜川市人民政府", is_city=True)
    page = look(at.agency, q="供热")
    assert page.status_code == 503
    assert int(page.headers["Retry-After"]) > 0
    assert "正在为全部公开信息建立索引" in text(page)
    assert html.fromstring(page.content).xpath("//input[@name='q']/@value") == ["供热"]


def test_who_searches_too_fast_is_told_to_wait_and_keeps_the_words(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SEARCHES", 2)
    assert [look(city.at.agency, q="供热").status_code for _ in range(3)] == [200, 200, 429]
    page = look(city.at.agency, q="供热")
    assert 0 < int(page.headers["Retry-After"]) <= 60
    assert html.fromstring(page.content).xpath("//input[@name='q']/@value") == ["供热"]
    assert look(city.at.agency).status_code == 200, "the empty page costs nothing"


def test_who_it_is_is_told_by_our_own_proxy_only(rf: Any, settings: Any) -> None:
    request = rf.get("/", headers={"X-Forwarded-For": "192.0.2.1, 198.51.100.7"}, REMOTE_ADDR="203.0.113.9")
    assert limits.client_address(request) == "203.0.113.9"
    settings.GONGKAI_PROXIES = 1
    assert limits.client_address(request) == "198.51.100.7"
    request.META["HTTP_X_FORWARDED_FOR"] = "2001:db8:1:2:3:4:5:6"
    assert limits.client_address(request) == "2001:db8:1:2::/64"


def test_a_search_counts_once_and_not_again_for_paging_filtering_sorting(city: City) -> None:
    for more in ({}, {"sort": "date"}, {"type": "notice"}, {"at": "x"}, {"exact": "1"}):
        look(city.at.agency, q="公告", **more)
    look(city.at.agency, q="13800138000")
    counting.flush()
    assert list(SearchCount.objects.values_list("agency", "query", "count")) == [(city.at.agency.pk, "公告", 1)]


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "公告<b>", "{{ 7*7 }}", "&lt;公告&gt;"]
)
def test_nothing_that_was_asked_becomes_markup(city: City, words: str) -> None:
    for query in ({"q": words}, {"q": "公告", "type": words}, {"q": "公告", "at": words}):
        page = look(city.at.agency, **query)
        assert page.status_code == 200
        tree = html.fromstring(page.content)
        assert not tree.xpath("//script[not(@src)]")
        assert not tree.xpath("//img")
        assert not tree.xpath("//*[@*[starts-with(name(), 'on')]]")
        assert not tree.xpath("//h1//b")
        assert tree.xpath("//main//input[@name='q']/@value")[0] == " ".join(query["q"].split())


def test_markup_in_titles_and_texts_is_shown_as_it_was_written(city: City) -> None:
    editions.released(
        city.at,
        title="关于<i>供水</i>&amp;供热的公告",
        body="<p>管径&lt;b&gt;加粗&lt;/b&gt;供水管道改造，请相关单位提前做好准备。</p>",
    )
    index()
    page = look(city.at.agency, q="供水")
    tree = html.fromstring(page.content)
    assert titles(page) == ["关于<i>供水</i>&amp;供热的公告"]
    assert not tree.xpath("//ol//i")
    assert not tree.xpath("//ol//b")


def test_too_long_a_question_is_cut_and_the_page_says_so(city: City) -> None:
    page = look(city.at.agency, q="公告" * 300)
    assert page.status_code == 200
    assert "输入的文字太长" in text(page)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    query=st.dictionaries(
        st.sampled_from(
            ["q", "agency", "type", "column", "topic", "year", "validity", "kind", "sort", "in", "at", "scope"]
        ),
        st.text(max_size=30),
        max_size=6,
    )
)
def test_no_address_breaks_the_page(city: City, query: dict[str, str]) -> None:
    from django.core.cache import cache

    cache.clear()
    assert look(city.at.agency, **query).status_code == 200
    assert look(city.at.agency, "/search/suggest", **query).status_code == 200
