"""An index of one's own for every test that asks for it, kept up as the worker keeps it up."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from gongkai.ledger import followers
from gongkai.search import following, keeping
from gongkai.search.asking import Asked, Found
from gongkai.search.query import search
from gongkai.search.upkeep import Upkeep

Find = Callable[..., list[str]]


@pytest.fixture
def own_index(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """The directory of the search, empty at first."""
    settings.DATA_DIR = tmp_path
    keeping.forget()
    yield tmp_path / "search"
    keeping.forget()


@pytest.fixture
def catch_up(own_index: Path) -> Callable[[], None]:
    """Let the follower and the timed act do all there is to do."""
    upkeep = Upkeep()

    def until_done() -> None:
        while followers.advance(followers.get(following.NAME)) or upkeep.run(timezone.now()):
            pass

    return until_done


@pytest.fixture
def find(catch_up: Callable[[], None]) -> Find:
    """Titles found, in order, once everything is caught up with."""

    def titles(text: str = "", **asked: Any) -> list[str]:
        catch_up()
        return [hit.title for hit in found(text, **asked).hits]

    return titles


def found(text: str = "", **asked: Any) -> Found:
    """The answer to a question, up to a hundred hits."""
    return search(Asked(text, **{"size": 100, **asked}))
