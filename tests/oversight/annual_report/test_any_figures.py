"""Whatever the figures are, they read back as they were rendered; both formats, official layout and messy styles."""

from hypothesis import given, settings
from tests.law.annual_report.made import HEADINGS, holding
from tests.oversight.annual_report import messy
from tests.oversight.annual_report.samples import numbers

from gongkai.law.annual_report.figures import Figures
from gongkai.law.annual_report.wording import Narrative
from gongkai.oversight.annual_report.reading.report import read
from gongkai.oversight.annual_report.rendering.forms import FORMS
from gongkai.oversight.annual_report.reports import Report

AGENCY = "澜川市城市管理委员会"


def report(figures: Figures) -> Report:
    title = f"{AGENCY}{figures.year}年政府信息公开工作年度报告"
    return Report(agency=AGENCY, figures=figures, narrative=Narrative(title, "", {1: "略。"}, HEADINGS))


@given(holding())
@settings(max_examples=8, deadline=None)
def test_any_figures_read_back(figures: Figures) -> None:
    made = report(figures)
    for data, name in (
        (FORMS["html"].make(made), "a.html"),
        (messy.pasted(made), "a.html"),
        (messy.copied(made), "a.txt"),
        (FORMS["xlsx"].make(made), "a.xlsx"),
    ):
        back = read(name, data)
        assert numbers(back.figures) == numbers(figures)
        assert (back.figures.format, back.year, back.agency) == (figures.format, figures.year, AGENCY)
