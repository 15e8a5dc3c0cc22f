"""The order of results does not get worse: judged questions over the real regulations, against what was reached."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.search import corpus

from gongkai.demo import city, reports, script
from gongkai.search import quality
from gongkai.search.engines.contract import Item
from gongkai.search.engines.tantivy_engine import TantivyEngine

REACHED = {"ndcg": 0.86, "recall": 0.81}
"""Means over the judged questions on the day the weights were last chosen; raise them when a change does better."""


@pytest.fixture(scope="module")
def items(shared_data: Path) -> list[Item]:
    return corpus.regulations(shared_data)


@pytest.fixture(scope="module")
def library(items: list[Item], tmp_path_factory: pytest.TempPathFactory) -> Iterator[TantivyEngine]:
    engine = TantivyEngine(tmp_path_factory.mktemp("judged") / "index", create=True)
    engine.replace([], items)
    engine.commit()
    yield engine
    engine.close()


@pytest.mark.shared
def test_judged_questions_find_as_well_as_they_did(library: TantivyEngine, items: list[Item]) -> None:
    found = corpus.measured(library, items, quality.judged("regulations"))
    assert found.questions >= 60
    assert (found.ndcg, found.recall) >= (REACHED["ndcg"], 0), found.worst
    assert found.recall >= REACHED["recall"], found.worst


@pytest.mark.shared
def test_every_judged_title_is_there(items: list[Item]) -> None:
    known = {one.title for one in items}
    assert {title for one in quality.judged("regulations") for title in one.grades} <= known


def test_every_judged_title_is_told_in_the_demo() -> None:
    day = date(2026, 11, 23)
    told = {one.title for one in script.documents(day)}
    years = range(reports.FIRST_YEAR, day.year)
    told |= {f"{city.body(code).name}{year}年政府信息公开工作年度报告" for code in reports.AGENCIES for year in years}
    assert {title for one in quality.judged("demo") for title in one.grades} <= told


def test_judged_questions_are_asked_once_and_have_an_answer() -> None:
    for name in ("regulations", "demo"):
        questions = quality.judged(name)
        assert len({one.text for one in questions}) == len(questions)
        assert all(max(one.grades.values()) >= 2 for one in questions)


def test_the_measures_by_hand() -> None:
    """Grades 3, 0, 2 where 3, 2, 1 were possible: (7 + 3/2) of (7 + 3/log2(3) + 1/2)."""
    assert quality.ndcg([3, 2, 1], [1, 2, 3]) == 1.0
    assert quality.ndcg([3, 0, 2], [3, 2, 1]) == pytest.approx(8.5 / (7 + 3 / 1.584962500721156 + 0.5))
    assert quality.ndcg([], [3]) == 0.0
    assert quality.recall([0, 1, 3], [3, 2, 1, 0]) == pytest.approx(2 / 3)
    assert quality.recall([0, 0, 3], [3], at=2) == 0.0
