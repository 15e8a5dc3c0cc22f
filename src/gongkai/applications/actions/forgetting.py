"""删除个人信息: what a person asked for, everywhere at once; every record that was merged goes along."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from gongkai.agencies.officers import Officer
from gongkai.applications import ledger_kinds as kinds
from gongkai.applications.parties import Party
from gongkai.applications.powers import HEAD
from gongkai.ledger import erasure
from gongkai.ledger.erasure import StillNeeded
from gongkai.ledger.recording import record
from gongkai.procedures.engine import Refused


def records_of(party: Party) -> list[Party]:
    """Every record of the person behind this one."""
    one = party.merged_into_id or party.pk
    return list(Party.objects.filter(Q(pk=one) | Q(merged_into_id=one), erased_at=None).order_by("pk"))


def needed(party: Party) -> list[str]:
    """Why the person cannot be forgotten yet, in Chinese."""
    return list(dict.fromkeys(reason for one in records_of(party) for reason in erasure.needed(one.person)))


@transaction.atomic
def forget(party: Party, *, reason: str, by: Officer) -> int:
    """Forget the person; how many records that were. Raises PermissionDenied, Refused with what still needs them."""
    if party.agency_id != by.agency_id or not by.holds(HEAD):
        raise PermissionDenied("删除个人信息由本机关公开机构负责人决定。")
    reason = reason.strip()[:200]
    if not reason:
        raise Refused(["请写明删除的理由，如“申请人要求”。"])
    records = records_of(party)
    if not records:
        raise Refused(["这位申请人的个人信息已经删除。"])
    try:
        for one in records:
            erasure.forget_person(one.person, by=by, reason=reason, agency=by.agency)
            record(kinds.PARTY_ERASED, by=by, subject=one, agency=by.agency, reason=reason)
    except StillNeeded as still:
        raise Refused(still.reasons) from still
    return len(records)
