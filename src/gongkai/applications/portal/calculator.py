"""``/apply/calculator/``: when is the answer due? For anyone: a plain form, nothing kept, nobody in its address."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode

from gongkai.applications.calculating import compute
from gongkai.applications.clock_drawing import draw
from gongkai.applications.portal import applying, doors
from gongkai.applications.portal.history_form import HistoryForm
from gongkai.catalog.portal.frame import Frame
from gongkai.law import clock
from gongkai.law.clock import DocumentError, Timeline

_COMPUTED = "60/m"
_ACT = re.compile(r"acts\[(\d+)\](?:\.(\w+))?")


@doors.personal("GET")
def calculator(request: HttpRequest) -> HttpResponse:
    """The empty form; with something in the address, the form as filled and what follows from it."""
    asked = {name: str(value) for name, value in request.GET.items() if str(value).strip()}
    if len(asked) < len(request.GET):  # the address one hands on says only what matters
        return HttpResponseRedirect(f"{request.path}?{urlencode(asked)}" if asked else request.path)
    frame, status = Frame(request), 200
    form = HistoryForm(asked or None)
    line = None
    if asked and (seconds := doors.wait(request, "calculator", _COMPUTED)):
        form.add_error(None, f"计算得太频繁，请{seconds}秒后再试。")
        status = 429
    elif asked:
        line = _computed(form)
        status = 200 if line is not None else 422
    context = {
        "crumbs": frame.crumbs((), "答复期限计算"),
        "form": form,
        "canonical": frame.sites.absolute(frame.agency.pk, request.path),
        "address": request.build_absolute_uri() if line is not None else "",
    } | (_result(line) if line is not None else {})
    return frame.page("applications/portal/calculator.html", context, labels=applying.labels(frame), status=status)


def _computed(form: HistoryForm) -> Timeline | None:
    """The timeline; None with the errors at their fields."""
    if not form.is_valid():
        return None
    document, places = form.document()
    try:
        return compute(document)
    except DocumentError as error:
        words = str(error).removeprefix(f"{error.path}：")
        form.add_error(_field(form, places, error.path), f"{words}。")
        return None


def _field(form: HistoryForm, places: list[dict[str, str]], path: str) -> str | None:
    """The field of the form that an error in the document belongs to."""
    found = _ACT.match(path)
    if found and int(found[1]) < len(places):
        named = places[int(found[1])]
        return named.get(found[2] or "", next(iter(named.values()), None))
    return path if path in form.fields else "arrived" if path == "acts" else None


def _result(line: Timeline) -> dict[str, Any]:
    return {
        "line": line,
        "drawing": draw(line),
        "explanation": clock.explain(line),
        "steps": line.steps,
        "findings": line.findings,
        "differing": [
            {"label": one.label, "said": one.said(getattr(line.readings, one.key))} for one in line.readings.differing
        ],
    }
