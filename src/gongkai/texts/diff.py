"""Two editions side by side, for officials and citizens to read: values, no markup.

Texts without articles are compared line by line (paragraph, list item, table row). With the lists of provisions of both
editions, articles are compared with what became of them, wherever they stand now.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from gongkai.texts import lines as reading
from gongkai.texts.alignment import Unit, align, in_order
from gongkai.texts.dates import BEIJING, official
from gongkai.texts.lines import Line, LineKind, comparable
from gongkai.texts.segments import MarkKind, Segment, Side, compare_text, whole
from gongkai.texts.structure import Level, Place, locate


class RowKind(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the comparison. old is empty when added, new when removed; moved rows stand at their new place.

    provision: id of the article the line belongs to, when provisions were given. renumbered: nothing changed but the
    number of the article. block: what the line is.
    """

    kind: RowKind
    old: Side
    new: Side
    block: LineKind
    provision: str = ""
    renumbered: bool = False

    @property
    def old_text(self) -> str:
        return "".join(segment.text for segment in self.old)

    @property
    def new_text(self) -> str:
        return "".join(segment.text for segment in self.new)


@dataclass(frozen=True, slots=True)
class Summary:
    """counts: rows of each kind; articles: labels of the articles of each kind (changed, added, removed, moved).

    sentence: the Chinese summary.
    """

    counts: Mapping[RowKind, int]
    articles: Mapping[RowKind, tuple[str, ...]]
    sentence: str


@dataclass(frozen=True, slots=True)
class Comparison:
    rows: tuple[Row, ...]
    summary: Summary

    @property
    def is_same(self) -> bool:
        """Whether a reader sees no difference (formatting does not count)."""
        return all(row.kind is RowKind.SAME for row in self.rows)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One header field that differs; old and new as segments, empty for a field without a value."""

    name: str
    label: str
    old: Side
    new: Side


Entries = Sequence[Mapping[str, Any]]


def compare(
    old_html: str, new_html: str, old_provisions: Entries | None = None, new_provisions: Entries | None = None
) -> Comparison:
    """Compare two editions in clean HTML.

    old_provisions, new_provisions: the lists `provisions.identify` gave for exactly these editions; both or none.
    Raises ValueError when a list does not belong to its text.
    """
    old, new = _Edition(old_html, old_provisions), _Edition(new_html, new_provisions)
    if not (old.blocks and new.blocks):
        rows = list(_compare_lines(old.lines, new.lines))
        return Comparison(tuple(rows), _summary(rows, {}))
    rows, articles = _compare_blocks(old, new)
    return Comparison(tuple(rows), _summary(rows, articles))


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines of one article or chapter heading, or (id empty) of what stands between."""

    id: str
    level: Level | None
    label: str
    lines: Sequence[Line]

    @property
    def is_article(self) -> bool:
        return self.level is Level.ARTICLE


class _Edition:
    def __init__(self, html: str, provisions: Entries | None) -> None:
        self.lines = reading.read(reading.fragment(html))
        active = [entry for entry in provisions or () if not entry["retired"]]
        self.blocks = list(_blocks(self.lines, locate(self.lines), active)) if active else []


def _blocks(lines: Sequence[Line], places: Sequence[Place], entries: Entries) -> Iterator[_Block]:
    if [place.label for place in places] != [entry["number_label"] for entry in entries]:
        raise ValueError("条款清单与正文不一致，请用本版正文重新识别条款")
    at = 0
    for place, entry in zip(places, entries, strict=True):
        if at < place.start:
            yield _Block("", None, "", lines[at : place.start])
        yield _Block(entry["id"], place.level, place.label, lines[place.start : place.end])
        at = place.end
    if at < len(lines):
        yield _Block("", None, "", lines[at:])


def _merge(old: int, new: int, kept: Mapping[int, int]) -> Iterator[tuple[int | None, int | None]]:
    """Indices of both sides in one order: kept pairs together, before them what only the old side has, then the new."""
    old_at = new_at = 0
    for j, i in [*sorted(kept.items()), (new, old)]:
        yield from ((index, None) for index in range(old_at, i))
        yield from ((None, index) for index in range(new_at, j))
        if j < new:
            yield i, j
        old_at, new_at = i + 1, j + 1


