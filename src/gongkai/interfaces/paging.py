"""Cursors: a place in a list by the values it is ordered by, so that a page costs the same however far in it is."""

from datetime import UTC, datetime, timedelta
from typing import Annotated
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from ninja import Field

from gongkai.interfaces.problems import invalid

PATTERN = r"^[0-9a-f]{1,16}-[0-9a-f]{1,16}$"
LARGEST = 2**63 - 1  # what both databases hold in a column of identities
PAGE = 20
LONGEST = 100
_BEGINNING = datetime(1, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

CursorText = Annotated[
    str, Field(pattern=PATTERN, description="上一页答复中的 next，原样带回", examples=["e2c2f8ac5b1c40-1a4"])
]
Limit = Annotated[int, Field(ge=1, le=LONGEST, description="一页多少条")]


def pack(first: int, second: int) -> str:
    """The cursor of a place."""
    return f"{first:x}-{second:x}"


def unpack(text: str, field: str = "query.cursor") -> tuple[int, int]:
    """The place of a cursor; raises Problem 422 for one that no answer of ours contained."""
    first, _, second = text.partition("-")
    try:
        place = int(first, 16), int(second, 16)
    except ValueError:
        raise invalid([(field, "翻页标记无效，请用上一页答复中的 next。")]) from None
    if max(place) > LARGEST:
        raise invalid([(field, "翻页标记无效，请用上一页答复中的 next。")])
    return place


def pack_moment(at: datetime, number: int) -> str:
    """The cursor of a place in a list ordered by a moment and a number."""
    return pack((at - _BEGINNING) // _MICROSECOND, number)


def unpack_moment(text: str, field: str = "query.cursor") -> tuple[datetime, int]:
    """The same the other way round; raises Problem 422."""
    first, number = unpack(text, field)
    try:
        moment = _BEGINNING + first * _MICROSECOND
        moment.astimezone()  # the last hours of the year 9999 have no local time
    except OverflowError:
        raise invalid([(field, "翻页标记无效，请用上一页答复中的 next。")]) from None
    return moment, number


def link_next(request: HttpRequest, response: HttpResponse, cursor: str | None, name: str = "cursor") -> None:
    """Say where the next page is in the ``Link`` header too (RFC 8288)."""
    if cursor is not None:
        given = request.GET.copy()
        given[name] = cursor
        address = request.build_absolute_uri(f"{request.path}?{urlencode(list(given.lists()), doseq=True)}")
        response["Link"] = f'<{address}>; rel="next"'
