"""The provisions of a legal text (编 章 节 条 款 项 目), and the lasting identity of each article and chapter.

`parse` gives the tree of one edition. `identify` gives every article an id that outlives renumbering: the id follows
the text from edition to edition, and an id once given is never given again within the document.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gongkai.texts import lines as reading
from gongkai.texts.dates import chinese_numeral
from gongkai.texts.identity import CODES, Numbering, anchor, carry_over
from gongkai.texts.lines import Line, LineKind
from gongkai.texts.structure import Level, Place, item_mark, locate


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision.

    id: t-26, t-26z1 (之一), z-2, z-2-j-1; below articles t-26-k1-x2-m3. number_label: 第二十六条, 第二款, 第（三）项.
    path: labels of everything it stands in, from the outside, itself last. citation: how it is cited, without chapters
    and without 第一款 where there is no second (第二十六条第（三）项). text: of an article all its lines without the
    number, separated by newlines; of 款项目 their own lines; of 编章节 nothing. branch: n of 之n, else 0.
    """

    id: str
    kind: Level
    number: int
    number_label: str
    path: tuple[str, ...]
    citation: str
    heading: str
    text: str
    children: tuple["Provision", ...] = ()
    branch: int = 0

    def walk(self) -> Iterator["Provision"]:
        """Itself and everything in it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A heading of a text that is not a legal one: 一、总体要求 is level 1, （一） level 2, 1. level 3."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Structure:
    """What `parse` found: the tree of a legal text, or the outline of any other; one of the two is empty."""

    provisions: tuple[Provision, ...]
    outline: tuple[OutlineEntry, ...]

    @property
    def is_legal(self) -> bool:
        return bool(self.provisions)

    def articles(self) -> tuple[Provision, ...]:
        """All 条 in order."""
        return tuple(each for top in self.provisions for each in top.walk() if each.kind is Level.ARTICLE)

    def gaps(self) -> tuple[str, ...]:
        """Chinese sentences on breaks in the numbering (第五条之后是第八条); restarting at 第一条 is none."""
        found = []
        previous: Provision | None = None
        for article in self.articles():
            if not _continues(previous, article):
                where = f"{previous.number_label}之后" if previous else "全文开头"
                found.append(f"条文序号不连续：{where}是{article.number_label}")
            previous = article
        return tuple(found)


def _continues(previous: Provision | None, article: Provision) -> bool:
    if article.branch:
        return previous is not None and (article.number, article.branch) == (previous.number, previous.branch + 1)
    return article.number == 1 or (previous is not None and article.number == previous.number + 1)


def parse(html: str) -> Structure:
    """Read the structure of a clean HTML text; ids are those of a first edition."""
    lines = reading.read(reading.fragment(html))
    places = locate(lines)
    if not places:
        return Structure((), _outline(lines))
    roots = _tree(places, lines, Numbering(set()).ids(places))
    return Structure(tuple(node.frozen() for node in roots), ())


@dataclass(slots=True)
class _Node:
    """A provision being built."""

    id: str
    level: Level
    number: int
    label: str
    heading: str = ""
    branch: int = 0
    lines: list[str] = field(default_factory=list)
    children: list["_Node"] = field(default_factory=list)

    def frozen(self, above: tuple[str, ...] = (), citation: str = "", alone: bool = False) -> Provision:
        """The finished provision; `alone`: the only 款 of its article, which citations leave out."""
        path = (*above, self.label)
        cited = (citation if self.level is not Level.ARTICLE else "") + ("" if alone else self.label)
        paragraphs = sum(child.level is Level.PARAGRAPH for child in self.children)
        children = tuple(
            child.frozen(path, cited, child.level is Level.PARAGRAPH and paragraphs == 1) for child in self.children
        )
        return Provision(
            id=self.id,
            kind=self.level,
            number=self.number,
            number_label=self.label,
            path=path,
            citation=cited,
            heading=self.heading,
            text="\n".join(self.lines),
            children=children,
            branch=self.branch,
        )

    def add(self, level: Level, number: int, label: str, text: str) -> "_Node":
        """A 款项目 below; its id counts on when a number comes twice (two lists in one 款)."""
        wanted = f"{self.id}-{CODES[level]}{number}"
        taken = {child.id for child in self.children}
        unique, count = wanted, 1
        while unique in taken:
            count += 1
            unique = f"{wanted}n{count}"
        self.children.append(_Node(unique, level, number, label, lines=[text] if text else []))
        return self.children[-1]


def _tree(places: Sequence[Place], lines: Sequence[Line], ids: Sequence[str]) -> list[_Node]:
    roots: list[_Node] = []
    open_nodes: list[_Node] = []
    before: Place | None = None
    for place, identity in zip(places, ids, strict=True):
        if before and before.level is place.level is Level.ARTICLE and place.number == 1 < before.number:
            # An annexed text begins, which stands in no chapter of the first one.
            open_nodes.clear()
        before = place
        node = _Node(identity, place.level, place.number, place.label, place.heading, place.branch)
        while open_nodes and open_nodes[-1].level.rank >= place.level.rank:
            open_nodes.pop()
        (open_nodes[-1].children if open_nodes else roots).append(node)
        if place.level is Level.ARTICLE:
            node.lines = _article_lines(place, lines)
            _Paragraphs(node).read(place, lines)
        else:
            open_nodes.append(node)
    return roots


def _article_lines(place: Place, lines: Sequence[Line]) -> list[str]:
    return [text for text in (place.opening, *(line.text for line in lines[place.start + 1 : place.end])) if text]


class _Paragraphs:
    """Divides the lines of one article into 款, 项 and 目."""

    def __init__(self, article: _Node) -> None:
        self.article = article
        self.paragraph: _Node | None = None
        self.item: _Node | None = None
        self.item_depth = 0
        self.current = article

    def read(self, place: Place, lines: Sequence[Line]) -> None:
        if place.opening:
            self._take_text(place.opening)
        for line in lines[place.start + 1 : place.end]:
            if line.kind in (LineKind.ROW, LineKind.FIGURE, LineKind.QUOTE) and self.current is not self.article:
                # What is shown with a sentence belongs to it.
                self.current.lines.append(line.text)
            elif line.kind is LineKind.ITEM and not item_mark(line.text) and self.current is not self.article:
                self._take_list_item(line)
            else:
                self._take_text(line.text)

    def _take_text(self, text: str) -> None:
        if mark := item_mark(text):
            self._add_item(mark.level, mark.number, mark.label, text[mark.end :])
        else:
            self._add_paragraph(text)

    def _take_list_item(self, line: Line) -> None:
        """Word's automatic numbers are not part of the text; a list below a 款 is its 项, a list below a 项 its 目."""
        if line.ordinal is None:
            self.current.lines.append(line.text)
        elif self.item is not None and line.depth > self.item_depth:
            self._add_item(Level.POINT, line.ordinal, str(line.ordinal), line.text)
        else:
            self._add_item(Level.ITEM, line.ordinal, f"（{chinese_numeral(line.ordinal)}）", line.text)
            self.item_depth = line.depth

    def _add_paragraph(self, text: str) -> _Node:
        number = sum(child.level is Level.PARAGRAPH for child in self.article.children) + 1
        self.paragraph = self.article.add(Level.PARAGRAPH, number, f"第{chinese_numeral(number)}款", text)
        self.item, self.current = None, self.paragraph
        return self.paragraph

    def _add_item(self, level: Level, number: int, label: str, text: str) -> None:
        below = self.paragraph or self._add_paragraph("")
        if level is Level.POINT and self.item is not None:
            below = self.item
        self.current = below.add(level, number, f"第{label.rstrip('.．')}{level.value}", text)
        if level is Level.ITEM:
            self.item, self.item_depth = self.current, 0


