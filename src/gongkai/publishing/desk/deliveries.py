"""渠道投递 for who looks after the outlets: what waits, what failed for good, how far each follower has read."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.agencies.officers import Officer
from gongkai.agencies.roles import Role
from gongkai.agencies.tokens import ApiToken
from gongkai.ledger import followers
from gongkai.ledger.positions import Position
from gongkai.publishing.actions import dead_letters
from gongkai.publishing.desk import notices
from gongkai.publishing.outlets import contract
from gongkai.publishing.parcels import Delivery, DeliveryState, OutletSetting
from gongkai.publishing.rail import OPERATORS

PAGE_SIZE = 50


@require_GET
@desk_view(*OPERATORS)
def deliveries(request: DeskRequest) -> HttpResponse:
    """Deliveries of the agency by state, newest first (keyset by ``before``), and the followers of the ledger."""
    agency_id = request.user.agency_id
    state = request.GET.get("state", "")
    chosen = state if state in DeliveryState.values else ""
    labels = {one.key: one.label for one in contract.all_outlets()}
    rows = Delivery.objects.filter(agency_id=agency_id).select_related("document", "document__live").order_by("-id")
    if chosen:
        rows = rows.filter(state=chosen)
    before = request.GET.get("before", "")
    if before.isdigit():
        rows = rows.filter(pk__lt=int(before))
    page = list(rows[: PAGE_SIZE + 1])
    context = {
        "tabs": _tabs(agency_id, chosen),
        "rows": [{"delivery": row, "outlet": labels.get(row.outlet, row.outlet)} for row in page[:PAGE_SIZE]],
        "state": chosen,
        "further": f"?state={chosen}&before={page[PAGE_SIZE - 1].pk}" if len(page) > PAGE_SIZE else "",
        "outlets": _outlets(agency_id, labels),
        "followers": _followers() if _keeps_the_installation(request.user) else [],
        "now": timezone.now(),
        "undo": None,
    }
    return render(request, "publishing/deliveries.html", context)


@require_POST
@desk_view(*OPERATORS)
def retry(request: DeskRequest, pk: int) -> HttpResponse:
    """Try a dead delivery again at once."""
    row = _delivery_or_404(request.user, pk)
    dead_letters.retry(row, by=request.user)
    notices.done(request, "已重新排入投递，稍后看结果。")
    return HttpResponseRedirect(f"{reverse('desk:deliveries')}?state=dead")


@require_POST
@desk_view(*OPERATORS)
def skip(request: DeskRequest, pk: int) -> HttpResponse:
    """Give a dead delivery up, so that later ones of the document can go."""
    row = _delivery_or_404(request.user, pk)
    dead_letters.skip(row, by=request.user)
    notices.done(request, "已放弃这次投递，同一文件后面的投递继续进行。")
    return HttpResponseRedirect(f"{reverse('desk:deliveries')}?state=dead")


@require_POST
@desk_view(Role.ADMIN)
def replay(request: DeskRequest, name: str) -> HttpResponse:
    """Send a follower back to the start of the ledger; it handles everything again, of every agency."""
    if not _keeps_the_installation(request.user):
        raise PermissionDenied("重放涉及全市各机关，由信息公开主管部门的系统管理员办理。")
    try:
        follower = followers.get(name)
    except KeyError:
        raise Http404("没有这个跟随者。") from None
    followers.replay(follower)
    notices.done(request, f"“{follower.label}”将从头重新处理，期间可照常工作。")
    return HttpResponseRedirect(reverse("desk:deliveries"))


def _keeps_the_installation(officer: Officer) -> bool:
    """Followers read for all agencies at once: they are looked after where the installation is."""
    return officer.agency.is_supervising and officer.holds((Role.ADMIN,))


def _delivery_or_404(officer: Officer, pk: int) -> Delivery:
    row = Delivery.objects.filter(pk=pk, agency_id=officer.agency_id).first()
    if row is None:
        raise Http404("没有这件投递。")
    return row


def _tabs(agency_id: int, chosen: str) -> list[dict[str, Any]]:
    counted = dict(
        Delivery.objects.filter(agency_id=agency_id).values_list("state").annotate(number=Count("pk")).order_by()
    )
    tabs = [{"label": "全部", "url": "?", "count": sum(counted.values()), "current": not chosen}]
    for state in (DeliveryState.DEAD, DeliveryState.PENDING, DeliveryState.SENT, DeliveryState.SUPERSEDED):
        tabs.append(
            {
                "label": state.label,
                "url": f"?state={state.value}",
                "count": counted.get(state.value, 0),
                "current": chosen == state.value,
            }
        )
    return tabs


def _outlets(agency_id: int, labels: dict[str, str]) -> list[dict[str, Any]]:
    """Every outlet: whether the agency uses it, and how its deliveries stand. Three queries."""
    enabled = dict(OutletSetting.objects.filter(agency_id=agency_id).values_list("outlet", "enabled"))
    told = ApiToken.objects.filter(agency_id=agency_id, revoked_at=None).exclude(callback_url="")
    enabled["callback"] = told.exists()
    counted: dict[str, dict[str, int]] = {}
    grouped = Delivery.objects.filter(agency_id=agency_id).values_list("outlet", "state").annotate(number=Count("pk"))
    for outlet, state, number in grouped.order_by():
        counted.setdefault(outlet, {})[state] = number
    return [
        {"label": label, "enabled": enabled.get(key, False), "known": key in enabled, **_numbers(counted.get(key, {}))}
        for key, label in labels.items()
    ]


def _numbers(by_state: dict[str, int]) -> dict[str, int]:
    return {state.value: by_state.get(state.value, 0) for state in DeliveryState}


def _followers() -> list[dict[str, Any]]:
    """How far each follower has read; one query for the positions and one each for its lag."""
    positions = {one.follower: one for one in Position.objects.all()}
    return [
        {"name": one.name, "label": one.label, "lag": followers.lag(one), "position": positions.get(one.name)}
        for one in followers.all_followers()
    ]
