"""消息: what the desk tells an officer, and how that officer wants to be told elsewhere."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.agencies.desk.forms import take_errors
from gongkai.telling import status
from gongkai.telling.actions import choices, reading
from gongkai.telling.arrangements import Preference, Way
from gongkai.telling.desk.forms import PreferenceForm
from gongkai.telling.desk.paging import page_of

PAGE_SIZE = 50


@never_cache
@require_GET
@desk_view()
def bell(request: DeskRequest) -> HttpResponse:
    """One's own messages, newest first; all, or those not read."""
    unread_only = request.GET.get("show") == "unread"
    rows = status.access_bell(request.user)
    if unread_only:
        rows = rows.filter(read_at=None)
    page, before = page_of(rows, request.GET.get("before", ""), PAGE_SIZE)
    context = {
        "rows": page,
        "unread": status.unread(request.user),
        "unread_only": unread_only,
        "up_to": page[0].pk if page else 0,
        "tabs": _tabs(status.unread(request.user), unread_only),
        "further": f"?show={'unread' if unread_only else ''}&before={before}" if before else "",
    }
    return render(request, "telling/bell.html", context)


@require_POST
@desk_view()
def open_(request: DeskRequest, pk: int) -> HttpResponse:
    """Mark one as read and go where it leads."""
    message = status.access_bell(request.user).filter(pk=pk).first()
    if message is None:
        raise Http404("没有这条消息。")
    reading.mark_read(message, by=request.user)
    onward = message.url if url_has_allowed_host_and_scheme(message.url, None) else ""
    return HttpResponseRedirect(onward or reverse("telling:bell"))


@require_POST
@desk_view()
def read_all(request: DeskRequest) -> HttpResponse:
    """Mark as read what the page showed and everything before it."""
    up_to = request.POST.get("up_to", "")
    if up_to.isdigit():
        number = reading.mark_all_read(by=request.user, up_to=min(int(up_to), 2**63 - 1))
        messages.success(request, f"已将{number}条消息标为已读。")
    return redirect("telling:bell")


@never_cache
@require_http_methods(["GET", "POST"])
@desk_view()
def preference(request: DeskRequest) -> HttpResponse:
    """How one wants to be told."""
    row = Preference.objects.filter(officer=request.user).first() or Preference(officer=request.user)
    initial = {"way": row.way, "sms_urgent": row.sms_urgent, **choices.addresses_of(row)}
    form = PreferenceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"way": Way(form.cleaned_data["way"])}
        try:
            choices.prefer(request.user, by=request.user, **given)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, "已保存。")
            return redirect("telling:preference")
    return render(request, "telling/preference.html", {"form": form})


def _tabs(unread: int, unread_only: bool) -> list[dict[str, Any]]:
    return [
        {"label": "全部", "url": "?", "current": not unread_only, "count": ""},
        {"label": "未读", "url": "?show=unread", "current": unread_only, "count": unread},
    ]
