"""The words of a report: its title, whose it is, of which year, and the six chapters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.law.annual_report.formats import CHAPTERS
from gongkai.law.annual_report.wording import Narrative
from gongkai.oversight.annual_report.reading.likeness import alike, plain

_TITLE = re.compile(r"(?P<agency>[一-龥（）()·]{2,40}?)(?P<year>(?:19|20)\d{2})年?(?:度)?政府信息公开(?:工作)?年度报告")
_TITLE_BEFORE = re.compile(r"^(?P<year>(?:19|20)\d{2})年?(?:度)?政府信息公开(?:工作)?年度报告")
_HEADING = re.compile(r"^[（(]?([一二三四五六])[）)]?[、.．]")
_NUMBERS = "一二三四五六"
_LEAST = 0.55
_LONGEST_HEADING = 45


def read(lines: Sequence[str]) -> tuple[Narrative, str, int | None]:
    """The narrative, the agency's name ("" when it cannot be told) and the year of the report."""
    title, agency, year = _title(lines)
    headings: dict[int, str] = {}
    chapters: dict[int, list[str]] = {}
    preface: list[str] = []
    current = 0
    for line in lines:
        number = _chapter(line, current)
        if number:
            current = number
            headings[number] = line.strip()
            chapters[number] = []
        elif current:
            chapters[current].append(line)
        elif line.strip() != title:
            preface.append(line)
    texts = {number: "\n".join(found) for number, found in chapters.items()}
    return Narrative(title, "\n".join(preface), texts, headings), agency, year


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


def _title(lines: Sequence[str]) -> tuple[str, str, int | None]:
    """The title may stand on one line or be broken into agency and rest."""
    for place, line in enumerate(lines):
        text = "".join(line.split())
        if found := _TITLE.search(text):
            return text, found.group("agency").strip("（）()"), int(found.group("year"))
        if found := _TITLE_BEFORE.match(text):
            before = "".join(lines[place - 1].split()) if place else ""
            agency = before if 2 <= len(before) <= 40 and not before.isdigit() else ""
            return agency + text, agency, int(found.group("year"))
    return "", "", None
