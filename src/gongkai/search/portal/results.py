"""``/search/``: the question in the address, results with their facets, and help when there is nothing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.catalog.columns import ColumnKind
from gongkai.catalog.portal.frame import Frame
from gongkai.search import counting, limits, queries, query, suggesting
from gongkai.search.addresses import Search
from gongkai.search.asking import Asked, Found, Matched, State
from gongkai.search.portal import shown
from gongkai.search.synonyms import equal_words

_TRY_AGAIN_SECONDS = 20
_OFTEN_SHOWN = 10
_LOOSE = (Matched.JOINED, Matched.PARTLY)
_HELPING = (ColumnKind.GUIDE, ColumnKind.APPLY)


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """The page of results; a page that asks what to look for when nothing was asked."""
    frame = Frame(request)
    search = Search.read(request.path, request.GET)
    context: dict[str, Any] = {"crumbs": frame.crumbs((), "搜索"), "search": search} | _scope(frame, search)
    status, headers = 200, {}
    if not search.q and not search.filters:
        context["often"] = _often(frame)
    elif seconds := limits.wait(request, "page", limits.SEARCHES):
        context["wait"], status, headers = seconds, 429, {"Retry-After": str(seconds)}
    else:
        found = query.search(search.asked(_site(frame), _site(frame)))
        if found.state is State.MAKING:
            context["making"], status, headers = True, 503, {"Retry-After": str(_TRY_AGAIN_SECONDS)}
        else:
            context |= _found(frame, search, found)
            _count(frame, search, found)
    response = frame.page("search/results.html", context, labels=_labels(frame), status=status)
    for name, value in {"Cache-Control": "no-store", **headers}.items():
        response.headers[name] = value
    counting.flush_after(response)
    return response


def _site(frame: Frame) -> int | None:
    """The agency whose site it is; None for the city's portal, which searches everything."""
    return None if frame.agency.is_city else frame.agency.pk


def _scope(frame: Frame, search: Search) -> dict[str, Any]:
    """Where is looked, and the way to look elsewhere: on an agency's site its own information or the whole city's."""
    if frame.agency.is_city or frame.city is None:
        return {"own": False, "scopes": []}
    scopes = [
        {"label": frame.agency.short_name, "url": search.but(city=False, filters={}).url, "current": not search.city},
        {"label": "全市各机关", "url": search.but(city=True, filters={}).url, "current": search.city},
    ]
    return {"own": not search.city, "scopes": scopes}


def _found(frame: Frame, search: Search, found: Found) -> dict[str, Any]:
    own = not search.city and _site(frame) is not None
    first = not search.cursor
    equal = equal_words(_site(frame)) if search.q and first else {}
    bets = queries.best_bets_for(frame.agency.pk, search.q, frame.today, equal) if search.q and first else []
    unfound = bool(search.q) and first and (not found.total or (found.matched in _LOOSE and not found.strict_total))
    context = {
        "found": found,
        "lines": shown.lines(frame, found.hits),
        "bets": shown.bets(frame, bets),
        "facets": shown.facets(found, search, own=own),
        "chosen": shown.chosen(found, search),
        "cleared": search.but(filters={}).url,
        "sorts": _sorts(search),
        "wheres": _wheres(search),
        "joined": found.joined,
        "exact": search.but(exact=True).url,
        "inexact": search.but(exact=False).url if search.exact else "",
        "next": search.but(cursor=found.next).url if found.next else "",
        "previous": search.but(cursor=found.previous).url if found.previous else "",
        "first": search.but().url if search.cursor else "",
        "feed": _feed(search),
        "instead": _instead(frame, search) if unfound else [],
    }
    return context | (_help(frame, search) if not found.total else {})


def _sorts(search: Search) -> list[dict[str, Any]]:
    return [
        {"label": "按相关度", "url": search.but(by_date=False).url, "current": not search.by_date},
        {"label": "按时间", "url": search.but(by_date=True).url, "current": search.by_date},
    ]


def _wheres(search: Search) -> list[dict[str, Any]]:
    return [
        {"label": "标题和正文", "url": search.but(title_only=False).url, "current": not search.title_only},
        {"label": "只看标题", "url": search.but(title_only=True).url, "current": search.title_only},
    ]


def _feed(search: Search) -> str:
    """The address of the same search as a feed: where and what, not how it is sorted."""
    return search.but(path=reverse("search:feed"), by_date=False).url if search.q else ""


def _instead(frame: Frame, search: Search) -> list[dict[str, str]]:
    """What may have been meant: on the own site, else anywhere in the city."""
    own = None if search.city else _site(frame)
    meant = suggesting.instead(search.q, site=frame.agency.pk, own=own)
    wide = not meant and own is not None
    if wide:
        meant = suggesting.instead(search.q, site=frame.agency.pk, own=None)
    return [
        {"label": one, "url": search.but(q=one, filters={}, exact=False, city=search.city or wide).url} for one in meant
    ]


def _help(frame: Frame, search: Search) -> dict[str, Any]:
    """What else there is when nothing was found: the whole city, the guide, an application, somebody to ask."""
    columns = [one for one in map(frame.column_of_kind, _HELPING) if one is not None]
    return {
        "contact": frame.contact,
        "ways": [{"label": one.name, "url": one.get_absolute_url()} for one in columns],
        "elsewhere": _elsewhere(frame, search),
        "unfiltered": search.but(filters={}).url if search.filters else "",
    }


def _elsewhere(frame: Frame, search: Search) -> dict[str, Any] | None:
    """How much other agencies have, for who looked on one agency's site."""
    if search.city or _site(frame) is None or frame.city is None or not search.q:
        return None
    wide = search.but(city=True, filters={})
    found = query.search(_bare(wide.asked(_site(frame), None)))
    return {"url": wide.url, "total": found.total} if found.total else None


def _bare(asked: Asked) -> Asked:
    return asked.but(facets=(), size=1)


def _often(frame: Frame) -> list[dict[str, str]]:
    asked = suggesting.often_asked(frame.agency.pk, _site(frame), _OFTEN_SHOWN)
    path = reverse("search:results")
    return [{"label": one, "url": Search(path, q=one).url} for one in asked]


def _count(frame: Frame, search: Search, found: Found) -> None:
    """A question counts once: not for paging, filtering or sorting what it found. A part of its words is no answer."""
    if search.q and not (search.cursor or search.filters or search.by_date or search.exact):
        counting.note(frame.agency.pk, search.q, 0 if found.matched is Matched.PARTLY else found.total)


def _labels(frame: Frame) -> dict[str, str]:
    return {
        "ColumnName": "搜索",
        "ColumnDescription": f"在{frame.agency.name}公开的政府信息中搜索。",
        "ColumnKeywords": f"搜索,政府信息公开,{frame.agency.name}",
        "ColumnType": "搜索",
    }
