"""Facets with the names of their values, read from where they are kept: a name that changed is right at once."""

from collections.abc import Callable, Mapping, Sequence

from gongkai.agencies.bodies import Agency
from gongkai.agencies.queries import city
from gongkai.catalog import doctypes
from gongkai.catalog.columns import Column
from gongkai.catalog.documents import Topic
from gongkai.catalog.rules import Validity
from gongkai.search.asking import Asked, Bucket
from gongkai.search.projections import registry

_NO_VALIDITY = "不涉及有效性"
_VALIDITY_ORDER = ("valid", "amended", "pending", "expired", "repealed", "none")


def facets_of(asked: Asked, counts: Mapping[str, Mapping[str, int]]) -> dict[str, Sequence[Bucket]]:
    """Every counted facet: most frequent first, years and validity in their own order. A value nobody has a name for
    (a removed column) is left out; a chosen one stays even when nothing has it. One query a facet."""
    found: dict[str, Sequence[Bucket]] = {}
    for name, counted in counts.items():
        chosen = set(asked.filters.get(name, ()))
        values = [*counted, *(one for one in chosen if one not in counted)]
        names = _NAMES[name](values, asked)
        buckets = [Bucket(one, names[one], counted.get(one, 0), one in chosen) for one in values if one in names]
        found[name] = sorted(buckets, key=_ORDERS.get(name, _by_count))
    return found


def _by_count(bucket: Bucket) -> tuple[int, str]:
    return -bucket.count, bucket.label


_ORDERS: dict[str, Callable[[Bucket], tuple[int, str]]] = {
    "year": lambda bucket: (-int(bucket.value), ""),
    "validity": lambda bucket: (_VALIDITY_ORDER.index(bucket.value), ""),
}


def _kinds(values: Sequence[str], asked: Asked) -> dict[str, str]:
    labels = registry.kind_labels()
    return {one: labels[one] for one in values if one in labels}


def _agencies(values: Sequence[str], asked: Asked) -> dict[str, str]:
    rows = Agency.objects.filter(pk__in=_numbers(values)).values_list("pk", "name")
    return {str(key): name for key, name in rows}


def _types(values: Sequence[str], asked: Asked) -> dict[str, str]:
    known = doctypes.all_types()
    return {one: known[one].label for one in values if one in known}


def _columns(values: Sequence[str], asked: Asked) -> dict[str, str]:
    """Columns of the site asked on: each site has its own tree, and those of others would say the same again."""
    portal = None if asked.site is not None else city()
    site = asked.site if asked.site is not None else portal.pk if portal else None
    rows = Column.objects.filter(pk__in=_numbers(values), agency=site).values_list("pk", "name")
    return {str(key): name for key, name in rows}


def _topics(values: Sequence[str], asked: Asked) -> dict[str, str]:
    rows = Topic.objects.filter(pk__in=_numbers(values)).values_list("pk", "name")
    return {str(key): name for key, name in rows}


def _years(values: Sequence[str], asked: Asked) -> dict[str, str]:
    return {one: f"{one}年" for one in values if one.isdecimal() and len(one) <= 4}


def _validities(values: Sequence[str], asked: Asked) -> dict[str, str]:
    known = {one.value: one.label for one in Validity if one.value} | {"none": _NO_VALIDITY}
    return {one: known[one] for one in values if one in known}


def _numbers(values: Sequence[str]) -> list[int]:
    return [int(one) for one in values if one.isdecimal() and len(one) < 19]


_NAMES: dict[str, Callable[[Sequence[str], Asked], dict[str, str]]] = {
    "kind": _kinds,
    "agency": _agencies,
    "type": _types,
    "column": _columns,
    "topic": _topics,
    "year": _years,
    "validity": _validities,
}
