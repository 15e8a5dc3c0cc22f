"""Kinds of entries that only these tests know; the product's own list is as before when they are over."""

from collections.abc import Iterator

import pytest

from gongkai.ledger import kinds


@pytest.fixture(autouse=True)
def _test_kinds() -> Iterator[None]:
    """``tests.plain`` (public), ``tests.sealed``, ``tests.seen`` and ``tests.other``."""
    kinds.register("tests.plain", "记录", describe=lambda data: str(data.get("note", "")), public=True)
    kinds.register("tests.sealed", "登记个人信息", privacy=kinds.Privacy.SEALED)
    kinds.register("tests.seen", "所见")
    kinds.register("tests.other", "其他")
    yield
    for name in ("tests.plain", "tests.sealed", "tests.seen", "tests.other"):
        del kinds._KINDS[name]
