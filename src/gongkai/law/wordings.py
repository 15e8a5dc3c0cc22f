"""Reading the officials' wordings of a time limit (公开时限) into a Limit.

Wordings as they stand in published lists 【摘】: numbers in digits, full-width digits or Chinese numerals, with or
without 自…起, with or without the verb at the end. What cannot be read is refused with the forms that can, never
guessed.
"""

from __future__ import annotations

import re
from dataclasses import replace

from gongkai.law.limits import FORMED_OR_CHANGED, Limit, LimitKind, LimitUnit
from gongkai.law.numerals import NUMBER, normalise, parse_number

UNDERSTOOD = (
    "自信息形成或者变更之日起20个工作日内",
    "3个工作日内",
    "15日内",
    "6个月内",
    "实时公开",
    "及时公开",
    "长期公开",
    "每季度公开一次",
    "每年1月31日前",
    "每月10日前",
    "按法律法规规定的时限",
)
# Longer than any real limit, and within what the calendar counts.
_LONGEST = 2500

_VERB = r"(?:(?:予以|进行|及时|主动|向社会|依法|集中)*(?:公开|公布|发布|更新|公示|调整)(?:一次|1次)?)?"
# 法律、法规另有规定的，从其规定: article 26's own reservation, true of every limit, says nothing about this one.
_RESERVATION = re.compile(r"[,;。(]*(?:但)?(?:国家)?(?:有关)?法律[^。;()]*另有规定的?,?(?:除外|从其规定)\)?")
_UNITS = {
    "工作日": LimitUnit.WORKING_DAY,
    "自然日": LimitUnit.DAY,
    "日": LimitUnit.DAY,
    "天": LimitUnit.DAY,
    "周": LimitUnit.WEEK,
    "星期": LimitUnit.WEEK,
    "月": LimitUnit.MONTH,
    "季度": LimitUnit.QUARTER,
    "季": LimitUnit.QUARTER,
    "年度": LimitUnit.YEAR,
    "年": LimitUnit.YEAR,
}
_UNIT = "|".join(_UNITS)
_WITHIN = re.compile(
    rf"(?:[自从在于])?(?:(?P<start>.*?[^0-9])(?:起|之后|以后|后),?(?:的)?)??(?:不超过|最迟)?(?P<number>{NUMBER}|半)个?(?P<unit>{_UNIT})"
    rf"(?:之内|以内|内)?(?P<act>{_VERB})"
)
_FIXED = re.compile(
    rf"(?:每年度?|每一?月|次年|当年|次月)(?:的)?(?:(?P<month>{NUMBER})月份?)?(?:(?P<day>{NUMBER})[日号]|(?P<end>底|末))(?:之前|以前|前|内)?{_VERB}"
)
_PERIODIC = re.compile(rf"(?:按|每)(?P<number>{NUMBER}|半)?一?个?(?P<unit>{_UNIT})(?:度)?(?:定期)?{_VERB}")
_ENUMERATED = (
    (re.compile(r"(?:实时|即时|当[日天]|立即|随时)" + _VERB), LimitKind.REAL_TIME),
    (re.compile(r"(?:按(?:工作)?进[展度](?:情况)?|根据[^,;]*)?(?:及时|适时|尽快|动态)" + _VERB), LimitKind.PROMPT),
    (re.compile(r"(?:长期|永久|常年|始终)" + _VERB), LimitKind.PERMANENT),
    (re.compile(r"(?:按照?|依照?|根据|从)[^,;]*(?:规定|要求)[^,;]*"), LimitKind.BY_LAW),
    (re.compile(r"(?:依法|按规定)(?:公开|公布|执行)?"), LimitKind.BY_LAW),
)
_FORMED_OR_CHANGED = re.compile(
    r"(?:该|政府|相关|有关|公开)*(?:信息)?(?:产生|形成|制作|生成)(?:或者?|、|及|和)(?:变更|变动|更新)(?:之日|之时|当日|日)?"
)


