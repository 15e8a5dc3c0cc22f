"""Dates and Chinese numerals as official texts write them.

Reads 2020年1月29日, 二〇二〇年一月二十九日, 2020-01-29 10:00, 2020/1/29, 2020.01.29, 20200129, ISO 8601, in half- or
full-width digits and simplified or traditional characters. Times without a zone are Beijing time (北京时间).
"""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gongkai.law.numerals import DIGITS, SCALES, chinese_date, to_chinese

BEIJING = ZoneInfo("Asia/Shanghai")
EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
LARGEST_NUMERAL = 99_999

_DIGITS = {
    **DIGITS,
    **dict(zip("〇壹贰叁肆伍陆柒捌玖", range(10), strict=True)),
    "○": 0,
    "◯": 0,
    "兩": 2,
    "貳": 2,
    "叄": 3,
    "參": 3,
    "陸": 6,
}
_UNITS = {**SCALES, "拾": 10, "佰": 100, "仟": 1000}
_TENS = {"廿": "二十", "卅": "三十"}
_MYRIADS = "万萬"
# Every character a Chinese numeral may be written with; other modules build their patterns from it.
NUMERAL_CHARACTERS = "".join([*_DIGITS, *_UNITS, *_TENS, *_MYRIADS])


class InvalidNumeral(ValueError):
    """Not a Chinese numeral; the message is Chinese and meant for the person who typed it."""


class InvalidDate(ValueError):
    """Not a date; the message is Chinese, says what is wrong and how to write it."""


def chinese_numeral(number: int) -> str:
    """The numeral official texts use: 10 → 十, 101 → 一百零一, 10010 → 一万零一十.

    >>> chinese_numeral(123)
    '一百二十三'

    Raises InvalidNumeral outside 0–99,999.
    """
    if not 0 <= number <= LARGEST_NUMERAL:
        raise InvalidNumeral(f"只能写出0至{LARGEST_NUMERAL}之间的数：{number}")
    myriads, low = divmod(number, 10_000)
    if not myriads:
        return to_chinese(low)
    # 十 at the head of a numeral drops its 一; within one it keeps it.
    rest = ("零" if low < 1000 else "") + ("一" if 10 <= low < 20 else "") + to_chinese(low)
    return to_chinese(myriads) + "万" + (rest if low else "")


def from_chinese_numeral(text: str) -> int:
    """Read 一百二十三, 二〇二〇 (digit by digit), 壹佰, 廿三, 26 or ２６ as a number of 0–99,999.

    一百一 is read as 101: article numbers are never abbreviated the way spoken prices are.
    Raises InvalidNumeral.
    """
    compact = "".join(unicodedata.normalize("NFKC", text).split())
    if compact.isascii() and compact.isdigit():
        return _bounded(int(compact), text)
    for short, written in _TENS.items():
        compact = compact.replace(short, written)
    if not compact or not all(c in _DIGITS or c in _UNITS or c in _MYRIADS for c in compact):
        raise InvalidNumeral(f"“{text}”不是中文数字")
    if all(c in _DIGITS for c in compact):
        return _bounded(int("".join(str(_DIGITS[c]) for c in compact)), text)
    for sign in _MYRIADS:
        if sign in compact:
            myriads, rest = compact.split(sign, 1)
            low = _below_myriad(rest, text) if rest else 0
            return _bounded(_below_myriad(myriads, text) * 10_000 + low, text)
    return _bounded(_below_myriad(compact, text), text)


def _bounded(number: int, text: str) -> int:
    if number > LARGEST_NUMERAL:
        raise InvalidNumeral(f"“{text}”超出了可识别的范围（最大{LARGEST_NUMERAL}）")
    return number


def _below_myriad(written: str, text: str) -> int:
    total, digit, last_unit = 0, None, 10_000
    for character in written:
        if character in _UNITS:
            unit = _UNITS[character]
            # Units fall from left to right; only 十 may stand without a digit before it.
            if unit >= last_unit or (digit is None and unit != 10) or digit == 0:
                raise InvalidNumeral(f"“{text}”不是规范的中文数字")
            total += (1 if digit is None else digit) * unit
            digit, last_unit = None, unit
        elif character in _DIGITS and digit in (None, 0):
            digit = _DIGITS[character]
        else:
            raise InvalidNumeral(f"“{text}”不是规范的中文数字")
    if digit == 0 and total:
        raise InvalidNumeral(f"“{text}”不是规范的中文数字")
    return total + (digit or 0)


