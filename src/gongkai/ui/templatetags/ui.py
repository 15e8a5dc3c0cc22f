"""Filters that components need; they know shapes (a header table, a table in a text), nothing of the domain."""

import re
from collections.abc import Iterable
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_TABLE_EDGE = re.compile(r"<(/?)table\b[^>]*>", re.IGNORECASE)
_ADDRESSED = re.compile(r'<(?:p|h[2-5])\b[^>]*\bid="([a-z][a-z0-9-]*)"[^>]*>')
_REGION = '<div class="scroll" role="region" aria-label="表格，可左右滑动" tabindex="0">'


@register.filter
def pairs(rows: Iterable[Any]) -> list[list[Any]]:
    """Lay the facts of a header table two to a row; a fact with ``wide`` set, and the last odd one, have a row alone.

    ``rows`` holds mappings or objects with ``label``, ``value`` and optionally ``url`` and ``wide``.
    """
    laid: list[list[Any]] = []
    open_row: list[Any] | None = None
    for fact in rows:
        wide = fact.get("wide") if isinstance(fact, dict) else getattr(fact, "wide", False)
        if wide:
            laid.append([fact])
            open_row = None
        elif open_row is None:
            open_row = [fact]
            laid.append(open_row)
        else:
            open_row.append(fact)
            open_row = None
    return laid


@register.filter
def table_regions(html: str) -> SafeString:
    """Put each outermost table of sanitised HTML into a region that scrolls by itself and takes the keyboard.

    The input must already be clean (it is marked safe as it stands). A table inside a table stays as it is.
    """
    pieces: list[str] = []
    depth = 0
    position = 0
    for edge in _TABLE_EDGE.finditer(html):
        pieces.append(html[position : edge.start()])
        closing = bool(edge.group(1))
        if not closing:
            pieces.append(_REGION + edge.group(0) if depth == 0 else edge.group(0))
            depth += 1
        else:
            depth = max(0, depth - 1)
            pieces.append(edge.group(0) + "</div>" if depth == 0 else edge.group(0))
        position = edge.end()
    pieces.append(html[position:])
    return mark_safe("".join(pieces) + "</div>" * (1 if depth else 0))


@register.filter
def anchors(html: str) -> SafeString:
    """Give each provision and heading that has an address (``id``) a link to itself, for citing it.

    The input must already be clean (it is marked safe as it stands). The link has no text of its own, so that copying a
    provision copies its words only.
    """
    return mark_safe(
        _ADDRESSED.sub(
            lambda found: f'{found[0]}<a class="anchor" href="#{found[1]}" aria-label="本处的链接"></a>', html
        )
    )


@register.filter
def control_kind(field: BoundField) -> str:
    """How a form field is laid out: ``one`` tick box, a ``group`` of choices, or a ``line`` under its label."""
    widget = field.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "group"
    return "one" if isinstance(widget, CheckboxInput) else "line"
