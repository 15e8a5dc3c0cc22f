"""How the matters of full lists stand today, in a number of queries that hardly grows with the matters.

Each type, topic or rule that matters are bound to is asked once for its newest document, which an index knows.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from gongkai.agencies.bodies import Agency
from gongkai.catalog.columns import Column, ColumnPick, ColumnRule, Reach
from gongkai.catalog.documents import PUBLIC_STATES
from gongkai.catalog.gathering import Asked, newest_of, parts_of
from gongkai.catalog.matter_state import ORDER, MatterFacts, MatterState, MatterStatus, matter_status
from gongkai.catalog.matters import Matter, Way
from gongkai.catalog.placing import PlacedFacts, gathers

Last = tuple[datetime, int]
"""When a document was published, and its id."""


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
    """The agency's list in its order; four queries (matters, newest documents, when they were published, hand-picked
    ones)."""
    return of_agencies([agency], today).get(agency.pk, [])


def of_agencies(agencies: Iterable[Agency], today: date) -> dict[int, list[Standing]]:
    """The lists of these agencies by id; four queries, one more for every 120 bindings."""
    ids = [one.pk for one in agencies]
    matters = Matter.objects.filter(agency__in=ids, abolished_on=None).select_related("department", "column")
    by_agency: dict[int, list[Matter]] = defaultdict(list)
    for matter in matters:
        by_agency[matter.agency_id].append(matter)
    return standings(by_agency, today)


def of_matter(matter: Matter, today: date) -> Standing:
    """One matter alone; three queries."""
    return standings({matter.agency_id: [matter]}, today)[matter.agency_id][0]


def standings(matters: Mapping[int, Sequence[Matter]], today: date) -> dict[int, list[Standing]]:
    """How these matters stand, by agency; three queries, one more for every 120 bindings."""
    newest = newest_of((key, part) for key, ones in matters.items() for one in ones for part in parts_of_matter(one))
    picks = _picks({one.column_id for ones in matters.values() for one in ones if one.column_id})
    return {
        key: [_standing(one, newest, picks.get(one.column_id or 0), today) for one in ones]
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
    if not matter.shown_by_documents:
        return False
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


def parts_of_matter(matter: Matter) -> list[ColumnRule]:
    """What the matter is bound to, as rules for its agency's documents (``belongs`` asks the same of one document)."""
    parts: list[ColumnRule] = []
    if not matter.shown_by_documents:
        return parts
    if matter.types or matter.topics:
        parts += parts_of(ColumnRule(types=tuple(matter.types), topics=tuple(matter.topics)))
    rule = _readable(matter.column)
    if rule is not None and not rule.picked_only:
        parts += parts_of(replace(rule, reach=Reach.OWN))
    return parts


def _readable(column: Column | None) -> ColumnRule | None:
    try:
        return column.rules if column is not None else None
    except ValueError:
        return None  # it gathers nothing


def _picks(column_ids: set[int]) -> dict[int, Last]:
    """The newest public document that was hand-picked for each of these columns; one query."""
    picks = ColumnPick.objects.filter(column__in=column_ids, document__state__in=PUBLIC_STATES)
    rows = picks.values_list("column_id", "document__listed_at", "document_id")
    found: dict[int, Last] = {}
    for column_id, listed_at, pk in rows:
        if listed_at is None:
            continue
        found[column_id] = max(found.get(column_id, (listed_at, pk)), (listed_at, pk))
    return found


def _standing(matter: Matter, newest: Mapping[Asked, Last], picked: Last | None, today: date) -> Standing:
    if not matter.shown_by_documents and matter.way != Way.ON_APPLICATION:
        return Standing(matter, MatterStatus(MatterState.FRESH, None, None, None))  # made from what is registered today
    found = [newest.get((matter.agency_id, part)) for part in parts_of_matter(matter)]
    last = max((one for one in (*found, picked) if one is not None), default=None)
    facts = MatterFacts(
        limit=matter.limit,
        duty=matter.duty_info,
        bound=matter.is_bound,
        asked_for=matter.way == Way.ON_APPLICATION,
        last=timezone.localdate(last[0]) if last else None,
    )
    return Standing(matter, matter_status(facts, today), last[1] if last else None)
