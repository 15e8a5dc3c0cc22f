"""What rules ask of documents, as conditions that a database answers from its indexes, however many there are.

A rule of several types or items is taken apart (``parts_of``): each part is found in order by one index, where the
whole would have the database sort everything that matches.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.lookups import Exact

from gongkai.catalog import united
from gongkai.catalog.columns import ColumnRule
from gongkai.catalog.documents import PUBLIC_STATES, Document

NEWEST_FIRST = ("-listed_at", "-id")
_AN_AGENCY = -1  # stands for one in a statement that is used for many


def condition(rule: ColumnRule, agency_id: int | None) -> Q:
    """What the rule asks, of the documents of that agency (None: of everybody's); what is picked by hand aside."""
    wanted = Q() if agency_id is None else _issued_by(agency_id, few=bool(rule.topics))
    if rule.types:
        wanted &= Q(type__in=rule.types)
    if rule.items:
        wanted &= Q(item__in=rule.items)
    if rule.topics:
        wanted &= under_topics(rule.topics)
    if rule.subjects:
        wanted &= Q(live__subject__in=rule.subjects)
    if rule.genres:
        wanted &= Q(live__genre__in=rule.genres)
    return wanted


def parts_of(rule: ColumnRule) -> list[ColumnRule]:
    """Rules that together gather what this one does, each of one type or item at most."""
    if len(rule.types) > 1:
        return [replace(rule, types=(one,)) for one in rule.types]
    if len(rule.items) > 1:
        return [replace(rule, items=(one,)) for one in rule.items]
    return [rule]


def under_topics(slugs: Iterable[str]) -> Q:
    """The condition of standing under one of these topics."""
    through = Document.topics.through.objects
    return Q(pk__in=through.filter(topic__slug__in=list(slugs)).values("document"))


def in_order(
    documents: QuerySet[Document], order: Sequence[str], size: int, ways: Sequence[Q] = ()
) -> QuerySet[Document]:
    """The first of these documents in that order, of those for which one of the conditions ``ways`` holds.

    Each way is read in order from its own index and no further than ``size``; only what came of that is sorted.
    """
    if len(ways) < 2:
        return documents.filter(*ways).order_by(*order)[:size]
    heads = [documents.filter(way).order_by(*order).values("id")[:size].query.sql_with_params() for way in ways]
    parts = [f"SELECT id FROM ({sql}) AS way{number}" for number, (sql, _) in enumerate(heads)]  # noqa: S608
    found = RawSQL(" UNION ALL ".join(parts), [value for _, given in heads for value in given])  # noqa: S611
    return documents.filter(pk__in=found).order_by(*order)[:size]


Asked = tuple[int, ColumnRule]
"""An agency and a rule for its own documents."""


def newest_of(asked: Iterable[Asked]) -> dict[Asked, tuple[datetime, int]]:
    """When the newest public document of each was published, and its id; those with any. One query for 120 of them,
    and one more."""
    wanted = list(dict.fromkeys(asked))
    heads = {rule: _head(rule) for _, rule in wanted}
    selects: list[united.Select] = []
    for number, (agency_id, rule) in enumerate(wanted):
        sql, given = heads[rule]
        values = [agency_id if one == _AN_AGENCY else one for one in given]
        selects.append((f"SELECT {number}, id FROM ({sql}) AS head{number}", values))  # noqa: S608
    newest: dict[Asked, int] = {wanted[number]: pk for number, pk in united.rows(selects)}
    rows = Document.objects.filter(pk__in=set(newest.values())).values_list("pk", "listed_at")
    moments = {pk: listed_at for pk, listed_at in rows if listed_at is not None}
    return {one: (moments[pk], pk) for one, pk in newest.items() if pk in moments}


def _head(rule: ColumnRule) -> tuple[str, tuple[Any, ...]]:
    public = Document.objects.filter(condition(rule, _AN_AGENCY), state__in=PUBLIC_STATES, live__isnull=False)
    sql, given = public.order_by(*NEWEST_FIRST).values("id")[:1].query.sql_with_params()
    return sql, tuple(given)


def _issued_by(agency_id: int, *, few: bool) -> Q:
    """The condition of being of an agency. ``few``: where another condition finds few documents by their keys. Written
    so, SQLite, which knows no numbers, does not go through all of the agency's for them."""
    return Q(Exact(F("agency_id") + 0, agency_id)) if few else Q(agency=agency_id)
