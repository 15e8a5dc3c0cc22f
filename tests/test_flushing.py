"""What tests rely on between each other: an emptied database is as it was after its migrations, and as strict."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from gongkai.agencies import ledger_kinds
from gongkai.ledger.entries import Entry
from gongkai.ledger.positions import Epoch
from gongkai.ledger.recording import record
from gongkai.ledger.refs import SYSTEM, Ref


@pytest.mark.django_db(transaction=True)
def test_a_flush_empties_the_ledger_keeps_what_migrations_wrote_and_leaves_the_triggers() -> None:
    with transaction.atomic():
        record(ledger_kinds.AGENCY_CREATED, by=SYSTEM, subject=Ref("agency", "1", "市城管委"), code="CG")
    assert Entry.objects.count() == 1

    call_command("flush", interactive=False, verbosity=0)

    assert not Entry.objects.exists()
    assert Epoch.objects.count() == 1
    with transaction.atomic():
        record(ledger_kinds.AGENCY_CREATED, by=SYSTEM, subject=Ref("agency", "2", "市站区管委会"), code="ZQ")
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_entry")
    assert Entry.objects.count() == 1
