"""登记申请: staff enter what did not come on the site; the day of receipt is explained while its dates are typed."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.applications.actions import registering as actions
from gongkai.applications.clock_facts import Clocks
from gongkai.applications.desk.register_forms import BY_STAFF, ItemFormSet, RegisterForm, WantedForm, wanted
from gongkai.law.calendar import CalendarRangeError
from gongkai.law.clock import Channel, History, HistoryError, Received, timeline
from gongkai.procedures.engine import Refused
from gongkai.publishing.desk import notices, uploading


@uploading.bounded
@require_http_methods(["GET", "POST"])
@desk_view("disclosure_officer")
def new(request: DeskRequest) -> HttpResponse:
    """The form. ``more`` offers one more item, ``explain`` tells the day of receipt; neither saves anything."""
    if request.method != "POST":
        return _page(request, RegisterForm(request=request), ItemFormSet(prefix="items"))
    if request.POST.get("more") or request.POST.get("explain"):
        form, problems = RegisterForm.typed(request)
        for one in problems:
            notices.failed(request, one)
        return _page(request, form, _one_more(request))
    if (known := actions.registered(request.user.agency, request.POST.get("submission", ""))) is not None:
        return HttpResponseRedirect(known.get_absolute_url())
    form, items = RegisterForm(request.POST, request.FILES, request=request), ItemFormSet(request.POST, prefix="items")
    if not (form.is_valid() & items.is_valid()):
        return _page(request, form, items, status=422)
    came = form.received(wanted(items))
    try:
        case = actions.register(request.user.agency, came, form.cleaned_data["scans"], by=request.user)
    except Refused as refused:
        form.add_error("scans", refused.reasons)
        return _page(request, form, items, status=422)
    notices.done(request, f"已登记：{case.number}，现在是“{case.get_state_display()}”。")
    return HttpResponseRedirect(case.get_absolute_url())


@require_GET
@desk_view("disclosure_officer")
def receipt(request: DeskRequest) -> HttpResponse:
    """The day of receipt for the dates as typed, for a page that does not reload."""
    return render(request, "applications/desk/receipt.html", {"receipt": explained(request.GET)})


def _page(request: DeskRequest, form: RegisterForm, items: Any, status: int = 200) -> HttpResponse:
    typed = request.POST or {"arrived_on": str(form.get_initial_for_field(form.fields["arrived_on"], "arrived_on"))}
    context = {"form": form, "items": items, "receipt": explained(typed), "undo": None}
    return render(request, "applications/desk/register.html", context, status=status)


def _one_more(request: HttpRequest) -> Any:
    """The items as typed, and one more where that was asked for."""
    data = request.POST.copy()
    more = 1 if request.POST.get("more") else 0
    total = data.get("items-TOTAL_FORMS", "1")
    number = min(int(total) if total.isdecimal() else 1, 50)
    names = ("name", "document_number", "features")
    typed = [{name: data.get(f"items-{place}-{name}", "") for name in names} for place in range(number)]
    made = forms.formset_factory(WantedForm, extra=0, max_num=50)
    return made(initial=[*typed, *({} for _ in range(more))], prefix="items")


def explained(given: Any) -> dict[str, Any]:
    """What the dates make of the day of receipt: the rule with its article, what is missing, the days that follow."""
    channel = str(given.get("channel") or "")
    arrived = _day(given.get("arrived_on"))
    if channel not in {one.value for one in BY_STAFF} or arrived is None:
        return {"empty": "选择接收渠道、填写到达日期后，这里说明收到申请之日和期限。"}
    came = Received(Channel(channel), arrived, _day(given.get("signed_on")), _day(given.get("confirmed_on")))
    clocks = Clocks()
    try:
        line = timeline(History([came]), clocks.calendar, clocks.today, clocks.readings)
    except (HistoryError, CalendarRangeError) as error:
        return {"problem": str(error)}
    return {"line": line}


def _day(given: Any) -> date | None:
    try:
        return date.fromisoformat(str(given or ""))
    except ValueError:
        return None
