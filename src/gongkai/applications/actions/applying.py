"""What an applicant does on the site: applies, confirms, opens letters, hands in papers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from gongkai.agencies.bodies import Agency
from gongkai.applications import ledger_kinds as kinds
from gongkai.applications.actions import filing, receiving
from gongkai.applications.actions.receiving import Received
from gongkai.applications.applications import Application, ApplicationState
from gongkai.applications.dispatch import Delivery, Letter, LetterState, Method
from gongkai.applications.files import CaseFile, FileRole
from gongkai.applications.powers import VISITOR, ApplicantActor
from gongkai.applications.procedures import APPLICATION
from gongkai.interfaces.uploads.fields import Kept
from gongkai.ledger import moment
from gongkai.ledger.recording import record
from gongkai.procedures.engine import Refused, fire


@dataclass(frozen=True)
class Papers:
    """Files of one kind that came with an application, by the purpose they were uploaded for."""

    role: FileRole
    purpose: str
    kept: Sequence[Kept] = field(default_factory=tuple)


@transaction.atomic
def apply(agency: Agency, came: Received, papers: Sequence[Papers]) -> Application:
    """An application made on the site, with its papers. Raises Refused when one of them cannot be used any more."""
    application = receiving.receive(agency, came, by=VISITOR)
    files: list[CaseFile] = []
    for one in papers:
        files += filing.take_in(application, one.kept, role=one.role, purpose=one.purpose, by=VISITOR)
    transaction.on_commit(lambda: filing.seal_all(files), robust=True)
    return application


@transaction.atomic
def hand_in(application: Application, papers: Papers, *, by: ApplicantActor) -> list[CaseFile]:
    """Papers handed in later: a proof of payment, what completes an application."""
    _demand(application, by)
    files = filing.take_in(application, papers.kept, role=papers.role, purpose=papers.purpose, by=by)
    if papers.role == FileRole.PAYMENT and files:
        record(kinds.PAYMENT_SHOWN, by=by, subject=application, agency=application.agency, files=len(files))
    transaction.on_commit(lambda: filing.seal_all(files), robust=True)
    return files


@transaction.atomic
def act_with_papers(
    application: Application, event: str, given: Mapping[str, Any], papers: Papers, *, by: ApplicantActor
) -> None:
    """An event of the procedure with files that belong to it. Raises Refused; then nothing has happened."""
    hand_in(application, papers, by=by)
    fire(APPLICATION, application, event, by=by, given=given, version=application.version)


@transaction.atomic
def confirm(application: Application, *, by: ApplicantActor) -> None:
    """The applicant's half of 双方确认 (art. 31 item 3); the officer confirms the other. Once is enough."""
    _demand(application, by)
    locked = Application.objects.select_for_update().get(pk=application.pk)
    if locked.applicant_confirmed_at is not None:
        return
    if locked.state != ApplicationState.UNCONFIRMED:
        raise Refused(["本机关已经确认收到，不需要再确认。"])
    locked.applicant_confirmed_at = application.applicant_confirmed_at = moment.now()
    locked.save(update_fields=["applicant_confirmed_at"])
    record(kinds.APPLICANT_CONFIRMED, by=by, subject=locked, agency=locked.agency, what="在网站上确认")


@transaction.atomic
def open_letter(letter: Letter, *, by: ApplicantActor) -> bool:
    """The applicant opens a letter that was sent online: from this moment it has been received (送达). The entry with
    the letter's digest is the evidence; opening it again changes nothing. True when this was the first time."""
    application = letter.application
    _demand(application, by)
    waiting = Delivery.objects.select_for_update().filter(
        letter=letter, method=Method.ONLINE, received_on=None, failed_on=None
    )
    delivery = waiting.order_by("pk").first()
    if letter.state != LetterState.FROZEN or delivery is None:
        return False
    delivery.received_on, delivery.received_by = moment.today(), "申请人（网上打开）"
    delivery.save(update_fields=["received_on", "received_by"])
    record(
        kinds.LETTER_RECEIVED,
        by=by,
        subject=application,
        agency=application.agency,
        what=f"{letter.title}，网上打开",
        letter=letter.pk,
        delivery=delivery.pk,
        sha256=letter.sha256,
        on=delivery.received_on.isoformat(),
    )
    return True


def _demand(application: Application, by: ApplicantActor) -> None:
    if by.application_id != application.pk:
        raise Refused(["只能办理您自己的申请。"])
