"""Automatic numbers of a Word file as words.

In a legal text 第三条 and （二） are words to be cited, though Word keeps them as formatting; a page must not lose
them. Plain "1. 2. 3." and bullets stay lists (ECMA-376 part 1, 17.9).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from gongkai.texts.word_xml import W, is_on

_DIGITS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
# A list that a browser numbers just as Word did.
_PLAIN_LABEL = re.compile(r"%\d[.．)）]?")


@dataclass(slots=True)
class Level:
    """One level of a numbering: how its numbers look."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    decimal_only: bool = False


@dataclass(slots=True)
class Label:
    """The number of one paragraph. ``plain``: a list item that HTML numbers the same way, counting from ``value``."""

    text: str
    value: int
    level: int
    bullet: bool
    plain: bool


@dataclass(slots=True)
class Numbering:
    """All numberings of a document, counting as its paragraphs are passed in order."""

    _levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    _abstract_of: dict[str, str] = field(default_factory=dict)
    _restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    _counters: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, root: etree._Element | None) -> Numbering:
        """From ``word/numbering.xml`` (None: the document numbers nothing)."""
        numbering = cls()
        if root is None:
            return numbering
        for abstract in root.iter(f"{W}abstractNum"):
            numbering._levels[abstract.get(f"{W}abstractNumId", "")] = _levels(abstract)
        for number in root.iter(f"{W}num"):
            identity = number.get(f"{W}numId", "")
            link = number.find(f"{W}abstractNumId")
            numbering._abstract_of[identity] = link.get(f"{W}val", "") if link is not None else ""
            restarts: dict[int, int] = {}
            for override in number.iter(f"{W}lvlOverride"):
                start = override.find(f"{W}startOverride")
                if start is not None:
                    restarts[_integer(override.get(f"{W}ilvl"), 0)] = _integer(start.get(f"{W}val"), 1)
            numbering._restarts[identity] = restarts
        return numbering

    def next_label(self, number_id: str, level: int) -> Label | None:
        """Count one paragraph of numbering ``number_id``; None when it is not numbered after all."""
        abstract = self._abstract_of.get(number_id)
        levels = self._levels.get(abstract or "", {})
        if abstract is None or level not in levels:
            return None
        counters = self._counters.setdefault(abstract, {})
        if number_id not in self._begun:
            self._begun.add(number_id)
            for restarted, start in self._restarts.get(number_id, {}).items():
                counters[restarted] = start - 1
        counters[level] = counters.get(level, levels[level].start - 1) + 1
        for deeper in [known for known in counters if known > level]:
            del counters[deeper]
        shape = levels[level]
        text = re.sub(r"%(\d)", lambda match: _shown(int(match.group(1)) - 1, shape, levels, counters), shape.text)
        plain = shape.style == "decimal" and bool(_PLAIN_LABEL.fullmatch(shape.text))
        return Label(text, counters[level], level, shape.style == "bullet", plain)


def _levels(abstract: etree._Element) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for level in abstract.iter(f"{W}lvl"):
        values = {
            name: element.get(f"{W}val", "")
            for name in ("start", "numFmt", "lvlText")
            if (element := level.find(f"{W}{name}")) is not None
        }
        levels[_integer(level.get(f"{W}ilvl"), 0)] = Level(
            _integer(values.get("start"), 1),
            values.get("numFmt", "decimal"),
            values.get("lvlText", ""),
            is_on(level.find(f"{W}isLgl")),
        )
    return levels


def _integer(value: str | None, otherwise: int) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 8 else otherwise


def _shown(level: int, shape: Level, levels: dict[int, Level], counters: dict[int, int]) -> str:
    known = levels.get(level)
    if known is None:
        return ""
    value = counters.get(level, known.start)
    return format_number(value, "decimal" if shape.decimal_only else known.style)


def format_number(value: int, style: str) -> str:
    """``value`` in the number format ``style`` of 17.18.59 (ST_NumberFormat); unknown formats count in digits."""
    make = _FORMATS.get(style)
    return make(value) if make and value > 0 else str(value)


def chinese_number(value: int) -> str:
    """一, 十, 十一, 一百零一 … up to 9,999; larger numbers in digits."""
    if not 0 < value < 10_000:
        return str(value)
    text = ""
    for unit, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            text += _DIGITS[digit] + word
        elif text and not text.endswith("零") and value:
            text += "零"
    return text[1:] if text.startswith("一十") else text


def _roman(value: int) -> str:
    if value >= 4000:
        return str(value)
    text = ""
    for worth, letters in _ROMAN:
        count, value = divmod(value, worth)
        text += letters * count
    return text


def _letters(value: int) -> str:
    # Word goes on with AA, BB after Z.
    return chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _circled(value: int) -> str:
    if value <= 20:
        return chr(0x2460 + value - 1)
    return chr(0x3251 + value - 21) if value <= 35 else str(value)


_FORMATS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        [
            "chineseCounting",
            "chineseCountingThousand",
            "japaneseCounting",
            "taiwaneseCounting",
            "taiwaneseCountingThousand",
        ],
        chinese_number,
    ),
    **dict.fromkeys(
        ["ideographDigital", "japaneseDigitalTenThousand", "koreanDigital"],
        lambda value: "".join(_DIGITS[int(digit)] for digit in str(value)),
    ),
    **dict.fromkeys(["decimalEnclosedCircle", "decimalEnclosedCircleChinese"], _circled),
    **dict.fromkeys(
        ["decimalFullWidth", "decimalFullWidth2"],
        lambda value: "".join(chr(ord(digit) + 0xFEE0) for digit in str(value)),
    ),
    "decimalZero": lambda value: f"{value:02}",
    "ideographTraditional": lambda value: _STEMS[(value - 1) % 10],
    "ideographZodiac": lambda value: _BRANCHES[(value - 1) % 12],
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda value: _letters(value).lower(),
    "none": lambda value: "",
    "bullet": lambda value: "",
}
