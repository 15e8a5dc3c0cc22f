"""公众在搜什么: how much is searched on the agency's site, what for, and what was not found."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.search import queries
from gongkai.search.desk.drawing import HEIGHT, WIDTH, bars
from gongkai.search.desk.tabs import tabs
from gongkai.search.reviewing import SHOWN_TO_STAFF_FROM

_DAYS = 30


@require_GET
@desk_view(*queries.KEEPERS)
def asked(request: DeskRequest) -> HttpResponse:
    """The last thirty days: three queries whatever was searched."""
    today = timezone.localdate()
    since = today - timedelta(days=_DAYS - 1)
    days = queries.access_searches_by_day(request.user, since, today)
    total, missed = sum(one for _, one, _ in days), sum(one for _, _, one in days)
    context = {
        "tabs": tabs("searchdesk:asked"),
        "days": _DAYS,
        "bars": bars(days),
        "width": WIDTH,
        "height": HEIGHT,
        "total": total,
        "missed": missed,
        "share": round(100 * missed / total) if total else 0,
        "unfound": queries.access_asked(request.user, since, found=False),
        "found": queries.access_asked(request.user, since, found=True),
        "threshold": SHOWN_TO_STAFF_FROM,
    }
    return render(request, "search/desk/asked.html", context)
