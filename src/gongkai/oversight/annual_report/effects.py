"""What the events of a report and of its submission change; called by the procedure engine inside its transaction."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from gongkai.agencies.officers import Officer
from gongkai.ledger import moment
from gongkai.oversight.annual_report import progress
from gongkai.oversight.annual_report.bringing_out import bring_out
from gongkai.oversight.annual_report.editions import ReportEdition, ReportState, Submission
from gongkai.oversight.annual_report.standing import Standing, digest
from gongkai.procedures.engine import Refused, fire
from gongkai.procedures.tables import Attempt
from gongkai.publishing.powers import CLOCK

Data = Mapping[str, Any]


def complete(attempt: Attempt) -> Data:
    """Every department has entered its months, or it is said why not."""
    edition: ReportEdition = attempt.subject
    missing = progress.owed(edition.report.agency, edition.report.year, moment.today())
    why = str(attempt.given.get("lacking") or "").strip()[:300]
    if missing and not why:
        told = "；".join(str(one) for one in missing[:5])
        raise Refused([f"有{len(missing)}项数据没有填报：{told}。请催报，或者写明为什么不再等待。"])
    edition.lacking = why if missing else ""
    edition.save(update_fields=["lacking"])
    return {"what": edition.lacking}


def freeze(attempt: Attempt) -> Data:
    """Handed in: the tables stand still, so that what is reviewed is what will be published."""
    edition: ReportEdition = attempt.subject
    edition.figures = Standing(edition).frozen()
    edition.frozen_at = attempt.now
    edition.save(update_fields=["figures", "frozen_at"])
    return {}


def thaw(attempt: Attempt) -> Data:
    """Returned: the tables follow the records again; a report read from a file keeps what was read."""
    edition: ReportEdition = attempt.subject
    if edition.origin == "computed":
        edition.figures = None
    edition.frozen_at = None
    edition.save(update_fields=["figures", "frozen_at"])
    return {"reason": str(attempt.given.get("reason") or "").strip()}


def note(attempt: Attempt) -> Data:
    """An opinion beside the act, or why."""
    return {"what": str(attempt.given.get("note") or attempt.given.get("reason") or "").strip()}


def publish(attempt: Attempt) -> Data:
    """The report goes to the public as a document; its figures and words are sealed; the former edition is history."""
    return _publish(attempt, moment.today())


def adopt(attempt: Attempt) -> Data:
    """A report that was published before this system came, under the day it was published."""
    edition: ReportEdition = attempt.subject
    edition.figures = Standing(edition).frozen()
    return _publish(attempt, attempt.given["published_on"])


def _publish(attempt: Attempt, on: date) -> Data:
    edition: ReportEdition = attempt.subject
    if not isinstance(attempt.actor, Officer):
        raise TypeError("a report is published by an officer")
    for former in edition.report.editions.filter(state=ReportState.PUBLISHED).exclude(pk=edition.pk):
        fire(attempt.procedure, former, "supersede", by=CLOCK, now=attempt.now)
    edition.published_on = on
    edition.digest = digest(edition.figures or {}, edition.chapters, edition.preface)
    edition.save(update_fields=["published_on", "digest", "figures"])
    document = bring_out(edition, by=attempt.actor, on=on, now=attempt.now)
    edition.report.document = document
    edition.report.save(update_fields=["document"])
    told = f"第{edition.number}版，公布日期{on:%Y-%m-%d}"
    return {"what": told, "document": document.pk, "digest": edition.digest, "on": on.isoformat()}


def submit_again(attempt: Attempt) -> Data:
    """The agency hands its present edition in anew."""
    submission: Submission = attempt.subject
    ready = {ReportState.APPROVED, ReportState.PUBLISHED}
    newest = submission.report.editions.filter(state__in=ready).order_by("-number").first()
    if newest is None or not isinstance(attempt.actor, Officer):
        raise Refused(["报告还没有经分管领导审定，审定以后再报送。"])
    submission.edition, submission.submitted_by, submission.submitted_at = newest, attempt.actor, attempt.now
    submission.return_reason, submission.findings = "", []
    submission.save(update_fields=["edition", "submitted_by", "submitted_at", "return_reason", "findings"])
    return {"what": f"第{newest.number}版"}


def send_back(attempt: Attempt) -> Data:
    """Returned with the reason, and with what the checks find at that moment."""
    submission: Submission = attempt.subject
    found = Standing(submission.edition).findings
    submission.return_reason = str(attempt.given["reason"]).strip()
    submission.findings = [
        {"code": one.finding.code, "severity": one.finding.weight.value, "message": one.finding.message}
        for one in found
        if one.open
    ]
    _decided(attempt, submission)
    submission.save(update_fields=["return_reason", "findings", "decided_at", "decided_by"])
    return {"reason": submission.return_reason, "findings": len(submission.findings)}


def accept(attempt: Attempt) -> Data:
    """Taken: it goes into the report of the city."""
    submission: Submission = attempt.subject
    _decided(attempt, submission)
    submission.save(update_fields=["decided_at", "decided_by"])
    return {"what": f"第{submission.edition.number}版"}


def _decided(attempt: Attempt, submission: Submission) -> None:
    submission.decided_at = attempt.now
    submission.decided_by = attempt.actor if isinstance(attempt.actor, Officer) else None


def former_day(attempt: Attempt) -> date:
    """What the field of the day of publication holds at first: the last lawful day of that report."""
    return min(date(attempt.subject.report.year + 1, 1, 31), timezone.localdate(attempt.now))
