"""How provisions keep their ids from edition to edition: ids are given out, carried over, written into the html."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from lxml.html import HtmlElement

from gongkai.texts.alignment import Unit, align
from gongkai.texts.lines import Line, comparable
from gongkai.texts.structure import Level, Place

CODES = {
    Level.PART: "b",
    Level.SUBPART: "f",
    Level.CHAPTER: "z",
    Level.SECTION: "j",
    Level.ARTICLE: "t",
    Level.PARAGRAPH: "k",
    Level.ITEM: "x",
    Level.POINT: "m",
}
# What `anchor` writes; anything of this shape in a new edition is the trace of an older one.
OWN_ANCHOR = re.compile(r"[bfzjt]-\d+(?:z\d+)?(?:-\d+)?(?:-[fzj]-\d+(?:-\d+)?)*")


class Numbering:
    """Gives out ids: the natural one, or, where that was ever given, the next free suffix."""

    def __init__(self, used: set[str]) -> None:
        self.used = used

    def ids(self, places: Sequence[Place], kept: Mapping[int, str] | None = None) -> list[str]:
        """Ids in the order of the places; `kept` are those carried over from an earlier edition, by position."""
        kept = kept or {}
        self.used.update(kept.values())
        ids: list[str] = []
        open_places: list[tuple[Level, str]] = []
        for position, place in enumerate(places):
            while open_places and open_places[-1][0].rank >= place.level.rank:
                open_places.pop()
            own = f"{CODES[place.level]}-{place.number}" + (f"z{place.branch}" if place.branch else "")
            if place.level is not Level.ARTICLE and open_places:
                # Sections restart in every chapter, chapters in every part; articles never do.
                own = f"{open_places[-1][1]}-{own}"
            identity = kept.get(position) or self._free(own)
            ids.append(identity)
            if place.level is not Level.ARTICLE:
                open_places.append((place.level, identity))
        return ids

    def _free(self, wanted: str) -> str:
        identity, count = wanted, 1
        while identity in self.used:
            count += 1
            identity = f"{wanted}-{count}"
        self.used.add(identity)
        return identity


def carry_over(old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> dict[int, Mapping[str, Any]]:
    """Position in `new` → the entry of `old` it continues; compared level by level."""
    found: dict[int, Mapping[str, Any]] = {}
    if not old:
        return found  # a first edition: most texts are one, and comparing with nothing costs as much as with something
    old_units, new_units = _units(old), _units(new)
    for level in (Level.PART, Level.SUBPART, Level.CHAPTER, Level.SECTION, Level.ARTICLE):
        old_here = [i for i, entry in enumerate(old) if entry["kind"] == level]
        new_here = [j for j, entry in enumerate(new) if entry["kind"] == level]
        alignment = align(
            [old_units[i] for i in old_here], [new_units[j] for j in new_here], floor=0.3, trust_keys=True
        )
        for there, j in enumerate(new_here):
            source = alignment.source(there)
            if source is not None:
                found[j] = old[old_here[source]]
    return found


def _units(entries: Sequence[Mapping[str, Any]]) -> list[Unit]:
    """An article is compared by its words; a chapter by its title and that of what it stands in.

    The key is the number and how many times it came: an order and the regulation annexed to it both have a 第一条.
    """
    units = []
    words: str
    key: tuple[Any, ...]
    seen: Counter[tuple[Any, ...]] = Counter()
    titles: dict[Level, str] = {}
    for entry in entries:
        level = Level(entry["kind"])
        above = "/".join(title for other, title in sorted(titles.items()) if other.rank < level.rank)
        if level is Level.ARTICLE:
            words, key = entry["heading"] + entry["text"], (level, entry["number"], entry["branch"])
        else:
            titles = {other: title for other, title in titles.items() if other.rank < level.rank}
            titles[level] = entry["heading"]
            words, key = f"{above}/{entry['heading']}", (level, entry["number"], above)
        seen[key] += 1
        units.append(Unit(comparable(words), (*key, seen[key])))
    return units


def anchor(root: HtmlElement, lines: Sequence[Line], places: Sequence[Place], ids: Sequence[str]) -> None:
    """Write the ids where the places begin; older ones go, links to another id of the same element are renamed."""
    for element in root.iter("*"):
        if OWN_ANCHOR.fullmatch(element.get("id", "")):
            del element.attrib["id"]
    renamed = {}
    # From the end, so that dividing a paragraph leaves the ones before in place.
    for place, identity in reversed(list(zip(places, ids, strict=True))):
        line = lines[place.start]
        block = line.block if line.after is None else _divided(line.block, line.after)
        if block is None or block is root:
            continue
        if foreign := block.get("id"):
            renamed[f"#{foreign}"] = f"#{identity}"
        block.set("id", identity)
    for link in root.iter("a"):
        if link.get("href") in renamed:
            link.set("href", renamed[link.get("href")])


def _divided(block: HtmlElement, break_: HtmlElement) -> HtmlElement | None:
    """Make what follows a `<br>` inside a paragraph or heading a paragraph of its own."""
    if break_.tag != "br" or block.tag not in ("p", "h2", "h3", "h4", "h5"):
        return None
    following, inner = break_, None
    while following is not block:
        parent = following.getparent()
        rest = parent.makeelement(parent.tag, {key: value for key, value in parent.attrib.items() if key != "id"})
        if inner is None:
            rest.text = following.tail
        else:
            inner.tail = following.tail
            rest.append(inner)
        following.tail = None
        for sibling in list(following.itersiblings()):
            rest.append(sibling)
        following, inner = parent, rest
    break_.drop_tree()
    block.addnext(inner)
    return inner
