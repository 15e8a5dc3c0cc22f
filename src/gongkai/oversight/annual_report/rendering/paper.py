"""A report on official paper (PDF), by WeasyPrint."""

from __future__ import annotations

from django.template.loader import render_to_string

from gongkai.oversight.annual_report.rendering import page
from gongkai.oversight.annual_report.reports import Report
from gongkai.texts import printing


def pdf(report: Report) -> bytes:
    """The report on paper. Raises CannotPrint where the system lacks the libraries."""
    return printing.pdf(
        render_to_string("oversight/report/sheet.html", {"report": report, "body": page.fragment(report)})
    )
