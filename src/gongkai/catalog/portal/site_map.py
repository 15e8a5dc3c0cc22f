"""网站地图: every column of the site in its tree, and the pages beside them."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gongkai.agencies.freshness import AGENCIES
from gongkai.agencies.queries import agencies_on
from gongkai.catalog.portal import services
from gongkai.catalog.portal.columns import has_feed
from gongkai.catalog.portal.frame import Frame, public_page
from gongkai.catalog.portal.home import agency_links


@public_page
def site_map(request: HttpRequest) -> HttpResponse:
    """All on one page; three small queries beside those of the frame."""
    frame = Frame(request)
    name = "网站地图"
    context = {
        "crumbs": frame.crumbs((), name),
        "tree": frame.tree,
        "services": services.offered(),
        "agencies": agency_links(frame, agencies_on(frame.today)) if frame.agency.is_city else [],
        "feeds": [one for one in frame.columns if has_feed(one)],
        "canonical": frame.sites.absolute(frame.agency.pk, reverse("portal:map")),
    }
    labels = {
        "ColumnName": name,
        "ColumnDescription": f"{frame.agency.name}网站的全部栏目和页面。",
        "ColumnKeywords": f"{name},{frame.agency.short_name},政府信息公开",
        "ColumnType": name,
    }
    shows = [AGENCIES] if frame.agency.is_city else []
    return frame.page("catalog/site_map.html", context, labels=labels, shows=shows)
