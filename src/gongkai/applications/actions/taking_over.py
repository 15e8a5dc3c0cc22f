"""A former ledger moves in: what was read is kept sealed, looked at, then made case by case in short transactions.

It may stop anywhere and goes on where it was; a case whose number is there already is passed over.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.bodies import Agency
from gongkai.agencies.officers import Officer
from gongkai.applications import ledger_kinds as kinds
from gongkai.applications.applications import Application
from gongkai.applications.importing import taking
from gongkai.applications.importing.cases import LedgerCase
from gongkai.applications.importing.planning import Fate, Known, planned
from gongkai.applications.powers import OFFICER
from gongkai.applications.taking_over import LedgerImport, LedgerLine, LineStatus
from gongkai.ledger import clockwork, persons
from gongkai.ledger.recording import record
from gongkai.procedures.engine import Refused
from gongkai.publishing.checks.personal import mask_personal

Watch = Callable[[LedgerLine], None]
_TOLD = 1000
_SLICE = 50
"""Cases that the worker makes before it looks at what else there is to do."""


def _demand_power(by: Officer) -> None:
    """Who takes a ledger over registers applications. Raises Refused."""
    if not by.holds(OFFICER):
        raise Refused(["迁入台账由公开经办人办理。"])


@transaction.atomic
def keep(agency: Agency, cases: Sequence[LedgerCase], *, name: str, by: Officer) -> LedgerImport:
    """Keep what was read, sealed, instead of what the same person looked at and left."""
    _demand_power(by)
    for left in LedgerImport.objects.filter(agency=agency, officer=by, started_at=None):
        _forget(left)
        left.delete()
    person = persons.new_person()
    return LedgerImport.objects.create(
        agency=agency,
        officer=by,
        name=name[:200],
        person=person,
        sealed=persons.seal(person, {"named": _named(cases), "cases": [one.stored() for one in cases]}),
        cases=len(cases),
        made_at=timezone.now(),
    )


def cases_of(one: LedgerImport) -> list[LedgerCase]:
    """The cases as they were read; none any more once the import is over."""
    if not one.sealed:
        return []
    kept = persons.unseal(one.person, bytes(one.sealed))
    return [LedgerCase.of(stored, kept.get("named", {})) for stored in kept["cases"]]


def _named(cases: Sequence[LedgerCase]) -> dict[str, str]:
    """What the ledger calls its columns: each of its cases knows."""
    return dict(cases[0].named) if cases else {}


@transaction.atomic
def start(one: LedgerImport, *, by: Officer) -> LedgerImport:
    """Let it begin; the worker carries it out. Started already, it stays as it is."""
    _demand_power(by)
    locked = LedgerImport.objects.select_for_update().get(pk=one.pk)
    if locked.agency_id != by.agency_id:
        raise Refused(["只能迁入本机关的台账。"])
    if locked.started_at is None:
        locked.started_at = timezone.now()
        locked.save(update_fields=["started_at"])
        record(kinds.TAKING_OVER, by=by, subject=locked, agency=locked.agency, what=f"{locked.name}，{locked.cases}件")
    return locked


def advance(one: LedgerImport, *, limit: int | None = None, watch: Watch | None = None) -> bool:
    """Make the cases that are left, at most ``limit``, each in a transaction of its own; whether all is done.

    Several may do this at once: the row of the import is held for each case, and who comes late goes on behind."""
    cases = cases_of(one)
    known = Known.of(one.agency)
    done = 0
    while limit is None or done < limit:
        line = _next(one, cases, known)
        if line is None:
            return True
        done += 1
        if watch is not None:
            watch(line)
    return False


def _next(one: LedgerImport, cases: Sequence[LedgerCase], known: Known) -> LedgerLine | None:
    with transaction.atomic():
        locked = LedgerImport.objects.select_for_update().select_related("agency", "officer").get(pk=one.pk)
        if locked.done_at is not None:
            return None
        if locked.position >= len(cases):
            _finish(locked)
            return None
        line = _line(locked, cases[locked.position], known)
        locked.position += 1
        locked.save(update_fields=["position"])
    return line


def _line(one: LedgerImport, case: LedgerCase, known: Known) -> LedgerLine:
    line = LedgerLine(ledger_import=one, place=one.position, source_number=case.number[:60])
    there = Application.objects.filter(agency=one.agency, source_number=case.number).values_list("number", flat=True)
    found = planned(case, known)
    if (number := there.first()) is not None:
        line.status, line.told = LineStatus.SKIPPED, f"已有这一编号的申请，登记号{number}"
    elif found.fate is Fate.REFUSED:
        line.status, line.told = LineStatus.REFUSED, mask_personal("；".join(found.problems))[:_TOLD]
    elif found.fate is Fate.SKIPPED:
        line.status, line.told = LineStatus.SKIPPED, found.told
    else:
        _make(line, case, known, one.officer)
    line.save(force_insert=True)
    return line


def _make(line: LedgerLine, case: LedgerCase, known: Known, by: Officer) -> None:
    try:
        with transaction.atomic():
            line.application = taking.write(case, known, by=by)
        line.status = LineStatus.MADE
    except Refused as refusal:
        line.status, line.told = LineStatus.REFUSED, f"第{case.row}行：{'；'.join(refusal.reasons)}"[:_TOLD]


def _finish(one: LedgerImport) -> None:
    """Say what came of it; what was read is forgotten, for it lies in the cases now."""
    counted = {status: one.lines.filter(status=status).count() for status in LineStatus}
    _forget(one)
    one.done_at, one.sealed = timezone.now(), b""
    one.save(update_fields=["done_at", "sealed"])
    told = "，".join(f"{LineStatus(status).label}{number}件" for status, number in counted.items())
    record(kinds.TAKEN_OVER, by=one.officer, subject=one, agency=one.agency, what=told)


def _forget(one: LedgerImport) -> None:
    persons.forget(one.person, at=timezone.now())


def advance_started(now: datetime) -> int:
    """What the worker does: a slice of every import that was started."""
    done = 0
    for one in LedgerImport.objects.filter(started_at__isnull=False, done_at=None).select_related("agency")[:4]:
        advance(one, limit=_SLICE)
        done += 1
    return done


def _next_at() -> datetime | None:
    waiting = LedgerImport.objects.filter(started_at__isnull=False, done_at=None)
    return timezone.now() if waiting.exists() else None


_LEFT_FOR = timedelta(days=7)


def forget_left(now: datetime) -> int:
    """What was looked at and never carried out is forgotten after a week."""
    left = LedgerImport.objects.filter(started_at=None, made_at__lt=now - _LEFT_FOR).exclude(sealed=b"")
    for one in left[:100]:
        with transaction.atomic():
            _forget(one)
            one.delete()
    return 0


clockwork.register(clockwork.Timed("former ledgers", _next_at, advance_started))
clockwork.register(
    clockwork.Timed("former ledgers left", lambda: None, clockwork.at_intervals(timedelta(hours=1), forget_left))
)
