"""Site by host name: which agency's site a request is for."""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponsePermanentRedirect
from django.template.loader import render_to_string

from gongkai.agencies.bodies import Agency, SiteHost
from gongkai.agencies.queries import city, primary_host
from gongkai.pages.shared import once


class SiteRequest(HttpRequest):
    """A request for whose host an agency was found; what portal views receive."""

    agency: Agency


class SiteMiddleware:
    """Sets ``request.agency`` from the host. Former hosts redirect to the main one with path and query kept.

    The desk answers on every host: whom it serves is a matter of who signs in. So do the interfaces: a host that is
    nobody's means the city there, and what was sent to a former name is not lost in a redirect. ``localhost`` and
    addresses in numbers belong to the city's portal, so that an installation answers before its host names are set up.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        host, port = _split(request.get_host())
        if request.path.startswith("/desk/"):
            return self.get_response(request)
        site = once(("site", host), SiteHost.objects.select_related("agency").filter(host=host).first)
        interface = request.path.startswith("/api/")
        if site is None:
            agency = city()
            if agency is None or not (_bare(host) or interface):
                return HttpResponseNotFound(
                    render_to_string("agencies/no_site.html", {"host": host, "empty": agency is None})
                )
        elif not site.primary and not interface:
            return _to_primary(request, site.agency, port)
        else:
            agency = site.agency
        cast(Any, request).agency = agency
        return self.get_response(request)


def site_context(request: HttpRequest) -> dict[str, Any]:
    """Template variable ``agency``: the body whose site this is (absent on the desk)."""
    agency = getattr(request, "agency", None)
    return {"agency": agency} if agency else {}


def site_url(host: str, request: HttpRequest, path: str = "/") -> str:
    """The address of a path on another host of the installation, keeping scheme and port of the request at hand."""
    _, port = _split(request.get_host())
    return f"{request.scheme}://{host}{port}{path}"


def written_url(host: str, path: str) -> str:
    """The address of a path on a host, where there is no request to take the scheme from (messages to other systems);
    empty when the host is not known."""
    return f"{'https' if settings.PRODUCTION else 'http'}://{host}{path}" if host else ""


def _to_primary(request: HttpRequest, agency: Agency, port: str) -> HttpResponse:
    target = primary_host(agency)
    if target is None:
        return HttpResponseNotFound(render_to_string("agencies/no_site.html", {"host": request.get_host()}))
    return HttpResponsePermanentRedirect(f"{request.scheme}://{target}{port}{request.get_full_path()}")


def _split(host: str) -> tuple[str, str]:
    name, colon, port = host.rpartition(":")
    if colon and port.isdigit() and not name.endswith(":"):
        return name.lower(), f":{port}"
    return host.lower(), ""


def _bare(host: str) -> bool:
    return host in {"localhost", "testserver"} or host.startswith("[") or host.replace(".", "").isdigit()
