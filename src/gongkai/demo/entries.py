"""An entry: one document as it is told in a content file or made by a series, before dates and numbers are settled.

A content file under ``content/texts`` holds many entries: TOML between two ``+++`` lines, then the text in
Markdown. An entry's date is one of ``issued`` (a date), ``on`` + ``ago`` (a season), ``working_days_ago``,
``days_ago``, or ``after`` ([key, working days]).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from gongkai.demo.city import CONTENT, content_names, read_toml
from gongkai.demo.days import add_working_days, season_day, working_day_until
from gongkai.demo.shapes import Attachment, Link

SUBJECTS = {"A00": "综合政务", "A01": "综合政务", "A02": "城乡建设、环境保护", "A03": "工业、交通"}

_WHEN = ("issued", "on", "working_days_ago", "days_ago", "after")


@dataclass(frozen=True)
class Entry:
    """What a content file or a series says of one document; ``script`` makes a Fate of the raw table ``fate``."""

    key: str
    agency: str
    department: str
    type: str
    title: str
    markdown: str
    when: dict[str, Any]
    fate: dict[str, Any] = field(default_factory=dict)
    number: str = ""
    document_number: str = ""
    effective: str = ""
    valid_years: int = 0
    subject: str = ""
    genre: str = ""
    keywords: tuple[str, ...] = ()
    summary: str = ""
    source: str = ""
    attribute: str = "proactive"
    ground: str = ""
    item: int = 0
    topics: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    links: tuple[Link, ...] = ()
    handwritten: bool = False
    trips: tuple[str, ...] = ()
    lag: tuple[int, int] = (0, 2)


@lru_cache
def type_defaults() -> dict[str, Any]:
    """Defaults per type."""
    return read_toml("defaults.toml")


def entry(row: dict[str, Any], markdown: str, *, handwritten: bool) -> Entry:
    """An entry from a table of a content file or a series; what it leaves out comes from its type."""
    told = {**type_defaults()[row["type"]], "subject": SUBJECTS[row["agency"]], **row}
    when = {name: told.pop(name) for name in (*_WHEN, "ago") if name in told}
    told["attachments"] = tuple(
        Attachment(one["name"], one["kind"], tuple(one["lines"])) for one in told.get("attachments", ())
    )
    told["links"] = tuple(Link(*one.split(":")) for one in told.get("links", ()))
    for name in ("keywords", "topics", "trips", "lag"):
        told[name] = tuple(told.get(name, ()))
    return Entry(**told, markdown=markdown, when=when, handwritten=handwritten)


@lru_cache
def written() -> tuple[Entry, ...]:
    """Every entry of the content files, in the order of the files."""
    return tuple(found for name in content_names("texts", ".md") for found in _file(name))


@lru_cache
def second_texts() -> dict[str, str]:
    """Full second texts (``second_text_of = key`` in a content file), by the key of the document they renew."""
    return {row["second_text_of"]: text for row, text in _all_parts() if "second_text_of" in row}


def _all_parts() -> list[tuple[dict[str, Any], str]]:
    return [part for name in content_names("texts", ".md") for part in _parts(name)]


def _file(name: str) -> list[Entry]:
    return [entry(row, text, handwritten=True) for row, text in _parts(name) if "second_text_of" not in row]


def _parts(name: str) -> list[tuple[dict[str, Any], str]]:
    pieces = CONTENT.joinpath("texts", name).read_text(encoding="utf-8").split("\n+++\n")
    pieces[0] = pieces[0].removeprefix("+++\n")
    return [(tomllib.loads(head), text.strip()) for head, text in zip(pieces[::2], pieces[1::2], strict=True)]


def dates(entries: list[Entry], today: date) -> dict[str, date]:
    """The date of issue of every entry, by key; an ``after`` follows the entry it names."""
    found: dict[str, date] = {}
    waiting = list(entries)
    while waiting:
        left = [one for one in waiting if not _settle(one, today, found)]
        if len(left) == len(waiting):
            raise ValueError(
                "entries follow each other in a circle or an unknown key: " + ", ".join(e.key for e in left)
            )
        waiting = left
    return found


def _settle(one: Entry, today: date, found: dict[str, date]) -> bool:
    when = one.when
    if "after" in when:
        key, count = when["after"]
        if key not in found:
            return False
        found[one.key] = add_working_days(found[key], count)
    elif "issued" in when:
        found[one.key] = when["issued"]
    elif "on" in when:
        found[one.key] = season_day(when["on"], when.get("ago", 0), today)
    elif "working_days_ago" in when:
        found[one.key] = add_working_days(today, -when["working_days_ago"])
    else:
        found[one.key] = working_day_until(today - timedelta(days=when["days_ago"]))
    return True
