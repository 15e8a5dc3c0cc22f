"""The catalogue 政府信息公开目录: 索引、名称、内容概述、生成日期 (Regulation art. 12, para. 3), by year and month.

It is arranged by the day of publication, which never changes; 生成日期 is the day the information was formed.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.bodies import Agency
from gongkai.catalog import counting, figures
from gongkai.catalog.columns import Column
from gongkai.catalog.documents import Document
from gongkai.catalog.portal.downloads import limited
from gongkai.catalog.portal.frame import Frame, public_page
from gongkai.law.articles import CATALOGUE_COLUMNS
from gongkai.ledger.refs import Named, Ref
from gongkai.pages.keys import rare, releases, remember

NAME = "政府信息公开目录"
PAGE_ROWS = 200
_NOTHING = "这里没有目录"
_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Row:
    """One document in the catalogue's four columns; ``agency`` on the city's portal."""

    index_number: str
    title: str
    summary: str
    formed_on: date | None
    url: str
    agency: str


@dataclass(frozen=True)
class MonthLink:
    """A month of a year with how much is in it."""

    month: int
    count: int
    url: str


@dataclass(frozen=True)
class Year:
    """A year with its months, the first one first."""

    year: int
    months: Sequence[MonthLink]

    @property
    def count(self) -> int:
        return sum(one.count for one in self.months)


@public_page
def years(request: HttpRequest) -> HttpResponse:
    """Every year with its months."""
    frame = Frame(request)
    frame.nobody_waits()
    found = [_year(one, months) for one, months in figures.by_month(_documents(frame)).items()]
    way = _way(frame)
    context = {"years": found, "crumbs": frame.crumbs(way, NAME)} | _canonical(frame)
    return frame.page("catalog/catalogue.html", context, way=way, labels=_labels(frame, NAME), shows=_shows(frame))


@public_page
def year(request: HttpRequest, year: int) -> HttpResponse:
    """One year's months; a year of few documents stands there whole."""
    frame = Frame(request)
    frame.nobody_waits()
    documents = figures.within(_documents(frame), year)
    months = {month: count for month, count in counting.of_months(_documents(frame), year) if count}
    if not months:
        raise Http404(_NOTHING)
    found = _year(year, months)
    context = {
        "year": found,
        "rows": list(_rows(frame, documents)) if found.count <= PAGE_ROWS else [],
        "everybody": frame.agency.is_city,
    }
    return _page(frame, "catalog/catalogue_year.html", context, f"{year}年", newest=year == frame.today.year)


@public_page
def month(request: HttpRequest, year: int, month: int, page: int = 1) -> HttpResponse:
    """One month, so many rows a page; the pages of a past month move only when something of it does."""
    frame = Frame(request)
    frame.nobody_waits()
    documents = figures.within(_documents(frame), year, month)
    count = documents.count()
    pages = -(-count // PAGE_ROWS)
    if not 1 <= page <= pages:
        raise Http404(_NOTHING)
    start = (page - 1) * PAGE_ROWS
    context = {
        "year": year,
        "month": month,
        "count": count,
        "rows": list(_rows(frame, documents, start, start + PAGE_ROWS)),
        "everybody": frame.agency.is_city,
        "later": _month_url(year, month, page - 1) if page > 1 else "",
        "earlier": _month_url(year, month, page + 1) if page < pages else "",
        "note": f"第{page}页，共{pages}页" if pages > 1 else "",
    }
    current = (year, month) == (frame.today.year, frame.today.month)
    return _page(
        frame, "catalog/catalogue_month.html", context, f"{year}年", f"{month}月", newest=current and page == 1
    )


@limited
@public_page
def download(request: HttpRequest, year: int) -> HttpResponse:
    """A year as CSV, in UTF-8 with the mark by which Excel knows it."""
    frame = Frame(request)
    rows = list(_rows(frame, figures.within(_documents(frame), year)))
    if not rows:
        raise Http404(_NOTHING)
    out = io.StringIO()
    writer = csv.writer(out)
    everybody = frame.agency.is_city
    writer.writerow([*(one.label for one in CATALOGUE_COLUMNS), *(["公开机关"] if everybody else []), "网址"])
    for one in rows:
        formed = one.formed_on.isoformat() if one.formed_on else ""
        cells = [one.index_number, one.title, one.summary, formed, *([one.agency] if everybody else [])]
        writer.writerow([*(_plain(cell) for cell in cells), request.build_absolute_uri(one.url)])
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="mulu-{year}.csv"'
    remember(response, frame.agency, *_shows(frame))
    rare(response)
    return response


def _documents(frame: Frame) -> QuerySet[Document]:
    return figures.published(None if frame.agency.is_city else frame.agency)


def _rows(frame: Frame, documents: QuerySet[Document], start: int = 0, end: int | None = None) -> Iterator[Row]:
    """The newest first; one query, without the long texts."""
    said = ("index_number", "live__title", "live__summary", "live__date_of_issue")
    known = ("listed_at", "code", "agency_id", "agency__short_name")
    found = documents.filter(live__isnull=False).order_by("-listed_at", "-pk").values_list(*said, *known)
    for number, title, summary, formed, listed_at, code, agency_id, agency in found[start:end]:
        url = frame.sites.url(agency_id, reverse("portal:document", args=[code]))
        yield Row(number, title, summary, formed or timezone.localdate(listed_at), url, agency)


def _plain(text: str) -> str:
    """A cell that a spreadsheet takes for text: what begins like a formula gets a mark before it."""
    return f"'{text}" if text.startswith(_AS_FORMULA) else text


def _year(year: int, months: dict[int, int]) -> Year:
    return Year(year, [MonthLink(one, months[one], _month_url(year, one)) for one in sorted(months)])


def _month_url(year: int, month: int, page: int = 1) -> str:
    if page == 1:
        return reverse("portal:catalogue_month", args=[year, month])
    return reverse("portal:catalogue_month_page", args=[year, month, page])


def _page(frame: Frame, template: str, context: dict[str, object], *steps: str, newest: bool) -> HttpResponse:
    way = _way(frame)
    crumbs = [*frame.crumbs(way), {"label": NAME, "url": reverse("portal:catalogue")}]
    if len(steps) > 1:
        url = reverse("portal:catalogue_year", args=[context["year"]])
        crumbs.append({"label": steps[0], "url": url})
    crumbs.append({"label": steps[-1], "url": ""})
    labels = _labels(frame, f"{''.join(steps)}{NAME}")
    values = context | {"crumbs": crumbs} | _canonical(frame)
    response = frame.page(template, values, way=way, labels=labels, shows=_shows(frame))
    if not newest:
        rare(response)
    return response


def _canonical(frame: Frame) -> dict[str, object]:
    return {"canonical": frame.sites.absolute(frame.agency.pk, frame.request.path)}


def _shows(frame: Frame) -> list[Ref | Named]:
    """What the agencies release; on the city's portal their short names are said too."""
    if not frame.agency.is_city:
        return [releases(frame.agency.pk)]
    return [releases(None), *(Ref("agency", str(pk)) for pk in Agency.objects.values_list("pk", flat=True))]


def _way(frame: Frame) -> list[Column]:
    top = next((one for one in frame.columns if one.key == "xxgk"), None)
    return [top] if top is not None else []


def _labels(frame: Frame, name: str) -> dict[str, str]:
    return {
        "ColumnName": name,
        "ColumnDescription": f"{frame.agency.name}{name}：索引、名称、内容概述、生成日期。",
        "ColumnKeywords": f"目录,政府信息公开,{frame.agency.short_name}",
        "ColumnType": "政府信息公开目录",
    }
