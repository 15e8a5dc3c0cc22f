"""What the enumeration tries the procedures of annual reports with: an edition and a submission in every state."""

from collections.abc import Callable
from typing import Any

from tests.factories import people, reports
from tests.factories.people import Staffed

from gongkai.ledger import moment
from gongkai.oversight.annual_report.editions import Origin, ReportEdition, Submission
from gongkai.oversight.annual_report.procedures import REPORT, SUBMISSION


def edition_in(at: Staffed, state: str) -> ReportEdition:
    """The published edition of a report, or a further one as if it had been read from a file and come so far: any event
    of the state is then possible."""
    report = at.agency.annual_reports.filter(year=reports.YEAR).first()
    published = reports.in_state(at, "published") if report is None else reports.again(report.editions.get(number=1))
    if state == "published":
        return published
    published.pk, published.number = None, published.report.editions.count() + 1
    published.state, published.origin, published.editors, published.explanation = state, Origin.READ, [], "更正一处"
    published.save()
    return reports.again(published)


def submission_in(at: Staffed, state: str) -> Submission:
    """Handed in for another year for each state."""
    year = reports.YEAR - len(at.agency.annual_reports.all())
    office = people.staffed("澜川市人民政府政务公开办公室", is_supervising=True)
    return reports.submission(at, state, by=office.disclosure_officer, year=year)


SUBJECTS: dict[str, Callable[[Staffed, str], Any]] = {REPORT.key: edition_in, SUBMISSION.key: submission_in}


def facts() -> dict[str, Any]:
    """What the events ask for."""
    return {"published_on": moment.today(), "lacking": "处室撤销"}
