"""Django finds the models of this package here; they stand with their subjects."""

from gongkai.oversight.annual_report.editions import AnnualReport, FindingAnswer, Reminder, ReportEdition, Submission
from gongkai.oversight.annual_report.registers import FigureAssignment, MonthlyFigure, Training

__all__ = [
    "AnnualReport",
    "FigureAssignment",
    "FindingAnswer",
    "MonthlyFigure",
    "Reminder",
    "ReportEdition",
    "Submission",
    "Training",
]
