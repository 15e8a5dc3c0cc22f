"""The desk's rail: packages declare their entries; what an officer sees follows from roles."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from gongkai.agencies.officers import Officer

GROUPS = ("", "公开", "监督", "设置")


@dataclass(frozen=True)
class Entry:
    """One entry. ``count`` (one cheap query) gives the number beside it; None shows none. No roles: for everybody."""

    label: str
    url_name: str
    group: str = ""
    roles: frozenset[str] = frozenset()
    count: Callable[[Officer], int | None] | None = None
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
    """Template variable ``desk`` of every signed-in desk page: agency, rail, who I am. One query per counted entry."""
    user = request.user
    if not request.path.startswith("/desk/") or not isinstance(user, Officer):
        return {}
    match = request.resolver_match
    return {
        "desk": {
            "agency_name": user.agency.short_name,
            "home_url": reverse("desk:tasks"),
            "groups": rail(user, match.view_name if match else ""),
            "bells": [_item(one, user, match.view_name if match else "") for one in _ENTRIES if one.bell],
            "me": {"name": user.name, "role": user.role_names, "url": reverse("staff:me")},
            "sign_out_url": reverse("staff:sign_out"),
        }
    }


def rail(officer: Officer, current: str) -> list[dict[str, Any]]:
    """Groups of entries for this officer, as ``ui/rail_groups.html`` wants them."""
    groups: list[dict[str, Any]] = []
    for name in GROUPS:
        items = [
            _item(entry, officer, current)
            for entry in _ENTRIES
            if entry.group == name and not entry.bell and _for(entry, officer)
        ]
        if items:
            groups.append({"label": name, "items": items})
    return groups


def _item(entry: Entry, officer: Officer, current: str) -> dict[str, Any]:
    return {
        "label": entry.label,
        "url": reverse(entry.url_name),
        "count": entry.count(officer) if entry.count else None,
        "current": entry.url_name == current,
        "key": entry.key,
        "tone": entry.tone,
        "finds": entry.finds,
    }


def _for(entry: Entry, officer: Officer) -> bool:
    if entry.supervising and not officer.agency.is_supervising:
        return False
    return not entry.roles or officer.holds(entry.roles)
