"""Totals, facets, filters, order and pages of the engine, against counting by hand."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
import tantivy
from tests.search.shelf import TODAY, asking, filled, item

from gongkai.search import analysis
from gongkai.search.engines import tantivy_counting, tantivy_engine, tantivy_query
from gongkai.search.engines.contract import NEVER, Holding, Item, Unusable, Wanted
from gongkai.search.engines.tantivy_engine import TantivyEngine
from gongkai.search.weighing import weight

FACETS = ("kind", "agency", "type", "column", "topic", "year", "validity")
WORDS = ("供热", "供水", "公租房", "办法", "通知")


def _made() -> list[Item]:
    """Items of every kind; each weighs what the product makes it weigh."""
    chance = random.Random(7)
    found = []
    for number in range(1, 400):
        words = chance.choices(WORDS, k=3)
        begins, expired, repealed = (chance.choice((0, 20260101, 20260301, 20260401, NEVER)) for _ in range(3))
        base = chance.choice(("none", "valid", "amended"))
        held = Holding(base, begins % NEVER, expired or NEVER, repealed or NEVER)
        found.append(
            item(
                number,
                f"关于{words[0]}的{words[1]}",
                "，".join(words * chance.randrange(1, 4)),
                labels=("public",) if number % 9 else ("agency:1",),
                terms={
                    "kind": ("document",),
                    "agency": (str(chance.randrange(5)),),
                    "type": (chance.choice(("notice", "news")),),
                    "column": tuple(str(one) for one in range(4) if chance.random() < 0.4),
                    "topic": (),
                    "year": (str(chance.randrange(2020, 2026)),),
                },
                holding=held,
                weight=weight(held, binding=False, day=20200615, today=TODAY),
                as_of=chance.choice((0, 20260201, TODAY, 20260501)),
                order=chance.randrange(10**9) * 1000 + number,
                day=chance.randrange(2020, 2026) * 10_000 + 615,
            )
        )
    return found


ITEMS = _made()


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TantivyEngine]:
    made = filled(tmp_path_factory.mktemp("engine") / "index", ITEMS[:250])
    made.replace([], ITEMS[250:])  # a second piece
    made.commit()
    yield made
    made.close()


def validity(one: Item) -> str:
    held = one.holding
    if held.repealed <= TODAY:
        return "repealed"
    if held.expired <= TODAY:
        return "expired"
    return "pending" if held.begins > TODAY else held.base


def values(one: Item, facet: str) -> tuple[str, ...]:
    return (validity(one),) if facet == "validity" else one.terms[facet]


def by_hand(wanted: Wanted, *, without: str = "") -> list[Item]:
    [words] = wanted.alternatives or ((),)
    return [
        one
        for one in ITEMS
        if set(one.labels) & wanted.labels
        and all(str(word) in f"{one.title}，{one.texts[0]}" for word in words)
        and wanted.since <= one.day <= wanted.until
        and all(set(values(one, name)) & set(of) for name, of in wanted.filters.items() if name != without)
    ]


QUESTIONS = [
    asking(facets=FACETS),
    asking("供热", facets=FACETS),
    asking("公租房", facets=FACETS, filters={"agency": ("1", "2")}),
    asking("供热 办法", facets=FACETS, filters={"validity": ("expired",), "column": ("0",)}),
    asking("通知", facets=FACETS, since=20220101, until=20241231, filters={"year": ("2021", "2022", "2024")}),
    asking("供水", facets=FACETS, labels=frozenset({"public", "agency:1"})),
    asking("供水", facets=FACETS, labels=frozenset({"agency:2"})),
    asking("没有的词", facets=FACETS),
    *(asking("办法", facets=FACETS, filters={"validity": (one,)}) for one in ("repealed", "pending", "valid", "none")),
]


@pytest.mark.parametrize("wanted", QUESTIONS, ids=range(len(QUESTIONS)))
def test_totals_and_facets_are_those_counted_by_hand(engine: TantivyEngine, wanted: Wanted) -> None:
    answer = engine.search(replace(wanted, size=1000))
    assert {place.key for place in answer.places} == {one.key for one in by_hand(wanted)}
    assert answer.total == engine.count(wanted) == len(by_hand(wanted))
    for facet in FACETS:
        counted = Counter(value for one in by_hand(wanted, without=facet) for value in values(one, facet))
        assert answer.facets[facet] == dict(counted), facet


def test_facets_with_more_values_than_are_counted_at_once_are_counted_by_hand_too(
    engine: TantivyEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tantivy_counting, "MOST_AT_ONCE", 3)
    for wanted in QUESTIONS:
        test_totals_and_facets_are_those_counted_by_hand(engine, wanted)


def test_a_page_found_by_titles_alone_is_the_page_found_among_all(
    engine: TantivyEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = [
        replace(asking(words, facets=facets), size=size, offset=offset, filters=filters)
        for words in (*WORDS, "供热 办法", "通知 供水", "公")
        for facets in (FACETS, ())
        for size, offset in ((5, 0), (6, 4), (20, 30))
        for filters in ({}, {"agency": ("1", "2")})
    ]
    monkeypatch.setattr(tantivy_engine, "_MANY", len(ITEMS) + 1)
    among_all = [engine.search(one) for one in questions]
    monkeypatch.setattr(tantivy_engine, "_MANY", 1)
    met, ranked = [], tantivy_query.QueryMaker.ranked

    def watched(self: tantivy_query.QueryMaker, wanted: Wanted, *, lifted: bool = False) -> tantivy.Query:
        met.append(lifted)
        return ranked(self, wanted, lifted=lifted)

    monkeypatch.setattr(tantivy_query.QueryMaker, "ranked", watched)
    assert [engine.search(one) for one in questions] == among_all
    assert met.count(True) > met.count(False) > 0  # some by titles alone, and some not


def walk(engine: TantivyEngine, wanted: Wanted) -> list[str]:
    seen: list[str] = []
    while places := engine.search(wanted).places:
        seen += [place.key for place in places]
        wanted = replace(wanted, older_than=places[-1].order)
    return seen


def test_pages_by_date_are_complete_and_in_order_both_ways(engine: TantivyEngine) -> None:
    wanted = asking("办法", by_date=True, size=7)
    expected = [one.key for one in sorted(by_hand(wanted), key=lambda one: -one.order)]
    assert len(expected) > 50
    assert walk(engine, wanted) == expected
    third = engine.search(replace(wanted, size=7, older_than=_order(expected[13]))).places
    back = engine.search(replace(wanted, newer_than=third[0].order)).places
    assert [place.key for place in back] == expected[7:14]


def test_pages_by_relevance_are_complete_without_repetition(engine: TantivyEngine) -> None:
    wanted = asking("办法", size=9)
    seen: list[str] = []
    while len(seen) < engine.count(wanted):
        seen += [place.key for place in engine.search(replace(wanted, offset=len(seen))).places]
    assert sorted(seen) == sorted(one.key for one in by_hand(wanted))


def test_titles_go_before_bodies_and_what_holds_before_what_ended(engine: TantivyEngine) -> None:
    found = [_item(place.key) for place in engine.search(asking("公租房", size=1000)).places]
    in_title = ["公租房" in one.title for one in found]
    assert in_title[:20] == [True] * 20
    holds = [validity(one) not in ("expired", "repealed") for one in found if "公租房" in one.title]
    assert holds == sorted(holds, reverse=True)


def test_only_titles_when_asked_for(engine: TantivyEngine) -> None:
    found = engine.search(asking("公租房", title_only=True, size=1000)).places
    public = [one for one in ITEMS if "public" in one.labels]
    assert {place.key for place in found} == {one.key for one in public if "公租房" in one.title}
    assert engine.count(asking("房", title_only=True)) == len(found)


def test_a_subject_is_replaced_as_a_whole(engine: TantivyEngine) -> None:
    parts = [item(9001, "甲的附件", subject="x:1"), item(9002, "乙的附件", subject="x:1")]
    engine.replace(["x:1"], parts)
    engine.commit()
    assert engine.count(asking("的附件")) == 2
    engine.replace(["x:1"], parts[:1])
    engine.commit()
    assert engine.count(asking("的附件")) == 1
    engine.remove(["x:1"])
    engine.commit()
    assert engine.count(asking("的附件")) == 0


def test_what_one_process_commits_another_sees(engine: TantivyEngine) -> None:
    reader = TantivyEngine(engine.directory)
    engine.replace(["x:2"], [item(9003, "另一进程的条目", subject="x:2")])
    assert reader.count(asking("另一进程")) == 0
    engine.commit()
    assert reader.count(asking("另一进程")) == 1
    engine.remove(["x:2"])
    engine.commit()
    assert reader.count(asking("另一进程")) == 0


def test_a_place_without_an_index_is_unusable(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(Unusable):
        TantivyEngine(tmp_path_factory.mktemp("nothing"))


def _order(key: str) -> int:
    return _item(key).order


def _item(key: str) -> Item:
    return next(one for one in ITEMS if one.key == key)


def test_the_words_are_those_of_the_items() -> None:
    """The counting by hand above takes phrases as they stand, which is right for these words."""
    taken: Sequence[str] = [str(word) for one in WORDS for word in analysis.phrases(one)]
    assert tuple(taken) == WORDS
