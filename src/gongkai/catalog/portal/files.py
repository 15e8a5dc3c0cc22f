"""Attachments and pictures of what was published, and of nothing else."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date
from django.views.decorators.http import require_safe

from gongkai.catalog import queries, storage
from gongkai.catalog.files import StoredFile
from gongkai.catalog.portal.frame import Frame
from gongkai.catalog.portal.ranges import Part, part_of
from gongkai.pages.keys import remember

# What a file may do in a browser that shows it: nothing but be seen (and be saved from the browser's own viewer).
_HARMLESS = (
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'; "
    "sandbox allow-downloads"
)


@require_safe
def file(request: HttpRequest, code: str, name: str) -> HttpResponseBase:
    """A file of a public document, streamed. 404 for one that only drafts have; the name in the address is for people.

    Asked for anew each time (``no-cache``) against its digest: what was withdrawn is gone at once.
    """
    stored = queries.public_file(code)
    if stored is None:
        raise Http404("没有这个文件，或者所属的信息已经撤下")
    sites = Frame(request).sites
    if not sites.served_here(stored.document.agency_id):
        return HttpResponsePermanentRedirect(sites.absolute(stored.document.agency_id, request.get_full_path()))
    return serve(request, stored)


def serve(request: HttpRequest, stored: StoredFile) -> HttpResponseBase:
    """The offered bytes, or the part asked for, with headers under which they can do no harm."""
    etag, since = f'"{stored.sha256}"', int(stored.created_at.timestamp())
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag, last_modified=since)
    if response is None:
        response = _content(request, stored, etag)
        response["Accept-Ranges"] = "bytes"
        response["Content-Disposition"] = (
            content_disposition_header(not stored.inline_safe, stored.name) or "attachment"
        )
        response["Content-Security-Policy"] = _HARMLESS
    response["ETag"], response["Last-Modified"] = etag, http_date(since)
    response["Cache-Control"] = "public, no-cache"
    remember(response, stored, stored.document)
    return response


def _content(request: HttpRequest, stored: StoredFile, etag: str) -> HttpResponseBase:
    asked = request.headers.get("Range", "")
    part = part_of(asked, stored.size) if request.headers.get("If-Range", etag) == etag else None
    if part is None:
        whole = FileResponse(storage.open_file(stored.offered), content_type=stored.content_type)
        whole["Content-Length"] = str(stored.size)
        return whole
    if not part:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{stored.size}"})
    some = FileResponse(Part(storage.open_file(stored.offered), part), content_type=stored.content_type, status=206)
    some["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{stored.size}"
    some["Content-Length"] = str(len(part))
    return some