_ZERO_LIKE = str.maketrans({"o": "〇", "O": "〇", "Ｏ": "〇"})
_NUMBER = rf"[0-9{NUMERAL_CHARACTERS}]+"
_DAY = re.compile(
    rf"(?P<y>[0-9{NUMERAL_CHARACTERS}oO]+)年(?:(?P<m>{_NUMBER})月(?:份)?)?(?:(?P<d>{_NUMBER})[日号號])?"
    r"|(?P<y2>\d{4})(?P<sep>[-/.])(?P<m2>\d{1,2})(?:(?P=sep)(?P<d2>\d{1,2}))?"
    r"|(?P<y3>\d{4})(?P<m3>\d{2})(?P<d3>\d{2})"
)
_WEEKDAY = re.compile(r"^\(?(?:星期|周|週|礼拜|禮拜)[一二三四五六日天]\)?")
_TIME = re.compile(
    r"(?P<half>凌晨|早上|上午|中午|下午|晚上|晚)?"
    r"(?P<h>\d{1,2})(?::|时|時|点|點)(?:(?P<mi>\d{1,2})(?:[:分](?:(?P<s>\d{1,2})(?:\.\d+)?秒?)?)?)?"
    r"(?P<zone>Z|[+-]\d{2}:?\d{2})?"
)


def parse_date(text: str) -> date:
    """The day a text names; a time after it is read (a wrong one is refused) and dropped. Raises InvalidDate.

    A time with a zone is taken to Beijing first: 2020-01-28T20:00:00Z is 2020年1月29日.
    """
    return parse_datetime(text).date()


def parse_datetime(text: str) -> datetime:
    """The moment a text names, in Beijing time; a date alone is its midnight, fractions of a second are dropped.

    Raises InvalidDate.
    """
    compact = unicodedata.normalize("NFKC", text).strip()
    if not compact:
        raise InvalidDate("请填写日期，如2020年1月29日")
    # Spaces mean nothing inside 2020 年 1 月, but separate 2020-01-29 from 10:00, which the pattern does by itself.
    compact = re.sub(r"(?<=\d)[Tt](?=\d)", " ", compact)
    match = _DAY.match(re.sub(r"\s+", "", compact) if "年" in compact else compact)
    if match is None:
        raise InvalidDate(f"无法识别日期“{text.strip()}”，请写成2020年1月29日或2020-01-29的形式")
    day = _day(match, text.strip())
    rest = re.sub(r"\s+", "", match.string[match.end() :])
    rest = _WEEKDAY.sub("", rest)
    return _at(day, rest, text.strip())


def _day(match: re.Match[str], text: str) -> date:
    year_text = match["y"] or match["y2"] or match["y3"]
    month_text = match["m"] or match["m2"] or match["m3"]
    day_text = match["d"] or match["d2"] or match["d3"]
    if month_text is None or day_text is None:
        raise InvalidDate(f"日期“{text}”缺少{'月' if month_text is None else '日'}，请写全年、月、日")
    try:
        # Typists use the letter O for 〇 in years such as 二OO八; between Arabic digits it is a zero as well.
        year = from_chinese_numeral(year_text.translate(_ZERO_LIKE))
        month, day = from_chinese_numeral(month_text), from_chinese_numeral(day_text)
    except InvalidNumeral as problem:
        raise InvalidDate(f"日期“{text}”中的{problem}") from problem
    if year < 100:
        raise InvalidDate(f"日期“{text}”的年份应写四位数，如2020年")
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise InvalidDate(f"日期“{text}”的年份{year}超出范围（{EARLIEST_YEAR}年至{LATEST_YEAR}年）")
    if not 1 <= month <= 12:
        raise InvalidDate(f"日期“{text}”的月份应在1至12之间")
    try:
        return date(year, month, day)
    except ValueError as problem:
        raise InvalidDate(f"{year}年{month}月没有{day}日，请核对日期") from problem


def _at(day: date, rest: str, text: str) -> datetime:
    if not rest:
        return datetime.combine(day, time(), BEIJING)
    match = _TIME.fullmatch(rest)
    if match is None:
        raise InvalidDate(f"日期“{text}”后面的“{rest}”不是时间，请写成10:00或10时30分，或者删去")
    hour, minute, second = int(match["h"]), int(match["mi"] or 0), int(match["s"] or 0)
    if match["half"] in ("下午", "晚上", "晚") and hour < 12:
        hour += 12
    try:
        clock = time(hour, minute, second)
    except ValueError as problem:
        raise InvalidDate(f"“{text}”中的时间不存在，时应在0至23之间，分、秒应在0至59之间") from problem
    if match["zone"] is None:
        return datetime.combine(day, clock, BEIJING)
    zone = match["zone"].replace("Z", "+00:00").replace(":", "")
    offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:5])) * (-1 if zone[0] == "-" else 1)
    return (datetime.combine(day, clock) - offset).replace(tzinfo=ZoneInfo("UTC")).astimezone(BEIJING)


def official(day: date) -> str:
    """2020年1月29日: Arabic digits without leading zeros (GB/T 9704—2012, 7.3.5.4).

    A datetime with a zone is written by its Beijing day.
    """
    if isinstance(day, datetime) and day.tzinfo is not None:
        day = day.astimezone(BEIJING)
    return chinese_date(day)
