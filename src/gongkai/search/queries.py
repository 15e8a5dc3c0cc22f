"""What others read of how search is steered and used; what staff may see goes through ``access_*``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Max, Q, QuerySet, Sum

from gongkai.agencies.officers import Officer
from gongkai.agencies.roles import Role
from gongkai.catalog.documents import PUBLIC_STATES
from gongkai.search.best_bets import BestBet
from gongkai.search.frequent import DeniedSuggestion, SearchCount
from gongkai.search.reviewing import SHOWN_TO_STAFF_FROM
from gongkai.search.synonyms import SynonymGroup, variants
from gongkai.search.wording import fold

KEEPERS = (Role.DISCLOSURE_OFFICER, Role.DISCLOSURE_HEAD)
"""Who steers the search of an agency's site; in the supervising office also the city's."""
_BETS_SHOWN = 3


@dataclass(frozen=True)
class Tally:
    """A query with how often it was asked, on how many days the last time, and the hits it had at most."""

    query: str
    count: int
    hits: int
    last: date


def best_bets_for(
    agency_id: int, text: str, today: date, equal: Mapping[str, Sequence[str]] | None = None
) -> list[BestBet]:
    """What is recommended to who asks this on that agency's site; the site's own first. One query.

    ``equal`` are the synonyms in force: a bet for 公租房 also answers 公共租赁住房. A document that is not public any
    more is left out.
    """
    folded = fold(text)
    if not folded:
        return []
    keys = [folded, *variants(folded, equal or {})]
    bets = (
        BestBet.objects.filter(Q(agency=None) | Q(agency=agency_id), key__in=keys)
        .filter(Q(until=None) | Q(until__gte=today))
        .filter(Q(document=None) | Q(document__state__in=PUBLIC_STATES))
        .select_related("document__live", "document__agency")
        .defer("document__live__body", "document__live__text", "document__live__provisions")
    )
    return sorted(bets, key=lambda one: (one.agency_id is None, one.position, one.pk))[:_BETS_SHOWN]


def may_steer_city(officer: Officer) -> bool:
    """Whether the officer also keeps what holds for the whole city."""
    return officer.agency.is_supervising and officer.holds(KEEPERS)


def _scope(officer: Officer) -> Q:
    """Of the officer's agency, and for the supervising office what is the whole city's."""
    if not officer.holds(KEEPERS):
        return Q(pk__in=[])
    own = Q(agency=officer.agency_id)
    return own | Q(agency=None) if may_steer_city(officer) else own


def access_synonyms(officer: Officer) -> QuerySet[SynonymGroup]:
    """Groups the officer may change."""
    return SynonymGroup.objects.filter(_scope(officer)).order_by(F("agency").desc(nulls_last=True), "id")


def access_best_bets(officer: Officer) -> QuerySet[BestBet]:
    """Best bets the officer may change, with their documents."""
    bets = BestBet.objects.filter(_scope(officer)).select_related("document__live", "document__agency")
    return bets.defer("document__live__body", "document__live__text", "document__live__provisions")


def access_denied(officer: Officer) -> QuerySet[DeniedSuggestion]:
    """Denied words the officer may change."""
    return DeniedSuggestion.objects.filter(_scope(officer)).order_by(F("agency").desc(nulls_last=True), "word")


def city_synonyms() -> QuerySet[SynonymGroup]:
    """What holds for the whole city: everybody may see it, the supervising office changes it."""
    return SynonymGroup.objects.filter(agency=None)


def city_denied() -> QuerySet[DeniedSuggestion]:
    """Words that are suggested nowhere in the city."""
    return DeniedSuggestion.objects.filter(agency=None)


def denied_words(agency_id: int) -> list[str]:
    """Words that no suggestion on that agency's site may contain; one query."""
    denied = DeniedSuggestion.objects.filter(Q(agency=None) | Q(agency=agency_id))
    return list(denied.values_list("word", flat=True))


def access_asked(officer: Officer, since: date, *, found: bool, size: int = 50) -> list[Tally]:
    """What was searched on the officer's site (supervising office: any) since that day, most often first; one query.

    ``found``: with hits; else what never had any. Queries below the staff's threshold are not told.
    """
    rows = _counts(officer, since).values("query").annotate(total=Sum("count"), most=Max("hits"), last=Max("day"))
    rows = rows.filter(total__gte=SHOWN_TO_STAFF_FROM).filter(Q(most__gt=0) if found else Q(most=0))
    return [
        Tally(one["query"], one["total"], one["most"], one["last"]) for one in rows.order_by("-total", "query")[:size]
    ]


def access_searches_by_day(officer: Officer, first: date, last: date) -> list[tuple[date, int, int]]:
    """(day, searches, searches without a hit) for every day of the span; one query."""
    rows = (
        _counts(officer, first)
        .filter(day__lte=last)
        .values("day")
        .annotate(total=Sum("count"), missed=Sum("count", filter=Q(hits=0)))
    )
    counted = {one["day"]: (one["total"], one["missed"] or 0) for one in rows}
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [(day, *counted.get(day, (0, 0))) for day in days]


def _counts(officer: Officer, since: date) -> QuerySet[SearchCount]:
    """Of the own site; the supervising office looks at all sites of the city together."""
    counts = SearchCount.objects.filter(day__gte=since).order_by()
    if may_steer_city(officer):
        return counts
    return counts.filter(agency=officer.agency_id) if officer.holds(KEEPERS) else counts.none()
