"""Numbers and dates as officials write them: 第二十条第（一）项, 十五个工作日, ２０个工作日, 2026年1月31日."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_WRITTEN = "零一二三四五六七八九"
# Read when in doubt rather than refused: a table of offices is not proofread. How texts write numbers out, in
# traditional and financial characters too and with their order checked, is read by ``texts.dates``.
DIGITS = {**{character: value for value, character in enumerate(_WRITTEN)}, "〇": 0, "两": 2}
SCALES = {"十": 10, "百": 100, "千": 1000}

# One number in ASCII digits or in Chinese numerals, for use inside larger patterns (after normalise()).
NUMBER = r"(?:\d+|[零〇一二两三四五六七八九十百千]+)"


def normalise(text: str) -> str:
    """Full-width letters, digits and punctuation become half-width; white space goes (officials' tables are full of
    it)."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def to_chinese(number: int) -> str:
    """12 → 十二, 20 → 二十, 105 → 一百零五. Raises ValueError outside 0–9999."""
    if not 0 <= number <= 9999:
        raise ValueError(f"只能写0到9999的中文数字：{number}")
    if number < 10:
        return _WRITTEN[number]
    written, gap = "", False
    for scale, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            written += ("零" if gap and written else "") + _WRITTEN[digit] + unit
            gap = False
        else:
            gap = True
    return written[1:] if written.startswith("一十") else written


def parse_number(text: str) -> int:
    """20, ２０, 二十, 两, 一百零五, 二〇 → int. Raises ValueError for anything else."""
    plain = normalise(text)
    if plain.isascii() and plain.isdigit():
        return int(plain)
    if not plain or any(character not in DIGITS and character not in SCALES for character in plain):
        raise ValueError(f"不是数字：{text}")
    if not any(character in SCALES for character in plain):
        return int("".join(str(DIGITS[character]) for character in plain))
    total, digit = 0, None
    for character in plain:
        if character in DIGITS:
            digit = DIGITS[character]
        else:
            total += (1 if digit is None else digit) * SCALES[character]
            digit = None
    return total + (digit or 0)


def chinese_date(day: date) -> str:
    """2026-01-31 → 2026年1月31日."""
    return f"{day.year}年{day.month}月{day.day}日"
