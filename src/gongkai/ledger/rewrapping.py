"""Changing the master key while the site runs: every key is wrapped anew, nothing that was sealed is touched.

Short transactions, each over rows it has locked; where it was killed it goes on, because each row says which master key
wraps it. A key is written only after what was wrapped opened again to the same bytes.
"""

import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Count

from gongkai.ledger import data_keys, master_keys
from gongkai.ledger.data_keys import DataKey
from gongkai.ledger.master_keys import WrongMasterKey
from gongkai.ledger.persons import PersonKey

AT_ONCE = 200
Tick = Callable[[int], object]


@dataclass
class Standing:
    """How many keys each master key wraps (by its id), and how many persons were forgotten."""

    persons: Counter[str] = field(default_factory=Counter)
    data_keys: Counter[str] = field(default_factory=Counter)
    forgotten: int = 0

    @property
    def pending(self) -> int:
        """Keys that another than the present master key wraps."""
        return sum((self.persons + self.data_keys).values()) - self.wrapped_by(master_keys.current().id)

    def wrapped_by(self, master: str) -> int:
        return self.persons[master] + self.data_keys[master]


@dataclass
class Rewrapped:
    """What one run did; ``failed`` names the keys that no known master key opens, with why."""

    persons: int = 0
    data_keys: int = 0
    failed: dict[str, str] = field(default_factory=dict)


def standing() -> Standing:
    """As it is now; three queries."""
    return Standing(
        _counted(PersonKey.objects.filter(destroyed_at=None)),
        _counted(DataKey.objects.all()),
        PersonKey.objects.exclude(destroyed_at=None).count(),
    )


def rotate(tick: Tick = lambda done: None) -> Rewrapped:
    """Wrap every key under the present master key that another wraps. May run beside the site, and twice at once."""
    result = Rewrapped()
    result.data_keys = _each(DataKey, "", _data_binding, result.failed, tick)
    result.persons = _each(PersonKey, uuid.UUID(int=0), _person_binding, result.failed, tick)
    return result


def verify(tick: Tick = lambda done: None) -> dict[str, str]:
    """Open every key with its master key; those that do not open, with why."""
    failed: dict[str, str] = {}
    for model, binding in ((DataKey, _data_binding), (PersonKey, _person_binding)):
        for row in _kept(model).order_by("pk").iterator(chunk_size=AT_ONCE):
            try:
                master_keys.unwrap(bytes(row.wrapped), row.wrapped_by, binding(row))
            except WrongMasterKey as error:
                failed[str(row.pk)] = str(error)
            tick(1)
    return failed


def _each(model: Any, before: Any, binding: Callable[[Any], bytes], failed: dict[str, str], tick: Tick) -> int:
    """All rows of a model in the order of their ids, so many in a transaction; how many were wrapped anew."""
    done = 0
    while True:
        with transaction.atomic():
            rows = _kept(model).select_for_update().filter(pk__gt=before).exclude(wrapped_by=master_keys.current().id)
            batch = list(rows.order_by("pk")[:AT_ONCE])
            for row in batch:
                try:
                    done += _rewrap(model, row, binding(row))
                except WrongMasterKey as error:
                    failed[str(row.pk)] = str(error)
        tick(len(batch))
        if len(batch) < AT_ONCE:
            return done
        before = batch[-1].pk


def _rewrap(model: Any, row: Any, bound_to: bytes) -> int:
    key = master_keys.unwrap(bytes(row.wrapped), row.wrapped_by, bound_to)
    wrapped, by = master_keys.wrap(key, bound_to)
    if master_keys.unwrap(wrapped, by, bound_to) != key:
        raise WrongMasterKey("重新包裹后核对不符，未作改动。")
    # Nothing is brought back that was destroyed meanwhile, were a database without row locks ever used.
    same: int = model.objects.filter(pk=row.pk, wrapped_by=row.wrapped_by).update(wrapped=wrapped, wrapped_by=by)
    return same


def _kept(model: Any) -> Any:
    return model.objects.filter(wrapped__isnull=False)


def _counted(rows: Any) -> Counter[str]:
    return Counter(dict(rows.order_by().values_list("wrapped_by").annotate(Count("pk"))))


def _person_binding(row: PersonKey) -> bytes:
    return row.id.bytes


def _data_binding(row: DataKey) -> bytes:
    return data_keys.binding(row.name)
