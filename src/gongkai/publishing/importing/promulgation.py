"""What a text says of itself: the note of its promulgation 题注, its number, its day of effect."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from gongkai.texts import docnumbers
from gongkai.texts.dates import InvalidDate, parse_date

_HEAD_LINES = 14  # red head, number, title, note of promulgation and of up to seven amendments
_TAIL_LINES = 20  # annexes printed after the signature push it up
_LONGEST_NOTE = 120  # characters; longer lines are the text
_DATED = re.compile(r"[（(]?\s*(?P<date>\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)\s*(?P<rest>.*?)[\s)）]*")
_ORDER = re.compile(
    r"(?P<issuer>[^\d《》]{2,60}?)\s*(?:令\s*第?\s*(?P<a>\d+)\s*号|第\s*(?P<b>\d+)\s*号\s*令)\s*(?:公布|发布|颁布|印发)?[，,。]?"
    r"(?P<after>\s+.*)?"
)
_ISSUED = re.compile(r"(?P<issuer>[^\d《》]{2,60}?)\s*(?:公布|发布|颁布|印发)(?P<after>\s+.*)?")
_IN_FORCE = re.compile(r"起?(?:施行|实施|执行)")
_BEGINS = re.compile(
    r"(?:本|这个)?(?:条例|办法|规定|细则|规则|规范|通知|意见|决定|标准|制度|方案|通告|公告)?\s*自\s*"
    r"(?:(?P<date>\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)|(?P<own>(?:公布|发布|印发|颁布)之日))\s*起(?:开始)?(?:施行|实施|执行|生效)"
)
_TEXT_BEGINS = re.compile(r"第[一1]\s*[章条编]|目\s*录$|一、")
_NAMED_DAY = re.compile(r"[（(_\-\s]*(?P<day>(?:19|20)\d{2}-\d{1,2}-\d{1,2}|(?:19|20)\d{6})(?:[)）]|(?=[_\-]|$))")
_WORTH_A_TITLE = re.compile(r"[\u3400-\u9fff]{4}")


@dataclass
class SaidOfItself:
    """What was found, empty where nothing was."""

    document_number: str = ""
    date_of_issue: date | None = None
    issuer: str = ""
    effective_on: date | None = None
    lines: list[str] = field(default_factory=list)


def read(lines: Sequence[str], signed_on: date | None = None) -> SaidOfItself:
    """Head and tail of a text, given as its lines in order; ``signed_on`` is the date below its signature."""
    found = SaidOfItself()
    for line in _head(lines):
        _take_number(line, found)
        _take_note(line, found)
    found.effective_on = found.effective_on or _effect(lines, found.date_of_issue or signed_on)
    return found


def title_and_day(name: str) -> tuple[str, date | None]:
    """What a file's name tells: a title (empty when it is a mere code) and a day written in it."""
    stem = posixpath.splitext(posixpath.basename(name))[0]
    day = None
    for match in _NAMED_DAY.finditer(stem):
        day = _day(match["day"]) or day
    title = _NAMED_DAY.sub("", stem).strip(" _-－—") if day else stem.strip()
    return (title if _WORTH_A_TITLE.search(title) else ""), day


def _head(lines: Sequence[str]) -> Iterator[str]:
    for line in lines[:_HEAD_LINES]:
        stripped = line.strip()
        if _TEXT_BEGINS.match(stripped):
            return
        if len(stripped) <= _LONGEST_NOTE:
            yield stripped


def _take_number(line: str, found: SaidOfItself) -> None:
    if found.document_number or len(line) > 60 or not line.rstrip("）) 　").endswith("号"):
        return
    try:
        number = docnumbers.parse(line)
    except docnumbers.InvalidDocumentNumber:
        return
    if number.kind is docnumbers.Kind.DOCUMENT or number.issuer not in ("令", "公告", "通告"):
        found.document_number = str(number)


def _take_note(line: str, found: SaidOfItself) -> None:
    """2014年11月24日 中华人民共和国国务院令第656号公布: only the first one; the others tell of amendments."""
    match = _DATED.fullmatch(line)
    day = _day(match["date"]) if match else None
    if match is None or day is None:
        return
    rest = match["rest"].strip()
    order = _ORDER.fullmatch(rest)
    issued = order or _ISSUED.fullmatch(rest)
    if issued and found.date_of_issue is None and not re.search("修[订正改]|批准|通过", issued["issuer"]):
        found.date_of_issue, found.issuer = day, issued["issuer"].strip()
        found.lines.append(line)
        if order:
            _take_order(order, found)
    elif _IN_FORCE.fullmatch(rest):
        found.effective_on = day
        found.lines.append(line)


def _take_order(order: re.Match[str], found: SaidOfItself) -> None:
    try:
        found.document_number = str(docnumbers.parse(f"{order['issuer'].strip()}令第{order['a'] or order['b']}号"))
    except docnumbers.InvalidDocumentNumber:
        return  # several orders in one note, say: a person decides


def _effect(lines: Sequence[str], issued: date | None) -> date | None:
    """自2019年5月15日起施行; 自公布之日起施行 means the day of issue."""
    for line in reversed(lines[-_TAIL_LINES * 3 :]):
        match = _BEGINS.search(line)
        if match:
            return _day(match["date"]) if match["date"] else issued
    return None


def _day(written: str) -> date | None:
    try:
        return parse_date(written)
    except InvalidDate:
        return None
