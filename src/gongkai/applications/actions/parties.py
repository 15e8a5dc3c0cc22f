"""Parties: their personal data goes in sealed, and comes out only by a deliberate look that enters the ledger."""

from collections.abc import Mapping

from django.db import transaction

from gongkai.agencies.bodies import Agency
from gongkai.agencies.officers import Officer
from gongkai.applications import ledger_kinds as kinds
from gongkai.applications.actions.powers_asked import demand
from gongkai.applications.applications import Application
from gongkai.applications.parties import Party, PartyKind
from gongkai.applications.powers import OFFICE, WHOLE_AGENCY
from gongkai.ledger import blind_index, moment, persons
from gongkai.ledger.blind_index import Kind
from gongkai.ledger.recording import record
from gongkai.ledger.revealing import reveal
from gongkai.procedures.engine import Refused
from gongkai.texts import masking

INDEXES = {"name": "name_index", "document_number": "document_index", "phone": "phone_index"}
"""Which personal facts find a person again, and the column of each keyed hash."""
_KINDS = {"name": Kind.NAME, "document_number": Kind.ID_NUMBER, "phone": Kind.PHONE}


def create(agency: Agency, kind: PartyKind, personal: Mapping[str, str]) -> Party:
    """A new record of a person or organisation, inside the caller's transaction. Unknown keys are a ValueError."""
    facts = _known(personal)
    person = persons.new_person()
    return Party.objects.create(
        agency=agency,
        kind=kind,
        person=person,
        sealed=persons.seal(person, facts),
        masked_name=masked(kind, facts.get("name", "")),
        created_at=moment.now(),
        **indexes(facts),
    )


def indexes(facts: Mapping[str, str]) -> dict[str, str]:
    """The keyed hashes of what identifies the person, by column; empty where nothing is known."""
    given = blind_index.digests([(_KINDS[key], facts.get(key, "")) for key in INDEXES])
    return dict(zip(INDEXES.values(), given, strict=True))


def masked(kind: PartyKind, name: str) -> str:
    """How lists show the name: a person's surname and stars, an organisation's name as it is (it is no secret)."""
    return masking.name(name) if kind == PartyKind.CITIZEN else name


def look(application: Application, party: Party, *, by: Officer, why: str) -> dict[str, str]:
    """What is known of a party, for somebody in charge of the case; the look enters the ledger with its reason.

    Raises PermissionDenied, and Forgotten when it was erased.
    """
    demand(by, application, WHOLE_AGENCY)
    facts = reveal(
        person=party.person,
        sealed=bytes(party.sealed),
        kind=kinds.PARTY_SEEN,
        by=by,
        subject=application,
        agency=application.agency,
        what=why,
        party=party.pk,
    )
    return {key: str(value) for key, value in facts.items()}


@transaction.atomic
def change(application: Application, party: Party, personal: Mapping[str, str], *, by: Officer) -> Party:
    """Set right what was registered of a party; which facts changed is told, never what they say."""
    demand(by, application, OFFICE)
    current = Party.objects.select_for_update().get(pk=party.pk)
    before = persons.unseal(current.person, bytes(current.sealed))
    facts = _known(personal)
    changed = sorted(key for key in Party.PERSONAL if before.get(key) != facts.get(key))
    if not changed:
        return current
    current.sealed = persons.seal(current.person, facts)
    current.masked_name = masked(PartyKind(current.kind), facts.get("name", ""))
    for column, value in indexes(facts).items():
        setattr(current, column, value)
    current.save(update_fields=["sealed", "masked_name", *INDEXES.values()])
    record(kinds.PARTY_CHANGED, by=by, subject=application, agency=application.agency, party=current.pk, facts=changed)
    return current


@transaction.atomic
def merge(record_of: Party, into: Party, *, by: Officer) -> Party:
    """Two records are the same person: a human says so. Everything merged into the one before goes along.

    Raises Refused for records of different agencies, different kinds of applicant, or one record.
    """
    pair = {one.pk: one for one in Party.objects.select_for_update().filter(pk__in=(record_of.pk, into.one.pk))}
    if len(pair) < 2 or record_of.agency_id != by.agency_id or into.agency_id != by.agency_id:
        raise Refused(["请选择本机关的两条不同的申请人记录。"])
    if record_of.is_citizen != into.is_citizen:
        raise Refused(["自然人与法人或者其他组织不能合并。"])
    moved = [record_of.pk, *record_of.merged.values_list("pk", flat=True)]
    target = pair[into.one.pk]
    Party.objects.filter(pk__in=moved).update(merged_into=target)
    record(kinds.PARTY_MERGED, by=by, subject=target, agency=by.agency, moved=moved)
    return target


@transaction.atomic
def part(record_of: Party, *, by: Officer) -> Party:
    """The merge was a mistake: the record stands for itself again."""
    if record_of.agency_id != by.agency_id or record_of.merged_into_id is None:
        raise Refused(["这条记录没有合并。"])
    former = record_of.merged_into_id
    record_of.merged_into = None
    record_of.save(update_fields=["merged_into"])
    record(kinds.PARTY_PARTED, by=by, subject=record_of, agency=by.agency, parted_from=former)
    return record_of


def _known(personal: Mapping[str, str]) -> dict[str, str]:
    unknown = set(personal) - set(Party.PERSONAL)
    if unknown:
        raise ValueError(f"unknown personal facts {sorted(unknown)}")
    return {key: value for key, value in personal.items() if value}
