"""What every kind of file is turned into: paragraphs and grids in reading order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from gongkai.texts.reading import UnreadableFile


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a grid. ``mark`` is the same for all places that one merged cell covers, and for no other cell."""

    text: str
    mark: int


Row = Sequence[Cell]
MOST_PLACES = 200_000
"""Places of a table, merged ones counted as often as they reach; table three has some 280."""
_WIDE = 8  # one label and the seven columns of table three


@dataclass(frozen=True)
class Grid:
    """A table as it stands; merged cells appear in every place they cover."""

    rows: Sequence[Row]

    @property
    def text(self) -> str:
        """All words of it, each cell once."""
        return "".join(cell.text for row in self.rows for cell in once(row))

    def written(self, change: Callable[[str], str]) -> Grid:
        """The same with every text changed."""
        return Grid([[Cell(change(cell.text), cell.mark) for cell in row] for row in self.rows])


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, a heading, a line."""

    text: str

    def written(self, change: Callable[[str], str]) -> Paragraph:
        """The same with its text changed."""
        return Paragraph(change(self.text))


Block = Paragraph | Grid


def once(row: Row) -> list[Cell]:
    """The cells of a row from left to right, a merged one only once."""
    seen: set[int] = set()
    return [cell for cell in row if not (cell.mark in seen or seen.add(cell.mark))]  # type: ignore[func-returns-value]


def spread(rows: Iterable[Iterable[tuple[str, int, int]]]) -> Grid:
    """A grid of cells given as HTML gives them: text, columns spanned, rows spanned."""
    places: dict[tuple[int, int], Cell] = {}
    mark = 0
    for number, row in enumerate(rows):
        column = 0
        for text, wide, high in row:
            while (number, column) in places:
                column += 1
            mark += 1
            for down in range(high):
                for across in range(wide):
                    places.setdefault((number + down, column + across), Cell(text, mark))
            column += wide
            if len(places) > MOST_PLACES:
                raise UnreadableFile("网页中有一张表格太大，不像年度报告。请只粘贴年度报告的正文。")
    lines: list[list[Cell]] = [[] for _ in range(1 + max((line for line, _ in places), default=-1))]
    for line, column in sorted(places):
        lines[line].append(places[line, column])
    return Grid(lines)


def joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """Grids that a page break cut in two, put together again: nothing but page numbers stands between them."""
    waiting: Grid | None = None
    for block in blocks:
        if isinstance(block, Grid):
            if waiting is not None and (_width(waiting) == _width(block) or _both_wide(waiting, block)):
                waiting = Grid([*waiting.rows, *block.rows])
                continue
            if waiting is not None:
                yield waiting
            waiting = block
        elif not is_page_number(block.text):
            if waiting is not None:
                yield waiting
                waiting = None
            yield block
    if waiting is not None:
        yield waiting


def framed(grid: Grid) -> Iterator[Block]:
    """Words in a frame are no table: rows of one cell are paragraphs, what stands between them are grids."""
    rows: list[Row] = []
    for row in grid.rows:
        if len(once(row)) > 1:
            rows.append(row)
            continue
        if rows:
            yield Grid(rows)
            rows = []
        yield from (Paragraph(cell.text) for cell in once(row) if cell.text.strip())
    if rows:
        yield Grid(rows)


def _both_wide(one: Grid, other: Grid) -> bool:
    """The two halves of table three seldom have the same merged columns."""
    return min(_width(one), _width(other)) >= _WIDE


def _width(grid: Grid) -> int:
    return max((len(row) for row in grid.rows), default=0)


def is_page_number(text: str) -> bool:
    """— 3 —, 第3页, 3."""
    plain = "".join(text.split()).strip("-—–－·第页")
    return plain.isdigit() and len(plain) < 4
