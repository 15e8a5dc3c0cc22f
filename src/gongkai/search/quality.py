"""How good an order of results is, against what people judged. Pure.

nDCG@10: whether the best stands first, counted with less weight further down; 1.0 is the best possible order.
Recall@50: which share of everything judged worth seeing is among the first fifty.
"""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True)
class Judged:
    """A question, and the grade (1 to 3) of each title that is worth seeing."""

    text: str
    grades: Mapping[str, int]


@dataclass(frozen=True)
class Quality:
    """Means over so many questions, and those that did worst."""

    questions: int
    ndcg: float
    recall: float
    worst: Sequence[tuple[str, float]]


def judged(name: str) -> list[Judged]:
    """The questions of ``judged/<name>.toml``."""
    told = tomllib.loads((files(__package__) / "judged" / f"{name}.toml").read_text(encoding="utf-8"))
    return [_judged(one) for one in told["query"]]


def ndcg(ranked: Sequence[int], grades: Sequence[int], *, at: int = 10) -> float:
    """``ranked`` are the grades of the results in order, ``grades`` all grades given for the question."""
    best = _gain(sorted(grades, reverse=True)[:at])
    return _gain(ranked[:at]) / best if best else 0.0


def recall(ranked: Sequence[int], grades: Sequence[int], *, at: int = 50) -> float:
    """The share of what has a grade that is among the first results."""
    worth = sum(1 for grade in grades if grade)
    return sum(1 for grade in ranked[:at] if grade) / worth if worth else 0.0


def quality(measured: Mapping[str, tuple[float, float]]) -> Quality:
    """Means of (nDCG, recall) by question."""
    number = len(measured)
    worst = sorted(((text, one) for text, (one, _) in measured.items()), key=lambda pair: pair[1])
    return Quality(
        number,
        sum(one for one, _ in measured.values()) / number,
        sum(two for _, two in measured.values()) / number,
        worst[:10],
    )


def _judged(told: Mapping[str, object]) -> Judged:
    grades: dict[str, int] = {}
    for grade in (1, 2, 3):
        titles = told.get(str(grade), [])
        if not isinstance(titles, list):
            raise TypeError(f"grade {grade} of {told['text']!r} is no list of titles")
        grades |= dict.fromkeys(titles, grade)
    return Judged(str(told["text"]), grades)


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))
