"""Filters for the pages of a case."""

from collections.abc import Mapping
from typing import Any

from django import template

from gongkai.applications import asked_names
from gongkai.applications.applications import Application

register = template.Library()


@register.filter
def at(found: Mapping[Any, Any] | None, key: Any) -> Any:
    """What stands under the key; None where there is nothing."""
    return found.get(key) if found else None


@register.filter
def with_names(message: str, case: Application) -> str:
    """The law names a consultation by its key; people know whom they asked."""
    return asked_names.named(message, asked_names.for_staff(case))
