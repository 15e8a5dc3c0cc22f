"""After the reply: remedies that come in, corrections and proposals, reviews of what was withheld, the rating."""

from datetime import date

from django.db import transaction

from gongkai.agencies.bodies import Agency
from gongkai.agencies.officers import Officer
from gongkai.applications import ledger_kinds as kinds
from gongkai.applications.actions.powers_asked import demand
from gongkai.applications.aftermath import Correction, Proposal, Rating, WithheldReview
from gongkai.applications.applications import Application
from gongkai.applications.items import RequestedItem
from gongkai.applications.parties import Party
from gongkai.applications.powers import OFFICE
from gongkai.applications.remedies import Remedy, RemedyKind
from gongkai.law import withheld_review
from gongkai.ledger import moment
from gongkai.ledger.recording import record
from gongkai.procedures.engine import Refused
from gongkai.procedures.tables import Actor

MOST_STARS = 5


@transaction.atomic
def file_remedy(
    application: Application,
    *,
    kind: RemedyKind,
    body: str,
    filed_on: date,
    by: Officer,
    case_number: str = "",
    served_on: date | None = None,
    claim: str = "",
    simplified: bool = False,
    after: Remedy | None = None,
) -> Remedy:
    """Somebody went to the reconsideration body or the court. ``after``: the reconsideration that came before."""
    demand(by, application, OFFICE | {"legal_reviewer"})
    if kind == RemedyKind.LITIGATION_AFTER and after is None:
        after = application.remedies.filter(kind=RemedyKind.RECONSIDERATION).last()
        if after is None:
            raise Refused(["本件没有登记行政复议，请先登记行政复议，或者选择“未经复议直接起诉”。"])
    made = Remedy.objects.create(
        application=application,
        kind=kind,
        body=body.strip()[:120],
        case_number=case_number.strip()[:80],
        filed_on=filed_on,
        served_on=served_on,
        claim=claim.strip(),
        simplified=simplified,
        after=after,
        by=by,
    )
    record(
        kinds.REMEDY_FILED,
        by=by,
        subject=application,
        agency=application.agency,
        what=f"{RemedyKind(kind).label}，{made.body}",
        remedy=made.pk,
        on=filed_on.isoformat(),
    )
    return made


@transaction.atomic
def file_correction(
    agency: Agency,
    applicant: Party,
    *,
    record_name: str,
    wrong: str,
    proof: str,
    by: Actor,
    application: Application | None = None,
) -> Correction:
    """Somebody asks to have a record about themselves set right (art. 41)."""
    made = Correction.objects.create(
        agency=agency,
        applicant=applicant,
        application=application,
        record=record_name.strip()[:300],
        wrong=wrong.strip(),
        proof=proof.strip(),
        filed_on=moment.today(),
    )
    record(kinds.CORRECTION_FILED, by=by, subject=made, agency=agency)
    return made


@transaction.atomic
def propose(
    agency: Agency,
    *,
    what: str,
    why: str,
    by: Actor,
    application: Application | None = None,
    item: RequestedItem | None = None,
    by_applicant: bool = True,
    likeness: str = "",
) -> Proposal:
    """Suggest that something be published proactively (art. 44)."""
    made = Proposal.objects.create(
        agency=agency,
        application=application,
        item=item,
        what=what.strip()[:300],
        why=why.strip(),
        by_applicant=by_applicant,
        likeness=likeness,
        filed_on=moment.today(),
    )
    record(kinds.PROPOSAL_FILED, by=by, subject=made, agency=agency)
    return made


@transaction.atomic
def review_withheld(
    item: RequestedItem, *, disclose: bool, reason: str, next_on: date | None, by: Officer
) -> WithheldReview:
    """定期评估 (art. 18): may what was withheld be disclosed by now? If not, it is looked at again on ``next_on``
    (None: after the time the law's reading gives). Raises Refused for a day that is not to come."""
    demand(by, item.application, OFFICE | {"legal_reviewer"})
    today = moment.today()
    next_on = None if disclose else next_on or withheld_review.next_review(today)
    if next_on is not None and next_on <= today:
        raise Refused(["下次评估日期须在今天以后。"])
    made = WithheldReview.objects.create(
        item=item, on=moment.today(), disclose=disclose, reason=reason.strip(), next_on=next_on, by=by
    )
    record(
        kinds.WITHHELD_REVIEWED,
        by=by,
        subject=item.application,
        agency=item.application.agency,
        what=f"第{item.position}项：{'可以公开' if disclose else '仍不予公开'}",
        review=made.pk,
    )
    return made


@transaction.atomic
def rate(application: Application, *, stars: int, words: str, by: Actor) -> Rating:
    """The applicant's opinion of the service, once; a second one replaces the first."""
    if not 1 <= stars <= MOST_STARS:
        raise Refused([f"请选择1至{MOST_STARS}分。"])
    made, _ = Rating.objects.update_or_create(
        application=application, defaults={"stars": stars, "words": words.strip(), "at": moment.now()}
    )
    record(kinds.RATED, by=by, subject=application, agency=application.agency, what=f"{stars}分")
    return made
