"""The laws and regulations beside the checkout, for the tests that hold our facts against their text."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest


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
