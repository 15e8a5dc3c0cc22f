"""Where each follower has read to, and how PostgreSQL's transaction numbers are kept comparable over a restore."""

from django.db import connection, models


class Position(models.Model):
    """How far a follower has read: everything up to (xid, entry) inclusive was handled."""

    follower = models.CharField(max_length=60, primary_key=True)
    xid = models.BigIntegerField(default=0)
    entry = models.BigIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)
    retry_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(auto_now=True)


class Epoch(models.Model):
    """One row: what is added to this cluster's transaction numbers.

    A database restored into a new cluster starts counting transactions anew; without the offset new entries would
    sort before those already read and be skipped for ever.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    xid_offset = models.BigIntegerField(default=0)


def mend_epoch() -> bool:
    """After a restore into another PostgreSQL cluster, raise the offset above every number already used.

    Returns whether it had to. Called by the worker before it follows anything; harmless at any other time.
    """
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ledger_epoch SET xid_offset = used.top - pg_current_xact_id()::text::bigint + 1 "
            "FROM (SELECT COALESCE(MAX(xid), 0) AS top FROM ledger_entry) AS used "
            "WHERE ledger_epoch.id = 1 AND used.top > pg_current_xact_id()::text::bigint + xid_offset"
        )
        return bool(cursor.rowcount)