def _compare_lines(old: Sequence[Line], new: Sequence[Line], article: _Block | None = None) -> Iterator[Row]:
    """Rows for two runs of lines; the first lines of an article are always compared with each other."""

    def units(lines: Sequence[Line]) -> list[Unit]:
        head = "head" if article else None
        return [Unit(comparable(line.text), head if index == 0 else None) for index, line in enumerate(lines)]

    provision = article.id if article else ""
    alignment = align(units(old), units(new), trust_keys=article is not None)
    moved_away = set(alignment.moved.values())
    for i, j in _merge(len(old), len(new), alignment.kept):
        if i is not None and j is not None:
            yield _pair(old[i], new[j], provision)
        elif j is not None and j in alignment.moved:
            yield replace(_pair(old[alignment.moved[j]], new[j], provision), kind=RowKind.MOVED)
        elif j is not None:
            yield Row(RowKind.ADDED, (), whole(new[j].text, MarkKind.INSERTED), new[j].kind, provision)
        elif i is not None and i not in moved_away:
            yield Row(RowKind.REMOVED, whole(old[i].text, MarkKind.DELETED), (), old[i].kind, provision)


def _pair(old: Line, new: Line, provision: str) -> Row:
    if comparable(old.text) == comparable(new.text):
        same = MarkKind.SAME
        return Row(RowKind.SAME, whole(old.text, same), whole(new.text, same), new.kind, provision)
    if old.cells and len(old.cells) == len(new.cells):
        before, after = _compare_cells(old.cells, new.cells)
    else:
        before, after = compare_text(old.text, new.text)
    return Row(RowKind.CHANGED, before, after, new.kind, provision)


def _compare_cells(old: Sequence[str], new: Sequence[str]) -> tuple[Side, Side]:
    before: list[Segment] = []
    after: list[Segment] = []
    for index, (old_cell, new_cell) in enumerate(zip(old, new, strict=True)):
        between = whole("｜" if index else "", MarkKind.SAME)
        left, right = compare_text(old_cell, new_cell)
        before += [*between, *left]
        after += [*between, *right]
    return tuple(before), tuple(after)


def _compare_blocks(old: _Edition, new: _Edition) -> tuple[list[Row], dict[RowKind, list[str]]]:
    """Rows in the order of the new edition, and the labels of the articles by what happened to them."""
    kept, moved = _pair_blocks(old.blocks, new.blocks)
    moved_away = set(moved.values())
    rows: list[Row] = []
    articles: dict[RowKind, list[str]] = {kind: [] for kind in RowKind}
    for i, j in _merge(len(old.blocks), len(new.blocks), kept):
        source = i if j is None else moved.get(j, i)
        if j is None and i in moved_away:
            continue
        before = old.blocks[source] if source is not None else None
        after = new.blocks[j] if j is not None else None
        kind, block_rows = _compare_block(before, after, is_moved=j in moved)
        rows += block_rows
        if (after or before or _NO_BLOCK).is_article:
            articles[kind].append(_label(before, after))
    return rows, articles


_NO_BLOCK = _Block("", None, "", ())


def _pair_blocks(old: Sequence[_Block], new: Sequence[_Block]) -> tuple[dict[int, int], dict[int, int]]:
    """new → old: articles and chapters by id, what stands between them by likeness; kept in order, and moved."""
    where = {block.id: i for i, block in enumerate(old) if block.id}
    pairs = {j: where[block.id] for j, block in enumerate(new) if block.id in where}
    kept = in_order(pairs)
    moved = {j: i for j, i in pairs.items() if j not in kept}
    old_free = [i for i, block in enumerate(old) if not block.id]
    new_free = [j for j, block in enumerate(new) if not block.id]
    free = align(_free_units(old), _free_units(new), trust_keys=True)
    with_free = in_order(kept | {new_free[j]: old_free[i] for j, i in free.kept.items()})
    # An article out of order moves; a heading or signature that cannot be kept in order is removed and added.
    moved |= {j: i for j, i in kept.items() if j not in with_free}
    return with_free, moved


def _free_units(blocks: Sequence[_Block]) -> list[Unit]:
    """The title before the first article stays the title whatever it says; so does the signature after the last."""
    units = []
    above = ""
    for index, block in enumerate(blocks):
        if not block.id:
            key = "end" if index == len(blocks) - 1 else above or "start"
            units.append(Unit(comparable("".join(line.text for line in block.lines)), key))
        above = block.id
    return units


