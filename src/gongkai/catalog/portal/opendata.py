"""开放数据: what can be had as data, for people and for programs; and the data themselves, sent as they are made."""

import json
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from gongkai.agencies.bodies import Agency
from gongkai.catalog import bulk, dcat, queries
from gongkai.catalog.bulk import FORMATS
from gongkai.catalog.documents import Document
from gongkai.catalog.portal.frame import Frame, public_page
from gongkai.interfaces.limits import client_address, demand_room
from gongkai.interfaces.problems import Problem
from gongkai.ledger.refs import Named, Ref
from gongkai.pages.keys import releases

DOWNLOADS_PER_MINUTE = 30


@public_page
def opendata(request: HttpRequest) -> HttpResponse:
    """The page: what there is, in which forms, how a program asks; on an agency's site its own data."""
    frame = Frame(request)
    found = _published(frame)
    context = {
        "crumbs": frame.crumbs([], "开放数据"),
        "canonical": frame.sites.absolute(frame.agency.pk, reverse("data:opendata")),
        "rows": [
            {
                "agency": one,
                "newest": newest,
                "files": [{"format": form, "url": _address(frame, one, form.file_name)} for form in FORMATS],
            }
            for one, newest in found.items()
        ],
        "base": frame.sites.absolute(frame.agency.pk, "/").rstrip("/"),
        "example": frame.agency.code,
        "licence": dcat.LICENCE,
    }
    labels = {
        "ColumnName": "开放数据",
        "ColumnDescription": f"{frame.agency.name}开放数据和接口",
        "ColumnKeywords": f"开放数据,接口,{frame.agency.short_name}",
        "ColumnType": "开放数据",
    }
    shows: list[Ref | Named] = [releases(None if frame.agency.is_city else frame.agency.pk), *found]
    return frame.page("catalog/opendata.html", context, labels=labels, shows=shows)


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """The same for programs: DCAT as JSON-LD."""
    frame = Frame(request)
    told = dcat.catalogue(
        frame.agency,
        _published(frame),
        lambda agency, name: _address(frame, agency, name),
        lambda agency: frame.sites.absolute(
            agency.pk, "/" if agency.pk in frame.sites.hosts else agency.get_absolute_url()
        ),
    )
    content = json.dumps(told, ensure_ascii=False, indent=1)
    headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, no-cache"}
    return HttpResponse(content, content_type="application/ld+json", headers=headers)


@require_safe
def download(request: HttpRequest, slug: str, name: str) -> HttpResponseBase:
    """One agency's documents in one form; sent while they are read, as gzip to whoever takes it. 404 else."""
    form = next((one for one in FORMATS if one.file_name == name), None)
    agency = Agency.objects.filter(slug=slug).first()
    if form is None or agency is None:
        raise Http404("没有这份数据")
    try:
        demand_room(request, group="bulk", whose=client_address(request), per_minute=DOWNLOADS_PER_MINUTE)
    except Problem as problem:
        return problem.response()
    frame = Frame(request)

    def address(document: Document) -> str:
        return frame.sites.absolute(document.agency_id, document.get_absolute_url())

    answer = _sent(request, bulk.rows(agency, address, whole=form.key == "fulltext"), form)
    answer["Content-Disposition"] = f'attachment; filename="{agency.slug}-{form.file_name}"'
    answer["Cache-Control"] = "public, no-cache"
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _sent(request: HttpRequest, found: Iterable[bulk.Row], form: bulk.Format) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse(content_type=form.media_type)
    if form.key == "xlsx":  # is compressed in itself
        return FileResponse(bulk.workbook(found), content_type=form.media_type)
    chunks = bulk.csv_lines(found) if form.key == "csv" else bulk.json_lines(found)
    squeezed = "gzip" in request.headers.get("Accept-Encoding", "")
    kind = f"{form.media_type}; charset=utf-8"
    answer = StreamingHttpResponse(bulk.packed(chunks) if squeezed else chunks, content_type=kind)
    if squeezed:
        answer["Content-Encoding"] = "gzip"
    patch_vary_headers(answer, ["Accept-Encoding"])
    return answer


def _published(frame: Frame) -> dict[Agency, datetime | None]:
    """The agencies whose data this site offers, with the moment of their newest publication; two queries."""
    bodies = [frame.agency] if not frame.agency.is_city else list(Agency.objects.all())
    shown = queries.public_documents().filter(agency__in=bodies).order_by()
    newest = dict(shown.values_list("agency_id").annotate(newest=Max("listed_at")))
    return {one: newest.get(one.pk) for one in bodies if one.pk in newest or one.pk == frame.agency.pk}


def _address(frame: Frame, agency: Agency, name: str) -> str:
    path = f"{reverse('data:opendata')}{agency.slug}/{name}"
    return frame.sites.absolute(frame.agency.pk, path)
