"""The elements of a body that the accessibility checks look at: images and tables. HTML in, plain values out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from gongkai.texts import blocks
from gongkai.texts.blocks import Node
from gongkai.texts.richtext import clean


@dataclass(frozen=True)
class Image:
    """``index`` counts from zero in the body; ``width`` and ``height`` in pixels as declared, 0 where unknown."""

    src: str
    alt: str
    index: int
    width: int
    height: int


@dataclass(frozen=True)
class Table:
    """``rows`` hold the text of the cells; ``nested``: in or around another table."""

    rows: tuple[tuple[str, ...], ...]
    has_header: bool
    nested: bool
    poured: bool  # some cell holds several paragraphs or headings: running text in a grid
    caption: str
    index: int


@dataclass(frozen=True)
class Structure:
    images: tuple[Image, ...]
    tables: tuple[Table, ...]


@lru_cache(maxsize=8)
def structure(body_html: str) -> Structure:
    """The elements of a body; what is not clean is cleaned first, so that any string can be asked about."""
    nodes = list(blocks.tree(clean(body_html)).walk())
    images = (node for node in nodes if node.tag == "img")
    tables = [node for node in nodes if node.tag == "table"]
    inner = {id(below) for table in tables for below in table.walk() if below.tag == "table"}
    return Structure(
        tuple(_image(node, index) for index, node in enumerate(images)),
        tuple(_table(node, index, id(node) in inner) for index, node in enumerate(tables)),
    )


def _image(node: Node, index: int) -> Image:
    attrs = node.attrs
    width, height = (int(attrs[name]) if attrs.get(name, "").isdigit() else 0 for name in ("width", "height"))
    return Image(attrs.get("src", ""), attrs.get("alt", "").strip(), index, width, height)


def _table(node: Node, index: int, inside_another: bool) -> Table:
    rows = list(_own_rows(node))
    cells = [cell for row in rows for cell in row.elements("td", "th")]
    caption = next(iter(node.elements("caption")), None)
    return Table(
        rows=tuple(tuple(_text(cell) for cell in row.elements("td", "th")) for row in rows),
        has_header=any(cell.tag == "th" for cell in cells),
        nested=inside_another or any(below.tag == "table" for below in node.walk()),
        poured=any(len(cell.elements("p", "h2", "h3", "h4", "h5", "ul", "ol")) > 2 for cell in cells),
        caption=_text(caption) if caption else "",
        index=index,
    )


def _own_rows(table: Node) -> Iterator[Node]:
    for part in table.elements("thead", "tbody", "tr"):
        yield from [part] if part.tag == "tr" else part.elements("tr")


def _text(node: Node) -> str:
    return " ".join(node.text().split())
