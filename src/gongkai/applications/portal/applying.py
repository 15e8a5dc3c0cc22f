"""``/apply/``: one page to fill in, one to look over, and the application is made. All of it works without a script.

Between the two pages nothing is kept here but the files (sealed, without an owner): what was typed travels in the form.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from gongkai.agencies.bodies import Agency
from gongkai.agencies.queries import agencies_on
from gongkai.applications import offering
from gongkai.applications.actions import offering as counting
from gongkai.applications.portal import account, addressed, doors, receipt, submitting
from gongkai.applications.portal.forms import ApplicantForm, ItemForm, Items
from gongkai.applications.portal.submitting import LookingOver
from gongkai.catalog.columns import ColumnKind
from gongkai.catalog.portal.frame import Frame
from gongkai.interfaces import once
from gongkai.interfaces.uploads.fields import UploadField

_CHECKS = "60/h"


@dataclass
class Filled:
    """The form as it was sent, or an empty one."""

    request: HttpRequest
    frame: Frame
    agency: Agency
    form: ApplicantForm
    items: Items

    def is_valid(self) -> bool:
        rest = self.items.is_valid()  # both are looked at, so that everything wrong is said at once
        return self.form.is_valid() and rest

    def forget_errors(self) -> None:
        """Nobody asked for a check: files are taken, nothing is said yet of what is still missing."""
        self.is_valid()
        for one in (self.form, *self.items):
            one.errors.clear()

    def hidden(self) -> list[tuple[str, str]]:
        """Everything the form says as hidden fields of the next page; files by the tokens of what arrived."""
        uploads = {name for name, one in self.form.fields.items() if isinstance(one, UploadField)}
        names = set(self.form.fields) - uploads - {"website"} | {"items"}
        names |= {f"{item.prefix}-{name}" for item in self.items for name in ItemForm.base_fields}
        said = [(name, value) for name, values in self.request.POST.lists() if name in names for value in values]
        tokens = [(f"{name}-token", one.token) for name in sorted(uploads) for one in self.form.cleaned_data[name]]
        return said + tokens


@doors.personal("GET", "POST")
def start(request: HttpRequest) -> HttpResponse:
    """``/apply/``: the form of the host's agency; on the city's portal, whom to ask comes first."""
    frame = Frame(request)
    return choose(frame) if frame.agency.is_city else _answer(frame, frame.agency)


@doors.personal("GET", "POST")
def to(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of an agency served by this site; one with a site of its own has it there."""
    return _answer(Frame(request), addressed.by_slug(slug))


def _answer(frame: Frame, agency: Agency) -> HttpResponse:
    """The form, or where it is: a body that ended is asked no more, but whoever took over from it."""
    heir = addressed.heir(agency, frame.today)
    if heir != agency or not frame.sites.served_here(heir.pk):
        return HttpResponseRedirect(addressed.form_address(frame, heir))
    return _apply(frame, heir)


def choose(frame: Frame) -> HttpResponse:
    """Which agency: by name, and by what it does."""
    typed = " ".join(frame.request.GET.get("q", "")[:100].split())
    context = {
        "crumbs": frame.crumbs(_way(frame), "选择机关"),
        "typed": typed,
        "canonical": frame.sites.absolute(frame.agency.pk, frame.request.path),
        "offers": addressed.offers(frame, typed),
        "everybody": [] if not typed else addressed.offers(frame, ""),
    }
    return frame.page("applications/portal/choose.html", context, way=_way(frame), labels=labels(frame))


def _apply(frame: Frame, agency: Agency) -> HttpResponse:
    request = frame.request
    if request.method != "POST":
        first = " ".join(request.GET.get("name", "")[:300].split())
        initial = account.prefilled(request)
        empty = Filled(
            request, frame, agency, ApplicantForm(request=request, initial=initial), Items(None, first=first)
        )
        return _form(empty)
    step = request.POST.get("step", "check")
    data = _without(request.POST, step)
    filled = Filled(request, frame, agency, ApplicantForm(data, request.FILES, request=request), Items(data))
    if (made := _made(request)) is not None:
        return made
    if step not in ("check", "submit"):
        filled.forget_errors()
        return _form(filled)
    if not filled.is_valid():
        answer = _form(filled, status=422)
    else:
        answer = _look_over(filled) if step == "check" else _submit(filled)
    # Sent twice at the same moment, the other one may have been faster and used up what this one is refused for.
    faster = _made(request) if answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY else None
    return answer if faster is None else faster