class LimitWordingError(ValueError):
    """A wording that cannot be read as a time limit; the message lists in Chinese the forms that can."""

    def __init__(self, text: str, why: str = "") -> None:
        self.text = text
        shown = text.strip() if text.strip() else "（空）"
        forms = "”、“".join(UNDERSTOOD)
        super().__init__(f"看不懂公开时限“{shown[:60]}”{f'：{why}' if why else ''}。可以写成：“{forms}”")


def parse(text: str) -> Limit:
    """Read a wording of 公开时限. Raises LimitWordingError for what it cannot read.

    Several wordings in one cell (20个工作日内，长期公开): the one that sets a date is the limit, 长期公开 is kept as
    `lasting`.
    """
    plain = _RESERVATION.sub("", normalise(text)).strip("。.,;:")
    limit = _read(plain, text)
    if limit is not None:
        return limit
    pieces = [piece for piece in re.split(r"[,;。、]", plain) if piece]
    limits = [found for piece in pieces if (found := _read(piece, text)) is not None]
    dated = [found for found in limits if found.kind is not LimitKind.PERMANENT]
    if len(pieces) < 2 or len(limits) != len(pieces):
        raise LimitWordingError(text)
    if len(dated) > 1:
        raise LimitWordingError(text, "写了几个时限，一项只能有一个")
    lasting = len(limits) > len(dated)
    return replace(dated[0], lasting=lasting) if dated else limits[0]


def _read(plain: str, text: str) -> Limit | None:
    """One wording without separators; None when no form fits."""
    for pattern, kind in _ENUMERATED:
        if pattern.fullmatch(plain):
            return Limit(kind)
    if found := _FIXED.fullmatch(plain):
        return _fixed(found, plain, text)
    if found := _PERIODIC.fullmatch(plain):
        value, unit = _amount(found["number"] or "1", found["unit"], text)
        return Limit(LimitKind.PERIODIC, value, unit)
    if found := _WITHIN.fullmatch(plain):
        value, unit = _amount(found["number"], found["unit"], text)
        return Limit(LimitKind.WITHIN, value, unit, _start(found["start"] or ""))
    return None


def _amount(number: str, unit_name: str, text: str) -> tuple[int, LimitUnit]:
    unit = _UNITS[unit_name]
    if number == "半":
        if unit is LimitUnit.YEAR:
            return 6, LimitUnit.MONTH
        if unit is LimitUnit.MONTH:
            return 15, LimitUnit.DAY
        raise LimitWordingError(text, f"“半{unit_name}”请写成整数")
    value = parse_number(number)
    if not 1 <= value <= _LONGEST:
        raise LimitWordingError(text, f"数值{value}不合理，应在1到{_LONGEST}之间")
    return value, unit


def _fixed(found: re.Match[str], plain: str, text: str) -> Limit:
    yearly = "年" in plain[:3]
    month = parse_number(found["month"]) if found["month"] else (12 if yearly else None)
    day = 31 if found["end"] else parse_number(found["day"])
    if yearly and found["month"] is None and not found["end"]:
        raise LimitWordingError(text, "每年的日期要写明月份")
    if not yearly and found["month"]:
        raise LimitWordingError(text, "每月的日期不要写月份")
    longest = 31 if month is None else (29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31)
    if (month is not None and not 1 <= month <= 12) or day < 1:
        raise LimitWordingError(text, "月份或者日期不存在")
    if day > longest:
        if not found["end"]:
            raise LimitWordingError(text, f"没有{month}月{day}日" if month else f"没有{day}日")
        day = longest
    return Limit(LimitKind.FIXED_DATE, 1, LimitUnit.YEAR if month else LimitUnit.MONTH, month=month, day=day)


def _start(written: str) -> str:
    """The starting point as officials write it, as a day (…之日); article 26's own where none or only a variant of it
    is written."""
    written = written.strip(",的")
    if not written or _FORMED_OR_CHANGED.fullmatch(written):
        return FORMED_OR_CHANGED
    return written if written.endswith(("日", "时")) else f"{written}之日"
