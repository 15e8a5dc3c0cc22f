"""Cases that grow out of cases: a new round after a reply, the same application at another agency."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from gongkai.agencies.bodies import Agency
from gongkai.applications import ledger_kinds as kinds
from gongkai.applications import numbering
from gongkai.applications.applications import Application, ApplicationState, Channel, new_code
from gongkai.applications.items import ItemState, RequestedItem
from gongkai.applications.parties import Party
from gongkai.applications.remedies import Remedy
from gongkai.ledger import persons
from gongkai.ledger.recording import record
from gongkai.procedures.tables import Actor

_SAME = ("applicant_kind", "subject", "form", "way", "needs_help", "likeness", "account", "secret_hash")
_ASKED = ("position", "name", "document_number", "features")


def order_round(remedy: Remedy, *, by: Actor, now: datetime) -> Application:
    """责令重新答复: a new round, received on the day of the decision."""
    former, day = remedy.application, remedy.decided_on or timezone.localdate(now)
    return open_round(former, why=f"{former.number}经{remedy.get_kind_display()}", on=day, by=by, now=now)


def open_round(
    former: Application, *, why: str, on: date, by: Actor, now: datetime, set_right: str = ""
) -> Application:
    """A new round of the same application, received ``on`` that day, in hand at once. ``set_right``: what the agency
    itself found wrong with the former reply."""
    made = _copy(former, former.agency, former.applicant, now)
    made.round_of, made.set_right = former, set_right
    made.channel, made.state = Channel.COUNTER, ApplicationState.HANDLING
    made.arrived_on = on
    made.save()
    wanted = former.items.exclude(state=ItemState.DROPPED)
    _copy_items(wanted, made)
    _say(kinds.NEW_ROUND, made, by, now, f"{why}，重新办理")
    return made


def open_at(former: Application, agency: Agency, *, by: Actor, now: datetime) -> Application:
    """The application as the other agency receives it. The person is copied under a key of their own: what one agency
    erases is none of another's."""
    facts = persons.unseal(former.applicant.person, bytes(former.applicant.sealed))
    party = _copy_party(former.applicant, agency, facts, now)
    made = _copy(former, agency, party, now)
    made.moved_from = former
    made.channel, made.state = Channel.HOTLINE, ApplicationState.UNCONFIRMED
    made.arrived_on = timezone.localdate(now)
    made.save()
    _copy_items(former.items.all(), made)
    _say(kinds.RECEIVED, made, by, now, f"由{former.agency.name}移送")
    return made


def _copy(former: Application, agency: Agency, applicant: Party, now: datetime) -> Application:
    year = timezone.localdate(now).year
    made = Application(agency=agency, applicant=applicant, year=year, created_at=now, query_code=new_code())
    for name in _SAME:
        setattr(made, name, getattr(former, name))
    made.number = numbering.take(agency, year)
    return made


def _copy_items(items: Iterable[RequestedItem], made: Application) -> None:
    for item in items:
        RequestedItem.objects.create(application=made, **{name: getattr(item, name) for name in _ASKED})


def _copy_party(party: Party, agency: Agency, facts: dict[str, object], now: datetime) -> Party:
    person = persons.new_person()
    return Party.objects.create(
        agency=agency,
        kind=party.kind,
        person=person,
        sealed=persons.seal(person, facts),
        masked_name=party.masked_name,
        name_index=party.name_index,
        document_index=party.document_index,
        phone_index=party.phone_index,
        created_at=now,
    )


def _say(kind: str, made: Application, by: Actor, now: datetime, what: str) -> None:
    record(kind, by=by, subject=made, agency=made.agency, at=now, what=what, on=made.arrived_on.isoformat())
