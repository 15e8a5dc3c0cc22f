"""Series told in prose: an opening, some passages, a closing, dealt like cards so that neighbours share little.

A title of the material may bind what must be told with it: ``title|phrase&phrase|slot=value``. An opening or passage
that holds a phrase is then told in any case, and a numbered name has the value given. Any card may carry a condition
before ``::``: ``月9/10`` (only in these months), ``phrase/phrase`` (only after an opening that holds one of them),
``只`` (only when demanded).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

from gongkai.demo.city import read_toml
from gongkai.demo.entries import Entry, entry
from gongkai.demo.prose import Names
from gongkai.demo.series.cadence import moments
from gongkai.demo.series.tables import TABLES

_TOLD = ("titles", "openings", "blocks", "closings", "take", "cadence", "table", "name")


def entries(material: str, today: date) -> list[Entry]:
    """The entries of one material file."""
    told = read_toml("material", material)
    return [_entry(told, ordinal, day) for ordinal, day in moments(told["name"], told["cadence"], today)]


def deal(name: str, ordinal: int, count: int, take: int, fits: Callable[[int], bool] = lambda place: True) -> list[int]:
    """``take`` of ``count`` cards for the document ``ordinal``: none comes back before the deck is used up.

    Cards that do not fit are passed over, so that neighbours still begin at different places of the deck.
    """
    rounds = max(1, count // take)
    deck = list(range(count))
    Random(f"{name} deck {ordinal // rounds}").shuffle(deck)
    start = ordinal % rounds * take
    return [place for place in [*deck[start:], *deck[:start]] if fits(place)][:take]


def _entry(told: dict[str, Any], ordinal: int, day: date) -> Entry:
    name = told["name"]
    rng = Random(f"{name} {ordinal}")
    names = Names(read_toml("gazetteer.toml"), rng)
    title, phrases, value = _bound(_dealt(told, "titles", ordinal, 1, "", day)[0])
    if value:
        names.keep(*value.split("="))
    openings = _demanded(told, "openings", phrases) or _dealt(told, "openings", ordinal, 1, "", day)
    opening = rng.choice(openings)
    lead = _demanded(told, "blocks", phrases)
    others = [one for one in _dealt(told, "blocks", ordinal, told["take"], opening, day) if one not in lead]
    closing = _dealt(told, "closings", ordinal, 1, opening, day)
    heading = names.fill(title)
    parts = [names.fill(opening)]
    if "table" in told:
        parts.append("\n" + TABLES[told["table"]](rng, day, names) + "\n")
    parts += [names.fill(one) for one in [*[*lead, *others][: told["take"]], *closing]]
    row = {key: what for key, what in told.items() if key not in _TOLD}
    row |= {"key": f"{name}-{ordinal}", "title": heading, "issued": day}
    return entry(row, "\n".join(parts), handwritten=False)


def _bound(title: str) -> tuple[str, list[str], str]:
    text, phrases, value = (*title.split("|"), "", "")[:3]
    return text, [phrase for phrase in phrases.split("&") if phrase], value


def _demanded(told: dict[str, Any], part: str, phrases: list[str]) -> list[str]:
    """What a title demands of the openings or passages, whatever their condition."""
    return [_split(one)[1] for phrase in phrases for one in told[part] if phrase in _split(one)[1]]


def _dealt(told: dict[str, Any], part: str, ordinal: int, take: int, opening: str, day: date) -> list[str]:
    """Cards of a part whose condition holds, dealt for this document."""
    cards = [_split(card) for card in told[part]]
    places = deal(
        f"{told['name']} {part}", ordinal, len(cards), take, lambda place: _holds(cards[place][0], opening, day)
    )
    return [cards[place][1] for place in places]


def _split(card: str) -> tuple[str, str]:
    condition, mark, text = card.partition("::")
    return (condition, text) if mark else ("", card)


def _holds(condition: str, opening: str, day: date) -> bool:
    if condition == "只":
        return False
    if condition.startswith("月"):
        return str(day.month) in condition[1:].split("/")
    return not condition or any(phrase in opening for phrase in condition.split("/"))
