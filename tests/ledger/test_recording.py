"""An entry stands or falls with its change, and nobody rewrites what happened."""

import uuid

import pytest
from cryptography.exceptions import InvalidTag
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from gongkai.ledger import kinds, persons, recording, timeline
from gongkai.ledger.entries import AppendOnly, Entry
from gongkai.ledger.refs import SYSTEM, Ref

pytestmark = pytest.mark.django_db

SUBJECT = Ref("thing", "7", "一件事")
PLAIN, SEALED = "tests.plain", "tests.sealed"


def test_an_entry_says_who_when_what_and_reads_in_a_timeline() -> None:
    entry = recording.record(PLAIN, by=Ref("officer", "1", "林某"), subject=SUBJECT, note="办了")
    [moment] = timeline.of(SUBJECT)
    assert (moment.who, moment.label, moment.sentence) == ("林某", "记录", "办了")
    assert moment.at == entry.at


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_recorded() -> None:
    with pytest.raises(recording.OutsideTransaction):
        recording.record(PLAIN, by=SYSTEM, subject=SUBJECT)
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_entry_goes_with_its_change_when_that_is_rolled_back() -> None:
    with pytest.raises(ValueError, match="changed my mind"), transaction.atomic():
        recording.record(PLAIN, by=SYSTEM, subject=SUBJECT)
        raise ValueError("changed my mind")
    assert not Entry.objects.exists()


def test_an_unregistered_kind_is_a_programming_error() -> None:
    with pytest.raises(kinds.UnknownKind):
        recording.record("tests.nobody_declared_this", by=SYSTEM, subject=SUBJECT)


def test_a_kind_is_declared_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        kinds.register("tests.plain", "另一个意思")


def test_the_orm_refuses_to_change_or_delete() -> None:
    entry = recording.record(PLAIN, by=SYSTEM, subject=SUBJECT)
    entry.actor_label = "别人"
    with pytest.raises(AppendOnly):
        entry.save()
    with pytest.raises(AppendOnly):
        entry.delete()
    with pytest.raises(AppendOnly):
        Entry.objects.filter(pk=entry.pk).update(actor_label="别人")
    with pytest.raises(AppendOnly):
        Entry.objects.all().delete()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE ledger_entry SET actor_label = 'x'", "DELETE FROM ledger_entry", "TRUNCATE ledger_entry"],
)
def test_sql_is_refused_as_well(statement: str) -> None:
    if statement.startswith("TRUNCATE") and connection.vendor == "sqlite":
        statement = "DELETE FROM ledger_entry WHERE 1"  # SQLite's own way to say it, without the truncate optimisation
    recording.record(PLAIN, by=SYSTEM, subject=SUBJECT)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.count() == 1


def test_personal_data_is_sealed_and_can_be_forgotten_without_touching_the_entry() -> None:
    person = persons.new_person()
    entry = recording.record(
        SEALED, by=SYSTEM, subject=SUBJECT, person=person, personal={"姓名": "某申请人"}, what="登记"
    )
    entry.refresh_from_db()
    assert entry.sealed is not None
    assert "某申请人".encode() not in bytes(entry.sealed)
    assert persons.unseal(person, bytes(entry.sealed)) == {"姓名": "某申请人"}
    persons.forget(person, at=timezone.now())
    with pytest.raises(persons.Forgotten):
        persons.unseal(person, bytes(entry.sealed))
    assert Entry.objects.get(pk=entry.pk).data["what"] == "登记"


def test_personal_data_goes_only_where_it_is_sealed() -> None:
    with pytest.raises(ValueError, match="personal data"):
        recording.record(PLAIN, by=SYSTEM, subject=SUBJECT, person=uuid.uuid4(), personal={"姓名": "某"})
    with pytest.raises(ValueError, match="personal data"):
        recording.record(SEALED, by=SYSTEM, subject=SUBJECT)


def test_another_master_key_is_told_apart_from_a_forgotten_person(settings: object) -> None:
    person = persons.new_person()
    sealed = persons.seal(person, {"a": 1})
    settings.GONGKAI_MASTER_KEY = "another"  # type: ignore[attr-defined]
    with pytest.raises(persons.WrongMasterKey):
        persons.unseal(person, sealed)


def test_a_sealed_value_cannot_be_read_as_another_persons() -> None:
    one, two = persons.new_person(), persons.new_person()
    sealed = persons.seal(one, {"a": 1})
    with pytest.raises(InvalidTag):
        persons.unseal(two, sealed)


def test_the_public_sees_only_public_kinds() -> None:
    recording.record(PLAIN, by=SYSTEM, subject=SUBJECT, note="公开")
    recording.record(SEALED, by=SYSTEM, subject=SUBJECT, person=persons.new_person(), personal={})
    assert len(timeline.of(SUBJECT)) == 2
    assert [moment.label for moment in timeline.of(SUBJECT, public_only=True)] == ["记录"]
