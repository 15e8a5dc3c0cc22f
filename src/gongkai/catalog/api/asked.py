"""Which documents a request wants: agency, type, item, column, topic, time."""

from datetime import datetime, time
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from ninja import Field, Schema

from gongkai.agencies.bodies import Agency
from gongkai.catalog import doctypes, queries
from gongkai.catalog.api.telling import Telling
from gongkai.catalog.columns import Column
from gongkai.catalog.documents import Document
from gongkai.interfaces.paging import PAGE, CursorText, Limit
from gongkai.interfaces.problems import invalid
from gongkai.interfaces.values import Code, Day, Moment
from gongkai.ledger.entries import Entry

EVERYBODY = "all"


class Asked(Schema):
    """Filters of the list of documents; what is not given does not restrict."""

    agency: Code | None = Field(
        None, description="机构代码；all 为全市。不写时，在机关网站上为该机关，在市门户上为全市", examples=["S04"]
    )
    type: Code | None = Field(None, description="文件类型，见 /api/v1/types", examples=["notice"])
    item: Code | None = Field(None, description="条例第二十条的法定主动公开内容，如 20-01", examples=["20-01"])
    column: Code | None = Field(None, description="栏目，见 /api/v1/agencies/{code}/columns；须指明一个机关")
    topic: Code | None = Field(None, description="专题，见 /api/v1/agencies/{code}/topics")
    published_from: Day | None = Field(None, description="自哪一日（含）起发布")
    published_to: Day | None = Field(None, description="至哪一日（含）止发布")
    changed_since: Moment | None = Field(
        None, description="此后有过发布、更正、修订或标注的。要跟上全部变动（含撤回），请用 /api/v1/changes"
    )
    cursor: CursorText | None = None
    limit: Limit = PAGE


def agency_of(code: str | None, telling: Telling) -> Agency | None:
    """The agency a request is about, None for all of the city; one query when one is named. Raises Problem 422."""
    if code is None:
        return None if telling.here.is_city else telling.here
    if code == EVERYBODY:
        return None
    found = Agency.objects.filter(code=code).first()
    if found is None:
        raise invalid([("query.agency", "没有这个机构代码，见 /api/v1/agencies。")])
    return found


def wanted(asked: Asked, telling: Telling) -> QuerySet[Document]:
    """The public documents asked for, not yet ordered. Raises Problem 422 for a value that names nothing."""
    agency = agency_of(asked.agency, telling)
    documents = _in_column(asked.column, agency) if asked.column else queries.public_documents()
    if agency is not None and not asked.column:
        documents = documents.filter(agency=agency)
    if asked.type:
        if asked.type not in doctypes.all_types():
            raise invalid([("query.type", "没有这种文件类型，见 /api/v1/types。")])
        documents = documents.filter(type=asked.type)
    if asked.item:
        documents = documents.filter(item=asked.item)
    if asked.topic:
        documents = documents.filter(_under(asked.topic))
    if asked.published_from:
        documents = documents.filter(listed_at__gte=_midnight(asked.published_from))
    if asked.published_to:
        documents = documents.filter(listed_at__lte=_midnight(asked.published_to, time.max))
    return documents.filter(_changed(asked.changed_since)) if asked.changed_since else documents


def _in_column(key: str, agency: Agency | None) -> QuerySet[Document]:
    if agency is None:
        raise invalid([("query.column", "栏目属于某一个机关，请同时写明 agency。")])
    column = Column.objects.filter(agency=agency, key=key).first()
    if column is None:
        raise invalid([("query.column", f"{agency.name}没有这个栏目。")])
    return queries.documents_in(column)


def _under(topic: str) -> Any:
    through = Document.topics.through.objects
    return Exists(through.filter(document_id=OuterRef("pk"), topic__slug=topic))


def _changed(since: datetime) -> Q:
    """A newer live edition, or a step of the document's own (a notice, back online) in the ledger since then."""
    steps = Entry.objects.filter(
        subject_kind="document",
        subject_id=Cast(OuterRef("pk"), CharField()),
        at__gte=since,
        data__has_key="to_state",
    )
    return Q(live__released_at__gte=since) | Q(Exists(steps))


def _midnight(day: Any, at: time = time.min) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))
