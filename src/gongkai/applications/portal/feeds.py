"""The calendar feeds: read by programs that know nothing but the address."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from gongkai.applications import calendars
from gongkai.applications.portal import doors

_FETCHED = "60/h"
_TYPE = "text/calendar; charset=utf-8"


@doors.personal("GET")
def application(request: HttpRequest, token: str) -> HttpResponse:
    """The days of one application."""
    return _feed(request, token, calendars.application_of, calendars.of_application)


@doors.personal("GET")
def officer(request: HttpRequest, token: str) -> HttpResponse:
    """The open deadlines of one officer."""
    return _feed(request, token, calendars.officer_of, calendars.of_officer)


def _feed(request: HttpRequest, token: str, find: Callable[[str], Any], write: Callable[[Any], bytes]) -> HttpResponse:
    if seconds := doors.wait(request, "calendar", _FETCHED, whose=token[:80]):
        return HttpResponse(status=429, headers={"Retry-After": str(seconds)})
    found = find(token)
    if found is None:
        raise Http404("no such feed")
    return HttpResponse(write(found), content_type=_TYPE)
