"""Erasing a person from closed cases, when asked or when the term of keeping is over; what statistics count stays.

Who applied (kind), when, through which channel, what was decided on which ground, which dates: all of that stays. Name,
papers, contacts, what they wrote and every file go.
"""

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from gongkai.applications.aftermath import Correction, Proposal, Rating
from gongkai.applications.applications import OPEN_STATES, Application
from gongkai.applications.dispatch import Delivery, Letter
from gongkai.applications.files import CaseFile, Redaction
from gongkai.applications.items import Note, RequestedItem
from gongkai.applications.parties import Party
from gongkai.applications.remedies import Remedy, RemedyState
from gongkai.applications.steps import Clarification, Consultation, ReasonDemand
from gongkai.ledger import holders, moment
from gongkai.telling.actions import erasing

ERASED = "（个人信息已删除）"


def _cases(person: uuid.UUID) -> QuerySet[Application]:
    return Application.objects.filter(Q(applicant__person=person) | Q(agent__person=person))


def erase(person: uuid.UUID) -> int:
    """Blank everything that tells of the person; how many records that touched."""
    now = moment.now()
    parties = Party.objects.filter(person=person, erased_at=None)
    own = Application.objects.filter(applicant__person=person, erased_at=None).values("pk")
    touched = _blank_words(list(own.values_list("pk", flat=True)))
    touched += CaseFile.objects.filter(person=person, erased_at=None).update(name=ERASED, erased_at=now)
    touched += Redaction.objects.filter(file__person=person).exclude(boxes=[]).update(boxes=[])
    touched += Consultation.objects.filter(party__person=person).update(answer_reason="", public_interest="")
    touched += Application.objects.filter(applicant__person=person, erased_at=None).update(
        subject=ERASED, needs_help="", confirmed_how="", account="", secret_hash="", likeness="", erased_at=now
    )
    touched += parties.update(
        sealed=b"", masked_name=ERASED, name_index="", document_index="", phone_index="", erased_at=now
    )
    erasing.erase(person)
    return touched


def _blank_words(cases: list[int]) -> int:
    of_case = {"application_id__in": cases}
    return sum(
        (
            RequestedItem.objects.filter(**of_case).update(name=ERASED, document_number="", features="", reasons=""),
            Clarification.objects.filter(**of_case).update(unclear="", wanted="", answer="", excuse=""),
            ReasonDemand.objects.filter(**of_case).update(facts="", given=""),
            Note.objects.filter(**of_case).update(text=ERASED),
            Letter.objects.filter(**of_case).update(body="", given={}),
            Delivery.objects.filter(letter__application_id__in=cases).update(received_by="", tracking=""),
            Remedy.objects.filter(**of_case).update(claim="", decision=""),
            Rating.objects.filter(**of_case).update(words=""),
            Proposal.objects.filter(**of_case).update(what=ERASED, why=""),
            Correction.objects.filter(**of_case).update(record=ERASED, wrong="", proof=""),
        )
    )


def needed(person: uuid.UUID) -> list[str]:
    """Why the person cannot be forgotten yet: something is still open."""
    cases = _cases(person)
    reasons = [
        f"申请{number}尚未办结。" for number in cases.filter(state__in=OPEN_STATES).values_list("number", flat=True)
    ]
    pending = Remedy.objects.filter(application__in=cases).exclude(state=RemedyState.DECIDED)
    return reasons + [
        f"申请{number}的复议或者诉讼尚未审结。" for number in pending.values_list("application__number", flat=True)
    ]


def expired(now: datetime, limit: int) -> Iterable[uuid.UUID]:
    """People all of whose cases were closed longer ago than cases are kept."""
    today = timezone.localdate(now)
    before = today.replace(year=today.year - settings.GONGKAI_APPLICATION_YEARS, day=min(today.day, 28))
    closed = waiting(Party.objects.all()).filter(last__lt=before)
    return closed.order_by("pk").values_list("person", flat=True)[:limit]


def waiting(parties: QuerySet[Party]) -> QuerySet[Any]:
    """Those of them whose cases are all closed, with the day of the ``last``: they wait for their time."""
    known = parties.filter(erased_at=None).annotate(last=Max("applications__closed_on"))
    return known.filter(last__isnull=False).exclude(applications__state__in=OPEN_STATES)


def erased_on(last: date) -> date:
    """The day from which somebody is forgotten whose last case was closed on ``last``."""
    year = last.year + settings.GONGKAI_APPLICATION_YEARS
    return last.replace(year=year, day=28) if (last.month, last.day) == (2, 29) else last.replace(year=year)


holders.register(holders.Holder("applications", "依申请公开", erase, needed, expired))
