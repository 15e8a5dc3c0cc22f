"""Who holds data of persons: packages register how to erase it, when it must go, and why it must still stay."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime


def _nobody(now: datetime, limit: int) -> Iterable[uuid.UUID]:
    return ()


def _no_reason(person: uuid.UUID) -> list[str]:
    return []


@dataclass(frozen=True)
class Holder:
    """One place where data of persons lies.

    ``erase``: delete or blank all that identifies the person, blind indexes included, and return how many records
    that touched; what statistics need (kind of applicant, dates, outcome) stays. It runs inside the transaction of
    the whole erasure and must bear being run again. ``needed``: Chinese reasons why the person cannot be forgotten
    yet (an open case). ``expired``: persons whose data was kept as long as the rule says, by an indexed query, at
    most so many at a time."""

    name: str
    label: str
    erase: Callable[[uuid.UUID], int]
    needed: Callable[[uuid.UUID], list[str]] = _no_reason
    expired: Callable[[datetime, int], Iterable[uuid.UUID]] = _nobody


_HOLDERS: dict[str, Holder] = {}


def register(holder: Holder) -> Holder:
    """Declare a holder (in an AppConfig.ready); names are unique."""
    if holder.name in _HOLDERS:
        raise ValueError(f"holder {holder.name!r} is registered twice")
    _HOLDERS[holder.name] = holder
    return holder


def all_holders() -> list[Holder]:
    """Every registered one, in the order of registration."""
    return list(_HOLDERS.values())
