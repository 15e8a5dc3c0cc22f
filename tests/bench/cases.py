"""Any number of applications, written into the tables directly: only what is measured afterwards uses the product."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from django.utils import timezone
from tests.factories.people import Staffed

from gongkai.applications.applications import Application, ApplicationState, Assignment, Channel, Ending
from gongkai.applications.items import ItemState, RequestedItem
from gongkai.applications.parties import Party, PartyKind
from gongkai.applications.steps import Clarification, Consultation
from gongkai.ledger.entries import Entry

_BATCH = 1000
_OPEN_SINCE = 28  # days; what is open came in within them
_YEARS = 8
_OPEN = (
    ApplicationState.REGISTERED,
    ApplicationState.HANDLING,
    ApplicationState.HANDLING,
    ApplicationState.HANDLING,
    ApplicationState.LEGAL_REVIEW,
    ApplicationState.HEAD_REVIEW,
    ApplicationState.SIGNING,
    ApplicationState.SIGNED,
)
_OUTCOMES = (("granted", []), ("granted", []), ("not_held", []), ("partial", ["privacy"]), ("refused", ["process"]))
_THINGS = ("供热管网改造合同", "环卫作业考评结果", "户外广告设施许可决定", "垃圾分类投放点方案", "路灯改造验收报告")


def grow(at: Staffed, size: int, *, open_share: float, mark: str) -> None:
    """So many applications of the agency, that share of them open; ``mark`` tells their numbers from others."""
    chance = random.Random(size)
    for begin in range(0, size, _BATCH):
        with transaction.atomic():
            _batch(at, range(begin, min(begin + _BATCH, size)), open_share, mark, chance)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # autovacuum would, within a minute or so


def _batch(at: Staffed, numbers: range, open_share: float, mark: str, chance: random.Random) -> None:
    now = timezone.now()
    parties = Party.objects.bulk_create(
        Party(agency=at.agency, person=uuid4(), sealed=b"-", masked_name="王**", created_at=now) for _ in numbers
    )
    made = [
        _application(at, number, party, chance.random() < open_share, mark, chance)
        for number, party in zip(numbers, parties, strict=True)
    ]
    cases = Application.objects.bulk_create(made)
    RequestedItem.objects.bulk_create(_item(one, at, chance) for one in cases)
    Entry.objects.bulk_create(entry for one in cases for entry in _entries(one))
    _steps(at, cases, chance)


def _application(
    at: Staffed, number: int, party: Party, is_open: bool, mark: str, chance: random.Random
) -> Application:
    today = timezone.localdate()
    back = chance.randrange(1, _OPEN_SINCE) if is_open else chance.randrange(60, _YEARS * 365)
    arrived = today - timedelta(days=back)
    closed = None if is_open else arrived + timedelta(days=chance.randrange(5, 25))
    return Application(
        agency=at.agency,
        number=f"{mark}-申-{arrived.year}-{number:06d}",
        year=arrived.year,
        state=chance.choice(_OPEN) if is_open else ApplicationState.ARCHIVED,
        applicant=party,
        applicant_kind=PartyKind.CITIZEN,
        channel=chance.choice((Channel.COUNTER, Channel.SIGNED_MAIL)),
        arrived_on=arrived,
        signed_on=arrived,
        subject=f"第{chance.randrange(10_000)}号{chance.choice(_THINGS)}",
        query_code=f"{mark}{number:08d}",
        handler=at.disclosure_officer,
        likeness=f"{chance.getrandbits(128):064x}",
        created_at=timezone.now() - timedelta(days=back),
        replied_on=closed,
        closed_on=closed,
        ending="" if is_open else Ending.REPLIED,
    )


def _item(case: Application, at: Staffed, chance: random.Random) -> RequestedItem:
    outcome, grounds = chance.choice(_OUTCOMES)
    is_open = case.closed_on is None
    return RequestedItem(
        application=case,
        state=ItemState.OPEN if is_open else ItemState.CLOSED,
        name=case.subject,
        outcome="" if is_open else outcome,
        grounds=[] if is_open else grounds,
        closed_on=case.closed_on,
    )


def _steps(at: Staffed, cases: list[Application], chance: random.Random) -> None:
    """One in eight was clarified, one in ten had a third party asked, two in three went to a department."""
    clarified = [one for one in cases if chance.random() < 0.125 and _days(one) > 6]
    Clarification.objects.bulk_create(
        Clarification(
            application=one,
            unclear="没有写明年份。",
            wanted="请写明年份。",
            notified_on=one.arrived_on + timedelta(days=2),
            until=one.arrived_on + timedelta(days=20),
            answered_on=one.arrived_on + timedelta(days=4),
        )
        for one in clarified
    )
    asked = [one for one in cases if chance.random() < 0.1 and one not in clarified and _days(one) > 6]
    Consultation.objects.bulk_create(
        Consultation(
            application=one,
            kind="other_agency",
            state="answered",
            body="澜川市财政局",
            question="合同",
            sent_on=one.arrived_on + timedelta(days=2),
            received_on=one.arrived_on + timedelta(days=3),
            answered_on=one.arrived_on + timedelta(days=5),
            answer="consent",
        )
        for one in asked
    )
    Assignment.objects.bulk_create(
        Assignment(
            application=one,
            department=chance.choice((at.department, at.other_department)),
            state="answered",
            sent_at=one.created_at,
            sent_by=at.disclosure_officer,
        )
        for one in cases
        if chance.random() < 0.66
    )


def _days(case: Application) -> int:
    """How long it has been going on, or went on."""
    last: date = case.closed_on or timezone.localdate()
    return (last - case.arrived_on).days


def _entries(case: Application) -> Iterator[Entry]:
    """Received, taken up, delivered: three of the two dozen that a case has in life."""
    about: dict[str, Any] = {
        "actor_kind": "officer",
        "actor_label": "人员",
        "agency_id": str(case.agency_id),
        "agency_label": case.agency.name,
        "subject_kind": "application",
        "subject_id": str(case.pk),
        "subject_label": case.number,
        "at": case.created_at,
    }
    yield Entry(kind="applications.received", data={"what": "当面提交"}, **about)
    yield Entry(kind="applications.taken_up", data={}, **about)
    if case.closed_on:
        yield Entry(kind="applications.delivered", data={"what": "已答复"}, **about)
