"""The one sanitiser of the house, and the questions that are asked of a body.

Every body (written at the desk, pasted from Word, imported, sent through the API) passes :func:`clean` before it is
stored, and pages show stored bodies as they are. ``nh3`` decides what is allowed, before and after ``blocks`` brings
the content into the one shape bodies have; so a mistake in our own arranging can never let markup through.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

import nh3

from gongkai.texts import blocks
from gongkai.texts.blocks import Node

ALLOWED_TAGS = frozenset(
    {"p", "h2", "h3", "h4", "h5", "strong", "b", "em", "i", "u", "s", "sup", "sub", "br", "hr", "blockquote", "a"}
    | {"ul", "ol", "li", "table", "caption", "colgroup", "col", "thead", "tbody", "tr", "th", "td"}
    | {"figure", "figcaption", "img"}
)
ALLOWED_CLASSES = frozenset({"align-center", "align-right", "indent-none"})
# An anchor of a provision or heading: words and numbers joined by hyphens, with a number somewhere, so that an id can
# never shadow a property of the page's own scripts ("location", "forms" …).
SAFE_ANCHOR = re.compile(r"(?=[^0-9]*[0-9])[a-z][a-z0-9]{0,15}(?:-[a-z0-9]{1,16}){0,11}")
# Pictures come from our own file store; anything else would tell others who reads the page, or vanish with its site.
IMAGE_SOURCE = re.compile(r"/files/[\w\-.~%/]{1,400}")
# Arranging settles after one repetition in practice (nh3 may move a stray table cell once more).
MAX_PASSES = 5
# A batch of an import, each body in the forms it has from reading to release.
_REMEMBERED = 100
# The parser's time grows with the square of the nesting: 20,000 open lists take it five seconds. Browsers stop at 512.
MAX_OPEN_BOXES = 1000
# Browsers give up on wider spans; thousands of columns are an attack on the reader's machine.
MAX_SPAN = 1000

_DROPPED_WITH_CONTENT = {
    "script", "style", "title", "iframe", "object", "embed", "applet", "noscript", "template", "svg", "math",
    "textarea", "select", "button", "audio", "video", "canvas", "xml", "noembed", "noframes", "datalist",
}  # fmt: skip
_MOLDED_TAGS = (
    set(ALLOWED_TAGS)
    | set(blocks.SAME_AS)
    | set(blocks.CONTAINERS)
    | {"span", "section", "article", "main", "aside", "header", "footer", "address", "nav", "form", "fieldset"}
)
_ALIGN_CLASSES = {"center": "align-center", "right": "align-right", "end": "align-right"}
_NESTING = re.compile(
    r"<(/?)(?:ul|ol|dl|div|blockquote|section|article|main|aside|figure|center|table|pre|form|fieldset|address|nav)\b",
    re.I,
)
_HIDING = {"display": "none", "visibility": "hidden", "mso-hide": "all"}
_URL_SCHEMES = {"http", "https", "mailto", "tel"}
_ALIGNABLE = blocks.TEXT_BLOCKS | {"td", "th"}
_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "scope", "class"},
    "th": {"colspan", "rowspan", "scope", "class"},
    "col": {"span"},
    "ol": {"start"},
    **{tag: {"id", "class"} for tag in blocks.TEXT_BLOCKS},
}
# Characters that show nothing but change how text is found, compared or read: zero-width spaces, byte order marks, the
# direction overrides that make a name read backwards. Joiners stay: Mongolian, Uyghur and Tibetan need them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a body: ``level`` 2 to 5, its text, its anchor or ""."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture in a body; ``alt`` is "" when nobody described it."""

    src: str
    alt: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a body and the words it stands on."""

    href: str
    text: str


class _Clean:
    """The last bodies found to be clean, by their digests: reading, storing and checking one each want to be sure of
    it, and an import does each for a whole batch."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Look at each anew."""
        self._kept: tuple[bytes, ...] = ()

    def __contains__(self, html: str) -> bool:
        return _digest(html) in self._kept

    def keep(self, html: str) -> str:
        """One more. The tuple is replaced whole, so that threads need not wait for each other."""
        self._kept = (_digest(html), *self._kept[: _REMEMBERED - 1])
        return html


def _digest(html: str) -> bytes:
    return hashlib.blake2b(html.encode("utf-8", "surrogatepass"), digest_size=32).digest()


_clean = _Clean()


