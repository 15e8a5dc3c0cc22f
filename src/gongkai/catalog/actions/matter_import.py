"""A list moves in: what was uploaded is kept with what was read from it, looked at, and then carried out at once."""

from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.agencies.bodies import Agency
from gongkai.agencies.officers import Officer
from gongkai.catalog import ledger_kinds as kinds
from gongkai.catalog.actions.matters import created_fact, ended
from gongkai.catalog.full_list.planning import Plan, plan
from gongkai.catalog.full_list.reading import ReadList
from gongkai.catalog.matters import Matter, MatterImport, list_ref
from gongkai.ledger import moment
from gongkai.ledger.recording import Fact, record_many
from gongkai.ledger.refs import Named, Ref

_WRITTEN = [one.name for one in Matter._meta.concrete_fields if not one.primary_key and one.name != "agency"]


@transaction.atomic
def keep_import(agency: Agency, read: ReadList, *, name: str, by: Officer) -> MatterImport:
    """Keep what was read, to be looked at, instead of what the same person looked at and left. No entry: nothing of the
    list has changed."""
    MatterImport.objects.filter(agency=agency, officer=by, done_at=None).delete()
    return MatterImport.objects.create(
        agency=agency,
        officer=by,
        name=name[:200],
        rows=[one.stored() for one in read.rows],
        columns=list(read.columns),
        passed_over=[*(f"没有用到的列：{one}" for one in read.unknown_columns), *read.passed_over],
    )


@transaction.atomic
def carry_out(one: MatterImport, *, by: Ref | Named, seen: str, remove_missing: bool) -> Plan:
    """Do what the plan says. ``seen`` is the digest of the plan that was looked at: when the list has changed since,
    nothing is written and ValidationError says so. Rows with problems are left out. Done once, it does nothing more."""
    locked = MatterImport.objects.select_for_update().select_related("agency").get(pk=one.pk)
    agency = locked.agency
    # Whoever writes to the list meanwhile waits; on SQLite the transaction itself is the lock.
    list(Matter.objects.select_for_update().filter(agency=agency).values_list("pk", flat=True))
    planned = plan(locked, agency)
    if locked.done_at is not None:
        return planned
    if planned.digest != seen:
        raise ValidationError("清单在您查看之后有了改动，请核对下面新的对照再确认。什么都还没有写入。")
    removed = list(planned.missing) if remove_missing else []
    _write(planned, removed)
    locked.done_at = moment.now()
    locked.save(update_fields=["done_at"])
    counts = {
        "added": len(planned.added),
        "changed": len(planned.changed),
        "removed": len(removed),
        "same": len(planned.same),
    }
    record_many(
        [
            *(created_fact(pair.matter, by=by) for pair in planned.added),
            *(Fact(kinds.MATTER_CHANGED, by, pair.matter, agency, pair.told) for pair in planned.changed),
            *(Fact(kinds.MATTER_ABOLISHED, by, gone, agency, {"reason": gone.abolished_reason}) for gone in removed),
            Fact(kinds.MATTERS_IMPORTED, by, list_ref(agency), agency, {"file": locked.name, **counts}),
        ]
    )
    return planned


def _write(planned: Plan, removed: list[Matter]) -> None:
    Matter.objects.bulk_create([pair.matter for pair in planned.added], batch_size=200)
    for gone in removed:
        ended(gone, "新的清单中没有这一事项")
    Matter.objects.bulk_update([*(pair.matter for pair in planned.changed), *removed], _WRITTEN, batch_size=200)
