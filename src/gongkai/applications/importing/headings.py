"""The columns of a former ledger: what each is called, how it is also called, what belongs into it."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gongkai.catalog.full_list.headings import folded

_SEARCHED_ROWS = 12
_FEWEST_COLUMNS = 4


@dataclass(frozen=True)
class ColumnOf:
    """One column. ``of_item``: it speaks of an item, and stands in every row; the others may stand in the first row of
    a case only. ``needed``: without it nothing can be taken over."""

    key: str
    label: str
    help: str
    sample: str = ""
    also: tuple[str, ...] = ()
    of_item: bool = False
    needed: bool = False


def _declared() -> tuple[ColumnOf, ...]:
    """The columns as ``columns.toml`` declares them."""
    rows = tomllib.loads(Path(__file__).with_name("columns.toml").read_text(encoding="utf-8"))["column"]
    return tuple(ColumnOf(**one | {"also": tuple(one["also"])}) for one in rows)


COLUMNS = _declared()
BY_KEY: Mapping[str, ColumnOf] = {one.key: one for one in COLUMNS}
_KEYS = {folded(name): one.key for one in reversed(COLUMNS) for name in (*one.also, one.label)}


@dataclass(frozen=True)
class Heading:
    """Where the columns stand (by place), headings nobody knows, how many rows from the top the data begins; what the
    office calls a column (by key), where it is not the template's name."""

    places: Mapping[int, str]
    unknown: Sequence[str]
    data_from: int
    named: Mapping[str, str]

    @property
    def missing(self) -> list[str]:
        """Labels of columns without which nothing can be taken over."""
        there = set(self.places.values())
        return [one.label for one in COLUMNS if one.needed and one.key not in there]


def find(rows: Sequence[Sequence[str]]) -> Heading | None:
    """The row of headings among the first rows: the one with most known names; None when none looks like it."""
    found = [_heading(row, at) for at, row in enumerate(rows[:_SEARCHED_ROWS])]
    best = max(found, key=lambda one: len(one.places), default=None)
    return best if best is not None and len(best.places) >= _FEWEST_COLUMNS else None


def _heading(row: Sequence[str], at: int) -> Heading:
    places: dict[int, str] = {}
    named: dict[str, str] = {}
    unknown = []
    for place, name in enumerate(row):
        key = _KEYS.get(folded(name)) if name else None
        if key is not None and key not in places.values():
            places[place] = key
            if (written := " ".join(name.split())) != BY_KEY[key].label:
                named[key] = written
        elif name:
            unknown.append(name)
    return Heading(places, unknown, at + 1, named)
