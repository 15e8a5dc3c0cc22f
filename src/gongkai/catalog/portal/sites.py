"""Whose pages are where: one installation, many hosts, and bodies that ended or never had a site of their own."""

from collections.abc import Callable, Mapping
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest

from gongkai.agencies.bodies import Agency, Succession
from gongkai.agencies.queries import city, hosts_by_agency
from gongkai.agencies.sites import site_url
from gongkai.pages.shared import once

_GOVERNMENT = ("gov.cn", "政务", "xn--zfr164b")  # the last is 政务 as browsers send it


class Sites:
    """Addresses across the sites of the city, for one request; two small queries, when first asked.

    ``here`` is the agency whose site the request is for. A body that ended is served by its successor's site, one
    without a host by the city's.
    """

    def __init__(self, request: HttpRequest, here: Agency, city: Agency | None) -> None:
        self.request = request
        self.here = here
        self.city = city

    @cached_property
    def hosts(self) -> dict[int, str]:
        """Primary host by agency; the city has the configured one when none was entered."""
        return _hosts(self.city)

    @cached_property
    def successors(self) -> dict[int, int]:
        """Who took over from whom, by id."""
        return _successors()

    def server_of(self, agency_id: int) -> int:
        """The id of the agency whose site serves this one's pages."""
        otherwise = self.city.pk if self.city is not None else self.here.pk
        return _server_of(agency_id, self.hosts, self.successors, otherwise)

    def is_official(self, host: str) -> bool:
        """Whether a host belongs to a government site: one of this installation's, *.gov.cn or *.政务."""
        name = host.rsplit(":", 1)[0].lower().rstrip(".")
        ours = name in self.hosts.values()
        return ours or any(name == end or name.endswith(f".{end}") for end in _GOVERNMENT)

    def served_here(self, agency_id: int) -> bool:
        """Whether its pages belong to the site at hand."""
        return self.server_of(agency_id) == self.here.pk

    def url(self, agency_id: int, path: str) -> str:
        """The address of one of its pages: a path on this site, else with the host of the other one."""
        return path if self.served_here(agency_id) else self.absolute(agency_id, path)

    def absolute(self, agency_id: int, path: str) -> str:
        """The whole address, as it is printed, copied and given in page labels."""
        server = self.server_of(agency_id)
        host = self.hosts.get(server)
        return site_url(host, self.request, path) if host else self.request.build_absolute_uri(path)


def server_hosts() -> Callable[[int], str | None]:
    """Agency id → host of the site that serves its pages (None before anything was set up); three queries, once."""
    portal = city()
    hosts, successors = _hosts(portal), _successors()

    def host(agency_id: int) -> str | None:
        return hosts.get(_server_of(agency_id, hosts, successors, portal.pk if portal is not None else agency_id))

    return host


def _hosts(portal: Agency | None) -> dict[int, str]:
    hosts = dict(hosts_by_agency())
    if portal is not None:
        hosts.setdefault(portal.pk, settings.GONGKAI_CITY_HOST)
    return hosts


def _successors() -> dict[int, int]:
    rows = Succession.objects.filter(successor__isnull=False).order_by("on", "id")
    return once("successors", lambda: dict(rows.values_list("predecessor_id", "successor_id")))


def _server_of(agency_id: int, hosts: Mapping[int, str], successors: Mapping[int, int], otherwise: int) -> int:
    at, passed = agency_id, {agency_id}
    while at not in hosts:
        at = successors.get(at, 0)
        if at in passed or not at:
            return otherwise
        passed.add(at)
    return at
