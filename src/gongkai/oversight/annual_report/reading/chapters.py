"""The words of a report: its title, whose it is, of which year, and the six chapters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.law.annual_report.formats import CHAPTERS, INFORMATION, ReportFormat, table_two
from gongkai.law.annual_report.wording import Narrative
from gongkai.oversight.annual_report.reading.likeness import alike, plain

_TITLE = re.compile(r"(?P<agency>[一-龥（）()·]{2,40}?)(?P<year>(?:19|20)\d{2})年?(?:度)?政府信息公开(?:工作)?年度报告")
_TITLE_BEFORE = re.compile(r"^(?P<year>(?:19|20)\d{2})年?(?:度)?政府信息公开(?:工作)?年度报告")
_NAME = re.compile(r"[一-龥（）()·]+")
_HEADING = re.compile(r"^[（(]?([一二三四五六])[）)]?[、.．]")
_NUMBERS = "一二三四五六"
_LEAST = 0.55
# What stands in tables, and above them, where a table could not be told from text.
_OF_TABLES = {
    words
    for format in ReportFormat
    for section in table_two(format)
    for words in (section.title, INFORMATION, *(column.label for column in section.columns))
} | {chapter.title for chapter in CHAPTERS[1:4]}
_LONGEST_HEADING = 45
_LONGEST_TITLE, _MOST_TITLE_LINES = 80, 3


def read(lines: Sequence[str]) -> tuple[Narrative, str, int | None]:
    """The narrative, the agency's name ("" when it cannot be told) and the year of the report."""
    title = _title(lines)
    headings: dict[int, str] = {}
    chapters: dict[int, list[str]] = {}
    preface: list[str] = []
    current = 0
    for place, line in enumerate(lines):
        if place in title.lines or "".join(line.split()) in _OF_TABLES:
            continue
        number = _chapter(line, current)
        if number:
            current = number
            headings[number] = line.strip()
            chapters[number] = []
        elif current:
            chapters[current].append(line)
        else:
            preface.append(line)
    texts = {number: "\n".join(found) for number, found in chapters.items()}
    return Narrative(title.text, "\n".join(preface), texts, headings), title.agency, title.year


def _chapter(line: str, current: int) -> int:
    """The number of the chapter that begins with this line; 0 for an ordinary line."""
    text = "".join(line.split())
    found = _HEADING.match(text)
    if not found or len(text) > _LONGEST_HEADING or text.startswith(("（", "(")):
        return 0
    number = _NUMBERS.index(found.group(1)) + 1
    chapter = CHAPTERS[number - 1]
    close = max(alike(text, wording) for wording in (chapter.title, *chapter.wordings))
    return number if number > current and (close >= _LEAST or plain(chapter.title)[:4] in plain(text)) else 0


@dataclass(frozen=True, slots=True)
class _Title:
    """The title; ``lines``: the places of the lines it stands on."""

    text: str = ""
    agency: str = ""
    year: int | None = None
    lines: range = range(0)


def _title(lines: Sequence[str]) -> _Title:
    """The title, before the first chapter if it is there: on one line, after a line with the agency's name, or broken
    anywhere."""
    first = next((place for place, line in enumerate(lines) if _chapter(line, 0)), len(lines))
    return (
        _on_one_line(lines[:first])
        or _after_the_name(lines[:first])
        or _broken(lines[:first])
        or _on_one_line(lines)
        or _Title()
    )


def _on_one_line(lines: Sequence[str]) -> _Title | None:
    for place, line in enumerate(lines):
        text = "".join(line.split())
        if len(text) <= _LONGEST_TITLE and (found := _TITLE.search(text)):
            return _Title(text, _balanced(found.group("agency")), int(found.group("year")), range(place, place + 1))
    return None


def _after_the_name(lines: Sequence[str]) -> _Title | None:
    for place, line in enumerate(lines):
        text = "".join(line.split())
        if found := _TITLE_BEFORE.match(text):
            name = "".join(lines[place - 1].split()) if place else ""
            if not (2 <= len(name) <= 40 and _NAME.fullmatch(name)):
                return _Title(text, "", int(found.group("year")), range(place, place + 1))
            return _Title(name + text, name, int(found.group("year")), range(place - 1, place + 1))
    return None


def _broken(lines: Sequence[str]) -> _Title | None:
    for place in range(len(lines)):
        for count in range(2, _MOST_TITLE_LINES + 1):
            text = "".join("".join(lines[place : place + count]).split())
            if len(text) <= _LONGEST_TITLE and (found := _TITLE.search(text)):
                whole = range(place, place + count)
                return _Title(text, _balanced(found.group("agency")), int(found.group("year")), whole)
    return None


def _balanced(name: str) -> str:
    """A name without a bracket that belongs to what stood before it."""
    return name if name.count("（") == name.count("）") else name.strip("（）()")
