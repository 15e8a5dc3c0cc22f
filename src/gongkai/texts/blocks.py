"""The shape of a body: a list of blocks holding inline content, and how any HTML is brought into that shape.

The tree is read from HTML that a real parser (nh3's html5ever) has already made well-formed, so that reading it here
needs no guessing. Bodies only ever have the shape made here; ``richtext`` relies on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

HEADINGS = ("h2", "h3", "h4", "h5")
INLINE = frozenset({"strong", "em", "u", "s", "sup", "sub", "a"})
VOID = frozenset({"br", "hr", "img", "col"})
# Text blocks: hold inline content only.
TEXT_BLOCKS = frozenset({"p", *HEADINGS})
LISTS = frozenset({"ul", "ol"})
# Boxes that hold blocks, or inline content alone when they have just one plain paragraph.
BOXES = frozenset({"li", "td", "th", "caption", "figcaption"})
BLOCKS = TEXT_BLOCKS | LISTS | BOXES | {"blockquote", "hr", "table", "figure", "colgroup", "thead", "tbody", "tr"}
# Dropped tags that end a paragraph all the same.
CONTAINERS = frozenset(
    {"div", "center", "dl", "dt", "dd", "pre", "section", "article", "main", "aside", "header", "footer", "address"}
    | {"nav", "form", "fieldset"}
)

SAME_AS = {"b": "strong", "i": "em", "ins": "u", "strike": "s", "del": "s", "h1": "h2", "h6": "h5", "tfoot": "tbody"}

_ASCII_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
# Han characters, kana and full-width punctuation: a line broken between two of them in the source is no space.
_WIDE = (
    r"\u2e80-\u303f\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff"
)
_WIDE_LINE_BREAK = re.compile(rf"(?<=[{_WIDE}])[ \t]*[\r\n]\s*(?=[{_WIDE}])")
# Real bodies nest some ten deep (a list in a table in a quotation); deeper wrappers are dropped, their content is kept.
MAX_DEPTH = 60
_EDGE = " \u3000"


@dataclass(slots=True)
class Node:
    """An element; ``children`` are elements and strings."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """All elements below this one, in the order of the text."""
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child.walk()

    def text(self) -> str:
        """All characters below this element, without separators."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)

    def elements(self, *tags: str) -> list[Node]:
        """Direct children with one of ``tags``."""
        return [child for child in self.children if isinstance(child, Node) and child.tag in tags]


