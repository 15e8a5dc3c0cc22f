"""From an address to a document that may be shown: every state has its own answer."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from gongkai.catalog.documents import PUBLIC_STATES, Document, DocumentState
from gongkai.catalog.portal.errors import no_longer, offline
from gongkai.catalog.portal.frame import Frame
from gongkai.ledger.entries import Entry

_NEVER_PUBLIC = "没有这份文件"


@dataclass(frozen=True)
class Found:
    """A document to show in this frame, or the answer to give instead."""

    frame: Frame
    document: Document
    instead: HttpResponse | None = None


def find(request: HttpRequest, code: str) -> Found:
    """The document of that code, as everybody may know of it. Raises Http404 for what was never public.

    Redirected: 301 to its new address. Another agency's site: 301 to the site that serves it. Revoked: 410 with a
    trace. Offline: 404 that says so.
    """
    document = (
        Document.objects.select_related("agency", "department", "live", "successor", "successor__live")
        .filter(code=code)
        .first()
    )
    if document is None or document.state == DocumentState.UNRELEASED:
        raise Http404(_NEVER_PUBLIC)
    frame = Frame(request)
    if not frame.sites.served_here(document.agency_id):
        there = frame.sites.absolute(document.agency_id, request.get_full_path())
        return Found(frame, document, HttpResponsePermanentRedirect(there))
    if document.state in PUBLIC_STATES:
        return Found(frame, document)
    return Found(frame, document, _instead(frame, document))


def _instead(frame: Frame, document: Document) -> HttpResponse:
    if document.state == DocumentState.REDIRECTED:
        return HttpResponsePermanentRedirect(document.redirect_to)
    if document.state == DocumentState.REVOKED:
        return no_longer(frame, document, since(document))
    return offline(frame, document, since(document))


def since(document: Document) -> datetime | None:
    """When the document came into its present state, by the ledger; one query."""
    entries = Entry.objects.about(document.ref()).order_by("-id")
    return next((entry.at for entry in entries if entry.data.get("to_state") == document.state), None)
