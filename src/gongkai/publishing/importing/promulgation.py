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
_TAIL_LINES = 60  # annexes printed after the last article push it up
_LONGEST_NOTE = 120  # characters; longer lines are the text
_DATED = re.compile(r"[（(]?\s*(?P<date>\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)\s*(?P<rest>.*?)[\s)）]*")
_ORDER = re.compile(
    r"(?P<issuer>[^\d《》]{2,60}?)\s*(?:令\s*第?\s*(?P<a>\d+)\s*号|第\s*(?P<b>\d+)\s*号\s*令)\s*(?:公布|发布|颁布|印发)?[，,。]?"
    r"(?P<after>\s+.*)?"
)
_ISSUED = re.compile(r"(?P<issuer>[^\d《》]{2,60}?)\s*(?:公布|发布|颁布|印发)(?P<after>\s+.*)?")
_IN_FORCE = re.compile(r"起?(?:施行|实施|执行)")
_DAY_WRITTEN = (
    r"[\d〇○零一二三四五六七八九]{4}\s?年\s?[\d一二三四五六七八九十]{1,3}\s?月\s?[\d一二三四五六七八九十]{1,3}\s?日"
)
_BEGINS = re.compile(
    rf"[自从]\s*(?:(?P<date>{_DAY_WRITTEN})|(?P<own>(?:公布|发布|印发|颁布)之日))\s*起(?:开始)?(?:施行|实施|执行|生效)"
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
    effective_when_issued: bool = False
    lines: list[str] = field(default_factory=list)


def read(lines: Sequence[str]) -> SaidOfItself:
    """Head and tail of a text, given as its lines in order."""
    found = SaidOfItself()
    for line in _head(lines):
        _take_number(line, found)
        _take_note(line, found)
    _take_effect(lines, found)
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
    """2014年11月24日 中华人民共和国国务院令第656号公布: the first order, for later ones amended it; where the text was
    first issued without one (国务院发布) and then anew by an order, that order."""
    match = _DATED.fullmatch(line)
    day = _day(match["date"]) if match else None
    if match is None or day is None:
        return
    rest = match["rest"].strip()
    order = _ORDER.fullmatch(rest)
    issued = order or _ISSUED.fullmatch(rest)
    new = found.date_of_issue is None or (order is not None and not found.document_number)
    if issued and new and not re.search("修[订正改]|批准|通过", issued["issuer"]):
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


def _take_effect(lines: Sequence[str], found: SaidOfItself) -> None:
    """自2019年5月15日起施行, or 自公布之日起施行; the last such sentence is the one of the text's own end."""
    for line in reversed(lines[-_TAIL_LINES:]):
        match = _BEGINS.search(line)
        if match:
            found.effective_on = found.effective_on or (_day(match["date"]) if match["date"] else None)
            found.effective_when_issued = match["date"] is None
            return


def _day(written: str) -> date | None:
    try:
        return parse_date(written)
    except InvalidDate:
        return None
