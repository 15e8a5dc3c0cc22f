"""告知情况: what the agency sent, to whom (masked), and what became of it; what failed is sent again here."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Prefetch
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.agencies.officers import Officer
from gongkai.telling import status
from gongkai.telling.actions import again as actions
from gongkai.telling.desk.paging import page_of
from gongkai.telling.messages import EnvelopeState, Message

PAGE_SIZE = 50
_ORDER = ("bounced", "failed", "waiting", "sent", "delivered", "filed")


@never_cache
@require_GET
@desk_view(*sorted(status.LOG_READERS))
def log(request: DeskRequest) -> HttpResponse:
    """Mails and short messages by state, newest first."""
    state = request.GET.get("state", "")
    chosen = state if state in EnvelopeState.values else ""
    rows = status.access_log(request.user)
    if chosen:
        rows = rows.filter(state=chosen)
    rows = rows.prefetch_related(Prefetch("messages", Message.objects.order_by("id")))
    page, before = page_of(rows, request.GET.get("before", ""), PAGE_SIZE)
    context = {
        "rows": [{"envelope": one, "told": _told(one)} for one in page],
        "tabs": _tabs(request.user, chosen),
        "state": chosen,
        "further": f"?state={chosen}&before={before}" if before else "",
    }
    return render(request, "telling/log.html", context)


@require_POST
@desk_view(*sorted(status.LOG_READERS))
def again(request: DeskRequest, pk: int) -> HttpResponse:
    """Send one again, and go back to where this was asked for (the log, or the page of a case)."""
    envelope = status.access_log(request.user).filter(pk=pk).first()
    if envelope is None:
        raise Http404("没有这封邮件或短信。")
    if actions.retry(envelope, by=request.user):
        messages.success(request, "已重新排入发送，稍后看结果。")
    else:
        messages.error(request, "这一件没有失败，也没有被退回，不必重发。")
    then = request.POST.get("then", "")
    return HttpResponseRedirect(then if url_has_allowed_host_and_scheme(then, None) else reverse("telling:log"))


def _told(envelope: Any) -> list[status.Told]:
    """The rows of its messages; the envelope is put in, so that none of them asks for it."""
    lines = []
    for one in envelope.messages.all():
        one.envelope, one.officer = envelope, envelope.officer
        lines.append(status.told(one))
    return lines


def _tabs(officer: Officer, chosen: str) -> list[dict[str, Any]]:
    counted = dict(status.access_log(officer).order_by().values_list("state").annotate(number=Count("pk")))
    tabs = [{"label": "全部", "url": "?", "count": sum(counted.values()), "current": not chosen}]
    for key in _ORDER:
        label = EnvelopeState(key).label
        tabs.append({"label": label, "url": f"?state={key}", "count": counted.get(key, 0), "current": chosen == key})
    return tabs
