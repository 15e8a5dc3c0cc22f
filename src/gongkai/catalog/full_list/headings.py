"""Finding the columns of a full list as offices really write them: titles above, two rows of merged headings."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

HEAD_SEARCH_ROWS = 12  # a list begins with its own title and notes; the row of headings comes soon after
_FEWEST_COLUMNS = 3  # fewer known headings in a row are a coincidence

LABELS: dict[str, str] = {
    "number": "序号",
    "first": "一级事项",
    "second": "二级事项",
    "content": "公开内容（要素）",
    "basis": "公开依据",
    "limit_text": "公开时限",
    "body": "公开主体",
    "channels": "公开渠道和载体",
    "audience": "公开对象",
    "way": "公开方式",
    "tiers": "公开层级",
    "item": "法定主动公开内容",
    "department": "责任处室",
    "duty": "更新要求",
    "types": "关联文件类型",
    "topics": "关联专题",
    "column": "关联栏目",
}
"""The headings of an exported list, in order; the first spelling by which each column is found."""

_SPELLINGS: dict[str, tuple[str, ...]] = {
    "number": ("编号", "事项编号", "事项序号", "序列号", "No."),
    "first": (
        "公开事项一级", "公开事项一级事项", "一级公开事项", "一级目录", "一级分类", "一级", "公开类别", "事项类别",
        "公开领域",
    ),
    "second": (
        "公开事项二级", "公开事项二级事项", "二级公开事项", "二级目录", "二级分类", "二级", "公开事项名称", "事项名称",
        "事项",
    ),
    "content": (
        "公开内容要素", "内容要素", "公开要素", "内容标准", "公开内容标准", "公开内容及要素", "公开内容和要素", "内容",
    ),
    "basis": ("法律依据", "政策依据", "法定依据", "依据", "公开依据及文号", "法律法规依据"),
    "limit_text": ("时限", "公开期限", "公开时间", "公开时限要求", "时限要求"),
    "body": ("责任主体", "公开责任主体", "责任单位", "公开单位", "公开责任单位", "公开机构", "主体"),
    "channels": ("公开渠道", "公开载体", "公开渠道及载体", "公开渠道载体", "渠道和载体", "渠道", "载体", "公开途径"),
    "audience": ("对象", "公开范围", "公开对象范围"),
    "way": ("方式", "公开属性"),
    "tiers": ("层级", "公开级别"),
    "item": ("条例第二十条", "对应条例条款", "条例条款", "法定公开内容", "条例第二十条项"),
    "department": ("责任部门", "责任科室", "承办处室", "主管处室", "公开部门", "公开处室", "责任内设机构"),
    "duty": ("更新频率", "更新周期", "公开频率", "公开频次"),
    "types": ("关联类型", "文件类型"),
    "topics": ("专题",),
    "column": ("公开栏目", "所属栏目", "栏目", "对应栏目"),
}  # fmt: skip

TICKS: dict[str, dict[str, tuple[str, ...]]] = {
    "audience": {
        "everybody": ("全社会", "社会公众", "社会"),
        "specific": ("特定群体", "特定群众", "特定人群", "特定对象"),
    },
    "way": {"proactive": ("主动", "主动公开"), "on_application": ("依申请", "依申请公开")},
    "tiers": {
        "city": ("市级", "市", "市本级", "地市级"),
        "county": ("县级", "区级", "区县级", "县区级", "区", "县", "县市区级"),
        "township": ("乡级", "镇级", "乡镇级", "街道级", "乡镇街道级", "乡镇、街道级", "乡", "乡镇"),
        "village": ("村级", "社区级", "村社区级", "村居", "村"),
    },
}
"""Columns under a common heading in which a tick stands: the value each of them means."""


def folded(name: str) -> str:
    """A heading without what differs from list to list: case, width, blanks, marks, notes in brackets."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"\(.*?\)|【.*?】|\[.*?\]|[\s:*＊·_\-/、.]", "", plain)


_KEYS = {folded(one): key for key, label in LABELS.items() for one in (label, *_SPELLINGS[key])}
_TICKS = {
    (field, folded(one)): value
    for field, values in TICKS.items()
    for value, spellings in values.items()
    for one in spellings
}
_BELOW = {folded(one) for values in TICKS.values() for spellings in values.values() for one in spellings} | {
    folded(one) for key in ("first", "second") for one in (LABELS[key], *_SPELLINGS[key])
}
_MATTER = folded("公开事项")


@dataclass(frozen=True)
class Place:
    """What a column holds: a field, and for a column of ticks the value a tick means."""

    field: str
    value: str = ""


@dataclass(frozen=True)
class Heading:
    """Where the headings stand: the columns that are known by their place, the names of the others, and how many rows
    from the top the data begins."""

    places: Mapping[int, Place]
    unknown: Sequence[str]
    data_from: int


def find(rows: Sequence[Sequence[str]]) -> Heading | None:
    """The headings among the first rows; None when no row looks like them."""
    best: Heading | None = None
    for at, row in enumerate(rows[:HEAD_SEARCH_ROWS]):
        below = rows[at + 1] if at + 1 < len(rows) and _is_second_row(rows[at + 1], row) else None
        found = _heading(row, below, at)
        if len({one.field for one in found.places.values()}) < _FEWEST_COLUMNS:
            continue
        if best is None or len(found.places) > len(best.places):
            best = found
    return best


def _is_second_row(row: Sequence[str], above: Sequence[str]) -> bool:
    """A row that only divides the headings above it: 一级事项, 全社会, 主动, 县级; blanks, or the same word again where
    cells are merged downwards."""
    divides = 0
    for name, over in zip(row, above, strict=False):
        if not name or folded(name) == folded(over):
            continue
        if folded(name) not in _BELOW:
            return False
        divides += 1
    return divides > 0


def _heading(row: Sequence[str], below: Sequence[str] | None, at: int) -> Heading:
    places: dict[int, Place] = {}
    unknown: list[str] = []
    over = ""
    for number, name in enumerate(row):
        under = below[number] if below else ""
        # A heading merged over several columns stands in the first of them; the others are blank.
        over = name or (over if under else "")
        place = _place(over, under)
        if place is None:
            unknown += [name] if name else []
        elif place not in places.values():
            places[number] = place
    _name_single_matter(row, places)
    return Heading(places, [one for one in unknown if folded(one) != _MATTER], at + (2 if below else 1))


def _place(over: str, under: str) -> Place | None:
    upper, lower = folded(over), folded(under)
    if lower and lower != upper:
        field = _KEYS.get(upper, "")
        if (field, lower) in _TICKS:
            return Place(field, _TICKS[field, lower])
        key = _KEYS.get(upper + lower) or _KEYS.get(lower)
        if key:
            return Place(key)
    key = _KEYS.get(upper)
    return Place(key) if key else None


def _name_single_matter(row: Sequence[str], places: dict[int, Place]) -> None:
    """公开事项 alone, in one column: it is the first level, or the second where there is a first."""
    taken = {one.field for one in places.values()}
    alone = [number for number, name in enumerate(row) if folded(name) == _MATTER and number not in places]
    wanted = next((one for one in ("first", "second") if one not in taken), None)
    if alone and wanted:
        places[alone[0]] = Place(wanted)
