"""From a workbook to the rows of a full list: what each row gives, and what is wrong with it, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gongkai.agencies.bodies import Agency
from gongkai.catalog.documents import Topic
from gongkai.catalog.full_list import cells
from gongkai.catalog.full_list.headings import LABELS, Heading, Place, find
from gongkai.texts import spreadsheets
from gongkai.texts.reading import UnreadableFile

MAX_BYTES = 10 * 1024 * 1024
# The longest published list of one agency has some 400 matters.
MAX_ROWS = 3_000
_TEXTS = ("first", "second", "content", "basis", "limit_text", "body")
_LONGEST = {"first": 100, "second": 150, "content": 3000, "basis": 3000, "limit_text": 200, "body": 200}


@dataclass
class ReadRow:
    """One row: its number in Excel, the facts it gives (ids for things of the agency), what is wrong by field."""

    number: int
    given: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)

    def stored(self) -> dict[str, Any]:
        """JSON for the database."""
        return {"number": self.number, "given": self.given, "problems": self.problems}


@dataclass(frozen=True)
class ReadList:
    """A list that was read: rows, the fields it has columns for, headings nobody knows, rows passed over and why."""

    rows: Sequence[ReadRow]
    columns: Sequence[str]
    unknown_columns: Sequence[str]
    passed_over: Sequence[str]


@dataclass(frozen=True)
class Known:
    """What names in a list may refer to, of one agency: id or slug by every way of naming it."""

    departments: Mapping[str, int]
    topics: Mapping[str, str]
    columns: Mapping[str, int]

    @classmethod
    def of(cls, agency: Agency) -> "Known":
        """Three queries."""
        topics = list(Topic.objects.filter(agency=agency))
        columns = list(agency.columns.all())
        return cls(
            {one.name: one.pk for one in agency.departments.all()},
            {one.name: one.slug for one in topics} | {one.slug: one.slug for one in topics},
            # Names repeat in a tree: the one nearest to the top is meant, keys are unique.
            {one.name: one.pk for one in reversed(columns)} | {one.key: one.pk for one in columns},
        )


def read(data: bytes, agency: Agency) -> ReadList:
    """The list in a workbook. Raises UnreadableFile in Chinese for what is none."""
    if len(data) > MAX_BYTES:
        raise UnreadableFile(
            f"文件超过 {MAX_BYTES // 1024 // 1024} MB，不像一份清单。请只保留清单所在的工作表后再上传。"
        )
    rows = spreadsheets.read_rows(data, fill_merged=True)
    heading = find([one.cells for one in rows])
    if heading is None:
        raise UnreadableFile(
            f"没有找到表头。表头须至少有三列写作“{'”、“'.join(list(LABELS.values())[1:6])}”等名称；"
            "可以先导出一份现有清单，照它的表头整理。"
        )
    if "content" not in {one.field for one in heading.places.values()}:
        raise UnreadableFile("表头里没有“公开内容”一列。请补上这一列，或者把它的名称改为“公开内容（要素）”。")
    return _read(rows, heading, Known.of(agency))


def _read(rows: Sequence[spreadsheets.Row], heading: Heading, known: Known) -> ReadList:
    found: list[ReadRow] = []
    passed: list[str] = []
    above: dict[str, str] = {}
    data = rows[heading.data_from :]
    if len(data) > MAX_ROWS:
        raise UnreadableFile(f"清单有 {len(data)} 行，超过 {MAX_ROWS} 行的上限。请确认选对了文件。")
    for row in data:
        if row.hidden:
            passed.append(f"第{row.number}行是隐藏的行，没有读取。需要导入的，请取消隐藏后重新上传。")
        elif _is_note(row.cells, heading):
            passed.append(f"第{row.number}行“{next(filter(None, row.cells))[:30]}”不是事项，没有读取。")
        else:
            found.append(_row(row, heading, known, above))
    if not found:
        raise UnreadableFile("表头下面没有事项。请确认清单在第一个可见的工作表里。")
    columns = [one for one in LABELS if one in {place.field for place in heading.places.values()}]
    return ReadList(found, columns, list(heading.unknown), passed)


def _is_note(texts: Sequence[str], heading: Heading) -> bool:
    """A title within the list, or a note below it: one text over the whole width, or nothing but the first cell."""
    filled = {number: text for number, text in enumerate(texts) if text}
    if len(texts) > 2 and len(filled) == len(texts) and len(set(filled.values())) == 1:
        return True
    told = [number for number in filled if heading.places.get(number, Place("number")).field != "number"]
    return not told


def _row(row: spreadsheets.Row, heading: Heading, known: Known, above: dict[str, str]) -> ReadRow:
    one = ReadRow(row.number)
    texts: dict[str, str] = {}
    ticked: dict[str, list[tuple[str, str]]] = {}
    for at, place in heading.places.items():
        text = cells.tidy(row.cells[at]) if at < len(row.cells) else ""
        if place.value:
            ticked.setdefault(place.field, []).append((place.value, text))
        else:
            texts[place.field] = text
    _carry_down(texts, above)
    for name in _TEXTS:
        if name in texts:
            one.given[name] = texts[name]
            if len(texts[name]) > _LONGEST[name]:
                one.problems[name] = f"{LABELS[name]}有 {len(texts[name])} 个字，最多 {_LONGEST[name]} 个，请精简。"
    if (number := cells.number(texts.get("number", ""))) is not None:
        one.given["number"] = number
    _choices(one, texts)
    _ticks(one, ticked)
    _ties(one, texts, known)
    return one


def _carry_down(texts: dict[str, str], above: dict[str, str]) -> None:
    """A first level written once for several rows counts for all of them, the second only together with it."""
    if not texts.get("first"):
        texts["first"] = above.get("first", "")
        if not texts.get("second") and "second" in texts:
            texts["second"] = above.get("second", "")
    above |= {name: texts.get(name, "") for name in ("first", "second")}


def _choices(one: ReadRow, texts: Mapping[str, str]) -> None:
    if "channels" in texts:
        one.given["channels"], one.given["channel_note"] = cells.channels(texts["channels"])
    if "audience" in texts:
        one.given["audience"], one.given["audience_note"] = cells.audience(texts["audience"])
    if "tiers" in texts:
        one.given["tiers"] = cells.tiers(texts["tiers"])
    if "way" in texts:
        _take(one, "way", texts["way"], cells.way(texts["way"]), "请写“主动公开”或者“依申请公开”。")
    for name, reader, advice in (
        ("item", cells.item, "请写条例第二十条的项，如“（一）”或者“财政预算决算”。"),
        ("duty", cells.duty, "请写更新要求的名称，如“按季度更新”“按年更新”“固定内容”。"),
    ):
        if name in texts:
            _take(one, name, texts[name], reader(texts[name]) if texts[name] else "", advice)


def _take(one: ReadRow, name: str, text: str, value: str | None, advice: str) -> None:
    if value is None:
        one.problems[name] = f"看不懂{LABELS[name]}“{text[:40]}”。{advice}"
    else:
        one.given[name] = value


def _ticks(one: ReadRow, ticked: Mapping[str, Iterable[tuple[str, str]]]) -> None:
    """Columns in which a tick stands; words in one of them (特定群体: 采暖用户) say more about it."""
    for name, columns in ticked.items():
        chosen = [(value, "" if cells.is_tick(text) else text) for value, text in columns if text and _says_yes(text)]
        if name == "tiers":
            one.given[name] = [value for value, _ in chosen]
        elif chosen:
            # Both ticked: the wider one is what the public may expect.
            one.given[name] = chosen[0][0]
            if name == "audience":
                one.given["audience_note"] = chosen[0][1] if chosen[0][0] == "specific" else ""


def _says_yes(text: str) -> bool:
    return cells.is_tick(text) or (text[0] not in "□☐○◇×✗✕" and text not in {"否", "无", "/", "-", "—", "0"})


def _ties(one: ReadRow, texts: Mapping[str, str], known: Known) -> None:
    """Types, topics, column and department by the names the agency gave them."""
    if "types" in texts:
        one.given["types"], strange = cells.types(texts["types"])
        _strange(one, "types", strange, "没有这些文件类型")
    if "topics" in texts:
        named = cells.pieces(texts["topics"])
        one.given["topics"] = [known.topics[name] for name in named if name in known.topics]
        _strange(one, "topics", [name for name in named if name not in known.topics], "本机关没有这些专题")
    for name, ids, told in (
        ("column", known.columns, "本机关没有这个栏目"),
        ("department", known.departments, "本机关没有这个处室"),
    ):
        if name in texts:
            one.given[name] = ids.get(texts[name])
            _strange(one, name, [texts[name]] if texts[name] and texts[name] not in ids else [], told)


def _strange(one: ReadRow, name: str, strange: Sequence[str], told: str) -> None:
    if strange:
        one.problems[name] = f"{told}：{'、'.join(strange)[:80]}。请改为已有的名称，或者留空。"
