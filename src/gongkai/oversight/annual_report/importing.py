"""Monthly figures out of a workbook: a line a month (or a source), a column a source (or a month), as departments keep
them. What cannot be read is said with its cell; nothing is guessed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from gongkai.oversight.actions.registers import Entered
from gongkai.oversight.annual_report.sources import SOURCES
from gongkai.texts import spreadsheets
from gongkai.texts.reading import UnreadableFile

_MONTHS = {f"{month}月": month for month in range(1, 13)}
_BY_LABEL = {one.label: one.key for one in SOURCES.values()}


@dataclass
class ReadFigures:
    """What a workbook says: figures, and sentences on what could not be read."""

    figures: list[Entered] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def read(data: bytes, year: int) -> ReadFigures:
    """The figures of a year in a workbook. Raises UnreadableFile where neither months nor sources head a table."""
    rows = [(row.number, [_plain(cell) for cell in row.cells]) for row in spreadsheets.read_rows(data)]
    head = next((place for place, (_, row) in enumerate(rows) if _heads(row)), None)
    if head is None:
        raise UnreadableFile(
            "没有找到表头：第一列写月份、表头写数据名称（如“行政处罚处理决定”），或者第一列写数据名称、表头写月份。"
        )
    found, (_, heading) = ReadFigures(), rows[head]
    for number, row in rows[head + 1 :]:
        for text, above in zip(row[1:], heading[1:], strict=False):
            if text:
                _take(found, row[0], above, text, number, year)
    return found


def _take(found: ReadFigures, left: str, above: str, text: str, line: int, year: int) -> None:
    month = _MONTHS.get(left) or _MONTHS.get(above)
    source = _BY_LABEL.get(above) or _BY_LABEL.get(left)
    if month is None or source is None:
        if month is not None or source is not None:
            found.refused.append(f"第{line}行“{left}”、“{above}”列：不知道是哪个月、哪项数据。")
        return
    try:
        found.figures.append(Entered(source, year, month, Decimal(text.replace(",", ""))))
    except InvalidOperation:
        found.refused.append(f"第{line}行“{left}”、“{above}”列：“{text}”不是数字。")


def _heads(row: Sequence[str]) -> bool:
    return sum(text in _MONTHS or text in _BY_LABEL for text in row[1:]) > 0


def _plain(cell: str) -> str:
    return cell.replace("，", ",").split("（")[0].strip()
