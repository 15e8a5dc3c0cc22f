"""What waits for an officer: read from the procedure's table, never from a stored list of tasks.

An edition waits for me when an event of the table leads on from its state and one of my roles over its department may
fire it. Two queries whatever the size (plus those of the calendar): groups with their counts, then one page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from gongkai.agencies.officers import Officer
from gongkai.agencies.roles import DEPARTMENT_ROLES
from gongkai.catalog.editions import Edition, EditionState
from gongkai.ledger.entries import Entry
from gongkai.publishing import guards, ledger_kinds
from gongkai.publishing.clocks import Clocks, Urgency, clock_expression, formed_expression
from gongkai.publishing.procedures import EDITION, REVIEW_STATES
from gongkai.publishing.reviews import Review, Verdict

OPEN_STATES = (EditionState.DRAFTING, *REVIEW_STATES, EditionState.APPROVED, EditionState.SCHEDULED)
"""States of an edition still on its way."""

REVIEW_AFTER_HOURS = 24  # 紧急发布 is reviewed after the fact within a day: the house's rule, shown on the worklist
PAGE_SIZE = 50
_EMERGENCIES = 20


class Section(StrEnum):
    """The parts of the worklist, each an address of its own."""

    ALL = "all"
    REVIEW = "review"
    DRAFTS = "drafts"
    RELEASE = "release"
    SCHEDULED = "scheduled"
    RETURNED = "returned"
    LATE = "late"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Section.ALL: "全部待办",
    Section.REVIEW: "待我审核",
    Section.DRAFTS: "我起草的",
    Section.RELEASE: "待发布",
    Section.SCHEDULED: "定时",
    Section.RETURNED: "退回给我",
    Section.LATE: "超期",
}


@dataclass(frozen=True)
class Place:
    """A place in the list (keyset paging): the group by clock and day formed, and the edition in it."""

    clock: int
    formed: date
    id: int

    def __str__(self) -> str:
        return f"{self.clock}.{self.formed.isoformat()}.{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Place | None":
        """From an address; None for anything that is not one (the list then starts at its head)."""
        try:
            clock, formed, number = text.split(".")
            return cls(int(clock), date.fromisoformat(formed), int(number))
        except ValueError:
            return None


@dataclass(frozen=True)
class Task:
    """One row: the edition (with document, department and drafter read) and how urgent it is."""

    edition: Edition
    urgency: Urgency
    place: Place

    @property
    def returned(self) -> str:
        """Why it came back to its drafter; empty when it did not."""
        return str(getattr(self.edition, "returned_reason", None) or "")


@dataclass(frozen=True)
class Worklist:
    """One page, how many there are by section, and where the next page begins (None: there is none)."""

    section: Section
    tasks: Sequence[Task]
    counts: dict[Section, int]
    further: Place | None


def may(officer: Officer, event_key: str) -> Q:
    """Editions in a state in which a role of the officer fires this event. Own work is left out where the event's
    guards demand another's eyes."""
    event = EDITION.event(event_key)
    wanted = Q(pk__in=())
    for state, roles in event.roles.items():
        held = _held(officer, roles)
        if held is not None:
            wanted |= Q(state=state) & held
    if guards.not_own_work in event.guards:
        wanted &= Q(drafted_by=None) | ~Q(drafted_by=officer)
    return wanted


def sections(officer: Officer) -> dict[Section, Q]:
    """The condition of every section but LATE, which is a matter of the calendar."""
    mine = _mine(officer)
    drafting = mine & Q(state=EditionState.DRAFTING)
    review, release = may(officer, "pass"), may(officer, "release") & Q(state=EditionState.APPROVED)
    scheduled = Q(state=EditionState.SCHEDULED) & (may(officer, "release") | mine)
    return {
        Section.ALL: drafting | review | release,
        Section.REVIEW: review,
        Section.DRAFTS: mine,
        Section.RELEASE: release,
        Section.SCHEDULED: scheduled,
        Section.RETURNED: drafting & Q(Exists(_returns())),
    }


