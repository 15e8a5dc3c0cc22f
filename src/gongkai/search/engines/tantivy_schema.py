"""The fields of a tantivy index, and an item as a document of it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import tantivy

from gongkai.search import analysis
from gongkai.search.engines.contract import EVERYBODY, HEAVIEST, NEVER, Item, fingerprint

FACETS = ("kind", "agency", "type", "column", "topic", "year", "validity")
"""``f_…`` keeps the values of each for filters; of validity, what it was ``as_of``."""

GROUPS = (("kind", "type", "validity"), ("agency",), ("column",), ("topic",), ("year",))
"""Facets counted in one go: a field ``g_…`` of each group keeps all values of an item as one. Counting a field with
exactly one value an item costs a fraction of counting one with several (columns), so those become one as well."""

_EXACT = ("key", "subject", "label", "withheld", "title_key", "number")
_DAYS = ("day", "begins", "expired", "repealed")
_TURNS = ("since", "turns")
_NEXT_FACET, _NEXT_VALUE = "\x1f", "\x1e"


def schema() -> tantivy.Schema:
    """``title`` and ``text`` hold tokens with positions, ``grams`` groups of four characters and single ones.

    ``withheld`` marks what not everybody may find: asking that it be absent is cheaper than that ``label`` be present.
    ``since`` and ``turns``: the days around ``as_of`` between which the validity stays what it is."""
    build = tantivy.SchemaBuilder()
    for name in _EXACT:
        build.add_text_field(name, stored=name == "key", tokenizer_name="raw", index_option="basic")
    build.add_text_field("title", tokenizer_name="whitespace", index_option="position")
    build.add_text_field("text", tokenizer_name="whitespace", index_option="position")
    build.add_text_field("grams", tokenizer_name="whitespace", index_option="freq")
    build.add_text_field("hints", tokenizer_name="whitespace", index_option="basic")
    for name in (*map(facet_field, FACETS), *map(group_field, GROUPS), "base"):
        build.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in _DAYS:
        build.add_unsigned_field(name, indexed=False, fast=True)
    for name in _TURNS:
        build.add_unsigned_field(name, indexed=True, fast=True)
    build.add_unsigned_field("weight", indexed=False, fast=True)
    build.add_unsigned_field("order", indexed=False, fast=True, stored=True)
    build.add_bytes_field("shown", stored=True)
    return build.build()


def facet_field(facet: str) -> str:
    """Where the values of a facet are."""
    return f"f_{facet}"


def group_field(group: Sequence[str]) -> str:
    """Where the values of a group of facets are as one."""
    return f"g_{'_'.join(group)}"


def unfolded(group: Sequence[str], counted: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Counts by facet and value, of counts by what ``group_field`` keeps."""
    found: dict[str, dict[str, int]] = {name: {} for name in group}
    for folded, count in counted.items():
        for name, values in zip(group, _split(folded), strict=True):
            counts = found[name]
            for value in values:
                counts[value] = counts.get(value, 0) + count
    return found


@lru_cache(maxsize=50_000)
def _split(folded: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(one.split(_NEXT_VALUE)) if one else () for one in folded.split(_NEXT_FACET))


def _folded(values: Iterable[Sequence[str]]) -> str:
    return _NEXT_FACET.join(_NEXT_VALUE.join(sorted(one)) for one in values)


def boost(weight: float) -> int:
    """tantivy multiplies a score by log2(2 + field): ten times the weight, as finely as whole numbers allow."""
    return max(0, round(2 ** (10 * min(weight, HEAVIEST))) - 2)


def as_document(item: Item) -> tantivy.Document:
    """The item as tantivy wants it. Numbers go in through ``add_unsigned``: given as a keyword argument they would be
    signed, and the writer dies of one in an unsigned field."""
    document = tantivy.Document()
    document.add_text("key", item.key)
    document.add_text("subject", item.subject)
    for label in item.labels:
        document.add_text("label", label)
    if EVERYBODY not in item.labels:
        document.add_text("withheld", "yes")
    for number in item.numbers:
        document.add_text("number", number)
    _add_words(document, item)
    _add_facets(document, item)
    holding = item.holding
    document.add_text("base", holding.base)
    days = {"day": item.day, "begins": holding.begins, "expired": holding.expired, "repealed": holding.repealed}
    for name, amount in (days | {"order": item.order, "weight": boost(item.weight)}).items():
        document.add_unsigned(name, amount)
    since, turns = holding.around(item.as_of)
    if since > 0:
        document.add_unsigned("since", since)
    if turns < NEVER:
        document.add_unsigned("turns", turns)
    shown = {"print": fingerprint(item), **item.shown}
    document.add_bytes("shown", json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode())
    return document


def _add_words(document: tantivy.Document, item: Item) -> None:
    document.add_text("title_key", analysis.squeezed(item.title))
    title = analysis.runs(item.title)
    document.add_text("title", " ".join(analysis.tokens(title)))
    found = [run for part in (item.title, *item.texts) for run in (*analysis.runs(part), analysis.BREAK)]
    document.add_text("text", " ".join(analysis.tokens(found)))
    document.add_text("grams", " ".join(analysis.grams(found)))
    document.add_text("hints", " ".join(item.hints))


def _add_facets(document: tantivy.Document, item: Item) -> None:
    values = {name: tuple(dict.fromkeys(item.terms.get(name, ()))) for name in FACETS}
    values["validity"] = (item.holding.on(item.as_of),)
    for name, of in values.items():
        for value in of:
            document.add_text(facet_field(name), value)
    for group in GROUPS:
        document.add_text(group_field(group), _folded(values[name] for name in group))
