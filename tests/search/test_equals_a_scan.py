"""What the index finds is what a scan of every text finds: on generated texts, and on the real regulations."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.search.scan import flat, holds
from tests.search.shelf import asking, filled, item

from gongkai.search.engines.tantivy_engine import TantivyEngine

# Few characters, so that they meet often; borders of every kind between them.
_TEXTS = st.text(alphabet=st.sampled_from("公开信息條条 \n，。〔〕0126ab３Ａ㎡々　"), max_size=40)
_WORDS = st.text(alphabet=st.sampled_from("公开信息條条，〔〕0126abＡ㎡"), min_size=1, max_size=9)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(texts=st.lists(st.tuples(_TEXTS, _TEXTS), min_size=1, max_size=8), questions=st.lists(_WORDS, min_size=12))
def test_on_generated_texts(
    tmp_path_factory: pytest.TempPathFactory, texts: list[tuple[str, str]], questions: list[str]
) -> None:
    engine = filled(
        tmp_path_factory.mktemp("index"), [item(number, *parts) for number, parts in enumerate(texts, start=1)]
    )
    try:
        for question in questions:
            if not flat(question):
                continue
            expected = {
                f"document:{number}"
                for number, parts in enumerate(texts, start=1)
                if any(holds(flat(part), question) for part in parts)
            }
            answer = engine.search(asking(question, size=20))
            assert {place.key for place in answer.places} == expected, question
            assert answer.total == len(expected)
    finally:
        engine.close()


@pytest.fixture(scope="module")
def regulations(shared_data: Path) -> list[tuple[str, str]]:
    """Title and text of each."""
    paths = sorted((shared_data / "regulations").rglob("*.md"))
    return [(path.stem, path.read_text(encoding="utf-8")) for path in paths]


@pytest.fixture(scope="module")
def library(regulations: list[tuple[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[TantivyEngine]:
    engine = filled(
        tmp_path_factory.mktemp("library") / "index",
        [item(number, title, text) for number, (title, text) in enumerate(regulations)],
    )
    yield engine
    engine.close()


@pytest.mark.shared
def test_on_the_real_regulations(library: TantivyEngine, regulations: list[tuple[str, str]]) -> None:
    """Words of every length cut out of the texts wherever it falls, borders included, and some that are nowhere."""
    flats = [(flat(title), flat(text)) for title, text in regulations]
    chance = random.Random(20)
    questions = [
        "行政处罚",
        "政府信息公开",
        "第26条的规定",
        "國務院令第711號",
        "罚",
        "政",
        "2019",
        "（国务院令第",
        "龙泉花园小区",
    ]
    for length in (1, 2, 3, 4, 5, 7, 8, 12, 18):
        for _ in range(12):
            text = chance.choice(regulations)[1]
            at = chance.randrange(max(1, len(text) - length))
            questions.append(text[at : at + length])
    tried = 0
    for question in {"".join(one.split()) for one in questions}:
        if not flat(question):
            continue
        tried += 1
        expected = sum(any(holds(part, question) for part in parts) for parts in flats)
        assert library.count(asking(question)) == expected, question
    assert tried > 80


@pytest.mark.shared
def test_several_words_are_each_of_them(library: TantivyEngine, regulations: list[tuple[str, str]]) -> None:
    flats = [(flat(title), flat(text)) for title, text in regulations]
    for question in ("行政处罚 听证", "劳动者 工资 支付", "不動產 登記", "环境 排污费 2003年"):
        expected = [
            f"document:{number}"
            for number, parts in enumerate(flats)
            if all(any(holds(part, word) for part in parts) for word in question.split())
        ]
        answer = library.search(asking(question, size=1000))
        assert sorted(place.key for place in answer.places) == sorted(expected), question
        assert expected
