"""The figures page: what was published, drawn and in tables; on the city's portal also by agency."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from gongkai.agencies.bodies import Agency
from gongkai.catalog import figures
from gongkai.catalog.figures import Counted, YearFigures
from gongkai.catalog.portal import bars
from gongkai.catalog.portal.frame import Frame, public_page
from gongkai.law.periods import add_months
from gongkai.ledger.refs import Named, Ref
from gongkai.pages.keys import rare, releases

NAME = "公开统计"


@dataclass(frozen=True)
class Drawn:
    """A line of a table with its bar, in hundredths of the longest."""

    counted: Counted
    width: float


@dataclass(frozen=True)
class Table:
    """One way of counting."""

    title: str
    head: str
    note: str
    rows: Sequence[Drawn]


@public_page
def of_year(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """The figures of a year; without one, of the newest in which anything was published. Nothing grows with documents
    but the rows the database counts."""
    frame = Frame(request)
    frame.nobody_waits()
    everybody = frame.agency.is_city
    documents = figures.published(None if everybody else frame.agency)
    by_month = figures.by_month(documents)
    if year is not None and year not in by_month:
        raise Http404("这一年没有公开的信息")
    shown = year or next(iter(by_month), frame.today.year)
    told = figures.of_year(documents, shown)
    columns = figures.by_column(documents, shown, frame.columns)
    # The newest year has two addresses, one of them its own; where nothing was published there is only the short one.
    address = reverse("portal:figures_of", args=[shown]) if by_month else reverse("portal:figures")
    until = frame.today.month if shown == frame.today.year else 12
    if shown == frame.today.year:
        frame.changes_on(add_months(date(frame.today.year, frame.today.month, 1), 1))
    context = {
        "year": shown,
        "year_total": told.total,
        "bars": bars.of_months(told.months, until=until),
        "tables": _tables(frame, told, columns),
        "years": _drawn([_of_year(one, months) for one, months in by_month.items()]),
        "crumbs": frame.crumbs((), *([NAME] if year is None else [NAME, f"{year}年"])),
        "canonical": frame.sites.absolute(frame.agency.pk, address),
    }
    name = NAME if year is None else f"{year}年{NAME}"
    shows: list[Ref | Named] = [releases(None if everybody else frame.agency.pk), *frame.columns]
    shows += [Ref("agency", str(pk)) for pk in told.agencies] if everybody else []
    response = frame.page("catalog/figures.html", context, labels=_labels(frame, name), shows=shows)
    if year is not None and year != next(iter(by_month), None):
        rare(response)
    return response


def _tables(frame: Frame, told: YearFigures, columns: Sequence[Counted]) -> list[Table]:
    item_columns = {one.rules.items[0]: one for one in frame.columns if one.required and len(one.rules.items) == 1}
    items = [
        Counted(one.label, one.count, item_columns[key].get_absolute_url() if key in item_columns else "")
        for key, one in told.items
    ]
    tables = [
        Table("按文件类型", "类型", "", _drawn(told.types)),
        Table("按法定主动公开内容", "条例第二十条", "", _drawn(items)),
    ]
    if columns:
        note = "一份信息可以同时列在几个栏目里，各栏目之和不等于总数。"
        tables.append(Table("按栏目", "栏目", note, _drawn(columns)))
    if frame.agency.is_city:
        names = {one.pk: one for one in Agency.objects.all()}
        place = {pk: number for number, pk in enumerate(names)}
        # Equal ones stand in their usual order, whatever the database gives first.
        most = sorted(told.agencies.items(), key=lambda one: (-one[1], place[one[0]]))
        agencies = [
            Counted(names[key].name, count, frame.sites.url(key, reverse("portal:figures_of", args=[told.year])))
            if frame.sites.hosts.get(key) and key != frame.agency.pk
            else Counted(names[key].name, count)
            for key, count in most
        ]
        tables.insert(0, Table("按机关", "机关", "", _drawn(agencies)))
    return tables


def _drawn(rows: Sequence[Counted]) -> list[Drawn]:
    longest = max((one.count for one in rows), default=0) or 1
    return [Drawn(one, round(100 * one.count / longest, 1)) for one in rows]


def _of_year(year: int, months: dict[int, int]) -> Counted:
    return Counted(f"{year}年", sum(months.values()), reverse("portal:figures_of", args=[year]))


def _labels(frame: Frame, name: str) -> dict[str, str]:
    return {
        "ColumnName": name,
        "ColumnDescription": f"{frame.agency.name}公开了多少政府信息：按月份、类型、法定主动公开内容和栏目统计。",
        "ColumnKeywords": f"公开统计,政府信息公开,{frame.agency.short_name}",
        "ColumnType": "政府信息公开",
    }
