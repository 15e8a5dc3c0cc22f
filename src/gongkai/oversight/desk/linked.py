"""The statutory tables on the desk: each number a link to the records behind it, each with what was found about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gongkai.law.annual_report.figures import Figures
from gongkai.oversight.annual_report.rendering import layout, marking
from gongkai.oversight.annual_report.rendering.layout import Table
from gongkai.oversight.annual_report.rendering.marking import Shown as Cell
from gongkai.oversight.annual_report.standing import Shown


@dataclass(frozen=True)
class Linked:
    """A cell with the address its number leads to ("": nowhere)."""

    cell: Cell
    href: str = ""


@dataclass(frozen=True)
class LinkedTable:
    """A table, its head and its body."""

    table: Table
    head: Sequence[Sequence[Linked]]
    body: Sequence[Sequence[Linked]]


def tables(figures: Figures, findings: Sequence[Shown], address: Callable[[str], str] | None) -> list[LinkedTable]:
    """Tables two to four; ``address`` gives where a cell's number leads, None: nowhere."""
    marks = marking.marks([one.finding for one in findings])
    made = []
    for table in layout.tables(figures, absent=True):
        lines = [[_linked(cell, address) for cell in line] for line in marking.shown(table, marks)]
        made.append(LinkedTable(table, lines[: table.head], lines[table.head :]))
    return made


def _linked(cell: Cell, address: Callable[[str], str] | None) -> Linked:
    if address is None or not cell.is_number or not cell.place.text:
        return Linked(cell)
    return Linked(cell, address(cell.place.key))
