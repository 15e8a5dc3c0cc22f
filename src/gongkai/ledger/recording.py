"""Writing entries: the only door, and only inside the transaction of the change."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from gongkai.ledger import kinds, moment, persons, wake
from gongkai.ledger.entries import Entry
from gongkai.ledger.refs import Named, Ref, ref_of

_LABEL_LENGTH = 300


class OutsideTransaction(RuntimeError):
    """An entry must stand or fall with its change: open the transaction first."""


@dataclass(frozen=True)
class Fact:
    """What is to be recorded. ``personal`` goes under the person's key and needs ``person``."""

    kind: str
    by: "Ref | Named"
    subject: "Ref | Named"
    agency: "Ref | Named | None" = None
    data: Mapping[str, Any] = field(default_factory=dict)
    person: uuid.UUID | None = None
    personal: Mapping[str, Any] | None = None
    at: datetime | None = None


def record(
    kind: str,
    *,
    by: "Ref | Named",
    subject: "Ref | Named",
    agency: "Ref | Named | None" = None,
    person: uuid.UUID | None = None,
    personal: Mapping[str, Any] | None = None,
    at: datetime | None = None,
    **data: Any,
) -> Entry:
    """Append one entry. ``data`` are JSON values: before, after, note and whatever the kind describes.

    Raises OutsideTransaction, UnknownKind, and ValueError when personal data is given to a kind that must not have any.
    """
    return record_many([Fact(kind, by, subject, agency, data, person, personal, at)])[0]


def record_many(facts: Sequence[Fact]) -> list[Entry]:
    """Append several entries at once (imports). Same rules as ``record``."""
    if not connection.in_atomic_block:
        raise OutsideTransaction("a ledger entry was to be written outside a transaction")
    entries = Entry.objects.bulk_create([_entry(fact) for fact in facts])
    wake.on_commit()
    return entries


def _entry(fact: Fact) -> Entry:
    kind = kinds.get(fact.kind)
    if (fact.personal is not None) != (kind.privacy is kinds.Privacy.SEALED):
        raise ValueError(f"{fact.kind}: personal data is given exactly to kinds that seal it")
    actor, subject, agency = ref_of(fact.by), ref_of(fact.subject), ref_of(fact.agency)
    sealed = None
    if fact.personal is not None:
        if fact.person is None:
            raise ValueError(f"{fact.kind}: whose personal data is it?")
        sealed = persons.seal(fact.person, fact.personal)
    return Entry(
        kind=kind.name,
        at=fact.at or moment.now(),
        actor_kind=actor.kind,
        actor_id=actor.id,
        actor_label=actor.label,
        agency_id=agency.id,
        agency_label=agency.label,
        subject_kind=subject.kind,
        subject_id=subject.id,
        subject_label=subject.label[:_LABEL_LENGTH],
        data=dict(fact.data),
        person_id=fact.person,
        sealed=sealed,
    )
