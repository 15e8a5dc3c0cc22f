"""检索: staff look things up, in what is public and in the own agency's unpublished texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.agencies.queries import city, hosts_by_agency
from gongkai.agencies.sites import site_url
from gongkai.catalog.presenting import validity_tone
from gongkai.catalog.rules import Validity
from gongkai.search import labels, query
from gongkai.search.addresses import Search
from gongkai.search.asking import Found, Hit, State
from gongkai.search.portal import shown


@dataclass(frozen=True)
class Row:
    """One result: ``state`` is set for what is not public, ``away`` for what opens on a public site."""

    hit: Hit
    url: str
    away: bool
    state: str
    validity: str
    tone: str


@require_GET
@desk_view()
def search(request: DeskRequest) -> HttpResponse:
    """The own agency's documents and drafts, as far as the officer may see them; or what is public in the city."""
    asked = Search.read(request.path, request.GET)
    context: dict[str, Any] = {"search": asked, "scopes": _scopes(request, asked)}
    if asked.q or asked.filters:
        brought = frozenset() if asked.city else labels.of_officer(request.user)
        question = asked.asked(request.user.agency_id, request.user.agency_id).but(labels=brought, cursor=asked.cursor)
        found = query.search(question)
        context |= {"making": True} if found.state is State.MAKING else _found(request, asked, found)
    return render(request, "search/desk/search.html", context)


def _found(request: DeskRequest, asked: Search, found: Found) -> dict[str, Any]:
    hosts = hosts_by_agency()
    return {
        "found": found,
        "rows": [_row(request, hit, hosts) for hit in found.hits],
        "facets": shown.facets(found, asked, own=not asked.city),
        "chosen": shown.chosen(found, asked),
        "cleared": asked.but(filters={}).url,
        "joined": found.joined,
        "exact": asked.but(exact=True).url,
        "next": asked.but(cursor=found.next).url if found.next else "",
        "previous": asked.but(cursor=found.previous).url if found.previous else "",
        "sorts": [
            {"label": "按相关度", "url": asked.but(by_date=False).url, "current": not asked.by_date},
            {"label": "按时间", "url": asked.but(by_date=True).url, "current": asked.by_date},
        ],
    }


def _scopes(request: DeskRequest, asked: Search) -> list[dict[str, Any]]:
    own = request.user.agency.short_name
    return [
        {"label": f"{own}（含未公开）", "url": asked.but(city=False, filters={}).url, "current": not asked.city},
        {"label": "全市已公开", "url": asked.but(city=True, filters={}).url, "current": asked.city},
    ]


def _row(request: DeskRequest, hit: Hit, hosts: Mapping[int, str]) -> Row:
    """Own documents open on the desk, those of others on their site."""
    away = hit.agency_id != request.user.agency_id
    url = hit.path
    if away:
        url = _elsewhere(request, hit, hosts)
    elif not hit.state_label:
        url = reverse("desk:document", args=[hit.id])
    said = hit.validity not in (Validity.NONE, Validity.VALID)
    return Row(hit, url, away, hit.state_label, hit.validity.label if said else "", validity_tone(hit.validity))


def _elsewhere(request: DeskRequest, hit: Hit, hosts: Mapping[int, str]) -> str:
    host = hosts.get(hit.agency_id)
    if host is None:
        portal = city()
        host = hosts.get(portal.pk) if portal else None
    return site_url(host or request.get_host(), request, hit.path)
