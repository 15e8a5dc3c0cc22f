"""Series told in prose: an opening, some passages, a closing, dealt like cards so that neighbours share nothing.

A title of the material may bind what must be told with it: ``title|phrase&phrase|slot=value``. The opening or passage that holds
a phrase is then told in any case, and a numbered name has the value given.
"""

from __future__ import annotations

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


def deal(name: str, ordinal: int, count: int, take: int) -> list[int]:
    """``take`` of ``count`` cards for the document ``ordinal``: nothing comes back before the deck is used up."""
    rounds = max(1, count // take)
    deck = list(range(count))
    Random(f"{name} deck {ordinal // rounds}").shuffle(deck)
    start = ordinal % rounds * take
    return deck[start : start + take]


def _entry(told: dict[str, Any], ordinal: int, day: date) -> Entry:
    name = told["name"]
    rng = Random(f"{name} {ordinal}")
    names = Names(read_toml("gazetteer.toml"), rng)
    title, phrases, value = _bound(told["titles"][deal(f"{name} title", ordinal, len(told["titles"]), 1)[0]])
    if value:
        names.keep(*value.split("="))
    opening, lead = _chosen(told, ordinal, phrases)
    passages = _passages(told, ordinal, lead)
    heading = names.fill(title)
    parts = [names.fill(opening)]
    if "table" in told:
        parts.append("\n" + TABLES[told["table"]](rng, day, names) + "\n")
    parts += [names.fill(passage) for passage in passages]
    parts.append(names.fill(told["closings"][deal(f"{name} closing", ordinal, len(told["closings"]), 1)[0]]))
    row = {key: what for key, what in told.items() if key not in _TOLD}
    row |= {"key": f"{name}-{ordinal}", "title": heading, "issued": day}
    return entry(row, "\n".join(parts), handwritten=False)


def _bound(title: str) -> tuple[str, list[str], str]:
    text, phrases, value = (*title.split("|"), "", "")[:3]
    return text, [phrase for phrase in phrases.split("&") if phrase], value


def _chosen(told: dict[str, Any], ordinal: int, phrases: list[str]) -> tuple[str, list[int]]:
    """The opening, and the passages that the title demands."""
    openings = [one for phrase in phrases for one in told["openings"] if phrase in one]
    lead = [place for phrase in phrases for place, one in enumerate(told["blocks"]) if phrase in one]
    if len(openings) + len(lead) < len(phrases):
        raise ValueError(f"{told['name']}: nothing tells {phrases}")
    if openings:
        return openings[0], lead
    free = deal(f"{told['name']} opening", ordinal, len(told["openings"]), 1)[0]
    return told["openings"][free], lead


def _passages(told: dict[str, Any], ordinal: int, lead: list[int]) -> list[str]:
    take = told["take"]
    dealt = [place for place in deal(told["name"], ordinal, len(told["blocks"]), take) if place not in lead]
    return [told["blocks"][place] for place in [*lead, *dealt][:take]]
