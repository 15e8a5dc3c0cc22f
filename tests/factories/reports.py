"""Annual reports in every state, brought there by the real actions and procedures."""

from datetime import date, timedelta
from typing import Any

from tests.factories.cases import on
from tests.factories.people import Staffed

from gongkai.ledger import moment
from gongkai.oversight.actions import reports
from gongkai.oversight.annual_report.composing import settled
from gongkai.oversight.annual_report.editions import ReportEdition, Submission
from gongkai.oversight.annual_report.procedures import REPORT, SUBMISSION
from gongkai.procedures.engine import fire

YEAR = 2025
_WAY = (
    ("complete", "disclosure_officer", "complete"),
    ("submit", "disclosure_officer", "office_review"),
    ("pass_office", "office_reviewer", "head_review"),
    ("pass_head", "disclosure_head", "leader_review"),
    ("approve", "leader", "approved"),
    ("publish", "disclosure_officer", "published"),
)
READ = {
    "agency": "澜川市城市管理委员会",
    "title": "澜川市城市管理委员会政府信息公开工作年度报告",
    "format_version": "2021",
    "chapters": {"1": "全年主动公开信息。", "5": "主动公开还不够及时。", "6": "没有收取信息处理费。"},
}
"""What a report file says, but for its year and tables."""


def again(edition: ReportEdition) -> ReportEdition:
    """The edition, read anew."""
    return ReportEdition.objects.select_related("report__agency", "report__document").get(pk=edition.pk)


def drafting(at: Staffed, year: int = YEAR, *, edited: bool = True) -> ReportEdition:
    """Begun and drafted; ``edited``: its draft sentences were taken as they stand."""
    edition = reports.begin(at.agency, year, by=at.disclosure_officer)
    if not edited:
        return again(edition)
    chapters = {number: settled(text) for number, text in edition.text_of.items()}
    return again(reports.save(edition, by=at.disclosure_officer, version=None, chapters=chapters))


def act(edition: ReportEdition, event: str, by: Any, **given: Any) -> ReportEdition:
    """Fire an event; the edition afterwards."""
    fire(REPORT, edition, event, by=by, given=given)
    return again(edition)


def onward(at: Staffed, edition: ReportEdition, state: str) -> ReportEdition:
    """As far along its way as that state."""
    for event, role, reached in _WAY:
        if edition.state == state:
            return edition
        if [one for _, _, one in _WAY].index(reached) > _place(edition.state):
            edition = act(edition, event, at.officers[role])
    return edition


def _place(state: str) -> int:
    return next((number for number, (_, _, one) in enumerate(_WAY) if one == state), -1)


def in_state(at: Staffed, state: str, year: int = YEAR) -> ReportEdition:
    """A report of that year in that state."""
    if state == "superseded":
        former = in_state(at, "published", year)
        onward(at, correction(at, former), "published")
        return again(former)
    if state == "discarded":
        later = correction(at, in_state(at, "published", year))
        return act(later, "discard", at.disclosure_officer, reason="不需要更正")
    return onward(at, drafting(at, year), state)


def correction(at: Staffed, published: ReportEdition) -> ReportEdition:
    """A correction begun."""
    made = reports.correct(published.report, explanation="表三一处数字有误。", by=at.disclosure_officer)
    return again(made)


def submission(at: Staffed, state: str = "submitted", *, by: Any = None, year: int = YEAR) -> Submission:
    """Handed in; ``by``: whoever of the supervising office took it or sent it back."""
    edition = in_state(at, "approved", year)
    made = reports.submit(edition.report, by=at.disclosure_officer)
    events = {"returned": ("send_back", {"reason": "请核对表三"}), "accepted": ("accept", {})}
    if state in events:
        event, given = events[state]
        fire(SUBMISSION, made, event, by=by, given=given)
    return Submission.objects.select_related("report__agency", "edition").get(pk=made.pk)


def in_january(year: int) -> Any:
    """The time in which the report of that year is written."""
    return on(date(year + 1, 1, 10))


def yesterday() -> date:
    return moment.today() - timedelta(days=1)
