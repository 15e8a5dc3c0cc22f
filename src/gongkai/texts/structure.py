"""Where the parts of a legal text begin and end: 编 章 节 条, found line by line.

Only positions and labels here; `provisions` builds the tree and gives identities, `diff` compares along it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gongkai.texts.dates import NUMERAL_CHARACTERS, InvalidDate, InvalidNumeral, from_chinese_numeral, parse_date
from gongkai.texts.lines import Line, LineKind


class Level(StrEnum):
    """The levels of a legal text (行政法规制定程序条例第六条; 编 as in codes). The value is the official word."""

    PART = "编"
    SUBPART = "分编"
    CHAPTER = "章"
    SECTION = "节"
    ARTICLE = "条"
    PARAGRAPH = "款"
    ITEM = "项"
    POINT = "目"

    @property
    def rank(self) -> int:
        """0 for 编, growing inwards."""
        return list(Level).index(self)


@dataclass(frozen=True, slots=True)
class Place:
    """A container or an article in the lines of a text: it occupies lines `start` to `end` (exclusive).

    branch: n of 之n, 0 without. label: as the text writes it, spaces removed (第一百二十三条之一). opening: what
    follows label and heading on the first line.
    """

    level: Level
    number: int
    branch: int
    label: str
    heading: str
    opening: str
    start: int
    end: int


_N = rf"[0-9０-９{NUMERAL_CHARACTERS}]"
_LABEL = rf"第 ?(?P<number>{_N}(?: ?{_N}){{0,11}}) ?"
_ARTICLE = re.compile(_LABEL + r"条(?: ?之 ?(?P<branch>[一二三四五六七八九十]{1,3}))?")
_CONTAINER = re.compile(_LABEL + r"(?P<level>分编|编|編|章|节|節)")
_TRADITIONAL = {"編": "编", "節": "节"}
# 第十条【适用范围】, 第十条（适用范围）; （一） after the number is an item, not a heading.
_BRACKETED_HEADING = re.compile(rf" ?(?:【([^【】]{{1,30}})】|[（(](?!{_N}+[）)])([^（）()]{{1,30}})[）)])")
_SEPARATORS = " ：:【（("
# 第三条规定……, 第三条第二款……: a sentence about an article. Only asked where no space follows the number.
_REFERENCE = re.compile(r"[、，,；;。和或及与至到的]|第|之|规定|所|中|修改|删|增加|改为|关于|明确|要求|指出|提到|项|款")
_SENTENCE_END = tuple("。；：，;:,")
_APPENDIX = re.compile(rf"附 ?[件录錄表图圖]?(?: ?{_N}{{1,3}})?(?: ?[:：]| |$)|附 ?[件录錄表图圖] ?{_N}{{1,3}}[．.、]")
# Closing chapters are sometimes left without a number.
_UNNUMBERED_CHAPTERS = ("总则", "附则")
_TOC_EXTENT = re.compile(r"[（(]第.*条.*[）)]$|[.…·\s]*\d*$")


def locate(lines: Sequence[Line]) -> list[Place]:
    """Every 编章节条 of the text in order. Empty when there is no article: the text is not a legal one."""
    places: list[Place] = []
    for index, line in enumerate(lines):
        if line.kind in (LineKind.ROW, LineKind.FIGURE, LineKind.QUOTE):
            continue
        last = next((place for place in reversed(places) if place.level is Level.ARTICLE), None)
        place = _article(line, index, last) or _container(line, index)
        if place:
            places.append(place)
    if not any(place.level is Level.ARTICLE for place in places):
        return []
    return _with_ends(_without_contents(places), lines)


def _article(line: Line, index: int, last: Place | None) -> Place | None:
    match = _ARTICLE.match(line.text)
    number = _number(match["number"]) if match else None
    if match is None or number is None:
        return None
    branch = from_chinese_numeral(match["branch"]) if match["branch"] else 0
    rest = line.text[match.end() :]
    set_apart = not rest or rest[0] in _SEPARATORS or line.bold == match[0].strip()
    if not set_apart and not (_follows(number, branch, last) and not _REFERENCE.match(rest)):
        return None
    heading, opening = _heading(rest.lstrip(" ：:"), line)
    return Place(Level.ARTICLE, number, branch, _compact(match[0]), heading, opening, index, index + 1)


def _number(written: str) -> int | None:
    try:
        return from_chinese_numeral(written)
    except InvalidNumeral:
        # 第百十条 and the like: the writer's slip is text, not structure.
        return None


def _follows(number: int, branch: int, last: Place | None) -> bool:
    """Whether the number continues the count, which makes an article even of 第二条为了 without a space."""
    if last is None:
        return number == 1 and branch == 0
    if branch:
        return (number, branch) == (last.number, last.branch + 1)
    return number in (last.number + 1, 1)


def _heading(rest: str, line: Line) -> tuple[str, str]:
    """Split what follows 第N条 into the article's heading, if it has one, and its text."""
    if match := _BRACKETED_HEADING.match(rest):
        return (match[1] or match[2]).strip(), rest[match.end() :].lstrip(" ：:")
    all_bold = line.kind is LineKind.HEADING or line.bold == line.text
    if all_bold and len(rest) <= 30 and not rest.endswith(_SENTENCE_END):
        return rest, ""
    return "", rest


