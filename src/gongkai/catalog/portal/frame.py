"""What every public page has around it: who speaks, where I am, what the page is (page labels), how it may be kept.

Page labels 网页标签 as 国办发〔2017〕47号 names them. Nothing here reads the session: a page is the same for everybody.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from functools import cached_property, wraps
from itertools import takewhile
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe

from gongkai.agencies.bodies import Agency, Contact
from gongkai.agencies.queries import city
from gongkai.agencies.sites import SiteRequest
from gongkai.catalog.columns import Column, ColumnKind, ColumnNode
from gongkai.catalog.portal import services
from gongkai.catalog.portal.mirror import switch
from gongkai.catalog.portal.sites import Sites
from gongkai.catalog.queries import column_tree
from gongkai.ledger.refs import Named, Ref
from gongkai.pages.keys import expires, later, remember
from gongkai.pages.serving import CACHE_CONTROL
from gongkai.pages.shared import once

View = Callable[..., HttpResponse]
_IN_NAV = 11
_FOOTER_KINDS = (ColumnKind.GUIDE, ColumnKind.APPLY, ColumnKind.BODY)


def public_page(view: View) -> View:
    """A page everybody may read: GET and HEAD only; kept by anybody, but asked for anew each time (ETag of its bytes).

    ``no-cache``, since a text that was withdrawn must be gone at once from wherever copies lie. There is no
    Last-Modified: notices are computed, so a page may change on a day on which nothing was written.
    """

    @require_safe
    @conditional_page
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", CACHE_CONTROL)
        return response

    return cast(View, page)


class Frame:
    """The frame of one agency's page. Reads what it needs once, in a fixed number of queries."""

    def __init__(self, request: HttpRequest, agency: Agency | None = None) -> None:
        self.request = request
        self.agency: Agency = agency or cast(SiteRequest, request).agency
        self.sites = Sites(request, self.agency, self.city)
        self._changes_on: date | None = None
        self._shows: list[Ref | Named] = []
        self._later = False

    def note(self, *things: Ref | Named) -> None:
        """Note that the page shows these things, as ``shows=`` of ``page`` does; for who comes upon them on the way."""
        self._shows += things

    def changes_on(self, day: date | None) -> None:
        """Note that something on the page is no longer so from that day on (validity, this month's figures); the
        earliest day noted counts, None notes nothing."""
        if day is not None and (self._changes_on is None or day < self._changes_on):
            self._changes_on = day

    def nobody_waits(self) -> None:
        """Note that the page is for programs or for the record (feed, figures, catalogue): it is renewed after those
        that people read."""
        self._later = True

    @cached_property
    def city(self) -> Agency | None:
        """The body that has the city's portal."""
        return self.agency if self.agency.is_city else city()

    @cached_property
    def tree(self) -> list[ColumnNode]:
        """The agency's columns."""
        return once(("columns", self.agency.pk), lambda: column_tree(self.agency))

    @cached_property
    def columns(self) -> list[Column]:
        """The same, one after the other, each before its children."""
        return list(_flat(self.tree))

    @cached_property
    def contact(self) -> Contact | None:
        """How the disclosure office is reached."""
        return once(("contact", self.agency.pk), Contact.objects.filter(agency=self.agency).first)

    @cached_property
    def today(self) -> date:
        """The day for which everything on the page is computed."""
        return timezone.localdate()

    def column_of_kind(self, kind: ColumnKind) -> Column | None:
        """The first column of that kind."""
        return next((column for column in self.columns if column.kind == kind), None)

    @cached_property
    def topic_columns(self) -> dict[str, Column]:
        """The column that gathers each topic, by the topic's slug."""
        return {one.rules.topics[0]: one for one in self.columns if len(one.rules.topics) == 1}

    def way_to(self, column: Column) -> list[Column]:
        """The column with those above it, outermost first; no query."""
        known = {one.pk: one for one in self.columns}
        way, parent = [column], column.parent_id
        while parent is not None and parent in known and known[parent] not in way:
            way.insert(0, known[parent])
            parent = known[parent].parent_id
        return way

    def site(self, way: Sequence[Column] = (), *, at_home: bool = False) -> dict[str, Any]:
        """Template variable ``site``: identity, navigation with the place marked, footer."""
        prefix = _common_beginning(self.agency.name, self.city.name) if self.city else ""
        own = not self.agency.is_city and len(prefix) > 1
        return {
            "name": self.agency.name,
            "above": prefix if own else "政务公开",
            "short": self.agency.name.removeprefix(prefix) if own else self.agency.name,
            "domain": self.sites.hosts.get(self.sites.server_of(self.agency.pk), ""),
            "id_code": self.agency.site_code,
            "nav": self._nav(way, at_home=at_home),
            "feeds": [{"label": f"{self.agency.name}最新公开", "path": "/"}],
            "tools": switch(self.request),
            "footer": self._footer(),
        }

    def _nav(self, way: Sequence[Column], *, at_home: bool) -> list[dict[str, Any]]:
        """One row: what does not fit is reached from the map of the site; where I am is always in it."""
        columns = [one for one in self.columns if one.in_nav]
        shown, current = columns, way[0] if way else None
        if len(columns) > _IN_NAV:
            shown = columns[: _IN_NAV - 1]
            if current in columns and current not in shown:
                shown = [*shown[:-1], current]
        nav = [{"label": "首页", "url": "/", "current": at_home}]
        nav += [{"label": one.name, "url": one.get_absolute_url(), "current": one == current} for one in shown]
        if self.agency.is_city:
            path = reverse("portal:agencies")
            nav.append({"label": "机关目录", "url": path, "current": self.request.path.startswith(path)})
        if len(shown) < len(columns):
            nav.append({"label": "全部栏目", "url": reverse("portal:map"), "current": False})
        return nav

    def _footer(self) -> dict[str, Any]:
        links = [
            {"label": one.name, "url": one.get_absolute_url()}
            for one in (self.column_of_kind(kind) for kind in _FOOTER_KINDS)
            if one is not None
        ]
        links += [{"label": one.label, "url": one.path} for one in services.there()]
        if self.city is not None and not self.agency.is_city:
            links.append({"label": self.city.name, "url": self.sites.url(self.city.pk, "/")})
        contact = self.contact
        facts = {"host": self.agency.name, "icp": self.agency.icp_number, "police": self.agency.police_number}
        if contact is not None:
            facts |= {
                "address": contact.address,
                "postcode": contact.postcode,
                "phone": contact.phone,
                "email": contact.email,
            }
        return facts | {"links": links}

    def crumbs(self, way: Sequence[Column], *last: str) -> list[dict[str, str]]:
        """Breadcrumbs: home, the columns on the way, and what the page is called if it is not a column."""
        steps = [{"label": "首页", "url": "/"}]
        steps += [{"label": one.name, "url": one.get_absolute_url()} for one in way]
        return steps + [{"label": label, "url": ""} for label in last]

    def column_labels(self, column: Column) -> dict[str, str]:
        """ColumnName, ColumnDescription, ColumnKeywords, ColumnType of a page in this column."""
        duty = column.duty_info
        return {
            "ColumnName": column.name,
            "ColumnDescription": column.description or f"{self.agency.name}{column.name}",
            "ColumnKeywords": f"{column.name},{self.agency.short_name},政府信息公开",
            "ColumnType": duty.label if duty.period else str(ColumnKind(column.kind).label),
        }

    def page(
        self,
        template: str,
        context: Mapping[str, Any],
        *,
        way: Sequence[Column] = (),
        labels: Mapping[str, str] | None = None,
        shows: Sequence[Ref | Named] = (),
        at_home: bool = False,
        status: int = 200,
    ) -> HttpResponse:
        """Render the page in its frame and note what it shows (the agency itself and its columns always).

        ``updated`` in the context: when what the page says last changed, for its foot.
        """
        values = {"site": self.site(way, at_home=at_home), "labels": dict(labels or {})} | dict(context)
        return self.described(render(self.request, template, values, status=status), *way, *shows)

    def described(self, response: HttpResponse, *shows: Ref | Named) -> HttpResponse:
        """Note on the response what it shows and when it changes by itself."""
        remember(response, self.agency, *self._shows, *shows)
        if self._changes_on is not None:
            midnight = datetime.combine(self._changes_on, time())
            expires(response, timezone.make_aware(midnight))
        if self._later:
            later(response)
        return response


def _flat(nodes: Sequence[ColumnNode]) -> Iterator[Column]:
    for node in nodes:
        yield node.column
        yield from _flat(node.children)


def _common_beginning(one: str, other: str) -> str:
    """澜川市 of 澜川市城市管理委员会 and 澜川市人民政府: the place, which the head of a page says apart."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return "".join(letter for letter, _ in same)
