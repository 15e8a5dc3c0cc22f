"""Finding the statutory tables among the grids of a document, and reading their cells whatever the labels became."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from gongkai.law.annual_report.figures import Value, read
from gongkai.law.annual_report.findings import Finding
from gongkai.law.annual_report.formats import (
    APPLICANT_COLUMNS,
    BLOCKS,
    RESULT_COLUMNS,
    ReportFormat,
    named,
    rows,
    table_two,
)
from gongkai.oversight.annual_report.reading.blocks import Cell, Grid, Row, once
from gongkai.oversight.annual_report.reading.likeness import alike, in_order, plain

_LEAST = 0.6
_MOST_LINES = 300  # rows of a grid that may be table three's: comparing each with every label takes its time
_PEOPLE = len(APPLICANT_COLUMNS)
_RESULTS = len(RESULT_COLUMNS)
_TABLE_FOUR_WIDTH = len(BLOCKS) * _RESULTS
_OLD_TABLE_TWO = ("上一年项目数量", "采购总金额", "本年新制作数量")


@dataclass
class Tables:
    """What was read: the format the tables themselves show (None: cannot be told), the cells, and reworded labels."""

    format: ReportFormat | None = None
    values: dict[str, Value] = field(default_factory=dict)
    reworded: list[Finding] = field(default_factory=list)

    def has(self, table: int) -> bool:
        """Whether any cell of the table was found."""
        return any(key.startswith(f"table{table}.") for key in self.values)


def find(grids: Iterable[Grid]) -> Tables:
    """The three tables, from whichever grids they stand in."""
    found = Tables()
    rest: list[Grid] = []
    for grid in grids:
        if _is_three(grid) and not found.has(3):
            _read_three(grid, found)
        elif _is_four(grid) and not found.has(4):
            _read_four(grid, found)
        else:
            rest.append(grid)
        if _mixed(grid):
            rest.append(grid)
    _read_two(rest, found)
    found.format = _format_of(rest, found)
    return found


def _is_three(grid: Grid) -> bool:
    text = plain(grid.text)
    return "本年新收政府信息公开申请" in text or ("予以公开" in text and "结转下年度" in text)


def _is_four(grid: Grid) -> bool:
    text = plain(grid.text)
    return "尚未审结" in text and ("结果维持" in text or "行政复议" in text)


def _mixed(grid: Grid) -> bool:
    """A grid that holds several tables: a spreadsheet's sheet."""
    text = plain(grid.text)
    return "本年新收政府信息公开申请" in text and ("尚未审结" in text or "行政许可" in text)


def _wanted_three() -> list[tuple[str, str]]:
    """Every row of table three there is: the present ones, with the single （六）其他处理 of the trial format before
    its three successors."""
    wanted: list[tuple[str, str]] = []
    for row in rows(ReportFormat.CURRENT_2021):
        if row.key == "other_overdue_correction":
            old = next(one for one in rows(ReportFormat.TRIAL_2019) if one.key == "other")
            wanted.append((old.key, old.label))
        wanted.append((row.key, row.label))
    return wanted


def _read_three(grid: Grid, found: Tables) -> None:
    first = _first_column(grid)
    lines = [line for line in (_three_line(row, first) for row in grid.rows) if line and not _is_heading(line[1])]
    if len(lines) > _MOST_LINES:
        lines = lines[:_MOST_LINES]
    wanted = _wanted_three()
    official = {row.key: named(row) for each in ReportFormat for row in rows(each)}
    for line, place in in_order([label for label, _ in lines], [label for _, label in wanted], least=_LEAST).items():
        key, label = wanted[place]
        for column, cell in zip(APPLICANT_COLUMNS, lines[line][1], strict=True):
            found.values[f"table3.{key}.{column.key}"] = read(cell.text)
        _note_wording(found, f"table3.{key}", lines[line][0], label, official[key])
    if _mixed(grid) and not found.has(4):
        _read_four(grid, found)


def _first_column(grid: Grid) -> int | None:
    """Where 自然人 stands, if 总计 stands six places on: in a grid whose merged cells fill all their places."""
    for row in grid.rows:
        words = [plain(cell.text) for cell in row]
        if "自然人" in words:
            first = words.index("自然人")
            if words[first + _PEOPLE - 1 : first + _PEOPLE] == ["总计"]:
                return first
    return None


