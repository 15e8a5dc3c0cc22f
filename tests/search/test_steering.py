"""Synonyms, best bets, words that are not suggested: who may set what, and what then holds where."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import editions, people
from tests.factories.people import Staffed

from gongkai.ledger import timeline
from gongkai.search import actions, queries
from gongkai.search.synonyms import equal_words, variants
from gongkai.search.wording import fold

TODAY = date(2026, 3, 2)


@pytest.fixture
def at(db: None) -> Staffed:
    return people.staffed("澜川市城市管理委员会")


@pytest.fixture
def other(db: None) -> Staffed:
    return people.staffed("澜川市水务局")


@pytest.fixture
def office(db: None) -> Staffed:
    return people.staffed("澜川市人民政府", is_city=True, is_supervising=True)


def save(at: Staffed | None, *words: str, **facts: Any) -> Any:
    agency = at.agency if at else None
    by = at.disclosure_officer if at else people.officer(people.agency(), "disclosure_officer")
    return actions.save_synonyms(agency=agency, words=words, by=by, **facts)


@pytest.mark.parametrize(("typed", "folded"), [("供熱　ＧＢ", "供热 gb"), (" 公 租 ", "公 租"), ("國辦發", "国办发")])
def test_queries_are_compared_however_they_were_typed(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(st.text(max_size=60))
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_equal_words_hold_on_the_own_site_and_those_of_the_city_everywhere(at: Staffed, other: Staffed) -> None:
    save(at, "公租房", "公共租赁住房")
    save(None, "供暖", "供热", "采暖")
    assert equal_words(at.agency.pk)["公租房"] == ("公共租赁住房",)
    assert set(equal_words(at.agency.pk)["供热"]) == {"供暖", "采暖"}
    assert "公租房" not in equal_words(other.agency.pk)
    assert set(equal_words(other.agency.pk)["供热"]) == {"供暖", "采暖"}
    assert set(equal_words(None)) == {"供暖", "供热", "采暖"}


def test_one_query_however_many_groups(at: Staffed, django_assert_num_queries: Any) -> None:
    for number in range(20):
        save(at, f"词语{number}", f"说法{number}")
    with django_assert_num_queries(1):
        assert len(equal_words(at.agency.pk)) == 40


def test_a_word_is_replaced_by_each_of_its_equals_the_longest_first() -> None:
    equal = {"公租房": ("公共租赁住房", "保障房"), "住房": ("房屋",), "公共租赁住房": ("公租房",)}
    assert variants("申请公租房", equal) == ("申请公共租赁住房", "申请保障房")
    assert variants("公共租赁住房申请", equal) == ("公租房申请",)
    assert variants("垃圾分类", equal) == ()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["公租房"], "至少写两个"),
        (["公租房", "公租房 "], "至少写两个"),
        (["公租房", "房"], "每个词2到20个字"),
        ([f"词语{n}" for n in range(13)], "最多12个"),
    ],
)
def test_a_group_that_says_nothing_is_refused(at: Staffed, words: list[str], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        save(at, *words)


def test_a_word_stands_in_one_group_and_the_message_names_the_other(at: Staffed, other: Staffed) -> None:
    group = save(at, "公租房", "公共租赁住房")
    with pytest.raises(ValidationError, match="公租房 = 公共租赁住房"):
        save(at, "公租房", "廉租房")
    save(other, "公租房", "廉租房")
    changed = save(at, "公租房", "公共租赁住房", "廉租房", group=group)
    assert [one.sentence for one in timeline.of(changed.ref())] == [
        "公租房 = 公共租赁住房",
        "公租房 = 公共租赁住房 改为 公租房 = 公共租赁住房 = 廉租房",
    ]


def test_a_removed_group_equals_nothing(at: Staffed) -> None:
    actions.remove_synonyms(save(at, "公租房", "公共租赁住房"), by=at.disclosure_head)
    assert equal_words(at.agency.pk) == {}


def test_a_best_bet_answers_its_query_however_typed_until_its_last_day(at: Staffed, other: Staffed) -> None:
    document = editions.released(at).document
    actions.save_best_bet(
        agency=at.agency, query="供热 检修", document=document, until=TODAY, by=at.disclosure_officer, note="今年的安排"
    )
    assert [one.note for one in queries.best_bets_for(at.agency.pk, "供熱　检修", TODAY)] == ["今年的安排"]
    assert queries.best_bets_for(at.agency.pk, "供热 检修", TODAY + timedelta(days=1)) == []
    assert queries.best_bets_for(at.agency.pk, "供热", TODAY) == []
    assert queries.best_bets_for(other.agency.pk, "供热 检修", TODAY) == []


def test_a_best_bet_answers_synonyms_too(at: Staffed) -> None:
    save(at, "供暖", "供热")
    actions.save_best_bet(
        agency=at.agency, query="供热标准", address="/lm/zhinan/", title="指南", by=at.disclosure_officer
    )
    found = queries.best_bets_for(at.agency.pk, "供暖标准", TODAY, equal_words(at.agency.pk))
    assert [one.title for one in found] == ["指南"]


def test_a_document_that_was_taken_down_is_not_recommended(at: Staffed) -> None:
    from tests.factories.sites import changed

    document = editions.released(at).document
    actions.save_best_bet(agency=at.agency, query="供热", document=document, by=at.disclosure_officer)
    changed(at, document, "take_offline", reason="核对")
    assert queries.best_bets_for(at.agency.pk, "供热", TODAY) == []


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"query": "供"}, "query"),
        ({}, "address"),
        ({"address": "javascript:alert(1)", "title": "一"}, "address"),
        ({"address": "//elsewhere.example", "title": "一"}, "address"),
        ({"address": "ftp://elsewhere.example/", "title": "一"}, "address"),
        ({"address": "https://example.cn/"}, "title"),
    ],
)
def test_a_best_bet_leads_to_one_place_that_a_reader_may_go_to(at: Staffed, facts: dict[str, str], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        actions.save_best_bet(agency=at.agency, by=at.disclosure_officer, **({"query": "供热"} | facts))
    assert field in refused.value.message_dict


def test_a_draft_is_never_recommended(at: Staffed) -> None:
    with pytest.raises(ValidationError, match="没有公开"):
        actions.save_best_bet(
            agency=at.agency, query="供热", document=editions.draft(at).document, by=at.disclosure_officer
        )


def test_denied_words_hold_on_the_own_site_or_in_the_whole_city(at: Staffed, other: Staffed) -> None:
    denied = actions.deny_suggestion(agency=at.agency, word="某某 事件", by=at.disclosure_officer, note="不宜")
    actions.deny_suggestion(agency=None, word="谣言", by=at.disclosure_officer)
    assert set(queries.denied_words(at.agency.pk)) == {"某某 事件", "谣言"}
    assert queries.denied_words(other.agency.pk) == ["谣言"]
    actions.allow_suggestion(denied, by=at.disclosure_officer)
    assert queries.denied_words(at.agency.pk) == ["谣言"]


def test_keepers_change_their_own_and_the_supervising_office_the_citys(at: Staffed, office: Staffed) -> None:
    own, city, theirs = save(at, "公租房", "保障房"), save(None, "供暖", "供热"), save(office, "政务", "政府事务")
    assert set(queries.access_synonyms(at.disclosure_officer)) == {own}
    assert set(queries.access_synonyms(at.drafter)) == set()
    assert set(queries.access_synonyms(office.disclosure_head)) == {city, theirs}
    assert set(queries.access_synonyms(office.admin)) == set()
    assert queries.may_steer_city(office.disclosure_officer)
    assert not queries.may_steer_city(at.disclosure_officer)
