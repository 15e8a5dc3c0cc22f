"""What an agency has written down for its annual reports, and the reports themselves."""

from datetime import date
from decimal import Decimal
from typing import Any

from tests.factories import reports
from tests.factories.people import Staffed

from gongkai.oversight.actions import registers
from gongkai.oversight.actions.registers import Entered
from gongkai.oversight.actions.reports import save
from gongkai.oversight.annual_report.editions import Submission
from gongkai.oversight.annual_report.registers import Training

REPORT_YEAR = reports.YEAR


def write(at: Staffed, words: str, *, begun: bool = True) -> tuple[Training, Submission | None]:
    """A training, a department's figures and what it was reminded of; the year's draft, and last year's handed in."""
    by = at.disclosure_officer
    facts: dict[str, Any] = {"held_on": date(2025, 3, 4), "subject": f"关于{words}的培训", "people": 9}
    training = registers.save_training(at.agency, by=by, **facts)
    registers.assign(at.department, "penalty_decisions", since=date(REPORT_YEAR, 1, 1), by=by)
    entered = Entered("penalty_decisions", REPORT_YEAR, 1, Decimal(3), note=f"关于{words}")
    registers.enter(at.department, [entered], by=at.drafter)
    registers.remind(at.department, REPORT_YEAR, text=f"关于{words}的数据", by=by)
    if not begun:
        return training, None
    submission = reports.submission(at, year=REPORT_YEAR - 1)
    save(reports.drafting(at), by=by, version=None, chapters={5: f"关于{words}的问题。"})
    return training, submission
