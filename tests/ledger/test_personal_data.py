"""Files of persons, finding them blind, looking, forgetting, and another master key."""

import argparse
import uuid
from datetime import timedelta
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.ledger import blind_index, data_keys, erasure, holders, person_files, persons, revealing, rewrapping
from gongkai.ledger.blind_index import Kind
from gongkai.ledger.commands import keys as keys_command
from gongkai.ledger.data_keys import DataKey
from gongkai.ledger.entries import Entry
from gongkai.ledger.person_files import PersonFile
from gongkai.ledger.persons import PersonKey
from gongkai.ledger.refs import SYSTEM, Ref

pytestmark = pytest.mark.django_db
CASE = Ref("application", "7", "申请〔2025〕7号")


def run_keys(act: str) -> int:
    return keys_command.run(argparse.Namespace(act=act))


def stored(person: uuid.UUID, content: bytes = b"scan of a paper" * 100) -> PersonFile:
    return person_files.store(person=person, name="身份证.jpg", content_type="image/jpeg", source=[content, b"end"])


def test_a_file_is_kept_sealed_under_a_name_that_tells_nothing() -> None:
    person = persons.new_person()
    file = stored(person)
    file.refresh_from_db()
    raw = default_storage.open(file.path).read()
    assert b"paper" not in raw
    assert "身份证" not in file.path
    assert b"".join(file.chunks()) == b"scan of a paper" * 100 + b"end"
    assert file.size == 1503
    assert file.facts()["name"] == "身份证.jpg"
    assert stored(person).path != file.path


def test_a_file_put_in_the_place_of_another_does_not_open() -> None:
    person = persons.new_person()
    one, two = stored(person), stored(person, b"another")
    one.path = two.path
    with pytest.raises(InvalidTag):
        list(one.chunks())


def test_bytes_without_a_row_are_swept_and_others_stay() -> None:
    file = stored(persons.new_person())
    lost = stored(persons.new_person())
    PersonFile.objects.filter(pk=lost.pk).delete()
    assert person_files.sweep(timezone.now()) == 0
    person_files.sweep(timezone.now() + timedelta(days=3))
    assert not default_storage.exists(lost.path)
    assert default_storage.exists(file.path)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (Kind.NAME, "买买提·艾力", " 买买提•艾力 "),
        (Kind.ID_NUMBER, "11010119900307721x", "110101 19900307 721X"),
        (Kind.PHONE, "+86 138-0000-0000", "１３８００００００００"),
        (Kind.CREDIT_CODE, "91350100M000100Y43", "91350100m000100y43"),
        (Kind.EMAIL, "A.B@Example.com ", "a.b@example.com"),
    ],
)
def test_the_same_value_written_otherwise_is_found(kind: Kind, one: str, other: str) -> None:
    assert blind_index.digest(kind, one) == blind_index.digest(kind, other) != ""


def test_a_blind_index_tells_kinds_and_values_apart_and_nothing_by_itself(settings: Any) -> None:
    values = [(Kind.NAME, "13800000000"), (Kind.PHONE, "13800000000"), (Kind.PHONE, "13800000001"), (Kind.PHONE, "—")]
    blind_index.digest(*values[0])
    with CaptureQueriesContext(connection) as queries:
        digests = blind_index.digests(values)
    assert len(queries) == 1
    assert len(set(digests)) == 4
    assert digests[3] == ""
    assert all(len(one) == blind_index.LENGTH for one in digests[:3])
    settings.GONGKAI_CIPHERS = "sm4"  # what is there keeps its algorithms, so that it goes on being found
    assert blind_index.digests(values) == digests
    DataKey.objects.all().delete()
    assert blind_index.digests(values)[0] != digests[0]


def test_every_look_is_in_the_ledger_and_none_without_one() -> None:
    person = persons.new_person()
    sealed = persons.seal(person, {"身份证号码": "110101199003077213"})
    facts = revealing.reveal(
        person=person, sealed=sealed, kind="tests.seen", by=SYSTEM, subject=CASE, fields=["身份证号码"]
    )
    assert facts["身份证号码"] == "110101199003077213"
    facts, content = revealing.reveal_file(stored(person), kind="tests.seen", by=SYSTEM, subject=CASE)
    assert b"".join(content).endswith(b"end")
    said = [entry.data for entry in Entry.objects.about(CASE)]
    assert said == [{"fields": ["身份证号码"]}, {"file": said[1]["file"]}]
    assert "110101" not in str(said)
    persons.forget(person, at=timezone.now())
    with pytest.raises(persons.Forgotten):
        revealing.reveal(person=person, sealed=sealed, kind="tests.seen", by=SYSTEM, subject=CASE)
    assert Entry.objects.about(CASE).count() == 2


def test_lists_unseal_with_one_query_and_leave_out_the_forgotten() -> None:
    known = [persons.new_person() for _ in range(5)]
    sealed = [(person, persons.seal(person, {"n": number})) for number, person in enumerate(known)]
    persons.forget(known[2], at=timezone.now())
    with CaptureQueriesContext(connection) as queries:
        assert persons.unseal_many(sealed) == [{"n": 0}, {"n": 1}, None, {"n": 3}, {"n": 4}]
    assert len(queries) == 1


