"""An engine with items in it, and the questions that tests ask of it."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from gongkai.search import analysis
from gongkai.search.engines.contract import Item, Wanted
from gongkai.search.engines.tantivy_engine import TantivyEngine

TODAY = 20260301


def item(number: int, title: str, *texts: str, **facts: Any) -> Item:
    """A public item of agency 1."""
    values: dict[str, Any] = {
        "key": f"document:{number}",
        "subject": f"document:{number}",
        "labels": ("public",),
        "terms": {"agency": ("1",)},
        "order": number,
        "day": 20200101 + number % 28,
        "shown": {"title": title},
    }
    return Item(title=title, texts=texts, **(values | facts))


def filled(directory: Path, items: Iterable[Item]) -> TantivyEngine:
    """An index of these."""
    engine = TantivyEngine(directory, create=True, heap=16_000_000)
    engine.replace([], items)
    engine.commit()
    return engine


def asking(text: str = "", **facts: Any) -> Wanted:
    """A question of the public, every word as it stands."""
    words = tuple(analysis.phrases(text))
    values: dict[str, Any] = {"labels": frozenset({"public"}), "today": TODAY, "size": 10}
    return Wanted(alternatives=(words,) if words else (), whole=analysis.squeezed(text), **(values | facts))