def worklist(
    officer: Officer,
    clocks: Clocks,
    *,
    section: Section = Section.ALL,
    text: str = "",
    after: Place | None = None,
    size: int = PAGE_SIZE,
) -> Worklist:
    """One page of a section in order of due dates. Two queries."""
    conditions = sections(officer)
    editions = _matching(_own(officer), text)
    groups = _groups(editions, conditions, clocks)
    counts = {key: sum(group[key.value] for group in groups) for key in conditions}
    late = [group for group in groups if clocks.is_late(group["clock"], group["formed"])]
    counts[Section.LATE] = sum(group[Section.ALL.value] for group in late)
    base = Section.ALL if section is Section.LATE else section
    wanted = _from(late if section is Section.LATE else groups, base, clocks, after, size)
    tasks = _page(editions.filter(conditions[base]), wanted, clocks, after, size)
    further = tasks[size - 1].place if len(tasks) > size else None
    return Worklist(section, tasks[:size], counts, further)


def waiting_count(officer: Officer) -> int:
    """How many editions wait for the officer; one query."""
    return _own(officer).filter(sections(officer)[Section.ALL]).count()


def emergencies(officer: Officer) -> list[Edition]:
    """Emergency releases the officer may review after the fact, the oldest first; two queries.

    The ledger knows which they were: they are few, and stand among all that was ever released.
    """
    marked = Entry.objects.filter(agency_id=str(officer.agency_id), kind=ledger_kinds.EMERGENCY)
    numbers = [int(number) for number in marked.values_list("subject_id", flat=True)]
    unreviewed = ~Exists(Review.objects.filter(edition=OuterRef("pk"), verdict=Verdict.AFTERWARDS))
    return list(
        Edition.objects.filter(may(officer, "review_after"), unreviewed, pk__in=numbers)
        .filter(document__agency_id=officer.agency_id)
        .select_related("document", "document__department", "drafted_by")
        .order_by("released_at")[:_EMERGENCIES]
    )


def with_clock(editions: QuerySet[Edition]) -> QuerySet[Any]:
    """Annotate ``clock`` and ``formed``, from which ``Clocks`` tells due date and urgency."""
    return editions.annotate(formed=formed_expression(), clock=clock_expression())


def review_after_due(edition: Edition) -> Any:
    """By when an emergency release is reviewed after the fact; None for one not released."""
    return edition.released_at and edition.released_at + timedelta(hours=REVIEW_AFTER_HOURS)


def late_editions(officer: Officer, clocks: Clocks) -> QuerySet[Any]:
    """Editions of the agency on their way past their limit; one query here, one when read."""
    dated = with_clock(_own(officer))
    last: dict[int, date] = {}  # due dates rise with the day formed: one threshold per clock says it all
    for clock, formed in dated.order_by().values_list("clock", "formed").distinct():
        if clocks.is_late(clock, formed):
            last[clock] = max(formed, last.get(clock, formed))
    late = Q(pk__in=())
    for clock, formed in last.items():
        late |= Q(clock=clock, formed__lte=formed)
    return dated.filter(late)


def _own(officer: Officer) -> QuerySet[Edition]:
    """The agency's editions on their way. Roles over departments narrow them further (``sections``)."""
    # "+ 0" keeps the indexes on agency and drafter out: with them SQLite walks through all that the agency or the
    # drafter ever wrote, though few of it is on its way.
    editions = Edition.objects.annotate(here=F("document__agency_id") + 0, writer=F("drafted_by_id") + 0)
    return editions.filter(here=officer.agency_id, state__in=OPEN_STATES)


def _mine(officer: Officer) -> Q:
    """What the officer drafted and may still see, of ``_own``: only roles in departments, only those departments."""
    held = Q() if officer.roles - DEPARTMENT_ROLES else _held(officer, officer.roles)
    return Q(pk__in=()) if held is None else Q(writer=officer.pk) & held


