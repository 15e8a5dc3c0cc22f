"""Filters for the pages of a case."""

import re
from collections.abc import Mapping
from typing import Any

from django import template

from gongkai.applications.applications import Application

register = template.Library()
_KEY = re.compile(r"征求意见“(\d+)”")


@register.filter
def at(found: Mapping[Any, Any] | None, key: Any) -> Any:
    """What stands under the key; None where there is nothing."""
    return found.get(key) if found else None


@register.filter
def with_names(message: str, case: Application) -> str:
    """The law names a consultation by its key; people know whom they asked."""
    names = {str(one.pk): str(one) for one in case.consultations.all()}
    return _KEY.sub(lambda hit: f"征求“{names.get(hit[1], hit[1])}”意见", message)
