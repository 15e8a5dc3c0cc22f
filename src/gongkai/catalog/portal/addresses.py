"""Every address of a site that shows something: what can be prepared, exported, listed for search engines."""

from collections.abc import Iterator

from django.urls import reverse

from gongkai.agencies.bodies import Agency
from gongkai.agencies.queries import city
from gongkai.catalog.columns import Column, ColumnKind
from gongkai.catalog.documents import PUBLIC_STATES, Document
from gongkai.catalog.matters import Matter
from gongkai.catalog.portal.feeds import FORMS
from gongkai.catalog.portal.listing import HOLDINGS, Place, has_validity
from gongkai.catalog.portal.mirror import has_mirror, to_mirror
from gongkai.catalog.portal.sites import server_hosts
from gongkai.catalog.projects import Project
from gongkai.pages import sources

_AT_A_TIME = 2000
_OWN_PAGES = ("map", "robots", "sitemap", "sitemap_pages", "matters", "projects", "figures", "catalogue")


def hosts() -> list[str]:
    """Hosts that have a site of their own, the city's portal first."""
    host_of = server_hosts()
    bodies = sorted(Agency.objects.all(), key=lambda one: not one.is_city)
    return list(dict.fromkeys(host for one in bodies if (host := host_of(one.pk)) is not None))


def in_both_scripts(host: str) -> Iterator[str]:
    """Every path of the site, each followed by the one of its Traditional mirror."""
    for path in paths(host):
        yield path
        if has_mirror(path):
            yield to_mirror(path)


def paths(host: str) -> Iterator[str]:
    """Paths of the site at this host in Simplified: home, columns with their feeds, directory, then documents, the
    newest first. Queries do not grow with the columns, and by one for every two thousand documents."""
    host_of = server_hosts()
    served = [one for one in Agency.objects.all() if host_of(one.pk) == host]
    portal = city()
    own = next((one for one in served if _has_site_at(one, host, portal)), None)
    if own is None:
        return
    yield reverse("portal:home")
    yield from (path for one in Column.objects.filter(agency=own) for path in _of_column(one))
    yield from (reverse(f"portal:{name}") for name in _OWN_PAGES)
    yield from (one.get_absolute_url() for one in Matter.objects.filter(agency=own))
    yield from (one.get_absolute_url() for one in Project.objects.filter(agency=own))
    yield from (reverse("portal:feed", args=[form]) for form in FORMS)
    if own.is_city:
        yield reverse("portal:agencies")
        yield from (one.get_absolute_url() for one in Agency.objects.all())
    public = Document.objects.filter(agency__in=served, state__in=PUBLIC_STATES).order_by("-listed_at", "-id")
    for code in public.values_list("code", flat=True).iterator(chunk_size=_AT_A_TIME):
        yield reverse("portal:document", args=[code])


def _of_column(column: Column) -> Iterator[str]:
    """Its first page, what of it holds and what no longer does, its feeds; further pages are made when asked for."""
    yield column.get_absolute_url()
    if column.kind != ColumnKind.LIST:
        return
    if has_validity(column):
        yield from (Place(holding).path(column) for holding in HOLDINGS if holding)
    yield from (reverse("portal:column_feed", args=[column.key, form]) for form in FORMS)


def _has_site_at(agency: Agency, host: str, portal: Agency | None) -> bool:
    if portal is not None and agency.pk == portal.pk:
        return True
    return agency.hosts.filter(host=host, primary=True).exists()


sources.register_hosts(hosts)
sources.register(in_both_scripts)
