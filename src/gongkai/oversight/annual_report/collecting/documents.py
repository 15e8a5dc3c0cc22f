"""规章 and 规范性文件 of table two from documents: made, repealed, in force at the end of the year; newly public.

A document was made on its date of issue 成文日期 (of its first edition: a later revision does not make it anew). In
force 现行有效 at the end of the year is what was made by then, is public, and was neither repealed nor had lapsed by
31 December (``catalog.rules.validity``; what is made and takes effect later counts as in force). 本年废止 counts
documents declared repealed 废止 with effect in the year; what merely lapsed 失效 is not counted there.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.db.models import Count, DateField, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from gongkai.agencies.bodies import Agency
from gongkai.catalog.documents import PUBLIC_STATES, Document, DocumentState, NoticeKind
from gongkai.catalog.editions import SAID, Edition
from gongkai.oversight.annual_report.collecting.applications import Year

TYPES: Mapping[str, str] = {"规章": "rule", "行政规范性文件": "normative", "规范性文件": "normative"}
"""The document type behind each row."""


def of_agency(agency: Agency) -> QuerySet[Document]:
    """What the public may read of these types, with the day it was made on and the last day out it names."""
    said = Edition.objects.filter(document=OuterRef("pk"), state__in=SAID)
    made = Subquery(said.order_by("number").values("date_of_issue")[:1], output_field=DateField())
    documents = Document.objects.order_by().filter(agency=agency, type__in=set(TYPES.values()), state__in=PUBLIC_STATES)
    return documents.annotate(made_on=made)


def columns(year: Year) -> dict[str, Q]:
    """What each column of the block counts, in both formats."""
    in_year = (year.first, year.last)
    after = _begins(year.last + timedelta(days=1))
    withdrawn = Q(state=DocumentState.WITHDRAWN)
    out = withdrawn & (Q(notice_on=None) | Q(notice_on__lte=year.last)) | Q(live__expires_on__lte=year.last)
    made = Q(made_on__range=in_year)
    return {
        "made": made,
        "new_made": made,
        "repealed": withdrawn & Q(notice_kind=NoticeKind.REPEALED, notice_on__range=in_year),
        "valid": Q(made_on__lte=year.last) & ~_known(out),
        "new_public": Q(listed_at__gte=_begins(year.first), listed_at__lt=after),
        "total_public": Q(listed_at__lt=after) & ~_known(out),
    }


def _known(out: Q) -> Q:
    """Only what certainly is so: where a day is not given SQL would neither take it in nor leave it out."""
    return Q(pk__in=Document.objects.order_by().filter(out).values("pk"))


def _begins(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def count(agency: Agency, year: Year, rows: Mapping[str, str], keys: list[str]) -> dict[tuple[str, str], int]:
    """By row and column; one query."""
    wanted = columns(year)
    found = of_agency(agency).aggregate(
        **{
            f"{type_key}_{key}": Count("pk", filter=Q(type=type_key) & wanted[key])
            for type_key in rows.values()
            for key in keys
        }
    )
    return {(row, key): found[f"{type_key}_{key}"] for row, type_key in rows.items() for key in keys}


def behind(agency: Agency, year: Year, row: str, column: str) -> QuerySet[Document]:
    """The documents that one cell counts."""
    documents: QuerySet[Document] = of_agency(agency).filter(columns(year)[column], type=TYPES[row])
    return documents.select_related("live").order_by(F("made_on"), "pk")
