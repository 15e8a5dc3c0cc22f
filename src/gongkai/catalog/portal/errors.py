"""Answers to what is not there: each says what is known and shows the way on."""

import sys
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string

from gongkai.agencies.bodies import Agency
from gongkai.catalog.addresses import OldAddress
from gongkai.catalog.columns import ColumnKind
from gongkai.catalog.documents import Document, DocumentState
from gongkai.catalog.portal.frame import Frame
from gongkai.ledger.refs import Named, Ref
from gongkai.texts.dates import official

_PATH_LENGTH = 500  # what ``OldAddress.path`` holds
_ON_HIS_WAY = (ColumnKind.GUIDE, ColumnKind.APPLY)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: an address of a former site leads on to where its document is now; any other gets the way on."""
    agency: Agency | None = getattr(request, "agency", None)
    if agency is None:
        error = {
            "code": "404",
            "title": "没有这个页面",
            "text": "网址可能有误，或者您没有查看它的权限。",
            "links": [{"url": "/desk/", "label": "返回工作台"}],
        }
        return HttpResponse(render_to_string("ui/error.html", {"error": error}), status=404)
    frame = Frame(request, agency)
    moved = _moved_to(frame)
    if moved is not None:
        return HttpResponsePermanentRedirect(moved)
    text = "网址可能有误，或者这个页面已经改换了地址。您可以从下面的栏目查找，也可以向公开工作机构询问。"
    return _error(frame, "404", "没有找到这个页面", text, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: nothing is asked of the database. If that is what failed: 503, and what can still be read."""
    if isinstance(sys.exc_info()[1], DatabaseError):
        error = {
            "code": "503",
            "title": "这个页面暂时打不开",
            "text": "数据库正在维护，已经公开的信息仍可查阅：首页、栏目和文件页都可以打开，"
            "检索、提交和少有人看的旧页面要等恢复之后。请过几分钟再试；急需办理的，请拨打网站页脚的联系电话。",
            "links": [{"url": "/", "label": "返回首页"}],
        }
        body = render_to_string("ui/error.html", {"error": error})
        return HttpResponse(body, status=503, headers={"Retry-After": "120"})
    error = {
        "code": "500",
        "title": "页面暂时打不开",
        "text": "系统出现故障，已经记录。请稍后再试；急需办理的，请拨打网站页脚或者门牌上的联系电话。",
        "links": [{"url": "/", "label": "返回首页"}],
    }
    return HttpResponse(render_to_string("ui/error.html", {"error": error}), status=500)


def no_longer(frame: Frame, document: Document, when: datetime | None) -> HttpResponse:
    """410: published by mistake and taken back. Says that, when, and whom to ask; neither title nor text."""
    date = f"已于{official(when)}由{document.agency.name}撤回" if when else f"已由{document.agency.name}撤回"
    text = f"这个网址上的信息{date}，不再提供。请勿继续引用或者转发此前的内容。需要了解情况的，请与该机关联系："
    return _error(frame, "410", "这条信息已经撤回", text, status=410, shows=(document,), ask=document.agency)


def offline(frame: Frame, document: Document, when: datetime | None) -> HttpResponse:
    """404: taken offline; it may come back."""
    date = f"已于{official(when)}下线" if when else "已经下线"
    text = f"这个网址上的信息{date}，现在不能查看。需要时请与{document.agency.name}联系，也可以依法申请公开："
    return _error(frame, "404", "这条信息已经下线", text, status=404, shows=(document,), ask=document.agency)


def _error(
    frame: Frame,
    code: str,
    title: str,
    text: str,
    *,
    status: int,
    shows: tuple[Ref | Named, ...] = (),
    ask: Agency | None = None,
) -> HttpResponse:
    links = [{"url": "/", "label": f"{frame.agency.name}首页"}]
    links += [{"url": one.get_absolute_url(), "label": one.name} for one in frame.columns if one.in_nav]
    for kind in _ON_HIS_WAY:
        column = frame.column_of_kind(kind)
        if column is not None:
            links.append({"url": column.get_absolute_url(), "label": column.name})
    contact = frame.contact
    if ask is not None and ask.pk != frame.agency.pk:
        contact = getattr(ask, "contact", None) or contact
    context: dict[str, Any] = {
        "error": {"code": code, "title": title, "text": text, "links": links},
        "contact": contact,
        "office": contact.office_of((ask or frame.agency).name) if contact is not None else "",
    }
    return frame.page("catalog/error.html", context, shows=shows, status=status)


def _moved_to(frame: Frame) -> str | None:
    """Where the document of a former address is now; never that of one the public has not seen."""
    request = frame.request
    tried = {request.get_full_path(), request.path, unquote(request.get_full_path()), unquote(request.path)}
    known = OldAddress.objects.filter(path__in=[one for one in tried if len(one) <= _PATH_LENGTH])
    rows = known.exclude(document__state=DocumentState.UNRELEASED).select_related("document").order_by("-path")
    for row in rows:
        if frame.sites.served_here(row.agency_id):
            return frame.sites.url(row.document.agency_id, row.document.get_absolute_url())
    return None