class _TreeBuilder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("body")
        self._open = [self.root]
        self._too_deep = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID and len(self._open) > MAX_DEPTH:
            self._too_deep += 1
            return
        node = Node(SAME_AS.get(tag, tag), {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if self._too_deep:
            self._too_deep -= 1
            return
        same = SAME_AS.get(tag, tag)
        if len(self._open) > 1 and self._open[-1].tag == same:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def tree(html: str) -> Node:
    """The tree of well-formed ``html``."""
    builder = _TreeBuilder()
    builder.feed(html)
    builder.close()
    return builder.root


def write(nodes: Iterable[Node | str]) -> str:
    """HTML of ``nodes``."""
    parts: list[str] = []
    for node in nodes:
        if isinstance(node, str):
            parts.append(escape(node, quote=False))
            continue
        attrs = "".join(f' {name}="{escape(value)}"' for name, value in node.attrs.items())
        parts.append(f"<{node.tag}{attrs}>")
        if node.tag not in VOID:
            parts.append(write(node.children))
            parts.append(f"</{node.tag}>")
    return "".join(parts)


def arrange(root: Node) -> list[Node]:
    """The content of ``root`` as blocks: loose text becomes paragraphs, empty paragraphs and wrappers go."""
    return _Arrangement().blocks(root.children, {})


class _Arrangement:
    """One pass over a tree. Block after block is made; inline content gathers in ``run`` until a block ends it."""

    def blocks(
        self, children: Iterable[Node | str], attrs: dict[str, str], wrappers: tuple[Node, ...] = ()
    ) -> list[Node]:
        made: list[Node] = []
        run: list[Node | str] = []

        def finish() -> None:
            if run:
                made.extend(_paragraph("p", run, attrs))
                run.clear()

        for child in children:
            if isinstance(child, str):
                run.append(_wrapped(child, wrappers))
            elif child.tag in CONTAINERS:
                finish()
                made.extend(self.blocks(child.children, _inherited(attrs, child.attrs), wrappers))
            elif child.tag in BLOCKS:
                finish()
                made.extend(self.block(child, attrs, wrappers))
            elif child.tag in INLINE and _has_block(child):
                # A link or bold around paragraphs is valid HTML, but a body keeps it inside each paragraph.
                finish()
                made.extend(self.blocks(child.children, attrs, (*wrappers, child)))
            elif child.tag == "span" and _has_block(child):
                finish()
                made.extend(self.blocks(child.children, attrs, wrappers))
            else:
                run.append(_wrapped(child, wrappers))
        finish()
        return made

    def block(self, node: Node, attrs: dict[str, str], wrappers: tuple[Node, ...]) -> list[Node]:
        """``node``, a block, in its final form: none, one, or several blocks."""
        if node.tag in TEXT_BLOCKS:
            own = _inherited(attrs, node.attrs)
            if _has_block(node):
                return self.blocks(node.children, own, wrappers)
            inner = [_wrapped(child, wrappers) for child in node.children]
            return _paragraph(node.tag, inner, own)
        if node.tag == "hr":
            return [Node("hr")]
        if node.tag in LISTS:
            return self._list(node)
        if node.tag == "table":
            return self._table(node)
        if node.tag in ("figure", "blockquote"):
            inside = self._boxed(node) if node.tag == "figure" else list(self.blocks(node.children, {}))
            return [Node(node.tag, {}, list(inside))] if inside else []
        # A cell, row or item outside its table or list: keep what it says.
        return self.blocks(node.children, attrs, wrappers)

    def _list(self, node: Node) -> list[Node]:
        items: list[Node | str] = []
        for child in node.children:
            if isinstance(child, Node) and child.tag == "li":
                content = self._box_content(child.children)
            else:
                # Stray text and lists directly inside a list: Word and old editors write them so.
                content = self._box_content([child])
                if content and items and _is_list(content[0]) and isinstance(items[-1], Node):
                    items[-1].children.extend(content)
                    continue
            if content:
                items.append(Node("li", {}, content))
        if not items:
            return []
        start = {"start": node.attrs["start"]} if node.tag == "ol" and "start" in node.attrs else {}
        return [Node(node.tag, start, items)]

    def _table(self, node: Node) -> list[Node]:
        parts: list[Node | str] = []
        for child in node.children:
            if not isinstance(child, Node):
                continue
            if child.tag == "caption":
                content = self._box_content(child.children)
                if content:
                    parts.append(Node("caption", {}, content))
            elif child.tag == "colgroup":
                columns = [Node("col", dict(column.attrs)) for column in child.elements("col")]
                if columns:
                    parts.append(Node("colgroup", {}, list(columns)))
            elif child.tag in ("thead", "tbody"):
                rows = [self._row(row) for row in child.elements("tr")]
                if rows:
                    parts.append(Node(child.tag, {}, list(rows)))
        return (
            [Node("table", {}, parts)]
            if any(isinstance(part, Node) and part.tag != "colgroup" for part in parts)
            else []
        )

    def _row(self, row: Node) -> Node:
        cells: list[Node | str] = [
            Node(cell.tag, dict(cell.attrs), self._box_content(cell.children)) for cell in row.elements("td", "th")
        ]
        return Node("tr", {}, cells)

    def _boxed(self, figure: Node) -> list[Node]:
        made: list[Node] = []
        for child in figure.children:
            if isinstance(child, Node) and child.tag == "figcaption":
                content = self._box_content(child.children)
                if content:
                    made.append(Node("figcaption", {}, content))
            else:
                for block in self.blocks([child], {}):
                    # A picture alone needs no paragraph inside its figure.
                    alone = block.tag == "p" and not block.text().strip()
                    made.extend([part for part in block.children if isinstance(part, Node)] if alone else [block])
        return made

    def _box_content(self, children: Iterable[Node | str]) -> list[Node | str]:
        made = self.blocks(children, {})
        first_is_plain = bool(made) and made[0].tag == "p" and not made[0].attrs
        if first_is_plain and all(_is_list(block) for block in made[1:]):
            return [*made[0].children, *made[1:]]
        return list(made)


def _is_list(node: Node | str) -> bool:
    return isinstance(node, Node) and node.tag in LISTS


def _has_block(node: Node) -> bool:
    return any(below.tag in BLOCKS or below.tag in CONTAINERS for below in node.walk())


def _wrapped(child: Node | str, wrappers: tuple[Node, ...]) -> Node | str:
    for wrapper in reversed(wrappers):
        child = Node(wrapper.tag, dict(wrapper.attrs), [child])
    return child


def _inherited(outer: dict[str, str], own: dict[str, str]) -> dict[str, str]:
    """The attributes of an inner block: its own, and the alignment of what it stands in."""
    attrs = dict(own)
    if "class" not in attrs and "class" in outer:
        attrs["class"] = outer["class"]
    return attrs


def _paragraph(tag: str, run: list[Node | str], attrs: dict[str, str]) -> list[Node]:
    """A text block of ``run``, or nothing when it says nothing."""
    content = inline(run)
    if not content:
        return []
    return [Node(tag, dict(attrs), content)]


def inline(children: Iterable[Node | str], inside: frozenset[str] = frozenset()) -> list[Node | str]:
    """Inline content in its simplest form: no empty or doubled wrappers, equal neighbours joined, single spaces."""
    content = _joined(_flattened(children, inside))
    _single_spaces(content)
    _trim(content)
    return _joined(_without_empty(content))


def _flattened(children: Iterable[Node | str], inside: frozenset[str]) -> Iterator[Node | str]:
    for child in children:
        if isinstance(child, str):
            yield child
        elif child.tag in ("br", "img"):
            yield Node(child.tag, dict(child.attrs))
        elif child.tag in INLINE and child.tag not in inside and not (child.tag == "a" and "href" not in child.attrs):
            inner = list(_flattened(child.children, inside | {child.tag}))
            yield Node(child.tag, dict(child.attrs), inner)
        else:
            yield from _flattened(child.children, inside)


def _joined(children: Iterable[Node | str]) -> list[Node | str]:
    joined: list[Node | str] = []
    for child in children:
        last = joined[-1] if joined else None
        if isinstance(child, str):
            if isinstance(last, str):
                joined[-1] = last + child
            elif child:
                joined.append(child)
        elif isinstance(last, Node) and child.tag in INLINE and last.tag == child.tag and last.attrs == child.attrs:
            last.children = _joined([*last.children, *child.children])
        else:
            child.children = _joined(child.children)
            joined.append(child)
    return joined


def _single_spaces(children: list[Node | str]) -> None:
    for index, child in enumerate(children):
        if isinstance(child, str):
            children[index] = _ASCII_SPACE.sub(" ", _WIDE_LINE_BREAK.sub("", child))
        else:
            _single_spaces(child.children)


def _trim(content: list[Node | str]) -> None:
    """Take blanks and line breaks from both ends: indents are the style sheet's business."""
    for end in (0, -1):
        while content:
            edge = content[end]
            if isinstance(edge, str):
                stripped = edge.lstrip(_EDGE) if end == 0 else edge.rstrip(_EDGE)
                if stripped:
                    content[end] = stripped
                    break
            elif edge.tag == "img":
                break
            elif edge.tag != "br":
                _trim(edge.children)
                if edge.children:
                    break
            content.pop(end)


def _without_empty(children: Iterable[Node | str]) -> Iterator[Node | str]:
    for child in children:
        if isinstance(child, Node) and child.tag in INLINE:
            child.children = _joined(_without_empty(child.children))
            if not child.children:
                continue
            blank = not any(below.tag in VOID for below in child.walk()) and not child.text().strip()
            if blank:
                yield child.text()
                continue
        yield child