def clean(html: str) -> str:
    """``html`` as a body: allowed tags only, in canonical form. Cleaning a clean body changes nothing.

    Never raises for any string. Content that cannot be brought to rest is returned as plain paragraphs.
    """
    if html in _clean:
        return html
    if _opens_too_deep(html):
        return from_text(_without_tags(html))
    current = _INVISIBLE.sub("", html)
    for _ in range(MAX_PASSES + 1):
        before, current = current, _pass(current)
        if current == before:
            return _clean.keep(current)
    return from_text(plain_text(current))


def from_text(text: str) -> str:
    """Plain text as a body: one paragraph for each line that says something."""
    lines = (_INVISIBLE.sub("", line) for line in re.split(r"[\r\n\v\f\x85\u2028\u2029]+", text))
    paragraphs = (Node("p", {}, blocks.inline([line])) for line in lines)
    return _STRICT.clean(blocks.write(paragraph for paragraph in paragraphs if paragraph.children))


@lru_cache(maxsize=4)  # storing, checking and searching ask for the same words one after the other
def plain_text(html: str) -> str:
    """The words of a body: blocks on lines of their own, cells of a row separated by tabs. For search and checks."""
    lines = (" ".join(line.split(" ")).strip() for line in "".join(_words(_read(html).children)).split("\n"))
    return "\n".join(line for line in lines if line)


def outline(html: str) -> list[Heading]:
    """The headings in order."""
    return [
        Heading(int(node.tag[1]), _one_line(node), node.attrs.get("id", ""))
        for node in _read(html).walk()
        if node.tag in blocks.HEADINGS
    ]


def images(html: str) -> list[Image]:
    """The pictures in order."""
    return [
        Image(node.attrs.get("src", ""), node.attrs.get("alt", "")) for node in _read(html).walk() if node.tag == "img"
    ]


def links(html: str) -> list[Link]:
    """The links in order, fragments of the same page included."""
    return [Link(node.attrs["href"], _one_line(node)) for node in _read(html).walk() if "href" in node.attrs]


def replace_images(html: str, mapping: Mapping[str, str | None]) -> str:
    """The body with the pictures in ``mapping`` under their new addresses, or taken out where it says None."""
    root = _tree(html)
    for node in [root, *root.walk()]:
        kept: list[Node | str] = []
        for child in node.children:
            if isinstance(child, Node) and child.tag == "img" and child.attrs.get("src", "") in mapping:
                target = mapping[child.attrs["src"]]
                if target is None:
                    continue
                child.attrs["src"] = target
            kept.append(child)
        node.children = kept
    return clean(blocks.write(root.children))


@lru_cache(maxsize=2)  # words, headings, pictures and links of one body are asked for one after the other
def _read(html: str) -> Node:
    """To be looked at only."""
    return _tree(html)


def _tree(html: str) -> Node:
    return blocks.tree(_STRICT.clean(html))


def _one_line(node: Node) -> str:
    return " ".join("".join(_words(node.children)).split())


def _words(children: list[Node | str]) -> Iterator[str]:
    for child in children:
        if isinstance(child, str):
            yield child
        elif child.tag == "br":
            yield "\n"
        elif child.tag in ("td", "th"):
            # A cell is one line of its row, whatever it holds.
            yield _one_line(child) + "\t"
        elif child.tag == "ol":
            # The numbers of an ordered list are words of the text: 目 are cited by them.
            for number, item in enumerate(child.elements("li"), start=int(child.attrs.get("start", "1"))):
                yield f"\n{number}. "
                yield from _words(item.children)
            yield "\n"
        elif child.tag in blocks.BLOCKS:
            yield "\n"
            yield from _words(child.children)
            yield "\n"
        else:
            yield from _words(child.children)


def _opens_too_deep(html: str) -> bool:
    depth = 0
    for match in _NESTING.finditer(html):
        depth = max(0, depth - 1) if match.group(1) else depth + 1
        if depth > MAX_OPEN_BOXES:
            return True
    return False


def _without_tags(html: str) -> str:
    kept = re.sub(r"(?is)<(script|style|title|template)\b[^<>]*>.*?</\1\s*>|<!--.*?-->", "", html)
    return unescape(re.sub(r"<[^<>]*>", "\n", kept))


def _pass(html: str) -> str:
    root = blocks.tree(_MOLD.clean(html))
    _settle(root)
    return _STRICT.clean(blocks.write(blocks.arrange(root)))


