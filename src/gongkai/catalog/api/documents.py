"""Documents and their editions, as everybody may see them; every state of a document has its own answer."""

from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone
from ninja import Path, Query, Router

from gongkai.catalog import queries
from gongkai.catalog.api.asked import Asked, wanted
from gongkai.catalog.api.shapes import DocumentOut, DocumentPage, EditionOut
from gongkai.catalog.api.telling import Telling, lines
from gongkai.catalog.documents import PUBLIC_STATES, Document, DocumentState
from gongkai.catalog.editions import SAID
from gongkai.catalog.portal.access import since
from gongkai.catalog.portal.lists import for_list
from gongkai.catalog.queries import Cursor
from gongkai.interfaces.paging import link_next, pack_moment, unpack_moment
from gongkai.interfaces.problems import Problem
from gongkai.interfaces.values import Code, Number
from gongkai.texts.dates import official

router = Router(tags=["文件"])
_MOVED: dict[str, Any] = {
    "responses": {"301": {"description": "已转至他处，地址在 Location 中"}},
}


@router.get("/documents", response=DocumentPage, url_name="documents", summary="文件列表", operation_id="documents")
def documents(request: HttpRequest, response: HttpResponse, asked: Query[Asked]) -> Any:
    """全部公开文件，按发布日期从新到旧。已失效、废止的也在内，有效性按当日计算；撤回、下线的不在内。

    翻页：把答复中的 next 作为 cursor 带回，其余条件不变；next 为 null 就是到底了。
    翻页期间新发布的文件不会打乱后面的页。
    """
    telling = Telling(request)
    place = unpack_moment(asked.cursor) if asked.cursor else None
    rows = for_list(wanted(asked, telling)).prefetch_related("topics")
    page = queries.page_of(rows, before=Cursor(*place) if place else None, size=asked.limit)
    further = pack_moment(page.earlier.at, page.earlier.id) if page.earlier else None
    link_next(request, response, further)
    return {"items": lines(telling, page.documents), "next": further}


@router.get(
    "/documents/{code}",
    response=DocumentOut,
    url_name="document",
    summary="一份文件",
    operation_id="document",
    openapi_extra=_MOVED,
)
def document(request: HttpRequest, code: Path[Code]) -> Any:
    """公文信息、正文、附件、关系、标注和历次版本。

    已撤回（误发）的答 410，只说明由谁、何时撤回；已转至他处的答 301；已下线的答 404 并说明。
    """
    telling = Telling(request)
    found = _public(code, telling)
    return found if isinstance(found, HttpResponse) else telling.whole(found)


@router.get(
    "/documents/{code}/editions/{number}",
    response=EditionOut,
    url_name="edition",
    summary="一个历史版本",
    operation_id="edition",
    openapi_extra=_MOVED,
)
def edition(request: HttpRequest, code: Path[Code], number: Path[Number]) -> Any:
    """公开过的某一版：当时的公文信息、正文和附件。历次版本列在文件的 editions 中。"""
    telling = Telling(request)
    found = _public(code, telling)
    if isinstance(found, HttpResponse):
        return found
    said = found.editions.filter(number=number, state__in=SAID).first()
    if said is None:
        raise Problem(404, "这份文件没有公开过这一版，历次版本见文件的 editions。")
    return telling.edition(found, said)


def _public(code: str, telling: Telling) -> Document | HttpResponse:
    """The document when everybody may read it, or where it went. Raises Http404 and Problem; one query, or two."""
    rows = Document.objects.select_related("agency", "live", "successor", "successor__live").prefetch_related("topics")
    found = rows.filter(code=code).first()
    if found is None or found.state == DocumentState.UNRELEASED:
        raise Http404
    if found.state in PUBLIC_STATES:
        return found
    if found.state == DocumentState.REDIRECTED:
        return _moved(found, telling)
    when = since(found)
    on = timezone.localdate(when) if when else None
    trace: dict[str, Any] = {
        "index_number": found.index_number,
        "agency": found.agency.name,
        "on": on.isoformat() if on else None,
    }
    said = f"于{official(on)}" if on else ""
    if found.state == DocumentState.REVOKED:
        told = f"这条信息已{said}由{found.agency.name}撤回，不再提供。请勿继续引用或者转发此前的内容。"
        raise Problem(410, told, title="这条信息已经撤回", **trace)
    raise Problem(404, f"这条信息已{said}由{found.agency.name}下线，现在不能查看。", title="这条信息已经下线", **trace)


def _moved(document: Document, telling: Telling) -> HttpResponse:
    """301 to the operation for the other document, where it leads to one; else to the page it leads to."""
    target = document.redirect_to
    if target.startswith("/"):
        target = telling.web(document.agency_id, target)
        try:
            match = resolve(urlsplit(target).path)
        except Resolver404:
            match = None
        if match is not None and match.view_name == "portal:document":
            target = telling.api("document", match.kwargs["code"])
    return HttpResponse(status=301, headers={"Location": target})