def _three_line(row: Row, first: int | None) -> tuple[str, Sequence[Cell]] | None:
    """The label and the seven cells of a row: by their places, or else the last seven cells."""
    if first is not None and len(row) >= first + _PEOPLE:
        placed = row[first : first + _PEOPLE]
        if len(once(placed)) == _PEOPLE:
            label = _label(once(row[:first]))
            return (label, placed) if label else None
    cells = once(row)
    label = _label(cells[:-_PEOPLE]) if len(cells) > _PEOPLE else ""
    return (label, cells[-_PEOPLE:]) if label else None


def _label(cells: Sequence[Cell]) -> str:
    """The innermost label of a row: the last cell with words before the numbers."""
    return next((cell.text for cell in reversed(cells) if cell.text.strip()), "")


def _is_heading(cells: Sequence[Cell]) -> bool:
    """A row of column headings: words where numbers would stand."""
    return sum(bool(read(cell.text).remark and read(cell.text).number is None) for cell in cells) > 1


def _read_four(grid: Grid, found: Tables) -> None:
    for row in reversed(grid.rows):
        cells = once(row)
        if len(cells) < _TABLE_FOUR_WIDTH:
            continue
        values = [read(cell.text) for cell in cells[-_TABLE_FOUR_WIDTH:]]
        if any(value.number is not None for value in values) and not any(
            value.number is None and value.remark for value in values
        ):
            for number, block in enumerate(BLOCKS):
                own = values[number * _RESULTS : (number + 1) * _RESULTS]
                for column, value in zip(RESULT_COLUMNS, own, strict=True):
                    found.values[f"table4.{block.key}.{column.key}"] = value
            return


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A row of table two in one format."""

    format: ReportFormat
    section: str
    label: str
    columns: tuple[str, ...]


def _wanted_two(format: ReportFormat) -> list[_Wanted]:
    return [
        _Wanted(format, section.key, row, tuple(column.key for column in section.columns))
        for section in table_two(format)
        for row in section.rows
    ]


def _read_two(grids: Sequence[Grid], found: Tables) -> None:
    format = _format_of(grids, found) or ReportFormat.CURRENT_2021
    wanted = _wanted_two(format)
    for cells in _data_rows(grids):
        best = max(wanted, key=lambda one: _as_row(cells[0].text, one.label))
        values = [read(cell.text) for cell in cells[1 : 1 + len(best.columns)]]
        worded = any(value.number is None and value.remark for value in values)
        if _as_row(cells[0].text, best.label) < _LEAST or len(values) < len(best.columns) or worded:
            continue
        place = f"table2.{best.section}.{best.label}"
        for column, value in zip(best.columns, values, strict=True):
            found.values.setdefault(f"{place}.{column}", value)
        _note_wording(found, place, cells[0].text, best.label, best.label)


def _as_row(text: str, label: str) -> float:
    """规章 must not be taken for part of a longer label."""
    return 1.0 if plain(text) == plain(label) else alike(text, label) * 0.99


def _data_rows(grids: Sequence[Grid]) -> Iterator[list[Cell]]:
    for grid in grids:
        for row in grid.rows:
            cells = once(row)
            while cells and not cells[0].text.strip():
                cells = cells[1:]
            if len(cells) > 1 and "信息内容" not in plain(cells[0].text):
                yield cells


def _format_of(grids: Sequence[Grid], found: Tables) -> ReportFormat | None:
    """By the form of the tables themselves: real reports use last year's tables in a new year."""
    text = plain("".join(grid.text for grid in grids))
    if any(words in text for words in _OLD_TABLE_TWO):
        return ReportFormat.TRIAL_2019
    if "本年制发件数" in text or "本年收费金额" in text or any("other_overdue" in key for key in found.values):
        return ReportFormat.CURRENT_2021
    if any(key.startswith("table3.other.") for key in found.values):
        return ReportFormat.TRIAL_2019
    return None


def _note_wording(found: Tables, place: str, written: str, label: str, full: str) -> None:
    if plain(written) != plain(label):
        found.reworded.append(
            Finding("F-5", place, f"“{full}”写成了“{written}”。", written, label, "请使用格式规定的名称。")
        )