def _container(line: Line, index: int) -> Place | None:
    match = _CONTAINER.match(line.text)
    number = _number(match["number"]) if match else None
    if match is None or number is None:
        return None
    rest = line.text[match.end() :]
    titled = line.kind is LineKind.HEADING or not rest or rest.startswith((" ", "　", "：", ":"))
    if len(rest) > 60 or (line.kind is not LineKind.HEADING and rest.endswith(_SENTENCE_END)):
        return None
    if not titled and (_REFERENCE.match(rest) or any(mark in rest for mark in "，。；")):
        return None
    level = Level(_TRADITIONAL.get(match["level"], match["level"]))
    heading = _compact_title(rest.lstrip(" ：:"))
    return Place(level, number, 0, _compact(match[0]), heading, "", index, index + 1)


def _compact(text: str) -> str:
    return "".join(text.split())


def _compact_title(text: str) -> str:
    """总 则 → 总则: the typesetter's spaces between single characters are not part of the title."""
    pieces = text.split()
    return "".join(pieces) if all(len(piece) == 1 for piece in pieces) else " ".join(pieces)


def _without_contents(places: Sequence[Place]) -> list[Place]:
    """Leave out a table of contents (目录): chapters without articles that come again with the same title."""
    kept = []
    for position, place in enumerate(places):
        empty = place.level is not Level.ARTICLE and _is_empty(place, places[position + 1 :])
        if not empty or not any(_same_title(place, later) for later in places[position + 1 :]):
            kept.append(place)
    return kept


def _is_empty(place: Place, following: Iterable[Place]) -> bool:
    for other in following:
        if other.level is Level.ARTICLE:
            return False
        if other.level.rank <= place.level.rank:
            return True
    return True


def _same_title(place: Place, other: Place) -> bool:
    titles = {_compact(_TOC_EXTENT.sub("", each.heading)) for each in (place, other)}
    return (place.level, place.number) == (other.level, other.number) and len(titles) == 1


def _with_ends(places: Sequence[Place], lines: Sequence[Line]) -> list[Place]:
    ended = []
    for position, place in enumerate(places):
        stop = places[position + 1].start if position + 1 < len(places) else len(lines)
        end = place.start + 1 if place.level is not Level.ARTICLE else _article_end(place.start, stop, lines)
        ended.append(
            Place(place.level, place.number, place.branch, place.label, place.heading, place.opening, place.start, end)
        )
    return ended


def _article_end(start: int, stop: int, lines: Sequence[Line]) -> int:
    """An article ends before a heading, an annex, or the signature that closes a document."""
    for index in range(start + 1, stop):
        if lines[index].kind is LineKind.HEADING and not item_mark(lines[index].text):
            stop = index
            break
        if _is_annex(lines[index].text) or _compact(lines[index].text) in _UNNUMBERED_CHAPTERS:
            stop = index
            break
    return _before_signature(start, stop, lines)


def _is_annex(text: str) -> bool:
    return len(text) <= 60 and not text.endswith(("。", "；")) and bool(_APPENDIX.match(text))


def _before_signature(start: int, stop: int, lines: Sequence[Line]) -> int:
    """落款: a line that is only a date, with the issuer's short lines above it, belongs to no article."""
    if stop - start < 2 or not _is_date(lines[stop - 1].text):
        return stop
    stop -= 1
    while stop > start + 1 and _is_name(lines[stop - 1].text):
        stop -= 1
    return stop


def _is_date(text: str) -> bool:
    try:
        parse_date(text)
    except InvalidDate:
        return False
    return len(text) <= 20


def _is_name(text: str) -> bool:
    return len(text) <= 30 and not text.endswith(_SENTENCE_END) and not item_mark(text)


_ITEM = re.compile(r"[（(] ?(?P<number>[〇零一二三四五六七八九十百]+) ?[）)] ?、?|(?P<sign>[㈠-㈩]) ?、?")
_POINT = re.compile(
    r"(?P<number>\d{1,3}) ?(?:[．、]|\.(?!\d))|[（(] ?(?P<inner>\d{1,3}) ?[）)] ?、?|(?P<sign>[①-⑳⑴-⒇⒈-⒛]) ?、?"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """The number at the beginning of a 项 or 目, as written (label) and as a number; `end`: where the text goes on."""

    level: Level
    number: int
    label: str
    end: int


def item_mark(text: str) -> Mark | None:
    """（一） (一) ㈠ are 项; 1. 1． 1、 （1） ① are 目."""
    for level, pattern in ((Level.ITEM, _ITEM), (Level.POINT, _POINT)):
        match = pattern.match(text)
        if match is None:
            continue
        written = match["number"] or match.groupdict().get("inner") or _signed(match["sign"])
        number = _number(written)
        if number is not None:
            end = match.end() + (len(text) - match.end() - len(text[match.end() :].lstrip()))
            return Mark(level, number, _compact(match[0]).rstrip("、"), end)
    return None


def _signed(sign: str) -> str:
    """㈢ ③ ⑶ ⒊ → 3: the four blocks each count from one."""
    first = max(base for base in "①⑴⒈㈠" if ord(base) <= ord(sign))
    return str(ord(sign) - ord(first) + 1)
