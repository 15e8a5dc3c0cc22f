"""Running the checks on an edition and keeping what they found, once per state of the text."""

from typing import Any

from django.db import transaction

from gongkai.agencies.officers import Officer
from gongkai.catalog.editions import Edition
from gongkai.ledger.recording import record
from gongkai.publishing import facts
from gongkai.publishing import ledger_kinds as kinds
from gongkai.publishing.checks.registry import Report, all_checks, run_checks
from gongkai.publishing.reviews import Answer, CheckRun

_REMEMBERED = "_check_report"


def current_report(edition: Edition) -> Report:
    """What the checks say of the edition as it stands: text, header, files, today's validity of what it cites."""
    known = edition.__dict__.get(_REMEMBERED)  # several guards ask about the same text in one request
    memory = facts.remembered()
    # The code, since a trial that is rolled back uses its primary keys again.
    exact = (edition.document.code, edition.number, edition.version)
    if memory is not None and memory.get(_REMEMBERED, (None, None))[0] == exact:
        known = (edition.version, memory[_REMEMBERED][1])  # an import asks, then its guards do with a fresh row
    if known is None or known[0] != edition.version:
        skip = edition.document.type_info.skip_checks
        chosen = [check for check in all_checks() if check.key not in skip]
        known = (edition.version, run_checks(facts.gather(edition), chosen))
        edition.__dict__[_REMEMBERED] = known
        if memory is not None:
            memory[_REMEMBERED] = (exact, known[1])
    report: Report = known[1]
    return report


@transaction.atomic
def keep(edition: Edition, report: Report) -> CheckRun:
    """Keep a report as evidence with the version it was made on; the same on the same version is kept once."""
    plain: dict[str, Any] = report.as_dict()
    last = CheckRun.objects.filter(edition=edition).first()
    if last is not None and last.edition_version == edition.version and last.findings == plain["findings"]:
        return last
    return CheckRun.objects.create(
        edition=edition,
        edition_version=edition.version,
        findings=plain["findings"],
        checks=plain["checks_run"],
        blocked=plain["blocked"],
    )


@transaction.atomic
def answer(edition: Edition, *, fingerprint: str, note: str, by: Officer) -> Answer:
    """A person says why a finding may stay. Raises ValueError in Chinese when there is no such finding to answer."""
    finding = next((one for one in current_report(edition).findings if one.fingerprint == fingerprint), None)
    if finding is None:
        raise ValueError("这项检查结果已经不在了，请刷新页面。")
    if not finding.answerable:
        raise ValueError("这项检查结果不能以说明代替修改。")
    if not note.strip():
        raise ValueError("请写明保留的理由。")
    edition.__dict__.pop(_REMEMBERED, None)
    given, _ = Answer.objects.update_or_create(
        edition=edition,
        fingerprint=fingerprint,
        defaults={"check_key": finding.check, "note": note.strip()[:300], "by": by},
    )
    record(
        kinds.ANSWERED,
        by=by,
        subject=edition,
        agency=edition.document.agency,
        note=f"{finding.message}　说明：{given.note}",
        check=finding.check,
    )
    return given