def _compare_block(before: _Block | None, after: _Block | None, *, is_moved: bool) -> tuple[RowKind, list[Row]]:
    article = after or before
    rows = list(
        _compare_lines(
            before.lines if before else (), after.lines if after else (), article if article and article.id else None
        )
    )
    if before is None or after is None:
        return (RowKind.ADDED if before is None else RowKind.REMOVED), rows
    if before.label != after.label and _only_number_differs(before, after):
        rows = [replace(rows[0], renumbered=True), *rows[1:]]
    if is_moved:
        rows = [replace(row, kind=RowKind.MOVED) if row.old and row.new else row for row in rows]
        return RowKind.MOVED, rows
    changed = any(row.kind is not RowKind.SAME and not row.renumbered for row in rows)
    return (RowKind.CHANGED if changed else RowKind.SAME), rows


def _only_number_differs(before: _Block, after: _Block) -> bool:
    old, new = comparable(before.lines[0].text), comparable(after.lines[0].text)
    return old.removeprefix(comparable(before.label)) == new.removeprefix(comparable(after.label))


def _label(before: _Block | None, after: _Block | None) -> str:
    """第九条（现第十条） for an article that also changed its number."""
    if before and after and before.label != after.label:
        return f"{before.label}（现{after.label}）"
    return (before or after or _NO_BLOCK).label


_VERBS = {
    RowKind.CHANGED: ("修改", "改动"),
    RowKind.ADDED: ("新增", "新增"),
    RowKind.REMOVED: ("删除", "删除"),
    RowKind.MOVED: ("移动", "移动"),
}
_LISTED_AT_MOST = 10
_SORTS = (("正文", "段"), ("表格", "行"), ("图片", "处"))


def _summary(rows: Sequence[Row], articles: Mapping[RowKind, Sequence[str]]) -> Summary:
    counts = {kind: sum(row.kind is kind for row in rows) for kind in RowKind}
    labels = {kind: tuple(articles.get(kind, ())) for kind in _VERBS}
    phrases = [_VERBS[kind][0] + _enumeration(labels[kind]) for kind in _VERBS if labels[kind]]
    if any(row.renumbered for row in rows):
        phrases.append("其余条文序号相应调整" if phrases else "条文序号调整")
    outside = [row for row in rows if not (articles and row.provision.startswith("t-"))]
    phrases += _outside_phrases(outside, "条文以外" if articles else "")
    return Summary(counts, labels, "，".join(phrases) or "文字没有变化")


def _enumeration(labels: Sequence[str]) -> str:
    if len(labels) <= _LISTED_AT_MOST:
        return "、".join(labels)
    return "、".join(labels[:_LISTED_AT_MOST]) + f"等{len(labels)}条"


def _outside_phrases(rows: Sequence[Row], where: str) -> list[str]:
    phrases = []
    for sort, unit in _SORTS:
        here = [row for row in rows if _sort(row) == sort and not row.renumbered]
        parts = []
        for kind, (_, verb) in _VERBS.items():
            if count := sum(row.kind is kind for row in here):
                parts.append(f"{verb}{count}{unit}")
        if parts:
            phrases.append(where + (sort if not where or sort != "正文" else "") + "，".join(parts))
    return phrases


def _sort(row: Row) -> str:
    return {LineKind.ROW: "表格", LineKind.FIGURE: "图片"}.get(row.block, "正文")


def compare_fields(
    old: Mapping[str, Any], new: Mapping[str, Any], labels: Mapping[str, str]
) -> tuple[FieldChange, ...]:
    """The header fields that differ, in the order of `labels` (field name → Chinese label); other fields are ignored.

    Values are compared as they are shown: dates officially, lists joined with 、, truth as 是/否, None as nothing.
    """
    changes = []
    for name, label in labels.items():
        before, after = _shown(old.get(name)), _shown(new.get(name))
        if before != after:
            changes.append(FieldChange(name, label, *compare_text(before, after)))
    return tuple(changes)


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        local = value.astimezone(BEIJING) if value.tzinfo else value
        return f"{official(local)}{local:%H:%M}"
    if isinstance(value, date):
        return official(value)
    if isinstance(value, str):
        return reading.collapse(value)
    if isinstance(value, Sequence | set | frozenset):
        shown = [_shown(each) for each in value]
        return "、".join(sorted(shown) if isinstance(value, set | frozenset) else shown)
    return str(value)
