"""What a text says of its own header: number, date, issuer, from when it applies. Offered to the drafter, never set.

Pure: a body in, suggestions out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gongkai.texts import blocks, dates, docnumbers, richtext

_HEAD_BLOCKS = 12  # red head, number and title stand before the text proper
_TAIL_LINES = 12  # signature and date, perhaps followed by a contact line and the list of annexes
_NUMBER = re.compile(r"[\u3400-\u9fffA-Za-z·]{1,16}[〔\[（(［]\s*(?:19|20)\d{2}\s*[〕\]）)］]\s*第?\d{1,5}\s*号")
_ANNOUNCED = re.compile(r"(?:19|20)\d{2}年第\d{1,4}号")
_DAY = (
    r"(?:[12]\d{3}|[一二][〇○零一二三四五六七八九]{3})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
)
_SIGNED = re.compile(_DAY)
_EFFECTIVE = re.compile(rf"自({_DAY})起(?:施行|实施|执行|生效)")
_EXPIRES = re.compile(rf"有效期(?:限)?(?:[^。；\n]{{0,8}})至({_DAY})")
_NAME = re.compile(r"[\u3400-\u9fff（）、\s]{4,60}")
_NAME_END = (
    "局",
    "委员会",
    "委",
    "政府",
    "办公室",
    "厅",
    "部",
    "院",
    "中心",
    "管委会",
    "总队",
    "支队",
    "署",
    "会",
    "厅办公室",
)


@dataclass(frozen=True)
class Suggestion:
    """A value for the header field ``key``: ``value`` as the field takes it, ``shown`` for people, ``source`` the words
    of the text it was read from."""

    key: str
    value: str
    shown: str
    source: str


def suggest(body: str, header: Mapping[str, Any], fields: Iterable[str]) -> list[Suggestion]:
    """What the body says that the header does not have yet, for these fields. ``header`` holds the present values."""
    lines = richtext.plain_text(body).split("\n")
    found = {one.key: one for one in _read(lines)}
    return [
        found[key]
        for key in fields
        if key in found and found[key].value != _plain(header.get(key)) and found[key].value
    ]


def opening(body: str, title: str) -> list[str]:
    """The first lines of the body that only repeat the head: agency's name, document number, title. Empty when the
    title is not among them: then nothing is known about where the text begins."""
    return [node.text().strip() for node in _opening(body, title) if node.text().strip()]


def without_opening(body: str, title: str) -> str:
    """The body without these lines."""
    made = blocks.tree(richtext.clean(body)).children
    return richtext.clean(blocks.write(made[len(_opening(body, title)) :]))


def _opening(body: str, title: str) -> list[blocks.Node]:
    wanted = _squeezed(title)
    head: list[blocks.Node] = []
    joined = ""
    for node in blocks.tree(richtext.clean(body)).children[:_HEAD_BLOCKS]:
        if not isinstance(node, blocks.Node) or node.tag not in blocks.TEXT_BLOCKS:
            break
        head.append(node)
        said = _squeezed(node.text())
        if not said:
            continue
        # A title set in two lines is two paragraphs.
        joined = joined + said if joined and wanted.startswith(joined + said) else said
        if wanted and joined == wanted:
            return head
        if not wanted.startswith(said) and not _is_head_line(node.text()):
            break
    return []


def _is_head_line(text: str) -> bool:
    text = text.strip()
    return bool(_NUMBER.search(text)) or (len(text) <= 30 and not text.endswith(("：", "。", "；", "，")))


def _read(lines: list[str]) -> Iterator[Suggestion]:
    yield from _number(lines[:_HEAD_BLOCKS])
    yield from _signature(lines)
    text = "\n".join(lines)
    if match := _EFFECTIVE.search(text):
        yield from _day("effective_on", match[1], match[0])
    if match := _EXPIRES.search(text):
        # The header asks for the first day on which the text no longer holds.
        yield from _day("expires_on", match[1], match[0], days=1)


def _number(lines: list[str]) -> Iterator[Suggestion]:
    for line in lines:
        written = _NUMBER.search(line)
        if written is None or len(line) > 40:
            continue
        try:
            number = str(docnumbers.parse(written[0]))
        except docnumbers.InvalidDocumentNumber:
            continue
        yield Suggestion("document_number", number, number, line.strip())
        return


def _signature(lines: list[str]) -> Iterator[Suggestion]:
    tail = list(enumerate(lines))[-_TAIL_LINES:]
    for place, line in reversed(tail):
        written = line.strip().strip("（()） ").removesuffix("印发").strip()
        if _SIGNED.fullmatch("".join(written.split())):
            yield from _day("date_of_issue", "".join(written.split()), line.strip())
            above = lines[place - 1].strip() if place else ""
            if _NAME.fullmatch(above) and "".join(above.split()).endswith(_NAME_END):
                name = "、".join(above.split())
                yield Suggestion("issuer", name, name, above)
            return


def _day(key: str, written: str, source: str, *, days: int = 0) -> Iterator[Suggestion]:
    try:
        day = dates.parse_date(written) + timedelta(days=days)
    except dates.InvalidDate:
        return
    yield Suggestion(key, day.isoformat(), dates.official(day), source)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _squeezed(text: str) -> str:
    return "".join(text.split())