def _settle(node: Node) -> None:
    """Bring the attributes below ``node`` into allowed form; take out hidden parts and pictures from elsewhere."""
    kept: list[Node | str] = []
    for child in node.children:
        if isinstance(child, str):
            kept.append(_INVISIBLE.sub("", child))
            continue
        if _is_hidden(child) or (child.tag == "img" and not _image_source(child.attrs.get("src", ""))):
            continue
        child.attrs = dict(_settled(child))
        _settle(child)
        kept.append(child)
    node.children = kept


def _is_hidden(node: Node) -> bool:
    if "hidden" in node.attrs:
        return True
    style = _style(node)
    return any(style.get(name) == value for name, value in _HIDING.items())


def _style(node: Node) -> dict[str, str]:
    """The inline style as properties, lower-cased. Only read, never passed on: the strict cleaner has no style."""
    declarations = re.sub(r"/\*.*?\*/", "", node.attrs.get("style", ""), flags=re.DOTALL).lower().split(";")
    pairs = (declaration.partition(":") for declaration in declarations)
    return {name.strip(): value.replace("!important", "").strip() for name, _, value in pairs}


def _settled(node: Node) -> Iterator[tuple[str, str]]:
    for name, value in node.attrs.items():
        if name in ("class", "style", "align", "hidden") or name not in _ATTRIBUTES.get(node.tag, ()):
            continue
        settled = _value(node.tag, name, value)
        if settled is not None:
            yield name, settled
    chosen = _classes(node)
    if chosen and (node.tag in _ALIGNABLE or node.tag in blocks.CONTAINERS):
        yield "class", chosen


def _classes(node: Node) -> str:
    chosen = ALLOWED_CLASSES & set(node.attrs.get("class", "").split())
    said = _style(node).get("text-align") or node.attrs.get("align") or ("center" if node.tag == "center" else "")
    align = said.lower()
    if align in _ALIGN_CLASSES and not chosen & set(_ALIGN_CLASSES.values()):
        chosen = chosen | {_ALIGN_CLASSES[align]}
    if {"align-center", "align-right"} <= chosen:
        chosen = chosen - {"align-right"}
    return " ".join(sorted(chosen))


def _value(tag: str, name: str, value: str) -> str | None:
    """The attribute's value in allowed form, or None to drop it."""
    value = value.strip()
    if name in ("colspan", "rowspan", "span"):
        return value if value.isascii() and value.isdigit() and 1 < int(value[:6]) <= MAX_SPAN else None
    if name in ("width", "height", "start"):
        return value if re.fullmatch(r"[0-9]{1,4}", value) else None
    if name == "scope":
        return value if value in ("col", "row", "colgroup", "rowgroup") else None
    if name == "id":
        return value if SAFE_ANCHOR.fullmatch(value) else None
    if name == "class":
        chosen = " ".join(sorted(ALLOWED_CLASSES & set(value.split())))
        return chosen or None
    if name == "href":
        return _href(value)
    if name == "src":
        return _image_source(value)
    return _INVISIBLE.sub("", " ".join(value.split())) if name == "alt" else None


def _href(value: str) -> str | None:
    value = re.sub(r"[\s\x00-\x1f]+", "", value)
    if value.startswith(("//", "/\\", "\\")):
        # Browsers read these as another host: say so plainly.
        value = "https://" + value.lstrip("/\\")
    return value or None


def _image_source(value: str) -> str | None:
    value = value.strip()
    safe = IMAGE_SOURCE.fullmatch(value) and ".." not in value and "//" not in value and "%2" not in value.lower()
    return value if safe else None


_MOLD = nh3.Cleaner(
    tags=_MOLDED_TAGS,
    clean_content_tags=_DROPPED_WITH_CONTENT,
    attributes={
        "*": {"class", "style", "align", "hidden"},
        **{tag: names - {"class"} for tag, names in _ATTRIBUTES.items()},
    },
    url_schemes=_URL_SCHEMES,
    link_rel=None,
)
_STRICT = nh3.Cleaner(
    tags=set(ALLOWED_TAGS),
    clean_content_tags=_DROPPED_WITH_CONTENT,
    attributes=_ATTRIBUTES,
    attribute_filter=_value,
    url_schemes=_URL_SCHEMES,
    link_rel="noopener noreferrer",
)
