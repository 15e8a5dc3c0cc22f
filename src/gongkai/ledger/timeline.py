"""Reading what happened to one thing, for a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from gongkai.ledger import kinds
from gongkai.ledger.entries import Entry
from gongkai.ledger.refs import Ref


@dataclass(frozen=True)
class Moment:
    """One line of a timeline."""

    at: datetime
    who: str
    label: str
    sentence: str
    tone: str
    public: bool


def of(*subjects: Ref, public_only: bool = False) -> list[Moment]:
    """What happened to these subjects together (a document and its editions, say), oldest first; one query."""
    if not subjects:
        return []
    wanted = Q()
    for subject in subjects:
        wanted |= Q(subject_kind=subject.kind, subject_id=subject.id)
    return moments(Entry.objects.filter(wanted).order_by("id"), public_only=public_only)


def moments(entries: Iterable[Entry], *, public_only: bool = False) -> list[Moment]:
    """The lines for these entries, in their order."""
    lines = []
    for entry in entries:
        kind = kinds.get(entry.kind)
        if kind.public or not public_only:
            lines.append(
                Moment(entry.at, entry.actor_label, kind.label, kind.describe(entry.data), kind.tone, kind.public)
            )
    return lines
