"""Rounds 重新办理 in figures: the same application is received once, and of its answers in a time the last one counts.

A new round (ordered by a reconsideration body or court, or opened by the agency that corrects itself) is not received
anew, and what came of it replaces what was answered before in the same time; an answer of an earlier year stands as
it was reported.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.applications.items import ItemState, RequestedItem

FIRST = Q(application__round_of=None)
"""Items of what counts as received: first rounds."""


@dataclass(frozen=True)
class Answer:
    """What an item was decided as."""

    outcome: str
    grounds: Sequence[str]


@dataclass(frozen=True)
class Replaced:
    """An item of a first round whose answer another one of the same time took the place of."""

    pk: int
    agency: int
    applicant_kind: str
    was: Answer
    now: Answer


def replaced(items: QuerySet[RequestedItem], first: date, last: date) -> list[Replaced]:
    """Of all ``items`` (of first rounds and others), those of first rounds closed in the time and answered anew in it;
    two queries at most. An item added in a later round takes no other's place."""
    places = _last_answers(items, first, last)
    if not places:
        return []
    wanted = Q(pk__in=[])
    for application, position in places:
        wanted |= Q(application_id=application, position=position)
    answered = items.filter(FIRST, wanted, closed_on__range=(first, last)).select_related("application").order_by("pk")
    return [
        Replaced(
            one.pk,
            one.application.agency_id,
            one.application.applicant_kind,
            Answer(one.outcome, one.grounds),
            places[one.application_id, one.position],
        )
        for one in answered
    ]


def _last_answers(items: QuerySet[RequestedItem], first: date, last: date) -> dict[tuple[int, int], Answer]:
    """By application of the first round and position: the last answer that a later round gave in the time. A round that
    was given up (withdrawn) gave none."""
    later = items.filter(~FIRST).order_by("closed_on", "pk")
    facts = ("application_id", "application__round_of_id", "position", "state", "closed_on", "outcome", "grounds")
    rows = list(later.values_list(*facts))
    before = {application: former for application, former, *_ in rows}
    return {
        (_first_of(application, before), position): Answer(outcome, grounds)
        for application, _, position, state, closed_on, outcome, grounds in rows
        if state == ItemState.CLOSED and first <= closed_on <= last
    }


def _first_of(application: int, before: dict[int, int]) -> int:
    while application in before:
        application = before[application]
    return application
