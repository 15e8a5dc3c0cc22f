"""Tables made ready for a page: every number knows its headings (for screen readers) and what was found about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongkai.law.annual_report.findings import Finding, Severity
from gongkai.oversight.annual_report.rendering.layout import Place, Role, Table

_OF_COLUMNS = (Role.COLUMN, Role.COLUMNS)
_OF_ROWS = (Role.ROW, Role.ROWS)


@dataclass(frozen=True, slots=True)
class Mark:
    """What was found about a cell: the numbers of the findings, and how much the worst of them matters."""

    numbers: tuple[int, ...]
    severity: Severity


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell on a page. ``headers``: ids of its headings, for numbers; ``id``: its own, for headings."""

    place: Place
    id: str = ""
    headers: str = ""
    mark: Mark | None = None

    @property
    def is_number(self) -> bool:
        return self.place.role is Role.NUMBER

    @property
    def is_note(self) -> bool:
        return self.place.role is Role.NOTE


def marks(found: Sequence[Finding]) -> dict[str, Mark]:
    """The mark of every cell that a finding names; findings are numbered from 1."""
    weights = list(Severity)
    made: dict[str, Mark] = {}
    for number, one in enumerate(found, start=1):
        for key in one.cells:
            before = made.get(key)
            numbers = (*before.numbers, number) if before else (number,)
            worst = min((before.severity, one.weight), key=weights.index) if before else one.weight
            made[key] = Mark(numbers, worst)
    return made


def shown(table: Table, marked: Mapping[str, Mark] | None = None) -> list[list[Shown]]:
    """The table's lines, each cell with its headings and marks."""
    covered = _covered(table)
    names = {place: f"t{table.number}-{number}" for number, place in enumerate(_headings(table), start=1)}
    lines = []
    for row, line in enumerate(table.lines):
        made = []
        for place in line:
            if place.role is Role.NUMBER:
                column = next(c for (r, c), (_, other) in covered.items() if r == row and other is place)
                headers = " ".join(names[row_, id(one)] for row_, one in _above_and_left(covered, row, column, table))
                made.append(Shown(place, headers=headers, mark=(marked or {}).get(place.key)))
            else:
                made.append(Shown(place, id=names.get((row, id(place)), "")))
        lines.append(made)
    return lines


def _headings(table: Table) -> Iterator[tuple[int, int]]:
    """Headings by their line and identity: the same words stand in several places."""
    for row, line in enumerate(table.lines):
        for place in line:
            if place.role in (*_OF_COLUMNS, *_OF_ROWS):
                yield row, id(place)


Covered = Mapping[tuple[int, int], tuple[int, Place]]


def _covered(table: Table) -> Covered:
    """Which cell covers which place: (line, column) → the line it begins in, and the cell."""
    covered: dict[tuple[int, int], tuple[int, Place]] = {}
    for row, line in enumerate(table.lines):
        column = 0
        for place in line:
            while (row, column) in covered:
                column += 1
            for down in range(place.high):
                for across in range(place.wide):
                    covered[row + down, column + across] = (row, place)
            column += place.wide
    return covered


def positions(table: Table) -> Iterator[tuple[int, int, Place]]:
    """Every cell with the line and column it begins in."""
    said: set[tuple[int, int]] = set()
    for (_, column), (row, place) in sorted(_covered(table).items()):
        if (row, id(place)) not in said:
            said.add((row, id(place)))
            yield row, column, place


def _above_and_left(covered: Covered, row: int, column: int, table: Table) -> Iterator[tuple[int, Place]]:
    """Column headings above, up to the title of the block; then the row's own headings, from the outside in."""
    found: list[tuple[int, Place]] = []
    for above in range(row - 1, -1, -1):
        begins, place = covered[above, column]
        if place.role in _OF_COLUMNS and (begins, place) not in found:
            found.append((begins, place))
            if place.wide == len(table.widths):
                break
    yield from reversed(found)
    left: list[tuple[int, Place]] = []
    for before in range(column):
        begins, place = covered[row, before]
        if place.role in _OF_ROWS and (begins, place) not in left:
            left.append((begins, place))
    yield from left
