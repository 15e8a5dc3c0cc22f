"""What may answer already, while somebody types: a piece of a page for the script, the counted way to a document."""

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from gongkai.agencies.bodies import Agency
from gongkai.applications import offering
from gongkai.applications.actions import offering as counting
from gongkai.applications.portal import doors, submitting
from gongkai.catalog.portal.frame import Frame

_LONGEST = 300
_ASKED = "120/m"
_OPENED = "60/m"


@doors.personal("GET")
def offers(request: HttpRequest) -> HttpResponse:
    """``?q=…``: a list to put below the field, empty when nothing is found; ``first``: nobody was shown any yet."""
    frame = Frame(request)
    agency = Agency.objects.filter(slug=request.GET.get("to", "")).first() or frame.agency
    found = []
    if not doors.wait(request, "offers", _ASKED):
        found = offering.answers(request, agency, [request.GET.get("q", "")[:_LONGEST]])
    if found and request.GET.get("first"):
        counting.count(agency, "shown")
    answers = [{"answer": one, "go": submitting.tracked(agency, one.url)} for one in found]
    return render(request, "applications/portal/answers.html", {"answers": answers})


@doors.personal("GET")
def opened(request: HttpRequest) -> HttpResponse:
    """On to an offered document, which is counted; leads nowhere that was not offered."""
    try:
        pk, url = submitting.untracked(request.META.get("QUERY_STRING", "")[:2000])
    except (signing.BadSignature, ValueError):
        raise Http404("not an offer") from None
    agency = Agency.objects.filter(pk=pk).first()
    if agency is not None and not doors.wait(request, "opened", _OPENED):
        counting.count(agency, "opened")
    return HttpResponseRedirect(url)
