"""What is new, for feed readers: Atom and RSS of a column and of a whole site, the newest thirty documents."""

from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed

from gongkai.catalog import queries
from gongkai.catalog.documents import Document
from gongkai.catalog.editions import Edition
from gongkai.catalog.portal import columns, lists
from gongkai.catalog.portal.frame import Frame, public_page
from gongkai.pages.keys import releases

_NEWEST = 30
_XML = "application/xml; charset=utf-8"  # as a plain web server calls a file of that name
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class _Atom(Atom1Feed):
    def latest_post_date(self) -> datetime:
        return _latest(self)


class _Rss(Rss201rev2Feed):
    def latest_post_date(self) -> datetime:
        return _latest(self)


FORMS: dict[str, type[_Atom | _Rss]] = {"atom": _Atom, "rss": _Rss}


@public_page
def of_site(request: HttpRequest, form: str) -> HttpResponse:
    """The newest documents of the host's agency; on the city's portal of every agency."""
    frame = Frame(request)
    frame.nobody_waits()
    documents = queries.public_documents()
    if not frame.agency.is_city:
        documents = documents.filter(agency=frame.agency)
    newest = list(lists.for_list(documents).order_by("-listed_at", "-id")[:_NEWEST])
    feed = _feed(frame, form, f"{frame.agency.name}最新公开", "/", f"{frame.agency.name}最新公开的政府信息。")
    source = releases(None if frame.agency.is_city else frame.agency.pk)
    return frame.described(_response(frame, feed, newest), source)


@public_page
def of_column(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """The newest documents of a column. 404 for a column that lists none."""
    frame = Frame(request)
    frame.nobody_waits()
    shown = columns.find(frame, key)
    if not columns.has_feed(shown):
        raise Http404("这个栏目没有订阅源")
    newest = list(queries.newest_in(shown, lists.for_list(queries.public_documents()), _NEWEST))
    name = f"{shown.name} - {frame.agency.name}"
    what = shown.description or f"{frame.agency.name}{shown.name}。"
    feed = _feed(frame, form, name, shown.get_absolute_url(), what)
    return frame.described(_response(frame, feed, newest), *frame.way_to(shown), *columns.sources(frame, shown))


def _feed(frame: Frame, form: str, title: str, path: str, description: str) -> _Atom | _Rss:
    def absolute(to: str) -> str:
        return frame.sites.absolute(frame.agency.pk, to)

    return FORMS[form](
        title=title,
        link=absolute(path),
        description=description,
        language="zh-Hans",
        author_name=frame.agency.name,
        feed_url=absolute(f"{path}{form}.xml"),
        feed_guid=absolute(path),
    )


def _response(frame: Frame, feed: _Atom | _Rss, newest: list[Document]) -> HttpResponse:
    for document in newest:
        frame.note(document.agency)
        if document.live is not None:
            _add(frame, feed, document, document.live)
    return HttpResponse(feed.writeString("utf-8"), content_type=_XML)


def _add(frame: Frame, feed: SyndicationFeed, document: Document, said: Edition) -> None:
    address = frame.sites.absolute(document.agency_id, document.get_absolute_url())
    feed.add_item(
        title=said.title,
        link=address,
        description=said.summary,
        unique_id=address,
        author_name=said.issuer or document.agency.name,
        pubdate=document.listed_at,
        updateddate=said.released_at if said.number > 1 else document.listed_at,
        categories=[document.type_info.label],
    )


def _latest(feed: SyndicationFeed) -> datetime:
    """When the newest item changed; of an empty feed a day on which nothing was, instead of the moment it was asked."""
    moments = [item["updateddate"] or item["pubdate"] for item in feed.items]
    return max((moment for moment in moments if moment), default=_NEVER)
