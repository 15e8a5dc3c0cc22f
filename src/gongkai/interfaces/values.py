"""Kinds of values that parameters have: narrow enough that no database is ever asked something it cannot hold."""

import re
from datetime import date, datetime
from typing import Annotated

from django.utils import timezone
from ninja import Field
from pydantic import AfterValidator, BeforeValidator, StringConstraints

_EARLIEST, _LATEST = 1900, 2200  # years; beyond them a time zone may have no such moment
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def _written(value: object) -> object:
    """A day or moment is written out: a bare number could mean anything."""
    if isinstance(value, str) and not _DAY.match(value):
        raise ValueError("应当写作 2026-03-05 或 2026-03-05T09:00:00+08:00。")
    if isinstance(value, (int, float)):
        raise ValueError("应当写作 2026-03-05 或 2026-03-05T09:00:00+08:00。")
    return value


def _imaginable(value: date) -> date:
    if not _EARLIEST <= value.year <= _LATEST:
        raise ValueError(f"年份应当在{_EARLIEST}与{_LATEST}之间。")
    return value


def _placed(value: datetime) -> datetime:
    """A moment without a zone is one in China."""
    return timezone.make_aware(value) if timezone.is_naive(value) else value


def _visible(value: str) -> str:
    if _CONTROL.search(value):
        raise ValueError("含有不可见的控制字符，请去掉。")
    return value


Day = Annotated[date, BeforeValidator(_written), AfterValidator(_imaginable)]
Moment = Annotated[datetime, BeforeValidator(_written), AfterValidator(_imaginable), AfterValidator(_placed)]
Text = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_visible)]
Code = Annotated[str, Field(pattern=r"^[0-9A-Za-z_-]{1,50}$")]
Number = Annotated[int, Field(ge=1, le=9999)]
