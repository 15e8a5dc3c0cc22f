"""From the content files' Markdown to the simple HTML of a document, with the placeholders that keep dates true.

A placeholder stands in braces, since Chinese official prose has none:

- ``{年}`` ``{年-1}`` ``{月}``: year and month of issue; ``{上月}`` ``{上季}``: the month, the quarter before
- ``{日}`` ``{日+30}`` ``{工作日+5}``: date of issue, plus days, plus working days
- ``{文号:key}`` ``{标题:key}``: of another document
- ``{数:30:80}`` ``{率:92.0:99.5}`` ``{选:300/400}``: a whole number, one with a decimal, one of several
- ``{街道}`` ``{小区}`` …: a name from the gazetteer, different each time; ``{街道1}``: the same one each time
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from markdown_it import MarkdownIt

from gongkai.demo.days import add_working_days, spoken

_SLOT = re.compile(r"\{([^{}\n]+)\}")
# CommonMark does not close strong text between a Chinese colon and a character; what it leaves standing is marked here.
_STRONG = re.compile(r"\*\*([^*<>\n]+)\*\*")
# The signature at the end of an official text: who, and under it the date; both stand on the right.
_SIGNATURE = re.compile(r"<p>([^<>，。]{4,40}(?:政府|委员会|办公室))</p>\n<p>(\d{4}年\d{1,2}月\d{1,2}日)</p>")
# Only the rows of one table stand together; a line after a table would else become its last row.
_BETWEEN_BLOCKS = re.compile(r"(?<=[^\n])\n(?=[^\n|])|(?<=[^|\n])\n(?=\|)")
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


def html(markdown: str) -> str:
    """Simple clean HTML: p, h2, h3, strong, lists, tables with th. Every Markdown line is a paragraph of its own."""
    blocks = _BETWEEN_BLOCKS.sub("\n\n", markdown.strip())
    rendered = str(_MARKDOWN.render(blocks)).replace("\n\n", "\n").strip()
    signed = _SIGNATURE.sub(r'<p class="align-right">\1</p>\n<p class="align-right">\2</p>', rendered)
    return _STRONG.sub(r"<strong>\1</strong>", signed)


def dated(text: str, issued: date) -> str:
    """Fill the placeholders that follow from the date of issue."""

    def fill(match: re.Match[str]) -> str:
        name, sign, amount = _parts(match.group(1))
        shift = int(f"{sign}{amount}") if amount else 0
        if name == "年":
            return str(issued.year + shift)
        if name == "日":
            return spoken(issued + timedelta(days=shift))
        if name == "月":
            return str((issued.month - 1 + shift) % 12 + 1)
        if name == "上月":
            last = issued.replace(day=1) - timedelta(days=1)
            return f"{last.year}年{last.month}月"
        if name == "上季":
            year, quarter = (issued.year, (issued.month - 1) // 3) if issued.month > 3 else (issued.year - 1, 4)
            return f"{year}年第{'一二三四'[quarter - 1]}季度"
        if name == "工作日":
            return spoken(add_working_days(issued, shift))
        return match.group(0)

    return _SLOT.sub(fill, text)


def referenced(text: str, look_up: Callable[[str, str], str]) -> str:
    """Fill ``{文号:key}`` and ``{标题:key}`` by ``look_up(name, key)``."""

    def fill(match: re.Match[str]) -> str:
        name, _, key = match.group(1).partition(":")
        return look_up(name, key) if name in {"文号", "标题"} else match.group(0)

    return _SLOT.sub(fill, text)


def unfilled(text: str) -> list[str]:
    """The placeholders still standing in a text; empty when it is ready."""
    return [match.group(0) for match in _SLOT.finditer(text)]


def _parts(slot: str) -> tuple[str, str, str]:
    found = re.fullmatch(r"([^+\-:\d]+)([+-])?(\d+)?", slot)
    return (found.group(1), found.group(2) or "", found.group(3) or "") if found else (slot, "", "")


class Names:
    """Deals names and numbers into one text, never the same name twice unless it is numbered (``{街道1}``)."""

    def __init__(self, gazetteer: dict[str, list[str]], rng: Random) -> None:
        self._rng = rng
        self._left = {kind: rng.sample(names, len(names)) for kind, names in gazetteer.items()}
        self._kept: dict[str, str] = {}

    def fill(self, text: str) -> str:
        """Fill names and numbers; other placeholders stay."""
        return _SLOT.sub(lambda match: self._one(match.group(1)) or match.group(0), text)

    def keep(self, slot: str, value: str) -> None:
        """Decide what a numbered placeholder says, so that title and text agree."""
        self._kept[slot] = value

    def _one(self, slot: str) -> str | None:
        if slot in self._kept:
            return self._kept[slot]
        kind, _, bounds = slot.partition(":")
        if kind == "数":
            low, high = (int(part) for part in bounds.split(":"))
            return str(self._rng.randint(low, high))
        if kind == "选":
            return self._rng.choice(bounds.split("/"))
        if kind == "率":
            lowest, highest = (float(part) for part in bounds.split(":"))
            return f"{self._rng.uniform(lowest, highest):.1f}"
        name = kind.rstrip("0123456789")
        if name not in self._left:
            return None
        value = self._left[name].pop()
        if name != kind:
            self._kept[kind] = value
        return value
