"""Taking an application in, from the site, the counter, the post: one application however often it is sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from gongkai.agencies.bodies import Agency
from gongkai.agencies.officers import Officer
from gongkai.applications import ledger_kinds as kinds
from gongkai.applications import numbering
from gongkai.applications.actions import parties
from gongkai.applications.applications import Application, ApplicationState, Channel, Form, Way
from gongkai.applications.items import RequestedItem
from gongkai.applications.likeness import likeness_of
from gongkai.applications.parties import Party, PartyKind
from gongkai.law.receipt import Channel as LawChannel
from gongkai.ledger import moment
from gongkai.ledger.recording import record
from gongkai.procedures.tables import Actor

_SUBJECT_LENGTH = 200


@dataclass(frozen=True)
class Wanted:
    """One piece of information asked for (art. 29 item 2)."""

    name: str
    document_number: str = ""
    features: str = ""


@dataclass(frozen=True)
class Received:
    """An application as it came in: everything article 29 wants, nothing about the purpose.

    ``personal`` holds keys of ``Party.PERSONAL``. ``secret_hash``: of what opens the applicant's page together with
    the query code (``portal.secrets.hashed``: slow by design, so it is made before the transaction, in which nobody
    else writes). ``submission``: the token of the form, so that the same form sent twice is one application.
    """

    kind: PartyKind
    personal: Mapping[str, str]
    wanted: Sequence[Wanted]
    channel: Channel
    arrived_on: date
    signed_on: date | None = None
    confirmed_on: date | None = None
    confirmed_how: str = ""
    agent_personal: Mapping[str, str] = field(default_factory=dict)
    form: Form = Form.ELECTRONIC
    way: Way = Way.ONLINE
    needs_help: str = ""
    secret_hash: str = ""
    submission: str = ""
    account: str = ""
    source_number: str = ""
    imported: bool = False
    taken_over_at: datetime | None = None


def receive(agency: Agency, came: Received, *, by: Actor, handler: Officer | None = None) -> Application:
    """Register an application; the same ``submission`` gives the application that is there already.

    Raises ValueError when nothing is asked for.
    """
    if not came.wanted:
        raise ValueError("请至少写明一项所需的政府信息。")
    try:
        with transaction.atomic():
            return _register(agency, came, by, handler)
    except IntegrityError:
        if not came.submission:
            raise
        return Application.objects.get(submission=came.submission, agency=agency)


def _register(agency: Agency, came: Received, by: Actor, handler: Officer | None) -> Application:
    now = moment.now()
    year = moment.today().year
    application = Application(
        agency=agency,
        number=numbering.take(agency, year),
        year=year,
        state=_first_state(came),
        applicant=parties.create(agency, came.kind, came.personal),
        applicant_kind=came.kind,
        agent=_agent(agency, came),
        subject=came.wanted[0].name[:_SUBJECT_LENGTH],
        likeness=likeness_of([(one.name, one.document_number, one.features) for one in came.wanted]),
        secret_hash=came.secret_hash,
        handler=handler,
        created_at=now,
        **_as_it_came(came),
    )
    application.save(force_insert=True)
    for position, one in enumerate(came.wanted, start=1):
        RequestedItem.objects.create(
            application=application,
            position=position,
            name=one.name,
            document_number=one.document_number,
            features=one.features,
        )
    record(
        kinds.RECEIVED,
        by=by,
        subject=application,
        agency=agency,
        at=now,
        what=f"{Channel(came.channel).label}，{came.arrived_on:%Y-%m-%d}",
        channel=str(came.channel),
        on=came.arrived_on.isoformat(),
        items=len(came.wanted),
    )
    return application


def _as_it_came(came: Received) -> dict[str, Any]:
    same = ("channel", "arrived_on", "signed_on", "confirmed_on", "confirmed_how", "form", "way", "needs_help")
    kept = ("submission", "account", "source_number", "imported", "taken_over_at")
    return {name: getattr(came, name) for name in (*same, *kept)}


def _first_state(came: Received) -> ApplicationState:
    """Where both sides must confirm (art. 31), it waits until they have."""
    if LawChannel(came.channel).needs_confirmation and came.confirmed_on is None:
        return ApplicationState.UNCONFIRMED
    return ApplicationState.REGISTERED


def _agent(agency: Agency, came: Received) -> Party | None:
    return parties.create(agency, PartyKind.CITIZEN, came.agent_personal) if came.agent_personal else None
