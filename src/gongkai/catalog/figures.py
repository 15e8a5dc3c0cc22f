"""What was published, counted from the documents themselves: by year, month, type, item, column and agency."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from gongkai.agencies.bodies import Agency
from gongkai.catalog import counting, doctypes
from gongkai.catalog.columns import Column, ColumnKind
from gongkai.catalog.documents import PUBLIC_STATES, Document
from gongkai.catalog.months import MonthOf, parts
from gongkai.catalog.queries import gathered_by
from gongkai.law import articles


@dataclass(frozen=True)
class Counted:
    """One line of a table: what, how many, where it can be read ("": nowhere in particular)."""

    label: str
    count: int
    url: str = ""


@dataclass(frozen=True)
class YearFigures:
    """A year: by month (all twelve), by type and by item in their order, by agency id."""

    year: int
    months: Sequence[tuple[int, int]]
    types: Sequence[Counted]
    items: Sequence[tuple[str, Counted]]
    agencies: Counter[int]

    @property
    def total(self) -> int:
        return sum(count for _, count in self.months)


def published(agency: Agency | None) -> QuerySet[Document]:
    """Public documents of the agency, or (None) of everybody, without their texts."""
    documents = Document.objects.filter(state__in=PUBLIC_STATES, listed_at__isnull=False)
    return documents if agency is None else documents.filter(agency=agency)


def within(documents: QuerySet[Document], year: int, month: int | None = None) -> QuerySet[Document]:
    """Those published in that year, or month of it, by the clock of the installation."""
    start, end = counting.year_of(year) if month is None else counting.month_of(year, month)
    return documents.filter(listed_at__gte=start, listed_at__lt=end)


def by_month(documents: QuerySet[Document]) -> dict[int, dict[int, int]]:
    """By year and month, newest year first; months without anything are not in it. Three queries to learn of the years,
    then one for every ten of them."""
    months = [(year, month) for year in counting.of_years(documents) for month in range(12, 0, -1)]
    counted = counting.within_each(documents, [counting.month_of(*one) for one in months])
    found: dict[int, dict[int, int]] = {}
    for (year, month), count in zip(months, counted, strict=True):
        if count:
            found.setdefault(year, {})[month] = count
    return found


def of_year(documents: QuerySet[Document], year: int) -> YearFigures:
    """One year taken apart; one query, whatever it is counted by."""
    rows = (
        within(documents, year)
        .order_by()
        .annotate(month=MonthOf("listed_at"))
        .values_list("month", "type", "item", "agency_id")
        .annotate(count=Count("pk"))
    )
    months, types, items, agencies = (Counter[Any]() for _ in range(4))
    for month, kind, item, agency_id, count in rows:
        for counter, key in ((months, parts(month)[1]), (types, kind), (items, item), (agencies, agency_id)):
            counter[key] += count
    known = doctypes.all_types()
    return YearFigures(
        year=year,
        months=[(number, months[number]) for number in range(1, 13)],
        types=[Counted(one.label, types[key]) for key, one in known.items() if types[key]],
        items=[(one.key, Counted(f"{one.numeral}{one.name}", items[one.key])) for one in articles.ARTICLE_20],
        agencies=agencies,
    )


def by_column(documents: QuerySet[Document], year: int, columns: Sequence[Column]) -> list[Counted]:
    """How many of the year's documents each of these columns gathers, those with any; one query for all columns.

    The items of article 20 are counted by themselves. A document may stand in several columns, or in none.
    """
    counted = [one for one in columns if one.kind == ColumnKind.LIST and not _is_an_item(one)]
    if not counted:
        return []
    counts = {f"c{one.pk}": Count("pk", filter=_condition(one)) for one in counted}
    found = within(documents, year).aggregate(**counts)
    return [Counted(one.name, found[f"c{one.pk}"], one.get_absolute_url()) for one in counted if found[f"c{one.pk}"]]


def _is_an_item(column: Column) -> bool:
    return column.required and list(column.rule) == ["items"]


def _condition(column: Column) -> Q:
    try:
        return gathered_by(column)
    except ValueError:
        return Q(pk__in=[])  # a rule that became unreadable gathers nothing
