"""卷宗: a case on paper, with cover, contents and course; and what a fee would come to."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.applications.applications import Application
from gongkai.applications.clock_drawing import draw
from gongkai.applications.desk import rows
from gongkai.applications.desk.case import case_or_404, prepare
from gongkai.applications.desk.decision import decided
from gongkai.applications.dispatch import LetterState
from gongkai.applications.files import FileRole
from gongkai.applications.procedures import APPLICATION
from gongkai.law import fees
from gongkai.publishing.desk import notices

_MOST = 1_000_000


@require_GET
@desk_view()
def dossier(request: DeskRequest, pk: int) -> HttpResponse:
    """Everything of a case in the order of its file, to read and to print; the applicant stays masked."""
    case = prepare(case_or_404(request.user, pk))
    line = case.__dict__["clocks"].read(case).line
    entries = notices.history(*rows.subjects(case))
    context = {
        "case": case,
        "state": APPLICATION.state(case.state),
        "header": rows.header(case),
        "line": line,
        "drawing": draw(line) if line is not None else None,
        "items": [{"item": one, "decided": decided(one)} for one in case.items.all()],
        "contents": contents(case),
        "timeline": notices.lines(entries, newest_first=False),
    }
    return render(request, "applications/desk/dossier.html", context)


def contents(case: Application) -> list[dict[str, Any]]:
    """卷内目录: letters (void ones say so) and files in the order in which they came to be."""
    found: list[tuple[Any, dict[str, Any]]] = []
    for letter in case.letters.all():
        day = letter.dated or letter.created_at.date()
        note = "文书" if letter.state != LetterState.VOID else "文书，已作废"
        found.append((letter.created_at, {"title": letter.title, "number": letter.number, "day": day, "note": note}))
    for file in case.files.all():
        if file.role == FileRole.LETTER:  # the sheet of a letter, which stands here already
            continue
        row = {"title": file.name, "number": "", "day": file.at.date(), "note": file.get_role_display()}
        found.append((file.at, row))
    return [row for _, row in sorted(found, key=lambda one: one[0])]


@require_GET
@desk_view()
def fee(request: DeskRequest, pk: int) -> HttpResponse:
    """What the tariff makes of a quantity, line by line, before anybody is asked to pay."""
    case = case_or_404(request.user, pk)
    quantity, before = _number(request, "quantity"), _number(request, "before")
    by_count = request.GET.get("basis") == "count"
    charge = fees.by_count(quantity, before=before) if by_count else fees.by_pages(quantity)
    context = {"case": case, "charge": charge, "total": fees.yuan(charge.total), "quantity": quantity}
    part = request.headers.get("HX-Request") == "true"
    return render(request, f"applications/desk/{'fee' if part else 'fee_page'}.html", context)


def _number(request: DeskRequest, name: str) -> int:
    given = request.GET.get(name, "")
    return min(int(given), _MOST) if given.isdecimal() and len(given) < 10 else 0
