"""Forgetting a person 个人信息删除: everywhere at once, in one transaction, with an entry that says so; figures stay.

Personal Information Protection Law article 47: data goes when its purpose is fulfilled or the term of keeping is over.
"""

import logging
import uuid
from datetime import datetime, timedelta

from django.db import transaction

from gongkai.ledger import clockwork, holders, ledger_kinds, moment, person_files, persons
from gongkai.ledger.persons import PersonKey
from gongkai.ledger.recording import record
from gongkai.ledger.refs import SYSTEM, Named, Ref

logger = logging.getLogger(__name__)

BY_RULE = "保存期限已满"
_LOOKED_FOR_EVERY = timedelta(hours=1)
_AT_ONCE = 1000


class StillNeeded(Exception):
    """The person cannot be forgotten yet; ``reasons`` in Chinese."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("；".join(reasons))
        self.reasons = reasons


def forget_person(
    person: uuid.UUID, *, by: "Ref | Named", reason: str, agency: "Ref | Named | None" = None
) -> dict[str, int]:
    """Erase the person at every holder, delete their files, destroy their key; returns what was erased, by label.

    Raises StillNeeded with all the reasons, before anything was touched. Somebody already forgotten is left as they
    are, without a second entry."""
    with transaction.atomic():
        key = PersonKey.objects.select_for_update().filter(pk=person, destroyed_at=None).first()
        if key is None:
            return {}
        if reasons := needed(person):
            raise StillNeeded(reasons)
        erased = {holder.label: holder.erase(person) for holder in holders.all_holders()}
        erased["文件"] = person_files.erase(person_files.PersonFile.objects.filter(person=person))
        persons.forget(person, at=moment.now())
        record(
            ledger_kinds.PERSON_FORGOTTEN,
            by=by,
            subject=Ref("person", str(person)),
            agency=agency,
            reason=reason,
            erased=[[label, count] for label, count in erased.items() if count],
        )
    return erased


def needed(person: uuid.UUID) -> list[str]:
    """Why the person cannot be forgotten yet."""
    return [reason for holder in holders.all_holders() for reason in holder.needed(person)]


def forget_expired(now: datetime) -> int:
    """Forget those whose data was kept as long as the rules say; who is needed elsewhere stays until that is over."""
    done = 0
    for holder in holders.all_holders():
        for person in list(holder.expired(now, _AT_ONCE)):
            try:
                done += bool(forget_person(person, by=SYSTEM, reason=BY_RULE))
            except StillNeeded as why:
                logger.info("person %s is kept though %s let go: %s", person, holder.name, why)
    return done


clockwork.register(
    clockwork.Timed("personal data", lambda: None, clockwork.at_intervals(_LOOKED_FOR_EVERY, forget_expired))
)
