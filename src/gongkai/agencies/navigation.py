"""The desk's rail: packages declare their entries; what an officer sees follows from roles."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.db.models import Max
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from gongkai.agencies.officers import Officer
from gongkai.ledger import entries, moment

GROUPS = ("", "公开", "监督", "设置")
_KEPT_SECONDS = 60
_ONE_OF_A_LIST = re.compile(r"(\d+|new|import)/")
_COUNTS = caches["rail"]


@dataclass(frozen=True)
class Entry:
    """One entry. ``count`` gives the number beside it; None shows none. No roles: for everybody.

    A number changes by what the ledger tells and by time: it is counted anew when something happened or a minute later;
    ``always`` for one that changes by itself, which is counted for every page and must be one cheap query.
    """

    label: str
    url_name: str
    group: str = ""
    roles: frozenset[str] = frozenset()
    count: Callable[[Officer], int | None] | None = None
    always: bool = False
    key: str = ""  # `g` and this letter go there
    tone: str = ""
    supervising: bool = False  # only in the supervising office 主管部门
    finds: bool = False  # the search of everything: / leads there from a page without a filter of its own
    bell: bool = False  # stands by itself beside the agency's name, on a phone too, and in no group


_ENTRIES: list[Entry] = []


def register(entry: Entry) -> None:
    """Declare an entry (in an AppConfig.ready)."""
    if entry.group not in GROUPS:
        raise ValueError(f"no group {entry.group!r} on the rail")
    _ENTRIES.append(entry)


def desk_context(request: HttpRequest) -> dict[str, Any]:
    """Template variable ``desk`` of every signed-in desk page: agency, rail, who I am. Put together when a page shows
    it: the parts of a page that are renewed by themselves do not, and come quicker."""
    user = request.user
    if not request.path.startswith("/desk/") or not isinstance(user, Officer):
        return {}
    return {"desk": SimpleLazyObject(lambda: _rail(request, user))}


def _rail(request: HttpRequest, user: Officer) -> dict[str, Any]:
    match = request.resolver_match
    urls = {one: reverse(one.url_name) for one in _ENTRIES if one.bell or _for(one, user)}
    current, how = _place(match.view_name if match else "", request.path, urls)
    counts = _counts(user, urls)
    items = {one: _item(one, url, counts.get(one.url_name)) for one, url in urls.items()}
    if current is not None:
        items[current]["current"] = how
    return {
        "agency_name": user.agency.short_name,
        "home_url": reverse("desk:tasks"),
        "groups": _groups(items),
        "bells": [item for one, item in items.items() if one.bell],
        "me": {"name": user.name, "role": user.role_names, "url": reverse("staff:me")},
        "sign_out_url": reverse("staff:sign_out"),
    }


def _place(view_name: str, path: str, urls: dict[Entry, str]) -> tuple[Entry | None, str]:
    """The entry the page belongs to: its own, or that of the list which it shows one of, or adds one to."""
    for one in _ENTRIES:
        if one.url_name == view_name:
            return one if one in urls else None, "page"
    above = [one for one, url in urls.items() if path.startswith(url) and _ONE_OF_A_LIST.match(path[len(url) :])]
    # The nearest: one of the lists that were taken over is below these, and these are below the applications.
    return max(above, key=lambda one: len(urls[one]), default=None), "true"


def _groups(items: dict[Entry, dict[str, Any]]) -> list[dict[str, Any]]:
    """Groups of entries as ``ui/rail_groups.html`` wants them; the bell stands by itself."""
    groups = [(name, [item for one, item in items.items() if one.group == name and not one.bell]) for name in GROUPS]
    return [{"label": name, "items": those} for name, those in groups if those]


def _counts(officer: Officer, shown: Iterable[Entry]) -> dict[str, int | None]:
    """The numbers beside the entries, by name of address. Where nothing has happened: one query, and one for each that
    is always counted."""
    counted = [(one, one.count) for one in shown if one.count]
    head = entries.Entry.objects.aggregate(head=Max("id"))["head"]
    key = f"{officer.pk}:{head}:{moment.today()}"
    kept = _COUNTS.get(key)
    if kept is None:
        kept = {one.url_name: count(officer) for one, count in counted if not one.always}
        _COUNTS.set(key, kept, _KEPT_SECONDS)
    return kept | {one.url_name: count(officer) for one, count in counted if one.always}


def _item(entry: Entry, url: str, count: int | None) -> dict[str, Any]:
    return {
        "label": entry.label,
        "url": url,
        "count": count,
        "current": "",
        "key": entry.key,
        "tone": entry.tone,
        "finds": entry.finds,
    }


def _for(entry: Entry, officer: Officer) -> bool:
    if entry.supervising and not officer.agency.is_supervising:
        return False
    return not entry.roles or officer.holds(entry.roles)
