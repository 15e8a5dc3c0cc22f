"""A clean HTML fragment as the lines a reader sees: the common ground of structure (provisions) and comparison (diff).

A line is what stands between two breaks: a paragraph, a heading, a list item, the part of a paragraph before or after
`<br>`, a table row, a figure. Formatting inside a line is dropped, except that its leading bold run is remembered.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from pathlib import PurePosixPath

from lxml import html
from lxml.html import HtmlElement


class LineKind(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    ROW = "row"
    FIGURE = "figure"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Line:
    """text: white space collapsed. cells: of a table row. ordinal: number in an `<ol>`, on the item's first line.

    depth: in how many lists. bold: the bold words it begins with.
    block and after say where the line begins: inside `block`, after its child `after` (None: at its beginning).
    """

    text: str
    kind: LineKind
    block: HtmlElement
    after: HtmlElement | None = None
    bold: str = ""
    cells: tuple[str, ...] = ()
    ordinal: int | None = None
    depth: int = 0


_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | {
    *("p", "div", "section", "article", "header", "footer", "main", "aside", "address", "blockquote", "pre", "center"),
    *("ul", "ol", "li", "dl", "dt", "dd", "hr", "caption", "td", "th", "details", "summary"),
}
_BOLD = frozenset({"b", "strong"})


def fragment(markup: str) -> HtmlElement:
    """The fragment inside a `div` of our own. Raises nothing on odd markup: libxml2 mends it."""
    # libxml2 refuses control characters that no HTML may contain; the sanitiser has no reason to have left any.
    return html.fragment_fromstring(_CONTROL.sub("", markup), create_parent="div")


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def serialise(root: HtmlElement) -> str:
    """The fragment's markup without the `div` around it; reading and writing its result again changes nothing."""
    inner = "".join(html.tostring(child, encoding="unicode") for child in root)
    return escape(root.text or "", quote=False) + inner


def collapse(text: str) -> str:
    """White space of every width becomes one space, none at the ends."""
    return " ".join(text.split())


_FOLDED = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz()[]%"
_WIDTH = {ord(character) + 0xFEE0: character for character in _FOLDED}


def fold_width(text: str) -> str:
    """Full-width digits, letters, brackets and % as half-width, length unchanged: how they were typed is no change.

    Commas and stops stay, since correcting them is a change of the text.
    """
    return text.translate(_WIDTH)


def comparable(text: str) -> str:
    """What two texts must share to be the same to a reader: no white space, one width."""
    return fold_width("".join(text.split()))


def read(root: HtmlElement) -> list[Line]:
    """The lines of a fragment, in reading order, without empty ones."""
    reader = _Reader(root)
    reader.visit(root, root)
    reader.finish()
    return reader.lines


class _Reader:
    """Collects inline text until something breaks the line."""

    def __init__(self, root: HtmlElement) -> None:
        self.lines: list[Line] = []
        self._parts: list[tuple[str, bool]] = []
        self._block: HtmlElement = root
        self._after: HtmlElement | None = None
        self._ordinal: int | None = None

    def visit(self, element: HtmlElement, block: HtmlElement, bold: bool = False) -> None:
        self._add(element.text, bold)
        for child in element:
            # Comments and processing instructions have no name; their tail is text all the same.
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag in ("table", "figure", "img"):
                self._start(block, child)
                self.lines.extend(_table_lines(child) if tag == "table" else _picture_lines(child))
            elif tag == "br":
                self._start(block, child)
            elif tag in _BLOCKS:
                self._start(child, None, _ordinal(child))
                self.visit(child, child, bold)
                self._start(block, child)
            elif tag:
                self.visit(child, block, bold or tag in _BOLD)
            self._add(child.tail, bold)

    def _add(self, text: str | None, bold: bool) -> None:
        if text:
            self._parts.append((text, bold))

    def _start(self, block: HtmlElement, after: HtmlElement | None, ordinal: int | None = None) -> None:
        if not self.finish() and block.getparent() is self._block and after is None:
            # <li><p>…: the paragraph inside carries the item's number.
            ordinal = ordinal or self._ordinal
        self._block, self._after, self._ordinal = block, after, ordinal

    def finish(self) -> bool:
        """Close the line being collected; False when it is empty."""
        text = collapse("".join(part for part, _ in self._parts))
        parts, self._parts = self._parts, []
        if not text:
            return False
        lead = ""
        for part, bold in parts:
            if not bold and part.strip():
                break
            lead += part
        kind = _kind(self._block)
        depth = sum(element.tag in ("ol", "ul") for element in self._block.iterancestors())
        self.lines.append(
            Line(text, kind, self._block, self._after, collapse(lead), ordinal=self._ordinal, depth=depth)
        )
        return True


def _kind(block: HtmlElement) -> LineKind:
    for element in _upwards(block):
        if element.tag == "blockquote":
            return LineKind.QUOTE
    for element in _upwards(block):
        if element.tag in _HEADINGS:
            return LineKind.HEADING
        if element.tag == "li":
            return LineKind.ITEM
    return LineKind.PARAGRAPH


def _upwards(element: HtmlElement) -> Iterator[HtmlElement]:
    yield element
    yield from element.iterancestors()


def _ordinal(element: HtmlElement) -> int | None:
    parent = element.getparent()
    if element.tag != "li" or parent is None or parent.tag != "ol":
        return None
    start = parent.get("start", "1")
    first = int(start) if start.isascii() and start.isdigit() else 1
    return first + sum(1 for sibling in element.itersiblings("li", preceding=True))


def _table_lines(table: HtmlElement) -> list[Line]:
    lines = []
    for caption in table.findall("caption"):
        lines.extend(read(caption))
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is not table:
            continue
        cells = tuple(" ".join(line.text for line in read(cell)) for cell in row if cell.tag in ("td", "th"))
        if any(cells):
            lines.append(Line("｜".join(cells), LineKind.ROW, row, cells=cells))
    return lines


def _picture_lines(figure: HtmlElement) -> list[Line]:
    """A picture is named by its alternative text, else by its file, so that exchanging it shows."""
    lines = []
    for image in figure.iter("img"):
        name = collapse(image.get("alt", "")) or PurePosixPath(image.get("src", "").partition("?")[0]).name
        lines.append(Line(f"［图片：{name}］", LineKind.FIGURE, figure))
    captions = [collapse(caption.text_content()) for caption in figure.iter("figcaption")]
    lines.extend(Line(caption, LineKind.FIGURE, figure) for caption in captions if caption)
    return lines
