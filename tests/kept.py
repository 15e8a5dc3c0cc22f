"""Worlds that many tests begin with: made once in each process by the real actions, afterwards put back as rows.

``@kept`` on a factory remembers every row that the factory wrote, for what it was asked, on the day, in a database
where just that had happened before; asked the same again, it writes the rows instead of acting, and returns a copy of
what it returned. Anything that was not seen before is made by the actions: other arguments, a database in which a test
has already done something of its own, an earlier hour, objects as arguments.
"""

import copy
import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from tests.flushing import TableContent, content, put_in

from gongkai.ledger import moment, wake
from gongkai.ledger.entries import Entry

P = ParamSpec("P")
T = TypeVar("T")
State = tuple[tuple[int, str, str], ...]
_PLAIN = (str, int, bool, date, type(None))
_OUR_OWN: set[State] = {()}
"""What the ledger says where nothing but kept factories has been at work; only there is anything remembered."""


@dataclass(frozen=True)
class Remembered:
    """The rows a factory wrote, what it returned, and when."""

    rows: list[TableContent]
    returned: Any
    at: datetime


def kept(make: Callable[P, T]) -> Callable[P, T]:
    """The factory, acting only where it has to."""
    seen: dict[Any, Remembered] = {}

    @functools.wraps(make)
    def made(*args: P.args, **facts: P.kwargs) -> T:
        asked = (args, tuple(sorted(facts.items())))
        if not all(isinstance(value, _PLAIN) for value in (*args, *facts.values())):
            return make(*args, **facts)
        before = _state()
        key = (asked, before, moment.today(), str(settings.MEDIA_ROOT))
        known = seen.get(key)
        if known is not None:
            return _again(known) if known.at <= moment.now() and _put_back(known.rows) else make(*args, **facts)
        # Outside of a transaction others may be writing at the same time, whose rows are not the factory's.
        if before not in _OUR_OWN or not connection.in_atomic_block:
            return make(*args, **facts)
        rows = content(connection)
        returned = make(*args, **facts)
        added = _added(rows, content(connection))
        if added is not None:
            _OUR_OWN.add(_state())
            seen[key] = Remembered(added, copy.deepcopy(returned), moment.now())
        return returned

    return made


def _again(known: Remembered) -> Any:
    """A test may do with it what it likes: the next one gets its own."""
    return copy.deepcopy(known.returned)


def _state() -> State:
    return tuple(Entry.objects.order_by("id").values_list("id", "kind", "subject_id"))


def _added(before: list[TableContent], after: list[TableContent]) -> list[TableContent] | None:
    """The rows that are new; None when rows that had been there have changed, which rows alone cannot repeat."""
    old = {one.table: one for one in before}
    added = []
    for one in after:
        known = old.get(one.table, TableContent(one.table, one.columns, []))
        new = [row for row in one.rows if row not in known.rows]
        if len(new) != len(one.rows) - len(known.rows):
            return None
        if new:
            added.append(TableContent(one.table, one.columns, new))
    return added


def _put_back(rows: list[TableContent]) -> bool:
    """Writes the rows; False when a number or name is taken, by something the ledger says nothing about."""
    try:
        with transaction.atomic():
            put_in(connection, rows)
            wake.on_commit()
    except IntegrityError:
        return False
    return True
