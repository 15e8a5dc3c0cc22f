"""Statutory steps begun by the office: an extension proposed, an opinion asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from gongkai.agencies.officers import Officer
from gongkai.applications import ledger_kinds as kinds
from gongkai.applications.actions import parties
from gongkai.applications.actions.powers_asked import demand, demand_in_hand, demand_open
from gongkai.applications.applications import Application
from gongkai.applications.clock_facts import clocks_of
from gongkai.applications.dating import demand_possible, was_before
from gongkai.applications.items import RequestedItem
from gongkai.applications.parties import PartyKind
from gongkai.applications.powers import OFFICER
from gongkai.applications.steps import Consultation, ConsultationKind, Extension, ExtensionState
from gongkai.law import clock
from gongkai.law.answering import EXTENSION_WORKING_DAYS
from gongkai.ledger import moment
from gongkai.ledger.recording import record
from gongkai.procedures.engine import Refused


@transaction.atomic
def propose_extension(application: Application, *, working_days: int, reason: str, by: Officer) -> Extension:
    """Ask the head of the disclosure office for more time (art. 33). Raises Refused with the law's reasons why not."""
    demand(by, application, OFFICER)
    demand_open(application)
    history = was_before(application, moment.now())
    why_not = []
    if not history:
        demand_possible(application)
        why_not = list(clock.may_extend(clocks_of(application).of(application)))
    if application.extensions.filter(state__in=(ExtensionState.PROPOSED, ExtensionState.APPROVED)).exists():
        why_not = [*why_not, "已有延期在办理，不必重复提出。"]
    most = EXTENSION_WORKING_DAYS
    if not 1 <= working_days <= most and not history:
        why_not = [*why_not, f"延长期限最长{most}个工作日。"]
    if why_not:
        raise Refused(why_not)
    made = Extension.objects.create(
        application=application,
        working_days=working_days,
        reason=reason.strip(),
        proposed_by=by,
        proposed_at=moment.now(),
    )
    record(
        kinds.EXTENSION_PROPOSED,
        by=by,
        subject=application,
        agency=application.agency,
        what=f"{working_days}个工作日",
        extension=made.pk,
    )
    return made


@dataclass(frozen=True)
class Asked:
    """Whom one asks for an opinion, about what, since when. A third party is a person or organisation (``personal``);
    an agency is ``body``."""

    kind: ConsultationKind
    question: str
    sent_on: date
    body: str = ""
    party_kind: PartyKind = PartyKind.CITIZEN
    personal: Mapping[str, str] = field(default_factory=dict)
    received_on: date | None = None
    item: RequestedItem | None = None


@transaction.atomic
def consult(application: Application, asked: Asked, *, by: Officer) -> Consultation:
    """Ask for an opinion (arts. 32, 34); from the day it is sent the clock stands still."""
    demand(by, application, OFFICER)
    demand_in_hand(application)
    third = asked.kind == ConsultationKind.THIRD_PARTY
    if third and not asked.personal.get("name"):
        raise Refused(["请填写第三方的姓名或者名称。"])
    if not third and not asked.body.strip():
        raise Refused(["请填写征求意见的机关名称。"])
    made = Consultation.objects.create(
        application=application,
        item=asked.item,
        kind=asked.kind,
        party=parties.create(application.agency, asked.party_kind, asked.personal) if third else None,
        body="" if third else asked.body.strip()[:120],
        question=asked.question.strip(),
        sent_on=asked.sent_on,
        received_on=asked.received_on,
        by=by,
    )
    demand_possible(application)
    record(
        kinds.CONSULTED,
        by=by,
        subject=application,
        agency=application.agency,
        what=f"{ConsultationKind(made.kind).label}：{made}",
        consultation=made.pk,
        on=made.sent_on.isoformat(),
    )
    return made
