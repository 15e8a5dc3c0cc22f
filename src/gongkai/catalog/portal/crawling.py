"""For search engines and archives: ``robots.txt`` and ``sitemap.xml``, in parts that stay small whatever the catalogue.

A part holds the documents of a range of ids, so that it is found by the primary key and has a stable address.
"""

from collections.abc import Iterable
from datetime import date
from io import StringIO
from xml.sax.xmlreader import AttributesImpl

from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.xmlutils import SimplerXMLGenerator

from gongkai.agencies.bodies import Agency
from gongkai.agencies.freshness import AGENCIES
from gongkai.catalog import queries
from gongkai.catalog.documents import Document
from gongkai.catalog.portal import services
from gongkai.catalog.portal.frame import Frame, public_page
from gongkai.ledger.refs import Named, Ref
from gongkai.pages.keys import rare, releases

IN_PART = 10_000
_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XML = "application/xml; charset=utf-8"


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read but the desk and what is made anew for every question."""
    frame = Frame(request)
    whole = frame.sites.absolute(frame.agency.pk, reverse("portal:sitemap"))
    lines = ["User-agent: *", "Disallow: /desk/", "Disallow: /search/", f"Sitemap: {whole}", ""]
    return frame.described(HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"))


@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of parts: the site's own pages, then every range of ids in which it has public documents."""
    frame = Frame(request)
    served = _served(frame)
    # Whole numbers are divided without a remainder, on both databases.
    ranges = _public(served).order_by().annotate(part=F("id") / IN_PART).values_list("part", flat=True).distinct()
    paths = [reverse("portal:sitemap_pages")]
    paths += [reverse("portal:sitemap_documents", args=[part]) for part in sorted(ranges)]
    rows = [(frame.sites.absolute(frame.agency.pk, path), None) for path in paths]
    return _answer(frame, _xml("sitemapindex", "sitemap", rows), _sources(frame, served))


@public_page
def pages(request: HttpRequest) -> HttpResponse:
    """Home, columns, directory and the other pages that are no documents."""
    frame = Frame(request)
    paths = ["/", *(one.get_absolute_url() for one in frame.columns)]
    paths += [one.path for one in [*services.offered(), *services.there()]]
    if frame.agency.is_city:
        bodies = list(Agency.objects.all())
        paths += [reverse("portal:agencies"), *(one.get_absolute_url() for one in bodies)]
        frame.note(AGENCIES)
    rows = [(frame.sites.absolute(frame.agency.pk, path), None) for path in dict.fromkeys(paths)]
    return _answer(frame, _xml("urlset", "url", rows), [])


@public_page
def documents(request: HttpRequest, part: int) -> HttpResponse:
    """The public documents of one range of ids, with the day on which each last changed. 404 for an empty range."""
    frame = Frame(request)
    served = _served(frame)
    first = part * IN_PART
    found = _public(served).filter(id__gte=first, id__lt=first + IN_PART).order_by("id")
    rows = [
        (
            frame.sites.absolute(agency, reverse("portal:document", args=[code])),
            released and timezone.localdate(released),
        )
        for agency, code, released in found.values_list("agency_id", "code", "live__released_at")
    ]
    if not rows:
        raise Http404("网站地图没有这一部分")
    return _answer(frame, _xml("urlset", "url", rows), _sources(frame, served))


def _served(frame: Frame) -> list[int]:
    """The bodies whose documents have their address on this site."""
    return [pk for pk in Agency.objects.values_list("pk", flat=True) if frame.sites.served_here(pk)]


def _public(served: list[int]) -> QuerySet[Document]:
    return queries.public_documents().filter(agency__in=served)


def _sources(frame: Frame, served: list[int]) -> list[Ref | Named]:
    return [releases(pk) for pk in served]


def _answer(frame: Frame, xml: str, shows: list[Ref | Named]) -> HttpResponse:
    response = frame.described(HttpResponse(xml, content_type=_XML), *shows)
    rare(response)  # read by machines, now and then
    return response


def _xml(root: str, each: str, rows: Iterable[tuple[str, date | None]]) -> str:
    out = StringIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    xml.startElement(root, AttributesImpl({"xmlns": _SCHEMA}))
    for address, changed in rows:
        xml.startElement(each, AttributesImpl({}))
        xml.addQuickElement("loc", address)
        if changed is not None:
            xml.addQuickElement("lastmod", changed.isoformat())
        xml.endElement(each)
    xml.endElement(root)
    return out.getvalue()
