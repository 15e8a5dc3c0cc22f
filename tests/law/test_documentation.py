"""Every example of docs/law.md is true."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[2] / "docs" / "law.md"


def _examples() -> list[tuple[str, str | None]]:
    """Statements in order; with the expected value where a comment behind, or on the next line, gives one."""
    found: list[tuple[str, str | None]] = []
    for block in re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        for line in filter(None, block.split("\n")):
            code, _, comment = line.partition("# ")
            if code.strip():
                found.append((code.strip(), comment or None))
            else:
                found[-1] = (found[-1][0], comment)
    return found


def test_the_examples_say_what_the_code_does(package_covers: Callable[[int], None]) -> None:
    package_covers(2026)
    names: dict[str, Any] = {}
    checked = 0
    for code, expected in _examples():
        if expected is None or re.match(r"(from|\w+ = )", code):
            exec(code, names)
            continue
        assert eval(code, names) == eval(expected, names), code
        checked += 1
    assert checked >= 12
