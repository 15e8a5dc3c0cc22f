"""What the search box offers, and what it never does."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from tests.factories import editions, people
from tests.factories.sites import City
from tests.search.pages.conftest import index, look

from gongkai.catalog.documents import PUBLIC_STATES, Document
from gongkai.catalog.editions import Edition
from gongkai.search import actions, limits, suggesting
from gongkai.search.frequent import FrequentSearch, SearchCount
from gongkai.search.pinyin import sounds

POLICY = "关于印发《投放设施设置规范》的通知"


def offered(city: City, typed: str, **query: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = look(city.at.agency, "/search/suggest", q=typed, **query).json()["suggestions"]
    return found


def texts(city: City, typed: str, **query: str) -> list[str]:
    return [one["text"] for one in offered(city, typed, **query)]


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("tfss", "投放设施"),
        ("toufangsheshi", "投放设施"),
        ("toufangss", None),
        ("投放", "投放设施"),
        ("投放设", "投放设施"),
    ],
)
def test_words_are_completed_from_titles(city: City, typed: str, text: str | None) -> None:
    words = [one["text"] for one in offered(city, typed) if one["kind"] == "word"]
    assert words[:1] == ([text] if text else [])


@pytest.mark.parametrize(
    "typed", ["投放设施", "tfss", "toufang sheshi", "投放設施", "澜城管发〔2025", "澜城管发2025 17"]
)
def test_documents_are_offered_with_their_address(city: City, typed: str) -> None:
    found = {one["text"]: one for one in offered(city, typed) if one["kind"] == "document"}
    assert POLICY in found
    assert found[POLICY]["url"].startswith("/info/")
    assert "澜城管发〔2025〕17号" in found[POLICY]["about"]


def test_an_agency_offers_its_own_and_the_portal_everybodys(city: City) -> None:
    other = people.staffed("澜川市水务局")
    editions.released(other, title="关于水价调整的公告")
    index()
    assert texts(city, "水价") == []
    assert "关于水价调整的公告" in texts(city, "水价", scope="city")
    there = look(city.portal.agency, "/search/suggest", q="shuijia").json()["suggestions"]
    document = next(one for one in there if one["kind"] == "document")
    assert document["text"] == "关于水价调整的公告"
    assert document["url"].startswith(f"http://{other.agency.hosts.get(primary=True).host}/info/")
    assert other.agency.short_name in document["about"]


@pytest.mark.parametrize("typed", ["尚未公开", "swgk", "sw", "秘密", "mimi", "下线", "xiaxian", "草稿"])
def test_nothing_unpublished_is_offered(city: City, typed: str) -> None:
    assert [one for one in texts(city, typed) if "秘密" in one or "尚未" in one or "下线" in one or "草稿" in one] == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_is_typed_of_any_title_only_public_titles_are_told(city: City, data: st.DataObject) -> None:
    from django.core.cache import cache

    cache.clear()
    public = set(Document.objects.filter(state__in=PUBLIC_STATES).values_list("live__title", flat=True))
    title = data.draw(st.sampled_from(sorted(set(Edition.objects.values_list("title", flat=True)))))
    start = data.draw(st.integers(0, len(title) - 2))
    part = title[start : data.draw(st.integers(start + 2, len(title)))]
    typed = data.draw(st.sampled_from([part, "".join(one.syllable[0] for one in sounds(part))]))
    for agency in (city.at.agency, city.portal.agency):
        for one in look(agency, "/search/suggest", q=typed).json()["suggestions"]:
            whole = one["kind"] == "document"
            assert one["text"] in public if whole else any(one["text"] in said for said in public), (typed, one)
    for meant in suggesting.instead(part, site=city.at.agency.pk, own=None):
        assert any(meant in said for said in public), (part, meant)


def test_a_document_that_is_taken_down_is_not_offered_though_the_index_still_has_it(city: City) -> None:
    from tests.factories.sites import changed

    assert POLICY in texts(city, "投放设施设置")
    changed(city.at, city.policy, "take_offline", reason="核对")
    gone = [one for one in offered(city, "投放设施设置") if city.policy.code in one["url"]]
    assert gone == []


def often(city: City, *queries: str, everywhere: bool = False) -> None:
    agency = None if everywhere else city.at.agency
    FrequentSearch.objects.bulk_create([FrequentSearch(agency=agency, query=one, count=20) for one in queries])


def test_what_is_often_asked_comes_first_when_it_finds_something(city: City) -> None:
    often(city, "投放设施怎么设", "投放外星人")
    often(city, "投放设施设置规范", everywhere=True)
    found = offered(city, "投放")
    assert (found[0]["text"], found[0]["kind"]) == ("投放设施怎么设", "asked")
    assert "投放外星人" not in texts(city, "投放")
    assert texts(city, "tfsszmS")[:1] == ["投放设施怎么设"]
    there = look(city.portal.agency, "/search/suggest", q="投放").json()["suggestions"]
    assert there[0]["text"] == "投放设施设置规范"


def test_rare_searches_are_never_offered(city: City) -> None:
    today = timezone.localdate()
    for days in range(3):
        SearchCount.objects.create(
            agency=city.at.agency, day=today - timedelta(days=days), query="投放设施怎么设", count=3, hits=5
        )
    from gongkai.search import reviewing

    reviewing.review_due(timezone.now())
    assert "投放设施怎么设" not in texts(city, "投放")


def test_denied_words_are_offered_nowhere(city: City) -> None:
    often(city, "投放设施怎么设")
    actions.deny_suggestion(agency=city.at.agency, word="投放设施", by=city.at.disclosure_officer)
    assert [one for one in texts(city, "投放") if "投放设施" in one] == []
    assert suggesting.instead("头放设施", site=city.at.agency.pk, own=None) == []
    start = html.fromstring(look(city.at.agency).content)
    assert not start.xpath("//a[contains(., '投放设施怎么设')]")


@pytest.mark.parametrize("typed", ["", " ", "投", "z", "？", "x" * 200, "投" * 200, "\x00", "<b>"])
def test_what_cannot_be_completed_offers_nothing(city: City, typed: str) -> None:
    assert texts(city, typed) == []


def test_the_number_of_queries_is_small_and_fixed(city: City, django_assert_num_queries: Any) -> None:
    texts(city, "投放")
    # The test's own look at the host; site, city, titles, denied words, hosts and successors.
    with django_assert_num_queries(7):
        assert texts(city, "投放设施")
    for number in range(12):
        editions.released(city.at, title=f"关于投放设施的第{number}号公告")
    index()
    with django_assert_num_queries(7):
        assert len(texts(city, "投放设施")) == suggesting.SIZE


def test_the_answer_is_kept_for_a_moment_by_the_reader_alone(city: City) -> None:
    response = look(city.at.agency, "/search/suggest", q="投放")
    assert response.headers["Cache-Control"] == "private, max-age=30"
    assert "Set-Cookie" not in response.headers


def test_who_asks_too_fast_is_told_to_wait(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SUGGESTIONS", 1)
    assert look(city.at.agency, "/search/suggest", q="投放").status_code == 200
    response = look(city.at.agency, "/search/suggest", q="投放")
    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) > 0
    assert "请求过于频繁" in response.json()["error"]


def test_documents_that_answer_a_longer_text_are_told(city: City) -> None:
    text = "想了解新建居住区垃圾投放设施怎么设置"
    answers = look(city.at.agency, "/search/suggest", q=text, answers="1").json()["answers"]
    assert POLICY in [one["title"] for one in answers]
    assert {"title", "url", "agency", "date", "number"} == set(answers[0])
    assert look(city.at.agency, "/search/suggest", q="尚未公开", answers="1").json()["answers"] == []


def test_without_an_index_nothing_is_offered(db: None, own_index: Any) -> None:
    at = people.staffed("澜川市人民政府", is_city=True)
    assert look(at.agency, "/search/suggest", q="投放").json() == {"suggestions": []}
    assert suggesting.instead("投放设施", site=at.agency.pk, own=None) == []
