"""Where a document stands among its agency's columns: decided from the columns' rules, without the database."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gongkai.catalog.columns import Column, ColumnKind, ColumnNode, ColumnRule, Reach


@dataclass(frozen=True)
class PlacedFacts:
    """What a column's rule asks about a document.

    ``picked`` are the ids of columns that have it hand-picked; ``own``: it is of the agency whose columns they are.
    """

    type: str
    item: str
    subject: str
    genre: str
    topics: frozenset[str]
    picked: frozenset[int]
    own: bool = True


def gathers(column: Column, facts: PlacedFacts) -> bool:
    """Whether the column holds the document; the same decision as ``queries.documents_in``."""
    if column.pk in facts.picked:
        return True
    rule = column.rules
    return not rule.picked_only and all(_conditions(rule, facts))


def path_to(tree: Sequence[ColumnNode], facts: PlacedFacts) -> list[Column]:
    """The way to the column where a reader would look for the document, outermost first; empty when none holds it.

    The agency's own columns go before the statutory ones, deeper ones before those above them, narrow before broad.
    """
    found: list[tuple[Column, ...]] = [
        way
        for way in _ways(tree, ())
        if way[-1].kind in (ColumnKind.LIST, ColumnKind.PAGE) and gathers(way[-1], facts) and _says_something(way[-1])
    ]
    if not found:
        return []
    way = max(found, key=_closeness)
    return list(way)


def _conditions(rule: ColumnRule, facts: PlacedFacts) -> Iterator[bool]:
    yield facts.own or rule.reach == Reach.CITY
    yield not rule.types or facts.type in rule.types
    yield not rule.items or facts.item in rule.items
    yield not rule.topics or bool(facts.topics & set(rule.topics))
    yield not rule.subjects or facts.subject in rule.subjects
    yield not rule.genres or facts.genre in rule.genres


def _says_something(column: Column) -> bool:
    """A column without any condition ("everything") is no place to look for one document."""
    rule = column.rules
    return rule.picked_only or any((rule.types, rule.items, rule.topics, rule.subjects, rule.genres))


def _ways(nodes: Iterable[ColumnNode], above: tuple[Column, ...]) -> Iterator[tuple[Column, ...]]:
    for node in nodes:
        way = (*above, node.column)
        yield way
        yield from _ways(node.children, way)


def _closeness(way: tuple[Column, ...]) -> tuple[bool, bool, int, int]:
    """By type before by item or topic: that is how readers are used to look."""
    column = way[-1]
    types = column.rules.types
    return (not column.required, bool(types), len(way), -len(types))
