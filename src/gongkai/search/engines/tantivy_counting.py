"""How many match, and how many of them have each value of a facet: exact, in as few passes as that takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import tantivy

from gongkai.search.engines import tantivy_query as asking
from gongkai.search.engines.contract import Wanted
from gongkai.search.engines.tantivy_query import QueryMaker
from gongkai.search.engines.tantivy_schema import GROUPS, group_field, unfolded

Counts = dict[str, dict[str, int]]

MOST_AT_ONCE = 12_000
"""Values of a group: agencies, or combinations of columns, are some thousands in a large city. With more of them each
facet of the group is counted alone."""
_MOST = 60_000  # values in one answer; tantivy refuses to give more than 65,000


@dataclass(frozen=True)
class Pass:
    """One going through the matches: the facets it counts, and the one whose filter it leaves aside."""

    facets: tuple[str, ...]
    without: str = ""


def passes(wanted: Wanted) -> list[Pass]:
    """Every facet is counted among the results; one that is filtered by, as if it were not."""
    chosen = [name for name in wanted.facets if wanted.filters.get(name)]
    others = tuple(name for name in wanted.facets if name not in chosen)
    return [*([Pass(others)] if others else []), *(Pass((name,), name) for name in chosen)]


def total(searcher: tantivy.Searcher, query: tantivy.Query) -> int:
    """How many match. In the order of a field nothing is scored on the way."""
    return int(searcher.search(query, limit=1, order_by_field="order").count or 0)  # type: ignore[attr-defined]


def counted(searcher: tantivy.Searcher, make: QueryMaker, wanted: Wanted, one: Pass) -> tuple[int, Counts]:
    """What one pass finds: how many items it met, and the counts of its facets."""
    query = make.matching(wanted, without=one.without)
    groups = [group for group in GROUPS if set(group) & set(one.facets)]
    answer = searcher.aggregate(query, asking.grouped(groups, MOST_AT_ONCE))
    met: int | None = None
    found: Counts = {}
    for group in groups:
        if asking.is_whole(answer[group_field(group)]):
            folded = asking.counts(answer[group_field(group)])
            met, found = sum(folded.values()), found | unfolded(group, folded)
        else:
            found |= _each(searcher.aggregate(query, asking.single(group, _MOST // len(group))))
    turned = make.turned(wanted, one.without)
    if "validity" in one.facets and total(searcher, turned):
        _turn(found["validity"], searcher.aggregate(turned, asking.by_days(wanted.today)))
    return total(searcher, query) if met is None else met, {name: found[name] for name in one.facets}


def _each(answer: Mapping[str, Any]) -> Counts:
    return {name: asking.counts(counts) for name, counts in answer.items()}


def _turn(found: dict[str, int], turned: Mapping[str, Any]) -> None:
    """Count what is another one today than when it was projected as what it is."""
    for counts, sign in ((asking.counts(turned["projected"]), -1), (asking.validity_counts(turned), 1)):
        for value, count in counts.items():
            found[value] = found.get(value, 0) + sign * count
    for value in [value for value, count in found.items() if not count]:
        del found[value]
