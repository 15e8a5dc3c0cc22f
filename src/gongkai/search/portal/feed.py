"""``/search/feed.xml?q=…``: the newest results of a search, for feed readers (Atom)."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import conditional_page, require_safe

from gongkai.catalog.portal.frame import Frame
from gongkai.search import limits, query
from gongkai.search.addresses import Search
from gongkai.search.asking import Hit, State

_NEWEST = 30
_KEPT_SECONDS = 300
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@require_safe
@conditional_page
def feed(request: HttpRequest) -> HttpResponse:
    """The newest thirty results. 400 without words: a feed of everything is the site's own."""
    search = Search.read(reverse("search:results"), request.GET).but(by_date=True)
    if not search.q:
        return _refused(400, "请在网址中写明要搜索的词，如 /search/feed.xml?q=供热")
    if seconds := limits.wait(request, "feed", limits.FEEDS):
        return _refused(429, f"请求过于频繁，请{seconds}秒后再试。", seconds)
    frame = Frame(request)
    site = None if frame.agency.is_city else frame.agency.pk
    found = query.search(search.asked(site, site).but(facets=(), size=_NEWEST))
    if found.state is State.MAKING:
        return _refused(503, "索引正在建立，请稍后再试。", 60)
    told = _Atom(
        title=f"“{search.q}” - {frame.agency.name}",
        link=frame.sites.absolute(frame.agency.pk, search.but(by_date=False).url),
        description=f"{frame.agency.name}公开的政府信息中含有“{search.q}”的，新的在前。",
        language="zh-Hans",
        author_name=frame.agency.name,
        feed_url=frame.sites.absolute(frame.agency.pk, search.but(path=request.path, by_date=False).url),
    )
    for hit in found.hits:
        _add(frame, told, hit)
    response = HttpResponse(told.writeString("utf-8"), content_type=told.content_type)
    response.headers["Cache-Control"] = f"public, max-age={_KEPT_SECONDS}"
    return response


class _Atom(Atom1Feed):
    def latest_post_date(self) -> datetime:
        """When the newest result came; of an empty feed a day on which nothing was, so that it does not seem new."""
        return max((item["pubdate"] for item in self.items if item["pubdate"]), default=_NEVER)


def _add(frame: Frame, told: Atom1Feed, hit: Hit) -> None:
    address = frame.sites.absolute(hit.agency_id, hit.path)
    told.add_item(
        title=hit.title,
        link=address,
        description=hit.facts.get("summary", ""),
        unique_id=address,
        author_name=hit.agency_name,
        pubdate=hit.listed_at,
        updateddate=hit.listed_at,
        categories=[hit.facts.get("type_label", hit.kind_label)],
    )


def _refused(status: int, text: str, seconds: int = 0) -> HttpResponse:
    headers = {"Cache-Control": "no-store"} | ({"Retry-After": str(seconds)} if seconds else {})
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8", headers=headers)
