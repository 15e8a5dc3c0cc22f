"""Panels that other parts of the package (letters, redaction, messages) hang into the page of a case."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from gongkai.applications.applications import Application


@dataclass(frozen=True)
class Panel:
    """A part of the page. ``context`` gives what ``template`` shows of the case, None where there is nothing to show;
    ``side``: beside the case instead of in it; ``order``: its place among the others.

    The template is included inside ``<section id="{{ key }}">`` below its heading; what ``context`` gave is ``panel``
    there, beside ``case``, ``roles`` and everything else of the page.
    """

    key: str
    label: str
    template: str
    context: Callable[[HttpRequest, Application], dict[str, Any] | None]
    side: bool = False
    order: int = 50


_PANELS: dict[str, Panel] = {}


def register(panel: Panel) -> Panel:
    """Declare a panel (when the application is ready). Raises ValueError for a key that is taken."""
    if panel.key in _PANELS:
        raise ValueError(f"the panel {panel.key!r} is declared twice")
    _PANELS[panel.key] = panel
    return panel


def remember(request: HttpRequest, key: str, form: Any) -> None:
    """Let the panel of that key show a form that was just refused, instead of an empty one."""
    request.__dict__.setdefault("panel_forms", {})[key] = form


def tried(request: HttpRequest, key: str) -> Any:
    """The form that was refused in this request, None for none."""
    return request.__dict__.get("panel_forms", {}).get(key)


@dataclass(frozen=True)
class Shown:
    """A panel with what it shows."""

    panel: Panel
    context: dict[str, Any]


def shown(request: HttpRequest, case: Application, *, side: bool) -> list[Shown]:
    """The panels of one place that have something to show, in order."""
    found = []
    for panel in sorted(_PANELS.values(), key=lambda one: one.order):
        context = panel.context(request, case) if panel.side == side else None
        if context is not None:
            found.append(Shown(panel, context))
    return found
