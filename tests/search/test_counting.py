"""What is counted of searches, what never is, and what becomes of it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import people
from tests.factories.people import Staffed

from gongkai.ledger.entries import Entry
from gongkai.search import counting, queries, reviewing
from gongkai.search.countable import countable
from gongkai.search.frequent import CountsReview, FrequentSearch, SearchCount

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@pytest.fixture(autouse=True)
def _empty_buffer() -> Iterator[None]:
    counting._buffer.take()
    yield
    counting._buffer.take()


@pytest.fixture
def at(db: None) -> Staffed:
    return people.staffed("澜川市城市管理委员会")


def identity_number(born: date, region: str = "110105", order: int = 2) -> str:
    """A number with the right check digit (GB 11643—1999), of nobody."""
    body = f"{region}{born:%Y%m%d}{order:03d}"
    rest = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11
    return body + "10X98765432"[rest]


@pytest.mark.parametrize(
    "query",
    [
        "供热",
        "公租房 申请条件",
        "澜城管发〔2025〕17号",
        "2024年预算",
        "12345热线",
        "第3期公告",
        "GB 50180",
        "张家湾改造",
    ],
)
def test_what_others_may_search_too_is_counted(query: str) -> None:
    assert countable(query)


@pytest.mark.parametrize(
    "query",
    [
        "13800000000",
        "138 0000 0000 是谁",
        "１３８００００００００",
        "010-55501000",
        "张伟 1380",
        "张伟1380013",
        "1234 李小明",
        "someone@example.cn",
        "6222020000000000000",
        "京A12345",
        "幸福里3栋2单元",
        "护照 E12345678",
        "供",
        "很" * 41,
        "",
    ],
)
def test_what_may_be_about_a_person_is_not(query: str) -> None:
    assert countable(query) is None


@given(
    born=st.dates(date(1930, 1, 1), date(2020, 1, 1)),
    order=st.integers(1, 999),
    before=st.text("查询身份证 ：", max_size=6),
    gap=st.sampled_from(["", " ", "-", "　"]),
)
def test_no_identity_number_is_counted_however_it_is_spaced(born: date, order: int, before: str, gap: str) -> None:
    number = identity_number(born, order=order)
    assert countable(before + gap.join((number[:6], number[6:14], number[14:]))) is None


@given(number=st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), word=st.text("热线电话是谁的 ", max_size=8))
def test_no_mobile_number_is_counted(number: str, word: str) -> None:
    assert countable(f"{word}{number}") is None
    assert countable(f"{number}{word}") is None
    assert countable(f"{word}{number[:3]}-{number[3:7]}-{number[7:]}") is None


def test_counting_asks_nothing_of_the_database_and_writing_a_few_queries(
    at: Staffed, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        for hits in (3, 3, 4):
            counting.note(at.agency.pk, "供热", hits)
        counting.note(at.agency.pk, "13800000000", 0)
        counting.flush_if_due()
    with django_assert_num_queries(3 + 2):  # savepoint and release
        assert counting.flush() == 1
    assert list(SearchCount.objects.values_list("query", "count", "hits")) == [("供热", 3, 4)]
    counting.note(at.agency.pk, "供熱", 5)
    counting.flush()
    assert list(SearchCount.objects.values_list("query", "count", "hits")) == [("供热", 4, 5)]


def test_many_different_queries_are_written_at_once(at: Staffed) -> None:
    for number in range(counting.FLUSH_AT):
        counting.note(at.agency.pk, f"词语{number}号", 1)
    counting.flush_if_due()
    assert SearchCount.objects.count() == counting.FLUSH_AT


def test_nonsense_does_not_fill_the_database(at: Staffed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_A_DAY", 2)
    for words in (("供热", "路灯"), ("供热", "胡言", "乱语")):
        for one in words:
            counting.note(at.agency.pk, one, 1)
        counting.flush()
    assert dict(SearchCount.objects.values_list("query", "count")) == {"供热": 2, "路灯": 1}


def test_counts_wait_for_a_database_that_is_away(at: Staffed, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(counts: Any) -> None:
        raise DatabaseError("away")

    counting.note(at.agency.pk, "供热", 3)
    with monkeypatch.context() as patch:
        patch.setattr(counting, "_write", away)
        assert counting.flush() == 0
    assert counting.flush() == 1
    assert SearchCount.objects.get().count == 1


def test_searching_leaves_nothing_in_the_ledger_and_nothing_of_who_searched(at: Staffed) -> None:
    before = Entry.objects.count()
    counting.note(at.agency.pk, "供热", 3)
    counting.flush()
    assert Entry.objects.count() == before
    assert {field.name for field in SearchCount._meta.get_fields()} == {"id", "agency", "day", "query", "count", "hits"}


def searched(at: Staffed, query: str, counts: dict[int, int], hits: int = 3) -> None:
    """So often, so many days ago."""
    today = timezone.localdate()
    for days, count in counts.items():
        SearchCount.objects.create(
            agency=at.agency, day=today - timedelta(days=days), query=query, count=count, hits=hits
        )


def frequent(at: Staffed | None) -> list[str]:
    return list(FrequentSearch.objects.filter(agency=at.agency if at else None).values_list("query", flat=True))


def test_frequent_is_what_was_asked_often_on_several_days_and_found(at: Staffed) -> None:
    other = people.staffed("澜川市水务局")
    searched(at, "供热", {0: 6, 1: 5, 2: 1})
    searched(at, "一个人的晚上", {0: 900})
    searched(at, "三天九次", {0: 3, 1: 3, 2: 3})
    searched(at, "找不到的", {0: 9, 1: 9, 2: 9}, hits=0)
    searched(at, "去年的事", {200: 9, 201: 9, 202: 9})
    searched(at, "两处都问", {0: 2, 1: 2, 2: 2})
    searched(other, "两处都问", {0: 2, 1: 2, 2: 2})
    assert reviewing.review_due(timezone.now()) == 1
    assert frequent(at) == ["供热"]
    assert frequent(other) == []
    assert sorted(frequent(None)) == ["两处都问", "供热"]


def test_a_review_is_due_once_a_day_and_only_when_something_was_counted(at: Staffed, frozen_time: Any) -> None:
    now = frozen_time("2026-03-02 09:00")
    assert reviewing.next_review() is None
    assert reviewing.review_due(timezone.now()) == 0
    searched(at, "供热", {0: 1})
    assert reviewing.review_due(timezone.now()) == 1
    assert reviewing.review_due(timezone.now()) == 0
    due = reviewing.next_review()
    assert due is not None
    assert timezone.localtime(due).isoformat() == "2026-03-03T00:00:00+08:00"
    now.shift(timedelta(days=1))
    assert reviewing.review_due(timezone.now()) == 1
    assert CountsReview.objects.count() == 1


def test_old_counts_and_rare_ones_are_forgotten(at: Staffed) -> None:
    searched(at, "常问", {401: 5, 40: 5, 0: 5})
    searched(at, "少问", {40: 1, 35: 1})
    searched(at, "新问", {0: 1})
    reviewing.review_due(timezone.now())
    left = sorted(SearchCount.objects.values_list("query", "count"))
    assert left == [("常问", 5), ("常问", 5), ("新问", 1)]


def test_staff_see_what_their_site_was_asked_and_nothing_rare(at: Staffed) -> None:
    other = people.staffed("澜川市水务局")
    today = timezone.localdate()
    searched(at, "供热", {0: 2, 1: 2})
    searched(at, "地铁几点", {0: 3}, hits=0)
    searched(at, "后来有了", {3: 5}, hits=0)
    searched(at, "后来有了", {0: 1}, hits=2)
    searched(at, "只问一次", {0: 1}, hits=0)
    searched(other, "水价", {0: 9}, hits=0)
    since = today - timedelta(days=30)
    seen = queries.access_asked(at.disclosure_officer, since, found=False)
    assert [(one.query, one.count, one.last) for one in seen] == [("地铁几点", 3, today)]
    assert [one.query for one in queries.access_asked(at.disclosure_head, since, found=True)] == ["后来有了", "供热"]
    assert queries.access_asked(at.drafter, since, found=True) == []
    days = queries.access_searches_by_day(at.disclosure_officer, today - timedelta(days=3), today)
    assert [(total, missed) for _, total, missed in days] == [(5, 5), (0, 0), (2, 0), (7, 4)]
