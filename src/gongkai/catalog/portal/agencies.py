"""The directory of agencies on the city's portal: who discloses, and how each is reached."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404

from gongkai.agencies.bodies import Agency
from gongkai.agencies.freshness import AGENCIES
from gongkai.catalog import queries
from gongkai.catalog.portal import lists
from gongkai.catalog.portal.frame import Frame, public_page
from gongkai.pages.keys import releases

_LATEST = 10


@public_page
def directory(request: HttpRequest) -> HttpResponse:
    """All bodies of the city, existing and former; another agency's site sends to the city's."""
    frame = Frame(request)
    elsewhere = _on_the_portal(frame)
    if elsewhere is not None:
        return elsewhere
    everybody = list(Agency.objects.select_related("contact"))
    for one in everybody:
        frame.changes_on(one.abolished_on if one.exists_on(frame.today) else None)
    existing = [one for one in everybody if one.exists_on(frame.today)]
    ended = [one for one in everybody if not one.exists_on(frame.today)]
    context = {
        "crumbs": frame.crumbs((), "机关目录"),
        "existing": [_row(frame, one) for one in existing],
        "ended": [_row(frame, one) for one in ended],
        "successors": {one.pk: one for one in everybody},
        "canonical": frame.sites.absolute(frame.agency.pk, request.path),
    }
    labels = _labels(frame, "机关目录", "本市公开政府信息的行政机关及其公开工作机构的联系方式。")
    return frame.page("catalog/agencies.html", context, labels=labels, shows=[AGENCIES, *everybody])


@public_page
def agency(request: HttpRequest, slug: str) -> HttpResponse:
    """One body: its site, contact and newest documents. 404 for a name nobody bears."""
    frame = Frame(request)
    elsewhere = _on_the_portal(frame)
    if elsewhere is not None:
        return elsewhere
    shown = get_object_or_404(Agency.objects.select_related("contact"), slug=slug)
    newest = lists.newest(frame, queries.public_documents().filter(agency=shown), _LATEST)
    frame.changes_on(shown.abolished_on if shown.exists_on(frame.today) else None)
    context = {
        "crumbs": [*frame.crumbs(()), {"label": "机关目录", "url": "/jg/"}, {"label": shown.name, "url": ""}],
        "shown": shown,
        "row": _row(frame, shown),
        "leaders": list(shown.leaders.all()),
        "departments": list(shown.departments.filter(abolished_on=None)),
        "former_names": list(shown.former_names.all()),
        "ending": (ending := shown.successions.select_related("successor").first()),
        "basis": ending.basis.rstrip("。") if ending is not None else "",
        "lines": newest,
        "updated": next((line.date for line in newest), None),
        "canonical": frame.sites.absolute(frame.agency.pk, request.path),
    }
    labels = _labels(frame, shown.name, f"{shown.name}的职能、联系方式和最新公开的政府信息。")
    return frame.page("catalog/agency.html", context, labels=labels, shows=[shown, releases(shown.pk)])


def _on_the_portal(frame: Frame) -> HttpResponse | None:
    """The directory is the city's; without a city there is none."""
    if frame.agency.is_city:
        return None
    if frame.city is None:
        raise Http404("没有机关目录")
    there = frame.sites.absolute(frame.city.pk, frame.request.get_full_path())
    return HttpResponsePermanentRedirect(there)


def _row(frame: Frame, one: Agency) -> dict[str, Any]:
    site = frame.sites.url(one.pk, "/") if one.pk in frame.sites.hosts else ""
    successor = frame.sites.successors.get(one.pk)
    return {"agency": one, "site": site, "contact": getattr(one, "contact", None), "successor": successor}


def _labels(frame: Frame, name: str, description: str) -> dict[str, str]:
    return {
        "ColumnName": name,
        "ColumnDescription": description,
        "ColumnKeywords": f"{name},政府信息公开,{frame.agency.name}",
        "ColumnType": "机构概况",
    }
