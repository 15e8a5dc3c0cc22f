"""A letter while it is written: which facts it calls, what is known of each, and how it will stand with gaps marked."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from gongkai.applications.actions import letters
from gongkai.applications.dispatch import Letter
from gongkai.applications.letter_facts import DATES, LISTS, READ_ONLY, Known
from gongkai.applications.letters import catalogue
from gongkai.applications.letters.composing import Composed, House
from gongkai.applications.letters.facts import inline, names


@dataclass(frozen=True)
class FactRow:
    """One fact of the letter. ``kind``: date, lines, number, text; ``typed``: what was typed for this letter."""

    name: str
    field: str
    kind: str
    value: str
    source: str
    typed: str
    missing: bool
    may_type: bool


def rows(letter: Letter, known: Known, house: House) -> list[FactRow]:
    """Every fact the letter calls or may call, in the order of its wording."""
    form = catalogue.get(letter.key)
    lacking = set(letters.missing(letter, known.facts, house))
    return [_row(letter, name, known, name in lacking) for name in _called(form, house)]


def _called(form: catalogue.Letter, house: House) -> list[str]:
    own = house.of(form)
    optional = [
        name
        for one in form.paragraphs
        if not one.block
        for name in (*one.needs, *replace(one, text=own.get(one.key, one.text)).names)
    ]
    return [one for one in dict.fromkeys([*form.required_in(own), *optional]) if one not in ("文号", "成文日期")]


def _row(letter: Letter, name: str, known: Known, missing: bool) -> FactRow:
    field = names()[name]
    kind = "date" if field in DATES else "lines" if field in LISTS else "number" if field == "working_days" else "text"
    return FactRow(
        name=name,
        field=field,
        kind=kind,
        value="" if field in ("parts", "fee_lines", "opinions") else inline(known.facts, name),
        source=known.sources.get(field, ""),
        typed=str(letter.given.get(name, "")),
        missing=missing,
        may_type=field not in READ_ONLY,
    )


def sheet(letter: Letter, known: Known, house: House) -> Composed | None:
    """The letter as it will stand, with 〔what is missing〕 in its place; None where a table cannot be drawn yet."""
    form = catalogue.get(letter.key)
    facts = known.facts
    lacking = letters.missing(letter, facts, house)
    if any(name not in names() or names()[name] in READ_ONLY - {"remedies"} for name in lacking):
        return None
    if form.table and lacking:
        return None
    gaps: dict[str, Any] = {names()[name]: _gap(name) for name in lacking}
    return letters.composed(letter, replace(facts, **gaps), house)


def _gap(name: str) -> Any:
    text = f"〔{name}〕"
    return (text,) if names()[name] in LISTS or names()[name] == "remedies" else text


def missing_parts(letter: Letter, known: Known, house: House) -> Iterator[str]:
    """What is missing and cannot be typed here: it is entered in the case."""
    for name in letters.missing(letter, known.facts, house):
        if name not in names() or names()[name] in READ_ONLY:
            yield name
