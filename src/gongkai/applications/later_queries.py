"""What may be read of what comes after a reply, and by whom: proposals, corrections, what was withheld."""

from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from gongkai.agencies.officers import Officer
from gongkai.applications.aftermath import Correction, Proposal, WithheldReview
from gongkai.applications.applications import Application, Ending
from gongkai.applications.items import ItemState, RequestedItem
from gongkai.applications.powers import WHOLE_AGENCY
from gongkai.applications.queries import access_applications
from gongkai.law import replies, withheld_review
from gongkai.law.replies import Disposal

WITHHELD = tuple(one.key for one in replies.all_outcomes() if one.needs_ground and one.disposal != Disposal.OTHER)
"""Outcomes by which information, or a part of it, is kept back on a ground that may fall away."""


def access_proposals(officer: Officer) -> QuerySet[Proposal]:
    """The agency's, for its disclosure office and those above it; for everybody else none."""
    own = Proposal.objects.filter(agency_id=officer.agency_id)
    return own if officer.holds(WHOLE_AGENCY) else own.none()


def access_corrections(officer: Officer) -> QuerySet[Correction]:
    """The agency's, for its disclosure office and those above it; for everybody else none."""
    own = Correction.objects.filter(agency_id=officer.agency_id)
    return own if officer.holds(WHOLE_AGENCY) else own.none()


def access_withheld(officer: Officer) -> QuerySet[RequestedItem]:
    """Items of the agency on which something was withheld, with the last review (``reviewed_on``, ``next_on``,
    ``may_disclose``); for whoever sees all of its applications."""
    items = RequestedItem.objects.filter(
        application__in=access_applications(officer), outcome__in=WITHHELD, state=ItemState.CLOSED
    ).exclude(application__rounds__ending=Ending.REPLIED)  # decided anew
    if not officer.holds(WHOLE_AGENCY):
        return items.none()
    last = WithheldReview.objects.filter(item=OuterRef("pk")).order_by("-on", "-pk")
    return items.filter(application__erased_at=None).annotate(
        reviewed_on=Subquery(last.values("on")[:1]),
        next_on=Subquery(last.values("next_on")[:1]),
        may_disclose=Subquery(last.values("disclose")[:1]),
    )


def due(items: QuerySet[RequestedItem], today: date) -> QuerySet[RequestedItem]:
    """Those to be looked at again by today: never looked at for the time the law's reading gives, or on the day that
    was set. What may be disclosed by now is looked at no more."""
    never = Q(reviewed_on=None, closed_on__lte=withheld_review.due_before(today))
    again = Q(may_disclose=False, next_on__lte=today)
    return items.filter(never | again)


def proposal_of(application: Application) -> Proposal | None:
    """The proposal that was made because several asked for the same as this application does."""
    if not application.likeness:
        return None
    same = Proposal.objects.filter(agency_id=application.agency_id, likeness=application.likeness)
    return same.order_by("-pk").first()
