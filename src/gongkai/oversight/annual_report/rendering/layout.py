"""The official layout of tables two, three and four: which cell stands where, over how many rows and columns.

The same layout is drawn as HTML, PDF, Word and spreadsheet, and on the pages that show findings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gongkai.law.annual_report.figures import Figures, Value, reported_rows
from gongkai.law.annual_report.formats import (
    APPLICANT_COLUMNS,
    BLOCKS,
    INFORMATION,
    RESULT_COLUMNS,
    TABLE_THREE_HEAD,
    TABLE_THREE_NOTE,
    ReportFormat,
    Row,
    Section,
    rows,
    table_two,
)


class Role(StrEnum):
    """What a cell is: a number, or the heading of what follows in its direction."""

    NUMBER = "number"
    COLUMN = "col"
    COLUMNS = "colgroup"
    ROW = "row"
    ROWS = "rowgroup"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a table. ``key``: of the report's cell, for numbers; ``wide`` and ``high``: how far it reaches."""

    text: str
    role: Role
    wide: int = 1
    high: int = 1
    key: str = ""


Line = tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is drawn. ``widths``: shares of the columns; ``head``: how many lines are headings."""

    number: int
    caption: str
    widths: tuple[float, ...]
    lines: tuple[Line, ...]
    head: int = 0


_TWO_WIDTH = 4
_PEOPLE = len(APPLICANT_COLUMNS)
_RESULTS = len(RESULT_COLUMNS)
_PERSON = 7.4  # percent of table three for each column of numbers
_CAPTIONS = {
    2: "主动公开政府信息情况",
    3: "收到和处理政府信息公开申请情况",
    4: "政府信息公开行政复议、行政诉讼情况",
}


def shown(value: Value) -> str:
    """What stands in the cell: as it was written, or the number."""
    if value.raw:
        return value.raw
    return "" if value.number is None else f"{value.number:f}"


def tables(figures: Figures, *, absent: bool = False) -> list[Table]:
    """The tables that were reported; with ``absent`` all three, those not reported with empty cells."""
    made = {2: _two, 3: _three, 4: _four}
    return [make(figures) for number, make in made.items() if absent or figures.has_table(number)]


def _two(figures: Figures) -> Table:
    lines = [line for section in table_two(figures.format) for line in _section(section, figures)]
    return Table(2, _CAPTIONS[2], (31, 23, 23, 23), tuple(lines))


def _section(section: Section, figures: Figures) -> Iterator[Line]:
    """A block: its title over the whole width, its headings, its rows; the last column takes what is left."""
    yield (Place(section.title, Role.COLUMNS, _TWO_WIDTH),)
    widths = _spread(len(section.columns), _TWO_WIDTH - 1)
    headings = [Place(column.label, Role.COLUMN, wide) for column, wide in zip(section.columns, widths, strict=True)]
    yield (Place(INFORMATION, Role.COLUMN), *headings)
    for row in section.rows:
        keys = [f"table2.{section.key}.{row}.{column.key}" for column in section.columns]
        numbers = [
            Place(shown(figures[key]), Role.NUMBER, wide, key=key) for key, wide in zip(keys, widths, strict=True)
        ]
        yield (Place(row, Role.ROW), *numbers)


def _spread(count: int, width: int) -> tuple[int, ...]:
    return (1,) * (count - 1) + (width - count + 1,)


def _three(figures: Figures) -> Table:
    note, people = len(_three_left()), [column.label for column in APPLICANT_COLUMNS]
    head: list[Line] = [
        (Place(TABLE_THREE_NOTE, Role.NOTE, note, 3), Place(TABLE_THREE_HEAD, Role.COLUMNS, _PEOPLE)),
        (
            Place(people[0], Role.COLUMN, high=2),
            Place("法人或其他组织", Role.COLUMNS, _PEOPLE - 2),
            Place(people[-1], Role.COLUMN, high=2),
        ),
        tuple(Place(label, Role.COLUMN) for label in people[1:-1]),
    ]
    return Table(3, _CAPTIONS[3], (*_three_left(), *(_PERSON,) * _PEOPLE), (*head, *_three_body(figures)), head=3)


def _three_left() -> tuple[int, int, int]:
    """The shares of the three columns of labels: 三, its groups, their rows."""
    return (7, 10, 31)


def _three_body(figures: Figures) -> Iterator[Line]:
    given = _rows_shown(figures)
    seen: set[str] = set()
    for row in given:
        labels = []
        for group in row.groups:
            if group not in seen:
                seen.add(group)
                high = sum(group in one.groups for one in given)
                labels.append(Place(group, Role.ROWS, high=high))
        labels.append(Place(row.label, Role.ROW, wide=3 - len(row.groups)))
        yield (*labels, *_numbers(figures, f"table3.{row.key}"))


def _numbers(figures: Figures, place: str) -> Iterator[Place]:
    for column in APPLICANT_COLUMNS:
        key = f"{place}.{column.key}"
        yield Place(shown(figures[key]), Role.NUMBER, key=key)


def _rows_shown(figures: Figures) -> Sequence[Row]:
    """The rows that the report has, in the order of its format; （六）其他处理 may be that of the other format. All
    rows of a table that was not reported."""
    reported = reported_rows(figures)
    if not reported:
        return rows(figures.format)
    known = {row.key: row for each in ReportFormat for row in rows(each)}
    own = [row.key for row in rows(figures.format)]
    place = own.index("total")
    strange = [key for key in reported if key not in own]
    return [known[key] for key in (*own[:place], *strange, *own[place:]) if key in reported]


def _four(figures: Figures) -> Table:
    review, direct, after = BLOCKS
    results = [column.label for column in RESULT_COLUMNS]
    head: list[Line] = [
        (Place(review.label, Role.COLUMNS, _RESULTS), Place("行政诉讼", Role.COLUMNS, 2 * _RESULTS)),
        (
            *(Place(label, Role.COLUMN, high=2) for label in results),
            Place(direct.label, Role.COLUMNS, _RESULTS),
            Place(after.label, Role.COLUMNS, _RESULTS),
        ),
        tuple(Place(label, Role.COLUMN) for label in results * 2),
    ]
    keys = [f"table4.{block.key}.{column.key}" for block in BLOCKS for column in RESULT_COLUMNS]
    numbers = tuple(Place(shown(figures[key]), Role.NUMBER, key=key) for key in keys)
    return Table(4, _CAPTIONS[4], (1,) * len(keys), (*head, numbers), head=3)