@pytest.fixture
def holder() -> Any:
    """A package that holds data of persons: what was erased, who is needed, whose time is over."""
    state: dict[str, Any] = {"erased": [], "needed": [], "expired": []}

    def erase(person: uuid.UUID) -> int:
        state["erased"].append(person)
        return 3

    holders.register(
        holders.Holder("tests", "申请", erase, lambda person: state["needed"], lambda now, limit: state["expired"])
    )
    yield state
    del holders._HOLDERS["tests"]


def test_a_person_is_forgotten_everywhere_with_one_entry(
    holder: dict[str, Any], django_capture_on_commit_callbacks: Any
) -> None:
    person, other = persons.new_person(), persons.new_person()
    file, kept = stored(person), stored(other)
    with django_capture_on_commit_callbacks(execute=True):
        erased = erasure.forget_person(person, by=SYSTEM, reason="本人申请")
    assert {label: count for label, count in erased.items() if count} == {"申请": 3, "文件": 1}
    assert erasure.forget_person(person, by=SYSTEM, reason="再次") == {}
    assert holder["erased"] == [person]
    assert not default_storage.exists(file.path)
    assert b"".join(kept.chunks()).endswith(b"end")
    entry = Entry.objects.get(kind="ledger.person_forgotten")
    assert entry.sentence == "本人申请（申请3项、文件1项）"
    with pytest.raises(persons.Forgotten):
        persons.seal(person, {})


def test_somebody_who_is_needed_is_not_touched_and_it_says_why(holder: dict[str, Any]) -> None:
    person = persons.new_person()
    holder["needed"] = ["申请〔2025〕7号还没有办结"]
    holder["expired"] = [person]
    with pytest.raises(erasure.StillNeeded, match="还没有办结"):
        erasure.forget_person(person, by=SYSTEM, reason="本人申请")
    assert erasure.forget_expired(timezone.now()) == 0
    assert holder["erased"] == []
    holder["needed"] = []
    assert erasure.forget_expired(timezone.now()) == 1
    assert erasure.forget_expired(timezone.now()) == 0
    assert Entry.objects.get(kind="ledger.person_forgotten").data["reason"] == erasure.BY_RULE


def test_when_one_holder_fails_nobody_has_forgotten(holder: dict[str, Any]) -> None:
    def fail(person: uuid.UUID) -> int:
        raise OSError("gone")

    person = persons.new_person()
    file = stored(person)
    holders.register(holders.Holder("tests.failing", "其他", fail))
    try:
        with pytest.raises(OSError, match="gone"):
            erasure.forget_person(person, by=SYSTEM, reason="本人申请")
    finally:
        del holders._HOLDERS["tests.failing"]
    assert b"".join(file.chunks()).endswith(b"end")
    assert not Entry.objects.filter(kind="ledger.person_forgotten").exists()


def test_the_master_key_is_changed_beneath_everything(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    people = [persons.new_person() for _ in range(5)]
    sealed = [(person, persons.seal(person, {"n": str(person)})) for person in people]
    found, file, (secret, _) = blind_index.digest(Kind.NAME, "某"), stored(people[0]), data_keys.of("callbacks")
    persons.forget(people[4], at=timezone.now())
    old, settings.GONGKAI_MASTER_KEY = settings.GONGKAI_MASTER_KEY, "the new master key"
    with pytest.raises(persons.WrongMasterKey):
        persons.unseal(*sealed[0])
    settings.GONGKAI_OLD_MASTER_KEYS = [old]
    settings.GONGKAI_CIPHERS = "sm4"
    assert rewrapping.standing().pending == 6
    assert run_keys("rotate") == 0
    assert run_keys("rotate") == 0
    assert Entry.objects.get(kind="ledger.keys_rotated").data["persons"] == 4
    settings.GONGKAI_OLD_MASTER_KEYS = []
    assert run_keys("status") == 0
    assert "个人密钥 4\t数据密钥 2" in capsys.readouterr().out
    assert [facts and facts["n"] for facts in persons.unseal_many(sealed)] == [*map(str, people[:4]), None]
    assert b"".join(file.chunks()).endswith(b"end")
    assert blind_index.digest(Kind.NAME, "某") == found
    assert data_keys.of("callbacks")[0] == secret


def test_rotation_goes_on_past_what_no_key_opens_and_says_so(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rewrapping, "AT_ONCE", 2)
    people = [persons.new_person() for _ in range(5)]
    PersonKey.objects.filter(pk=people[1]).update(wrapped=b"\x01" + bytes(60))
    old, settings.GONGKAI_MASTER_KEY = settings.GONGKAI_MASTER_KEY, "the new master key"
    settings.GONGKAI_OLD_MASTER_KEYS = [old]
    done = rewrapping.rotate()
    assert done.persons == 4
    assert list(done.failed) == [str(people[1])]
    assert rewrapping.standing().pending == 1
    assert list(rewrapping.verify()) == [str(people[1])]


def test_values_sealed_under_either_suite_stand_side_by_side(settings: Any) -> None:
    person = persons.new_person()
    values = []
    for suite in ("aes", "sm4"):
        settings.GONGKAI_CIPHERS = suite
        values.append((person, persons.seal(person, {"suite": suite})))
    assert [value[0] for _, value in values] == [1, 2]
    assert [facts and facts["suite"] for facts in persons.unseal_many(values)] == ["aes", "sm4"]
    with transaction.atomic():
        assert data_keys.of("made later")[1].name == "sm4"
