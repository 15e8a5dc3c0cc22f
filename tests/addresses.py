"""Every address of the installation, from Django's own resolver: for tests that must not forget one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """One pattern: its name with namespace, the names of its arguments, the view behind it."""

    name: str
    route: str
    arguments: tuple[str, ...]
    view: Callable[..., Any]


def desk_addresses() -> list[Address]:
    """Everything under ``/desk/``, in the order of the resolver."""
    return [one for one in all_addresses() if one.route.startswith("desk/")]


def all_addresses() -> list[Address]:
    """Every pattern of the installation."""
    return list(_walk(get_resolver(), (), ()))


def _walk(resolver: URLResolver, spaces: tuple[str, ...], routes: tuple[str, ...]) -> Iterator[Address]:
    for one in resolver.url_patterns:
        route = (*routes, str(one.pattern))
        if isinstance(one, URLResolver):
            yield from _walk(one, (*spaces, *([one.namespace] if one.namespace else [])), route)
        elif isinstance(one, URLPattern):
            name = ":".join([*spaces, one.name or ""])
            yield Address(name, "".join(route), tuple(one.pattern.converters), one.callback)
