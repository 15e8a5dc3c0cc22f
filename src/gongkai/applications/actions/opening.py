"""From applications to proactive publication (arts. 18, 44): a proposal is adopted, a draft is begun, its release told.

The draft takes nothing of the person: the name of the information, nothing else. What was given to one applicant may
have been made for their eyes only, so files are never taken along.
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.officers import Officer
from gongkai.applications import ledger_kinds as kinds
from gongkai.applications.actions import later
from gongkai.applications.actions.powers_asked import demand
from gongkai.applications.aftermath import Proposal, ProposalState
from gongkai.applications.applications import Application
from gongkai.applications.items import ItemState, RequestedItem
from gongkai.applications.later_procedures import PROPOSAL
from gongkai.applications.later_queries import proposal_of
from gongkai.applications.powers import OFFICE, OFFICER
from gongkai.catalog.editions import Edition
from gongkai.ledger import followers
from gongkai.ledger.entries import Entry
from gongkai.ledger.recording import record
from gongkai.ledger.refs import SYSTEM
from gongkai.procedures.engine import Refused, fire
from gongkai.publishing import ledger_kinds as publishing
from gongkai.publishing.actions import drafting
from gongkai.publishing.checks.personal import mask_personal
from gongkai.publishing.deliveries import document_id_of

DEFAULT_TYPE = "other_document"
_TITLE = 200


@transaction.atomic
def propose_for_several(application: Application, *, by: Officer) -> Proposal:
    """Several people asked for the same: suggest that it be published (art. 44). There already: that one."""
    demand(by, application, OFFICE)
    there = proposal_of(application)
    if there is not None:
        return there
    return later.propose(
        application.agency,
        what=application.subject,
        why="多人申请公开同一信息。",
        by=by,
        application=application,
        by_applicant=False,
        likeness=application.likeness,
    )


@transaction.atomic
def propose_item(item: RequestedItem, *, by: Officer, why: str) -> Proposal:
    """What one applicant was given, or what may be disclosed by now, is to be published: proposed and adopted at once.
    Raises Refused for an item on which nothing was decided."""
    demand(by, item.application, OFFICE)
    if item.state != ItemState.CLOSED:
        raise Refused(["事项办结以后，才能据此主动公开。"])
    made = item.proposals.filter(by_applicant=False).exclude(state=ProposalState.DECLINED).first()
    if made is None:
        agency, case = item.application.agency, item.application
        made = later.propose(agency, what=item.name, why=why, by=by, application=case, item=item, by_applicant=False)
    if made.state == ProposalState.FILED:
        made = fire(PROPOSAL, made, "adopt", by=by, given={"answer": why}).subject
    return made


@transaction.atomic
def begin_draft(proposal: Proposal, *, by: Officer, type_key: str = DEFAULT_TYPE) -> Edition:
    """A draft for what was proposed, adopted before or by this; begun already, it is that one.

    Raises Refused for a proposal that was declined, ValidationError for an unknown type."""
    current = Proposal.objects.select_for_update(of=("self",)).select_related("agency", "document").get(pk=proposal.pk)
    if current.agency_id != by.agency_id or not by.holds(OFFICER):
        raise Refused(["主动公开文件由本机关公开经办人起草。"])
    if current.document is not None:
        return current.document.editions.order_by("-number")[0]
    if current.state == ProposalState.FILED:
        current = fire(PROPOSAL, current, "adopt", by=by).subject
    if current.state != ProposalState.ADOPTED:
        raise Refused(["没有采纳的建议不能起草。"])
    edition = drafting.begin(
        agency=current.agency,
        type_key=type_key,
        by=by,
        department=None,
        facts={"title": mask_personal(current.what)[:_TITLE]},
    )
    current.document = edition.document
    current.save(update_fields=["document"])
    record(
        kinds.DRAFT_BEGUN,
        by=by,
        subject=current.application or current,
        agency=current.agency,
        what=edition.document.index_number,
        document=edition.document_id,
        proposal=current.pk,
    )
    return edition


def follow(entries: Sequence[Entry]) -> None:
    """A document that began as a proposal was released: say so where it came from, once."""
    documents = {document_id_of(entry): entry for entry in entries}
    waiting = Proposal.objects.filter(document_id__in=documents, published_on=None)
    for one in waiting.select_related("agency", "application", "document"):
        if one.document is None:
            continue
        entry = documents[one.document.pk]
        one.published_on = timezone.localdate(entry.at)
        one.save(update_fields=["published_on"])
        record(
            kinds.PUBLISHED,
            by=SYSTEM,
            subject=one.application or one,
            agency=one.agency,
            at=entry.at,
            what=one.document.index_number,
            document=one.document.pk,
            proposal=one.pk,
        )


followers.register(
    followers.Follower(
        "proposals", "主动公开建议", follow, frozenset({publishing.RELEASED, publishing.EMERGENCY, publishing.ADOPTED})
    )
)
