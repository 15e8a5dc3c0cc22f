"""Lists newest first, by the number of the last row shown."""

from typing import TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
_LARGEST = 2**63 - 1


def page_of(rows: QuerySet[Row], before: str, size: int) -> tuple[list[Row], int | None]:
    """A page of the rows below ``before`` (as it stands in the address) and where the next one begins; one query."""
    if before.isdecimal():
        rows = rows.filter(pk__lt=min(int(before), _LARGEST))
    found = list(rows.order_by("-pk")[: size + 1])
    return found[:size], found[size - 1].pk if len(found) > size else None
