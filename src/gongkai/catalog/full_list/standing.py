"""How the matters of full lists stand today, in a number of queries that does not grow with the matters.

Documents that no binding can tell apart (same type, item, subject, genre, topic) form a group; one window query brings
the newest of each group, and every matter picks among those.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from gongkai.agencies.bodies import Agency
from gongkai.catalog.columns import Column, ColumnPick
from gongkai.catalog.documents import PUBLIC_STATES, Document
from gongkai.catalog.matter_state import ORDER, MatterFacts, MatterState, MatterStatus, matter_status
from gongkai.catalog.matters import Matter, Way
from gongkai.catalog.placing import PlacedFacts, gathers


@dataclass(frozen=True)
class Newest:
    """The newest document of a group, with what bindings ask about it."""

    facts: PlacedFacts
    document_id: int
    listed_at: datetime


@dataclass(frozen=True)
class Standing:
    """A matter, how it stands, and the newest document that shows it (by id)."""

    matter: Matter
    status: MatterStatus
    document_id: int | None = None

    @property
    def asked_for(self) -> bool:
        """Disclosed on application only: nothing is expected on the site."""
        return self.matter.way == Way.ON_APPLICATION


@dataclass(frozen=True)
class Figures:
    """An agency's list in numbers."""

    matters: int
    fresh: int
    soon: int
    late: int
    missing: int
    unbound: int

    @property
    def behind(self) -> int:
        return self.late + self.missing


def of_agency(agency: Agency, today: date) -> list[Standing]:
    """The agency's list in its order; three queries (matters, newest documents, hand-picked ones)."""
    return of_agencies([agency], today).get(agency.pk, [])


def of_agencies(agencies: Iterable[Agency], today: date) -> dict[int, list[Standing]]:
    """The lists of these agencies by id; three queries however many there are."""
    ids = [one.pk for one in agencies]
    matters = Matter.objects.filter(agency__in=ids, abolished_on=None).select_related("department", "column")
    by_agency: dict[int, list[Matter]] = defaultdict(list)
    for matter in matters:
        by_agency[matter.agency_id].append(matter)
    return standings(by_agency, today)


def of_matter(matter: Matter, today: date) -> Standing:
    """One matter alone; two queries."""
    return standings({matter.agency_id: [matter]}, today)[matter.agency_id][0]


def standings(matters: Mapping[int, Sequence[Matter]], today: date) -> dict[int, list[Standing]]:
    """How these matters stand, by agency; two queries."""
    newest = _newest([key for key, ones in matters.items() if any(one.is_bound for one in ones)])
    picks = _picks({one.column_id for ones in matters.values() for one in ones if one.column_id})
    return {
        key: [_standing(one, newest.get(key, ()), picks.get(one.column_id or 0), today) for one in ones]
        for key, ones in matters.items()
    }


def figures(shown: Sequence[Standing]) -> Figures:
    """Count the list."""
    states = [one.status.state for one in shown]
    return Figures(
        matters=len(states),
        fresh=states.count(MatterState.FRESH),
        soon=states.count(MatterState.DUE_SOON),
        late=states.count(MatterState.LATE),
        missing=states.count(MatterState.MISSING),
        unbound=states.count(MatterState.UNBOUND),
    )


def most_urgent_first(shown: Sequence[Standing]) -> list[Standing]:
    """What is late first, then what is due; within a state the list's own order."""
    return sorted(shown, key=lambda one: (ORDER[one.status.state], one.status.next_on or date.max, one.matter.number))


def belongs(matter: Matter, facts: PlacedFacts) -> bool:
    """Whether a public document of the agency shows that the matter is disclosed (``queries.documents_of`` asks so)."""
    if matter.types or matter.topics:
        by_type = not matter.types or facts.type in matter.types
        by_topic = not matter.topics or bool(facts.topics & set(matter.topics))
        if by_type and by_topic:
            return True
    return matter.column is not None and _gathers(matter.column, facts)


def _gathers(column: Column, facts: PlacedFacts) -> bool:
    try:
        return gathers(column, facts)
    except ValueError:
        # A rule that became unreadable gathers nothing; the desk's column page says so.
        return False


def _newest(agency_ids: Sequence[int]) -> dict[int, list[Newest]]:
    """The newest public document of every group of these agencies; one query."""
    apart = ["agency_id", "type", "item", "live__subject", "live__genre", "topics__slug"]
    place = Window(RowNumber(), partition_by=apart, order_by=[F("listed_at").desc(), F("id").desc()])
    rows = (
        Document.objects.filter(agency__in=agency_ids, state__in=PUBLIC_STATES, live__isnull=False)
        .annotate(place=place)
        .filter(place=1)
        .values_list(*apart, "pk", "listed_at")
    )
    found: dict[int, list[Newest]] = defaultdict(list)
    for agency_id, kind, item, subject, genre, topic, pk, listed_at in rows:
        topics = frozenset([topic] if topic else ())
        facts = PlacedFacts(kind, item, subject, genre, topics, frozenset())
        found[agency_id].append(Newest(facts, pk, listed_at))
    return found


def _picks(column_ids: set[int]) -> dict[int, tuple[datetime, int]]:
    """The newest public document that was hand-picked for each of these columns; one query."""
    picks = ColumnPick.objects.filter(column__in=column_ids, document__state__in=PUBLIC_STATES)
    rows = picks.values_list("column_id", "document__listed_at", "document_id")
    found: dict[int, tuple[datetime, int]] = {}
    for column_id, listed_at, pk in rows:
        if listed_at is None:
            continue
        found[column_id] = max(found.get(column_id, (listed_at, pk)), (listed_at, pk))
    return found


def _standing(matter: Matter, newest: Sequence[Newest], picked: tuple[datetime, int] | None, today: date) -> Standing:
    found = [(one.listed_at, one.document_id) for one in newest if belongs(matter, one.facts)]
    found += [picked] if picked else []
    last = max(found, default=None)
    facts = MatterFacts(
        limit=matter.limit,
        duty=matter.duty_info,
        bound=matter.is_bound,
        asked_for=matter.way == Way.ON_APPLICATION,
        last=timezone.localdate(last[0]) if last else None,
    )
    return Standing(matter, matter_status(facts, today), last[1] if last else None)
