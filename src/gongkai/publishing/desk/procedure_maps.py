"""办理流程: every procedure as its drawing and its table, with the place where one subject stands."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.procedures.diagrams import matrix
from gongkai.procedures.registry import all_procedures
from gongkai.publishing.desk.documents import document_or_404
from gongkai.publishing.desk.drawing import draw
from gongkai.publishing.desk.review import edition_or_404
from gongkai.publishing.procedures import DOCUMENT, EDITION


@require_GET
@desk_view()
def procedures(request: DeskRequest) -> HttpResponse:
    """All procedures; ``edition`` or ``document`` (ids) marks where that one stands."""
    here: dict[str, Any] = {}
    edition, document = request.GET.get("edition", ""), request.GET.get("document", "")
    if edition.isdigit():
        here[EDITION.key] = edition_or_404(request.user, int(edition))
    if document.isdigit():
        here[DOCUMENT.key] = document_or_404(request.user, int(document))
    shown = sorted(all_procedures(), key=lambda one: one.key not in here)
    maps = []
    for procedure in shown:
        subject = here.get(procedure.key)
        heading, *rows = matrix(procedure)
        maps.append(
            {
                "procedure": procedure,
                "subject": subject,
                "state": procedure.state(subject.state) if subject else None,
                "drawing": draw(procedure, subject.state if subject else ""),
                "heading": heading,
                "rows": rows,
            }
        )
    return render(request, "publishing/procedures.html", {"maps": maps, "undo": None})
