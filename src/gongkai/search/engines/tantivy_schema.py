"""The fields of a tantivy index, and an item as a document of it."""

import json

import tantivy

from gongkai.search import analysis
from gongkai.search.engines.contract import NEVER, Holding, Item, fingerprint

FACETS = ("kind", "agency", "type", "column", "topic", "year")
"""Facets kept as terms; validity is computed from days."""

DATED = "dated"
"""Stands in ``held`` for what changes on some day; the few that do are counted with care, the others at once."""

_EXACT = ("key", "subject", "label", "title_key", "number")
_DAYS = ("day", "begins", "expired", "repealed")


def schema() -> tantivy.Schema:
    """``title`` and ``text`` hold tokens with positions, ``grams`` groups of four characters and single ones."""
    build = tantivy.SchemaBuilder()
    for name in _EXACT:
        build.add_text_field(name, stored=name == "key", tokenizer_name="raw", index_option="basic")
    build.add_text_field("title", tokenizer_name="whitespace", index_option="position")
    build.add_text_field("text", tokenizer_name="whitespace", index_option="position")
    build.add_text_field("grams", tokenizer_name="whitespace", index_option="freq")
    build.add_text_field("hints", tokenizer_name="whitespace", index_option="basic")
    for name in FACETS:
        build.add_text_field(f"f_{name}", tokenizer_name="raw", index_option="basic", fast=True)
    build.add_text_field("base", tokenizer_name="raw", index_option="basic", fast=True)
    build.add_text_field("held", tokenizer_name="raw", index_option="basic", fast=True)
    for name in _DAYS:
        build.add_unsigned_field(name, indexed=False, fast=True)
    build.add_unsigned_field("weight", indexed=False, fast=True)
    build.add_unsigned_field("order", indexed=False, fast=True, stored=True)
    build.add_bytes_field("shown", stored=True)
    return build.build()


def _has_days(holding: Holding) -> bool:
    return bool(holding.begins) or min(holding.expired, holding.repealed) < NEVER


def _as_field(weight: float) -> int:
    """tantivy multiplies a score by log2(2 + field): ten times the weight, as finely as whole numbers allow."""
    return max(0, round(2 ** (10 * weight)) - 2)


def as_document(item: Item) -> tantivy.Document:
    """The item as tantivy wants it. Numbers go in through ``add_unsigned``: given as a keyword argument they would be
    signed, and the writer dies of one in an unsigned field."""
    document = tantivy.Document()
    document.add_text("key", item.key)
    document.add_text("subject", item.subject)
    for label in item.labels:
        document.add_text("label", label)
    for number in item.numbers:
        document.add_text("number", number)
    document.add_text("title_key", analysis.squeezed(item.title))
    title = analysis.runs(item.title)
    document.add_text("title", " ".join(analysis.tokens(title)))
    found = [run for part in (item.title, *item.texts) for run in (*analysis.runs(part), analysis.BREAK)]
    document.add_text("text", " ".join(analysis.tokens(found)))
    document.add_text("grams", " ".join(analysis.grams(found)))
    document.add_text("hints", " ".join(item.hints))
    for name in FACETS:
        for value in item.terms.get(name, ()):
            document.add_text(f"f_{name}", value)
    holding = item.holding
    document.add_text("base", holding.base)
    document.add_text("held", DATED if _has_days(holding) else holding.base)
    days = {"day": item.day, "begins": holding.begins, "expired": holding.expired, "repealed": holding.repealed}
    for name, amount in (days | {"order": item.order, "weight": _as_field(item.weight)}).items():
        document.add_unsigned(name, amount)
    shown = {"print": fingerprint(item), **item.shown}
    document.add_bytes("shown", json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode())
    return document
