"""A text PDF as blocks: tables by their ruled lines, put together over page breaks; lines made paragraphs again."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pdfplumber
from pdfplumber.page import Page

from gongkai.oversight.annual_report.reading.blocks import (
    Block,
    Cell,
    Grid,
    Paragraph,
    framed,
    is_page_number,
    joined,
)
from gongkai.texts.reading import UnreadableFile

MOST_PAGES = 120
_MOST_OBJECTS = 30_000  # lines and characters of a page; drawings and maps have more, and no report in them
_STRAY = 6  # characters; what a label that did not fit leaves below a table that a page ends in
_NEW = re.compile(r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of text. Lengths in points; ``size``: of its characters; ``left``, ``right``: where the page's text is."""

    text: str
    x0: float
    x1: float
    size: float
    left: float
    right: float

    def goes_on(self, other: _Line) -> bool:
        """Whether the other line continues this one: this one is full, that one begins at the margin."""
        full = self.x1 > self.right - 2 * self.size
        begins = other.x0 < other.left + 0.7 * other.size and not _NEW.match(other.text)
        return full and begins and abs(self.size - other.size) < 0.5


_Item = _Line | Grid | Paragraph


def from_pdf(data: bytes) -> list[Block]:
    """A PDF with text in it. Raises UnreadableFile for scans and for files that cannot be opened."""
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > MOST_PAGES:
                raise UnreadableFile(f"这个 PDF 有{len(document.pages)}页，超过{MOST_PAGES}页。请只上传年度报告本身。")
            pages = [list(_items(page)) for page in document.pages]
    except UnreadableFile:
        raise
    except Exception as error:  # pdfminer raises whatever the broken part happens to raise
        raise UnreadableFile("无法打开这个 PDF 文件。请检查文件是否完整、是否加密，或者改传 Word 文件。") from error
    if not any(isinstance(one, Grid) or len(one.text) > 1 for page in pages for one in page):
        raise UnreadableFile("这个 PDF 里没有文字，可能是扫描件。请上传由 Word 生成的 PDF，或者 Word 文件。")
    return list(joined(_paragraphs(_one_after_the_other(pages))))


def _items(page: Page) -> Iterator[_Item]:
    """What stands on a page, from top to bottom."""
    if len(page.chars) + len(page.edges) > _MOST_OBJECTS:
        raise UnreadableFile(f"第{page.page_number}页的内容过于复杂，不像年度报告。请只上传年度报告本身。")
    tables = page.find_tables()
    placed: list[tuple[float, int, _Item]] = []
    outside = page
    for table in tables:
        placed += [(table.bbox[1], number, block) for number, block in enumerate(framed(_grid(table)))]
        outside = outside.outside_bbox(table.bbox) if _inside(outside, table.bbox) else outside
    lines = outside.extract_text_lines(strip=True)
    left = min((line["x0"] for line in lines), default=0.0)
    right = max((line["x1"] for line in lines), default=0.0)
    for line in lines:
        size = float(line["chars"][0]["size"])
        placed.append((line["top"], 0, _Line(line["text"].strip(), line["x0"], line["x1"], size, left, right)))
    yield from (item for _, _, item in sorted(placed, key=lambda one: one[:2]))


def _one_after_the_other(pages: Sequence[Sequence[_Item]]) -> Iterator[_Item]:
    """All pages without their numbers and running heads, and without what a table cut by the page's end left there."""
    heads = Counter(page[0].text for page in pages if page and isinstance(page[0], _Line))
    running = {text for text, count in heads.items() if count > 2 and count > len(pages) // 2}
    kept = [
        [one for one in page if isinstance(one, Grid) or not (is_page_number(one.text) or one.text in running)]
        for page in pages
    ]
    for number, page in enumerate(kept):
        goes_on = number + 1 < len(kept) and bool(kept[number + 1]) and isinstance(kept[number + 1][0], Grid)
        end = len(page)
        if goes_on and any(isinstance(one, Grid) for one in page):
            while not isinstance(page[end - 1], Grid) and len(page[end - 1].text) < _STRAY:
                end -= 1
        yield from page[:end]


def _paragraphs(items: Iterator[_Item]) -> Iterator[Block]:
    """Lines put together to the paragraphs they were before they were printed."""
    before: _Line | None = None
    text = ""
    for item in items:
        line = item if isinstance(item, _Line) else None
        if before is not None and (line is None or not before.goes_on(line)):
            yield Paragraph(text)
            text = ""
        if line is None:
            yield item  # type: ignore[misc]
        else:
            text += line.text
        before = line
    if text:
        yield Paragraph(text)


def _inside(page: Any, box: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = page.bbox
    return bool(left <= box[0] and top <= box[1] and box[2] <= right and box[3] <= bottom)


def _grid(table: Any) -> Grid:
    """pdfplumber leaves None where a merged cell reaches: such a place is left out."""
    mark = 0
    rows: list[list[Cell]] = []
    for row in table.extract():
        line = []
        for text in row:
            if text is not None:
                mark += 1
                line.append(Cell("".join(text.split()), mark))
        rows.append(line)
    return Grid(rows)