def _held(officer: Officer, roles: frozenset[str]) -> Q | None:
    """Over which documents one of the roles is held; None: over none."""
    departments: set[int] = set()
    for role in roles & officer.roles:
        held = officer.departments_as(role)
        if held is None:
            return Q()
        departments |= held
    return Q(document__department_id__in=departments) if departments else None


def _returns() -> QuerySet[Review]:
    """Returns of the outer edition since it was handed in, the newest first."""
    return Review.objects.filter(
        edition=OuterRef("pk"), verdict=Verdict.RETURNED, at__gte=OuterRef("submitted_at")
    ).order_by("-id")


def _matching(editions: QuerySet[Edition], text: str) -> QuerySet[Edition]:
    text = text.strip()
    if not text:
        return editions
    return editions.filter(
        Q(title__icontains=text)
        | Q(document_number__icontains=text)
        | Q(document__index_number__icontains=text)
        | Q(document__department__name__icontains=text)
    )


def _groups(editions: QuerySet[Edition], conditions: dict[Section, Q], clocks: Clocks) -> list[dict[str, Any]]:
    """Clock, day formed and a count per section, in order of due dates; as many rows as there are days."""
    # The other sections lie within these three.
    anything = conditions[Section.ALL] | conditions[Section.DRAFTS] | conditions[Section.SCHEDULED]
    rows = (
        with_clock(editions.filter(anything))
        .values("clock", "formed")
        .annotate(**{key.value: Count("pk", filter=condition) for key, condition in conditions.items()})
        .order_by()
    )
    return sorted(rows, key=lambda group: clocks.order(group["clock"], group["formed"]))


def _from(
    groups: list[dict[str, Any]], section: Section, clocks: Clocks, after: Place | None, size: int
) -> list[tuple[int, date]]:
    """The groups that one page from ``after`` on may touch, in order."""
    start = clocks.order(after.clock, after.formed) if after else None
    chosen: list[tuple[int, date]] = []
    enough = 0
    for group in groups:
        key = (group["clock"], group["formed"])
        if not group[section.value] or (start is not None and clocks.order(*key) < start):
            continue
        chosen.append(key)
        # The group the cursor stands in may be used up; it does not count towards a full page.
        enough += 0 if after is not None and key == (after.clock, after.formed) else group[section.value]
        if enough > size:
            break
    return chosen


def _in_groups(editions: QuerySet[Edition], groups: Sequence[tuple[int, date]]) -> QuerySet[Any]:
    # By clock: every mention of clock or day stands in the statement as a whole expression.
    days: dict[int, list[date]] = {}
    for clock, formed in groups:
        days.setdefault(clock, []).append(formed)
    wanted = Q(pk__in=())
    for clock, of_clock in days.items():
        wanted |= Q(clock=clock, formed__in=of_clock)
    return with_clock(editions).filter(wanted)


def _page(
    editions: QuerySet[Edition], groups: Sequence[tuple[int, date]], clocks: Clocks, after: Place | None, size: int
) -> list[Task]:
    if not groups:
        return []
    rank = Case(
        *(When(clock=clock, formed=formed, then=Value(place)) for place, (clock, formed) in enumerate(groups)),
        output_field=IntegerField(),
    )
    rows = _in_groups(editions, groups).annotate(rank=rank, returned_reason=Subquery(_returns().values("note")[:1]))
    if after is not None:
        rows = rows.exclude(Q(clock=after.clock, formed=after.formed, pk__lte=after.id))
    rows = rows.select_related("document", "document__department", "drafted_by").defer("body", "text", "provisions")
    found: list[Any] = list(rows.order_by(F("rank"), "pk")[: size + 1])
    return [Task(row, clocks.urgency(row.clock, row.formed), Place(row.clock, row.formed, row.pk)) for row in found]
