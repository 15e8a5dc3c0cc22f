"""What the enumeration tries the procedures of applications with: a subject in every state, and what an event needs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.factories import cases, people
from tests.factories.people import Staffed

from gongkai.applications.actions import later
from gongkai.applications.aftermath import Correction, Proposal
from gongkai.applications.applications import Application, ApplicationState
from gongkai.applications.parties import Party
from gongkai.applications.powers import ApplicantActor
from gongkai.applications.procedures import (
    APPLICATION,
    ASSIGNMENT,
    CONSULTATION,
    CORRECTION,
    EXTENSION,
    ITEM,
    PROPOSAL,
    REMEDY,
)
from gongkai.applications.remedies import Remedy, RemedyKind
from gongkai.applications.steps import Answer, Consultation, Extension, Fee
from gongkai.ledger import moment
from gongkai.procedures.engine import fire

_PATIENT = 60  # days after which whatever the applicant or a third party was waited for has run out


def application_in(at: Staffed, state: str) -> Application:
    """A case, known to a department and taken over from a former ledger, so that every event may happen."""
    long_ago = {"arrived": cases.days_ago(_PATIENT)} if state in (ApplicationState.CLARIFYING, "paying") else {}
    case = cases.in_state(at, state, imported=True, **long_ago)
    if state == ApplicationState.HANDLING:
        for item in case.items.all():
            cases.draft(item, by=at.disclosure_officer)
    return cases.again(case)


def item_in(at: Staffed, state: str) -> Any:
    item = cases.item_in(at, state)
    if state in ("open", "drafted"):
        cases.assigned(at, item.application, "answered")
    return item


def assignment_in(at: Staffed, state: str) -> Any:
    return cases.assigned(at, cases.handling_(at), state)


def extension_in(at: Staffed, state: str) -> Any:
    return cases.extension(at, cases.handling_(at, imported=True), state)


def consultation_in(at: Staffed, state: str) -> Consultation:
    """Sent long ago, so that silence may have run out."""
    case = cases.handling_(at, arrived=cases.days_ago(_PATIENT))
    made = cases.consultation(at, case, day=cases.days_ago(_PATIENT))
    objects = {"answered_on": moment.today(), "answer": Answer.OBJECT}
    event, given = {
        "sent": ("", {}),
        "answered": ("answer", objects),
        "lapsed": ("lapse", {}),
        "cancelled": ("cancel", {"reason": "不再需要"}),
    }[state]
    if event:
        fire(CONSULTATION, made, event, by=at.disclosure_officer, given=given)
    return Consultation.objects.select_related("application", "application__agency", "party").get(pk=made.pk)


def remedy_in(at: Staffed, state: str) -> Remedy:
    case = cases.delivered(at)
    made = later.file_remedy(
        case, kind=RemedyKind.RECONSIDERATION, body="澜川市人民政府", filed_on=moment.today(), by=at.disclosure_officer
    )
    if state != "filed":
        fire(REMEDY, made, "answer", by=at.legal_reviewer, given={"answered_on": moment.today()})
    if state == "decided":
        given = {"result": "upheld", "decided_on": moment.today()}
        fire(REMEDY, made, "decide", by=at.legal_reviewer, given=given)
    return Remedy.objects.select_related("application", "application__agency").get(pk=made.pk)


def _applicant(at: Staffed) -> Party:
    return cases.registered(at).applicant


def correction_in(at: Staffed, state: str) -> Correction:
    made = later.file_correction(
        at.agency, _applicant(at), record_name="登记表", wrong="姓名有误", proof="身份证", by=at.disclosure_officer
    )
    event = {"filed": "", "corrected": "correct", "refused": "refuse", "passed_on": "pass_on"}[state]
    if event:
        given = {"answer": "已办理", "passed_to": "澜川市公安局"}
        fire(CORRECTION, made, event, by=at.disclosure_officer, given=given)
    return Correction.objects.select_related("agency").get(pk=made.pk)


def proposal_in(at: Staffed, state: str) -> Proposal:
    made = later.propose(at.agency, what="垃圾分类投放点", why="多人询问", by=at.disclosure_officer)
    event = {"filed": "", "adopted": "adopt", "declined": "decline"}[state]
    if event:
        fire(PROPOSAL, made, event, by=at.disclosure_officer, given={"answer": "已办理"})
    return Proposal.objects.select_related("agency").get(pk=made.pk)


SUBJECTS: dict[str, Callable[[Staffed, str], Any]] = {
    APPLICATION.key: application_in,
    ITEM.key: item_in,
    ASSIGNMENT.key: assignment_in,
    EXTENSION.key: extension_in,
    CONSULTATION.key: consultation_in,
    REMEDY.key: remedy_in,
    CORRECTION.key: correction_in,
    PROPOSAL.key: proposal_in,
}


def _paid(case: Application) -> None:
    Fee.objects.create(
        application=case,
        basis="pages",
        quantity=120,
        amount=900,
        lines=[],
        noticed_on=moment.today(),
        paid_on=moment.today(),
        paid_amount=900,
    )


def _reasons_given(case: Application) -> None:
    case.reason_demands.update(given_on=moment.today(), given="研究需要")


def _taken_over(extension: Extension) -> None:
    Application.objects.filter(pk=extension.application_id).update(imported=True)
    extension.application.imported = True


BEFORE: dict[tuple[str, str], Callable[[Any], None]] = {
    (APPLICATION.key, "refund"): _paid,
    (EXTENSION.key, "adopt"): _taken_over,
    (APPLICATION.key, "judge_reasons"): _reasons_given,
    (APPLICATION.key, "give_reasons"): lambda case: case.reason_demands.update(given_on=None),
}
"""What one event needs and another one forbids."""


def actors(at: Staffed) -> dict[str, Any]:
    """Who holds the roles that no officer of the agency holds."""
    return {"supervisor": people.staffed("澜川市人民政府办公室", is_supervising=True).disclosure_officer}


def actor_for(role: str, subject: Any, known: dict[str, Any]) -> Any:
    """The applicant is one of the very case."""
    if role != "applicant":
        return known[role]
    return ApplicantActor(getattr(subject, "application_id", None) or subject.pk)


def facts() -> dict[str, Any]:
    """Everything that any event of these procedures asks for."""
    today = moment.today()
    return {
        "approved_on": today,
        "confirmed_on": today,
        "confirmed_how": "电话",
        "unclear": "不明确",
        "wanted": "写明年份",
        "notified_on": today,
        "until": today + timedelta(days=9),
        "answered_on": today,
        "excuse": "住院",
        "facts": "数量多",
        "demanded_on": today,
        "given_on": today,
        "given": "研究",
        "judgement": "reasonable",
        "basis": "pages",
        "quantity": 120,
        "noticed_on": today,
        "received_on": today,
        "paid_on": today,
        "refunded_on": today,
        "replied_on": today,
        "ending": "replied",
        "outcome": "granted",
        "result": "upheld",
        "decided_on": today,
        "public_interest": "公共利益",
        "told_on": today,
        "passed_to": "澜川市公安局",
        "text": "请抓紧办理",
        "agreed": "分管领导当日电话同意",
    }
