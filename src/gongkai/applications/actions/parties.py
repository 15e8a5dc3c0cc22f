"""Parties: their personal data goes in sealed, and comes out only by a deliberate look that enters the ledger."""

from collections.abc import Mapping

from django.db import transaction

from gongkai.agencies.bodies import Agency
from gongkai.agencies.officers import Officer
from gongkai.applications import ledger_kinds as kinds
from gongkai.applications.applications import Application
from gongkai.applications.parties import Party, PartyKind
from gongkai.ledger import moment, persons
from gongkai.ledger.recording import record
from gongkai.texts import masking


def create(agency: Agency, kind: PartyKind, personal: Mapping[str, str]) -> Party:
    """A new record of a person or organisation, inside the caller's transaction. Unknown keys are a ValueError."""
    unknown = set(personal) - set(Party.PERSONAL)
    if unknown:
        raise ValueError(f"unknown personal facts {sorted(unknown)}")
    facts = {key: value for key, value in personal.items() if value}
    person = persons.new_person()
    return Party.objects.create(
        agency=agency,
        kind=kind,
        person=person,
        sealed=persons.seal(person, facts),
        masked_name=masked(kind, facts.get("name", "")),
        created_at=moment.now(),
    )


def masked(kind: PartyKind, name: str) -> str:
    """How lists show the name: a person's surname and stars, an organisation's name as it is (it is no secret)."""
    return masking.name(name) if kind == PartyKind.CITIZEN else name


def look(application: Application, party: Party, *, by: Officer, why: str) -> dict[str, str]:
    """What is known of a party, for somebody in charge of the case; the look enters the ledger with its reason."""
    with transaction.atomic():
        record(kinds.PARTY_SEEN, by=by, subject=application, agency=application.agency, what=why, party=party.pk)
        return dict(persons.unseal(party.person, bytes(party.sealed)))
