"""What the law tests share: the texts beside the checkout, and a data package that ends where a story needs it to."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from gongkai.law import calendar, official


@dataclass(frozen=True)
class Regulations:
    """Texts of laws and regulations, by path below the collection."""

    root: Path

    def text(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def regulations() -> Regulations:
    shared = os.environ.get("GONGKAI_SHARED") or Path(__file__).resolve().parents[2].parent / "shared"
    root = Path(shared) / "data" / "regulations"
    if not root.is_dir():
        pytest.skip(f"法规文本不在 {root}：设置环境变量 GONGKAI_SHARED 指向其上级目录")
    return Regulations(root)


@pytest.fixture
def package_covers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], None]]:
    """Call with a year: from then on the data package covers 2004 up to that year, whatever release is installed."""

    def cover(last: int) -> None:
        monkeypatch.setattr(official, "covered_years", lambda: frozenset(range(2004, last + 1)))
        calendar._base_year.cache_clear()

    yield cover
    calendar._base_year.cache_clear()