_OUTLINE = (
    (1, re.compile(r"[一二三四五六七八九十]{1,3} ?、")),
    (2, re.compile(r"[（(] ?[一二三四五六七八九十]{1,3} ?[）)]")),
    (3, re.compile(r"\d{1,2} ?(?:[．、]|\.(?!\d))")),
)


def _outline(lines: Sequence[Line]) -> tuple[OutlineEntry, ...]:
    """The numbered headings of an ordinary official text; where heading and text run on, the first sentence."""
    entries = []
    for line in lines:
        if line.kind in (LineKind.ROW, LineKind.FIGURE, LineKind.QUOTE):
            continue
        for level, pattern in _OUTLINE:
            if pattern.match(line.text):
                title = re.split(r"[。：；]", line.text, maxsplit=1)[0]
                if len(title) <= 60:
                    entries.append(OutlineEntry(level, title))
    return tuple(entries)


def identify(
    html: str, previous: Sequence[Mapping[str, Any]] | None = None, *, edition: int | None = None
) -> tuple[str, list[dict[str, Any]]]:
    """Give the articles and chapters of an edition their lasting ids.

    html: clean HTML. previous: the list this function gave for the edition before, None for the first. edition: ordinal
    of this edition, by default one more than the latest any entry began in.

    Returns the html with `id` where each provision begins (a paragraph holding several articles is divided there) and
    the JSON list to store with the edition, in reading order, retired ones last: id, kind (编…条), number, branch,
    number_label, heading, text, retired, first_edition. A text without articles comes back unchanged, and what it had
    before is retired.

    The id follows the text: renumbered or moved articles keep it. An article rewritten as a whole keeps it when its
    number and its neighbours stayed. Ids of retired entries are never given again, not even to a text that returns.
    """
    earlier = [dict(entry) for entry in previous or ()]
    if edition is None:
        edition = max((entry["first_edition"] for entry in earlier), default=0) + 1
    root = reading.fragment(html)
    lines = reading.read(root)
    places = locate(lines)
    if not places:
        return html, [entry | {"retired": True} for entry in earlier]
    entries = [_entry(place, lines) for place in places]
    active = [entry for entry in earlier if not entry["retired"]]
    sources = carry_over(active, entries)
    kept = {position: str(source["id"]) for position, source in sources.items()}
    ids = Numbering({entry["id"] for entry in earlier}).ids(places, kept)
    for position, (entry, identity) in enumerate(zip(entries, ids, strict=True)):
        source = sources.get(position)
        entry |= {"id": identity, "first_edition": source["first_edition"] if source else edition}
    staying = set(kept.values())
    gone = [entry | {"retired": True} for entry in active if entry["id"] not in staying]
    anchor(root, lines, places, ids)
    return reading.serialise(root), [*entries, *(entry for entry in earlier if entry["retired"]), *gone]


def _entry(place: Place, lines: Sequence[Line]) -> dict[str, Any]:
    text = "\n".join(_article_lines(place, lines)) if place.level is Level.ARTICLE else ""
    return {
        "id": "",
        "kind": place.level.value,
        "number": place.number,
        "branch": place.branch,
        "number_label": place.label,
        "heading": place.heading,
        "text": text,
        "retired": False,
        "first_edition": 0,
    }
