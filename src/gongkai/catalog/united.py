"""Many small questions put to the database in few statements."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

_AT_ONCE = 120  # terms of one statement; SQLite bears five hundred

Select = tuple[str, Sequence[Any]]
"""A SELECT and what it is given."""


def rows(selects: Sequence[Select]) -> Iterator[tuple[Any, ...]]:
    """The rows of all of them; one query for 120. Which of them a row comes from it has to say itself."""
    for at in range(0, len(selects), _AT_ONCE):
        some = selects[at : at + _AT_ONCE]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(sql for sql, _ in some), [one for _, given in some for one in given])
            yield from cursor.fetchall()
