"""A report as a file to look at before it is published; and a frozen one against what the records say today."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.ledger.timeline import moments
from gongkai.oversight.annual_report import comparing
from gongkai.oversight.annual_report.rendering.forms import DOWNLOADS
from gongkai.oversight.annual_report.standing import Standing
from gongkai.oversight.desk.report import edition_or_404
from gongkai.oversight.desk.reports import STAFF_ROLES


@require_GET
@desk_view(*STAFF_ROLES)
def changes(request: DeskRequest, year: int) -> HttpResponse:
    """Which numbers would be others today, and what happened since."""
    edition = edition_or_404(request, year)
    found = comparing.differences(edition)
    entries = comparing.entries_since(edition) if edition.frozen_at and found else []
    context = {
        "report": edition.report,
        "edition": edition,
        "found": found,
        "lines": list(zip(moments(entries), [entry.subject_label for entry in entries], strict=True)),
        "undo": None,
    }
    return render(request, "oversight/desk/changes.html", context)


@require_GET
@desk_view(*STAFF_ROLES)
def preview(request: DeskRequest, year: int, ending: str) -> HttpResponse:
    """The report as it would be published, in one of its forms."""
    edition = edition_or_404(request, year)
    form = DOWNLOADS.get(ending)
    if form is None:
        raise Http404("没有这种文件。")
    response = HttpResponse(form.make(Standing(edition).value), content_type=form.content_type)
    response["Content-Disposition"] = f'attachment; filename="annual-report-{year}.{ending}"'
    return response
