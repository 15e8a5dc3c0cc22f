"""Changes 变动: every release, notice and removal in the order of the ledger, for mirrors and search engines."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from gongkai.catalog.api.asked import agency_of
from gongkai.catalog.api.shapes import AgencyRef, Keyed
from gongkai.catalog.api.telling import Telling, agency_ref, keyed
from gongkai.catalog.documents import PUBLIC_STATES, Document, DocumentState
from gongkai.interfaces.paging import LONGEST, CursorText, Limit, link_next, pack, unpack
from gongkai.interfaces.values import Code
from gongkai.ledger.entries import Entry
from gongkai.ledger.followers import settled
from gongkai.publishing import ledger_kinds as kinds
from gongkai.publishing.deliveries import ACTS, document_id_of

router = Router(tags=["变动"])
_LABELS = {"publish": "发布", "notice": "标注失效", "remove": "撤下"}


class AskedChanges(Schema):
    """Whose changes, and from where on."""

    agency: Code | None = Field(
        None, description="机构代码；all 为全市。不写时，在机关网站上为该机关，在市门户上为全市"
    )
    after: CursorText | None = Field(None, description="上一次答复中的 next；不写则从头开始")
    limit: Limit = LONGEST


class ChangeOut(Schema):
    """一次变动。只说哪份文件怎样了；内容按现状另取"""

    act: Keyed = Field(
        description="publish 发布（含更正、修订）、notice 标注失效或废止、remove 撤下（含撤回、下线、转走）"
    )
    at: datetime
    agency: AgencyRef
    code: str
    index_number: str
    edition: int | None = Field(description="发布的是第几版；不是发布的为 null")
    now: Keyed = Field(description="文件现在的状态，可能已经又变了")
    api_url: str | None = Field(description="现在能读的，接口地址；不能读的为 null，请撤下副本")


class ChangePage(Schema):
    """一批变动，旧的在前"""

    items: list[ChangeOut]
    next: str = Field(description="这一批之后的标记，留着下次作为 after 带来；没有新变动时不变")
    more: bool = Field(description="后面是否还有，有则立即接着取")


@router.get("/changes", response=ChangePage, url_name="changes", summary="变动清单", operation_id="changes")
def changes(request: HttpRequest, response: HttpResponse, asked: Query[AskedChanges]) -> Any:
    """发布、更正、失效、撤回等，按发生的先后，一件不漏。镜像从头取一遍，此后带着 next 定时来取即可。

    同一份文件可能先后出现多次；处理时以现状 now 为准。撤下的不再说标题。
    """
    telling = Telling(request)
    agency = agency_of(asked.agency, telling)
    place = unpack(asked.after, "query.after") if asked.after else (0, 0)
    rows = list(_entries(place, agency.pk if agency else None)[: asked.limit + 1])
    more, rows = len(rows) > asked.limit, rows[: asked.limit]
    last = (rows[-1].xid, rows[-1].pk) if rows else place
    following = pack(*last)
    if more:
        link_next(request, response, following, "after")
    numbers = {document_id_of(one) for one in rows}
    documents = Document.objects.select_related("agency").in_bulk(numbers)
    items = [_told(one, documents[document_id_of(one)], telling) for one in rows]
    return {"items": items, "next": following, "more": more}


def _entries(place: tuple[int, int], agency_id: int | None) -> "QuerySet[Entry]":
    xid, number = place
    rows = settled().filter(Q(xid__gt=xid) | Q(xid=xid, id__gt=number), kind__in=kinds.TO_THE_PUBLIC)
    return rows if agency_id is None else rows.filter(agency_id=str(agency_id))


def _told(entry: Entry, document: Document, telling: Telling) -> dict[str, Any]:
    act = ACTS[entry.kind].value
    return {
        "act": keyed(act, _LABELS[act]),
        "at": entry.at,
        "agency": agency_ref(document.agency),
        "code": document.code,
        "index_number": document.index_number,
        "edition": entry.data.get("number") if act == "publish" else None,
        "now": keyed(document.state, str(DocumentState(document.state).label)),
        "api_url": telling.api("document", document.code) if document.state in PUBLIC_STATES else None,
    }
