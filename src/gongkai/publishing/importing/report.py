"""The report of an import: a table for people, JSON for programs."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from gongkai.publishing.importing.outcomes import Outcome
from gongkai.publishing.importing.run import Result
from gongkai.publishing.importing.sources import Source
from gongkai.publishing.imports import ImportStatus

_WIDTHS = (8, 44, 26, 10, 10, 14)
_COLUMNS = ("结果", "标题", "发文字号", "成文日期", "发布日期", "类型")


def as_json(source: Source, result: Result, *, trial: bool) -> str:
    """Everything about every item, in the order of the source."""
    whole: dict[str, Any] = {
        "source": source.label,
        "run": result.run.pk if result.run else None,
        "trial": trial,
        "finished": not result.left,
        "left": result.left,
        "resumed": result.resumed,
        "counts": {status.value: result.count(status) for status in ImportStatus},
        "notes": source.notes,
        "unreferenced_files": source.unreferenced,
        "items": [one.as_dict() for one in result.outcomes],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def as_lines(source: Source, result: Result, *, trial: bool) -> Iterator[str]:
    """The table: counts, then a line for each item with what is to be done about it."""
    yield ""
    yield "试导入（没有写入任何内容）" if trial else "导入结果"
    counts = "，".join(f"{status.label} {result.count(status)} 件" for status in ImportStatus)
    yield f"  {counts}"
    if result.resumed:
        yield f"  其中 {result.resumed} 件在上次中断前已经处理"
    released = sum(one.released for one in result.outcomes)
    if released:
        yield f"  {'可以' if trial else '已'}照原发布日期公开 {released} 件"
    if result.left:
        yield f"  还有 {result.left} 件没有处理，再次运行同一命令即可继续"
    yield from (f"  {note}" for note in source.notes)
    yield ""
    yield _line(_COLUMNS)
    yield "-" * (sum(_WIDTHS) + 2 * len(_WIDTHS))
    for one in result.outcomes:
        yield from _item(one)
    left_over = source.unreferenced
    if left_over:
        yield ""
        yield f"没有被任何文件引用、因而没有带入的文件（{len(left_over)} 个）："
        yield from (f"  {name}" for name in left_over[:50])
        if len(left_over) > 50:
            yield f"  ……其余 {len(left_over) - 50} 个见 --json 报告"


def _item(one: Outcome) -> Iterator[str]:
    shown = (
        one.status_label,
        one.title or one.path,
        one.text("document_number"),
        one.text("date_of_issue"),
        one.text("published_on")[:10],
        one.type_label,
    )
    yield _line(shown)
    for label, told in _details(one):
        yield f"          {label}：{told}"


def _details(one: Outcome) -> Iterator[tuple[str, str]]:
    if one.status != ImportStatus.TAKEN or one.reason or one.notes:
        yield "来源", one.path
    if one.reason:
        yield ("待核对" if one.status == ImportStatus.TAKEN else "原因"), one.reason
    if one.status == ImportStatus.HELD and one.index_number:
        yield "办法", f"在工作台打开 {one.index_number}，按上述原因改好后送审，或由公开经办人再次“导入存量”"
    for note in one.notes:
        yield "说明", note


def _line(cells: Iterable[str]) -> str:
    return "  ".join(_fit(cell, width) for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip()


def _fit(text: str, width: int) -> str:
    """Cut and padded to a width in columns of a terminal, where a Han character takes two."""
    whole = " ".join(text.split())
    if _columns(whole) > width:
        while _columns(whole) > width - 1:
            whole = whole[:-1]
        whole += "…"
    return whole + " " * (width - _columns(whole))


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)
