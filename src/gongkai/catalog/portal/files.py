"""Attachments and pictures of what was published, and of nothing else."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date
from django.views.decorators.http import require_safe

from gongkai.catalog import queries, storage
from gongkai.catalog.files import StoredFile
from gongkai.catalog.portal.frame import Frame
from gongkai.pages.keys import remember

# What a file may do in a browser that shows it: nothing but be seen.
_INERT = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
_SANDBOXED = f"{_INERT}; sandbox"


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
    """The offered bytes with headers under which they can do no harm."""
    etag, since = f'"{stored.sha256}"', int(stored.created_at.timestamp())
    unchanged = get_conditional_response(request, etag=etag, last_modified=since)
    response: HttpResponseBase = unchanged or FileResponse(
        storage.open_file(stored.offered), content_type=stored.content_type
    )
    response["ETag"], response["Last-Modified"] = etag, http_date(since)
    response["Cache-Control"] = "public, no-cache"
    if unchanged is None:
        response["Content-Length"] = str(stored.size)
        response["Content-Disposition"] = (
            content_disposition_header(not stored.inline_safe, stored.name) or "attachment"
        )
        # A browser's own reader for PDF does not open in a sandbox; it runs nothing in the site's name anyway.
        response["Content-Security-Policy"] = _INERT if stored.kind == "pdf" else _SANDBOXED
    remember(response, stored, stored.document)
    return response