def _made(request: HttpRequest) -> HttpResponse | None:
    """Where the form led when it was sent before."""
    known = once.first_result(request.POST.get(once.FIELD, ""), purpose=receipt.PURPOSE)
    return None if known is None else receipt.lead_to(request, request.POST[once.FIELD], known)


def _submit(filled: Filled) -> HttpResponse:
    looking = LookingOver(filled.request)
    if looking.honest():
        made = submitting.submit(filled.request, filled.agency, filled.form, filled.items, looking)
        if made is not None:
            if filled.form.cleaned_data["offered"]:
                counting.count(filled.agency, "asked")
            return receipt.lead_to(filled.request, filled.form.cleaned_data[once.FIELD], made)
    return _look_over(filled, looking)


def _look_over(filled: Filled, looking: LookingOver | None = None) -> HttpResponse:
    """Everything once more, what may be public already, and the button that makes the application."""
    request, form = filled.request, filled.form
    if looking is None and (seconds := doors.wait(request, "check", _CHECKS)):
        form.add_error(None, f"提交得太频繁，请{doors.patience(seconds)}后再试。填写的内容都还在。")
        return _form(filled, status=429)
    wanted = [f"{item.cleaned_data['name']} {item.cleaned_data['document_number']}" for item in filled.items]
    found = offering.answers(request, filled.agency, wanted)
    hidden = filled.hidden()
    if found and not form.cleaned_data["offered"]:
        counting.count(filled.agency, "shown")
        hidden = [pair for pair in hidden if pair[0] != "offered"] + [("offered", "1")]
    context = {
        "crumbs": filled.frame.crumbs(_way(filled.frame), "核对并提交"),
        "agency_applied_to": filled.agency,
        "form": form,
        "items": list(filled.items),
        "answers": [{"answer": one, "go": submitting.tracked(filled.agency, one.url)} for one in found],
        "looking": looking or LookingOver(None),
        "hidden": hidden,
        "told": submitting.told(form),
    }
    status = 200 if looking is None else looking.status
    return filled.frame.page(
        "applications/portal/review.html", context, way=_way(filled.frame), labels=labels(filled.frame), status=status
    )


def _form(filled: Filled, *, status: int = 200) -> HttpResponse:
    frame = filled.frame
    wrong = len(filled.form.errors) + filled.items.errors if filled.form.is_bound else 0
    context = {
        "crumbs": frame.crumbs(_way(frame), "在线申请"),
        "agency_applied_to": filled.agency,
        "form": filled.form,
        "items": filled.items,
        "canonical": frame.sites.absolute(filled.agency.pk, addressed.form_path(frame, filled.agency)),
        "wrong": wrong,
        "contact": getattr(filled.agency, "contact", None),
        "account": account.offered(filled.request),
        "others": filled.frame.agency.is_city and len(agencies_on()) > 1,
    }
    return frame.page("applications/portal/form.html", context, way=_way(frame), labels=labels(frame), status=status)


def labels(frame: Frame) -> dict[str, str]:
    """Page labels of everything about applying."""
    column = frame.column_of_kind(ColumnKind.APPLY)
    if column is not None:
        return frame.column_labels(column)
    return {"ColumnName": "依申请公开", "ColumnDescription": f"向{frame.agency.name}申请公开政府信息"}


def _way(frame: Frame) -> list[Any]:
    column = frame.column_of_kind(ColumnKind.APPLY)
    return frame.way_to(column) if column is not None else []


def _without(data: QueryDict, step: str) -> QueryDict:
    """What was sent with one item more, or without one."""
    changed = data.copy()
    count = len(Items(data))
    if step == "more":
        changed["items"] = str(count + 1)
    elif step.startswith("drop-") and step[5:].isdigit() and count > 1:
        gone = int(step[5:])
        for place in range(gone, count):
            for name in ItemForm.base_fields:
                changed[f"item-{place}-{name}"] = data.get(f"item-{place + 1}-{name}", "")
        changed["items"] = str(count - 1)
    return changed
