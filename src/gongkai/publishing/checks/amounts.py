"""Amounts of money written twice, in figures and in capital numerals (大写)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.publishing.checks.facts import DraftFacts
from gongkai.publishing.checks.registry import Remark, Severity, register

_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = {"拾": 10, "佰": 100, "仟": 1000}
# Bounded, so that a page of capital numerals cannot keep the search busy.
_CAPITAL = r"(?P<capital>[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{1,30}[元圆][零壹贰叁肆伍陆柒捌玖角分]{0,6}[整正]?)"
_FIGURE = (
    r"(?<![0-9.,，])(?P<figure>[0-9]{1,3}(?:[,，][0-9]{3})+(?:\.[0-9]{1,2})?|[0-9]+(?:\.[0-9]{1,6})?)"
    r"\s?(?P<scale>[万亿])?元"
)
_CURRENCY = r"(?:人民币|¥|￥|RMB)?\s?"
_BOTH = (
    re.compile(rf"{_FIGURE}\s?[（(](?:大写)?[:：]?\s?{_CURRENCY}{_CAPITAL}[）)]"),
    re.compile(rf"{_CAPITAL}\s?[（(](?:小写)?[:：]?\s?{_CURRENCY}{_FIGURE}?[）)]"),
)
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}


@register(
    key="amounts",
    label="大小写金额",
    description="同一处既写数字又写大写的金额，两者相等。",
    severities=(Severity.WARN,),
    law_or_source="《政府信息公开条例》第六条（准确）；GB/T 15835—2011《出版物上数字用法》",
)
def amounts(facts: DraftFacts) -> Iterator[Remark]:
    for passage in facts.passages:
        for pattern in _BOTH:
            for match in pattern.finditer(passage.value):
                if match["figure"] is None:
                    continue
                figure = Decimal(re.sub("[,，]", "", match["figure"])) * _SCALES.get(match["scale"] or "", Decimal(1))
                capital = capital_amount(match["capital"])
                if capital is not None and capital != figure:
                    message = f"大写“{match['capital']}”是{capital:,}元，与数字{figure:,}元不一致，请核对"
                    yield Remark(Severity.WARN, message, passage.place(*match.span()))


def capital_amount(written: str) -> Decimal | None:
    """壹万贰仟叁佰元伍角整 → 12300.5 (元); None where the numerals do not make a number."""
    whole, _, fraction = re.sub("[整正]$", "", written).replace("圆", "元").partition("元")
    total = _whole(whole)
    cents = re.fullmatch(rf"零?(?:([{_CAPITALS}])角)?零?(?:([{_CAPITALS}])分)?", fraction)
    if total is None or cents is None:
        return None
    tenths, hundredths = (_CAPITALS.index(digit) if digit else 0 for digit in cents.groups())
    return Decimal(total) + Decimal(tenths * 10 + hundredths) / 100


def _whole(written: str) -> int | None:
    total, rest = 0, written
    for sign, value in (("亿", 100_000_000), ("万", 10_000)):
        high, found, low = rest.partition(sign)
        if found:
            section = _section(high)
            if section is None:
                return None
            total, rest = total + section * value, low
    low_part = _section(rest) if rest else 0
    return None if low_part is None else total + low_part


def _section(written: str) -> int | None:
    """A number below ten thousand: 贰仟零叁拾 → 2030."""
    total, digit = 0, None
    for sign in written:
        if sign in _CAPITALS:
            digit = _CAPITALS.index(sign)
        elif sign in _UNITS:
            total += (1 if digit is None else digit) * _UNITS[sign]
            digit = None
        else:
            return None
    return total + (digit or 0) if written else None
