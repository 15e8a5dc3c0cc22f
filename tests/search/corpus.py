"""The real regulations as items of an index: title, text, date; a former version has ended when the next one began."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from gongkai.search import analysis, reading
from gongkai.search.asking import Matched
from gongkai.search.engines.contract import Answer, Engine, Holding, Item, Wanted
from gongkai.search.quality import Judged, Quality, ndcg, quality, recall
from gongkai.search.query import FEW
from gongkai.search.weighing import weight

_NAME = re.compile(r"(?P<title>.+)\((?P<date>\d{4}-\d{2}-\d{2})\)")
TODAY = 20261101


def regulations(shared: Path) -> list[Item]:
    """All of them, by title and date; ``shown["former"]`` is how many versions of the same title came after."""
    paths = sorted((shared / "regulations").rglob("*.md"))
    items = [_item(number, path) for number, path in enumerate(paths, start=1)]
    by_title: dict[str, list[Item]] = {}
    for one in items:
        by_title.setdefault(one.title, []).append(one)
    return [version for versions in by_title.values() for version in _versions(versions)]


def ask(engine: Engine, text: str, size: int = 50) -> Answer:
    """The question taken as ``query.search`` takes it, asked of an engine directly."""
    ways = reading.ways(text)
    wanted = Wanted(labels=frozenset({"public"}), today=TODAY, size=size, whole=analysis.squeezed(text))
    best, strict_total = Answer(0, (), {}), 0
    for one in (*ways.numbered, ways.strict, *ways.joined):
        if one is None or (one.matched is Matched.PARTLY and strict_total):
            continue
        if one.numbers and engine.count(replace(wanted, numbers=one.numbers)) == 0:
            continue
        answer = engine.search(replace(wanted, alternatives=one.alternatives, numbers=one.numbers))
        strict_total = answer.total if one.matched is Matched.PHRASE else strict_total
        best = answer if answer.total > best.total else best
        titles = {analysis.squeezed(str(place.shown["title"])) for place in answer.places}
        if answer.total >= FEW or one.numbers or wanted.whole in titles:
            break
    return best


def _item(number: int, path: Path) -> Item:
    named = _NAME.fullmatch(path.stem)
    if named is None:
        raise ValueError(f"{path.name} has no date")
    day = int(named["date"].replace("-", ""))
    return Item(
        key=f"document:{number}",
        subject=f"document:{number}",
        labels=("public",),
        title=named["title"],
        texts=(path.read_text(encoding="utf-8"),),
        terms={"kind": ("document",), "agency": (path.parent.name,), "year": (str(day // 10_000),)},
        order=day * 1_000_000 + number,
        day=day,
        holding=Holding("valid"),
        weight=weight(Holding("valid"), binding=True, day=day, today=TODAY),
        shown={"title": named["title"], "former": 0},
    )


def _versions(versions: Sequence[Item]) -> Iterator[Item]:
    ordered = sorted(versions, key=lambda one: one.day)
    for place, one in enumerate(ordered):
        after = ordered[place + 1 :]
        if after:
            ended = Holding("valid", 0, after[0].day)
            less = weight(ended, binding=True, day=one.day, today=TODAY)
            one = replace(one, holding=ended, weight=less, shown={"title": one.title, "former": len(after)})
        yield one


def measured(engine: Engine, items: Sequence[Item], questions: Sequence[Judged]) -> Quality:
    """How well the questions are answered. A former version counts one grade less for each that came after."""
    found = {}
    for one in questions:
        places = ask(engine, one.text).places
        ranked = [_grade(one, place.shown) for place in places]
        grades = [_grade(one, item.shown) for item in items]
        found[one.text] = (ndcg(ranked, grades), recall(ranked, grades))
    return quality(found)


def _grade(judged: Judged, shown: Mapping[str, Any]) -> int:
    return max(0, judged.grades.get(shown["title"], 0) - int(shown["former"]))
