"""What this package puts on the desk's rail."""

from gongkai.agencies.navigation import Entry, register
from gongkai.agencies.officers import Officer
from gongkai.oversight.annual_report.editions import ReportEdition, ReportState
from gongkai.oversight.annual_report.powers import DEPARTMENTS, OFFICE, STAFF

_MINE = {
    ReportState.OFFICE_REVIEW: "office_reviewer",
    ReportState.HEAD_REVIEW: "disclosure_head",
    ReportState.LEADER_REVIEW: "leader",
    ReportState.APPROVED: "disclosure_officer",
}


def register_entries() -> None:
    """Declare the entries; called once, when the application is ready."""
    register(Entry("年度报告", "oversight:reports", "公开", STAFF, count=waiting))
    register(Entry("年报数据", "oversight:figures", "公开", OFFICE | DEPARTMENTS))
    register(Entry("各机关年报", "oversight:supervised", "监督", OFFICE, supervising=True))


def waiting(officer: Officer) -> int | None:
    """Reports that wait for this officer; one query."""
    states = [state for state, role in _MINE.items() if role in officer.roles]
    if not states:
        return None
    return ReportEdition.objects.filter(report__agency_id=officer.agency_id, state__in=states).count() or None
