"""A report with known faults, as a page that may be uploaded."""

from tests.law.annual_report.made import CHAPTERS, HEADINGS, built, changed, number

from gongkai.law.annual_report.wording import Narrative
from gongkai.oversight.annual_report.rendering.forms import FORMS
from gongkai.oversight.annual_report.reports import Report

AGENCY = "澜川市城市管理委员会"


def report(year: int = 2023) -> Report:
    """Table four adds up to 11 and says 0; the text says 9 new applications, the table 5; nothing on fees."""
    figures = changed(
        built(year, {"table3.granted.natural_person": 5, "table4.review.maintain": 10, "table4.review.correct": 1}),
        table4__review__total=number(0),
    )
    chapters = CHAPTERS | {3: "全年新收政府信息公开申请9件。", 6: "无。"}
    title = f"{AGENCY}{year}年政府信息公开工作年度报告"
    return Report(agency=AGENCY, figures=figures, narrative=Narrative(title, "", chapters, HEADINGS))


def html(year: int = 2023) -> bytes:
    return FORMS["html"].make(report(year))
