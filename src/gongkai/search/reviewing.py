"""Once a day the counts are reviewed: what is asked often becomes a suggestion, what is old or rare is forgotten."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from gongkai.ledger import clockwork
from gongkai.search.frequent import CountsReview, FrequentSearch, SearchCount

SHOWN_IN_PUBLIC_FROM = 10
"""How often a query must have been asked before others see it …"""
ON_DIFFERENT_DAYS = 3
"""… and on how many days: one person's evening at the keyboard makes nothing frequent."""
SHOWN_TO_STAFF_FROM = 3
"""Staff see what was searched only from this number on: a rare query may be about one person."""
LOOKED_AT_DAYS = 90
RARE_KEPT_DAYS = 30
KEPT_DAYS = 400
_MOST = 500


def next_review() -> datetime | None:
    """Midnight after the last review; at once when there was none yet; never while nothing was counted. Two queries."""
    if not SearchCount.objects.exists():
        return None
    last = CountsReview.objects.order_by("-day").values_list("day", flat=True).first()
    after = last + timedelta(days=1) if last else timezone.localdate()
    return timezone.make_aware(datetime.combine(after, time()))


def review_due(now: datetime) -> int:
    """Review the counts unless that was done today; of several workers one does it. Returns how many reviews."""
    due = next_review()
    if due is None or due > now:
        return 0
    try:
        with transaction.atomic():
            _review(timezone.localdate(now))
    except IntegrityError:  # another worker has just entered the day
        return 0
    return 1


def _review(today: date) -> None:
    CountsReview.objects.create(day=today)
    CountsReview.objects.filter(day__lt=today).delete()
    SearchCount.objects.filter(day__lt=today - timedelta(days=KEPT_DAYS)).delete()
    _forget_rare(today)
    FrequentSearch.objects.all().delete()
    recent = SearchCount.objects.filter(day__gt=today - timedelta(days=LOOKED_AT_DAYS)).order_by()
    rows = [FrequentSearch(agency_id=one, query=query, count=count) for one, query, count in _by_agency(recent)]
    rows += [FrequentSearch(query=query, count=count) for query, count in _often(recent.values("query"))[:_MOST]]
    FrequentSearch.objects.bulk_create(rows, batch_size=500)


def _often(grouped: QuerySet[SearchCount, Any]) -> QuerySet[SearchCount, tuple[str, int]]:
    found = grouped.annotate(total=Sum("count"), days=Count("day", distinct=True), found=Sum("hits"))
    often = Q(total__gte=SHOWN_IN_PUBLIC_FROM, days__gte=ON_DIFFERENT_DAYS, found__gt=0)
    return found.filter(often).order_by("-total", "query").values_list("query", "total")


def _by_agency(recent: QuerySet[SearchCount]) -> list[tuple[int, str, int]]:
    agencies = recent.values_list("agency", flat=True).distinct()
    return [
        (agency, query, count)
        for agency in agencies
        for query, count in _often(recent.filter(agency=agency).values("query"))[:_MOST]
    ]


def _forget_rare(today: date) -> None:
    """Delete what stayed below the staff's threshold over the whole time in which it is kept."""
    old = SearchCount.objects.filter(day__lt=today - timedelta(days=RARE_KEPT_DAYS)).order_by()
    for agency in old.values_list("agency", flat=True).distinct():
        counted = SearchCount.objects.filter(agency=agency).order_by().values("query").annotate(total=Sum("count"))
        rare = counted.filter(total__lt=SHOWN_TO_STAFF_FROM).values("query")
        old.filter(agency=agency, query__in=rare).delete()


clockwork.register(clockwork.Timed("search counts", next_review, review_due))
