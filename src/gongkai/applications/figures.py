"""Figures 统计: how many came in, how they were decided, how long it took. Counted from the rows, nothing kept.

The unit is the requested item 事项 (一事项一决定), as in the annual report: an application that is answered anew is
received once, and of its answers in the time the last one counts (``rounds``). Days and punctuality are of
applications, because one letter answers all its items.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractMonth, ExtractYear

from gongkai.applications import rounds
from gongkai.applications.applications import Application, Channel, Ending
from gongkai.applications.clock_facts import CASE_FACTS, Clocks
from gongkai.applications.items import RequestedItem
from gongkai.applications.parties import PartyKind
from gongkai.applications.rounds import Replaced
from gongkai.law import replies
from gongkai.law.clock import SegmentKind, Status, Timeline
from gongkai.law.grounds import GROUNDS

_CHUNK = 500
_OWN = frozenset({SegmentKind.RUNNING, SegmentKind.EXTENDED, SegmentKind.DEFERRED, SegmentKind.OVERDUE})


@dataclass(frozen=True)
class Line:
    """A line of a table: what it is called, how many, and which share of the whole (0 to 1)."""

    label: str
    number: int
    share: float = 0.0


@dataclass
class Figures:
    """The figures of a body (or of all) for the days from ``first`` to ``last``, both included.

    ``open`` is as of the end of the last day. ``working_days``: average from receipt to reply without what the law does
    not count; None where nothing was answered. ``on_time``: the share answered within the law's days.
    """

    first: date
    last: date
    received: int = 0
    closed: int = 0
    open: int = 0
    replied: int = 0
    working_days: float | None = None
    on_time: float | None = None
    extended: int = 0
    by_outcome: list[Line] = field(default_factory=list)
    by_ground: list[Line] = field(default_factory=list)
    by_kind: list[Line] = field(default_factory=list)
    by_channel: list[Line] = field(default_factory=list)
    by_department: list[Line] = field(default_factory=list)
    by_month: list[tuple[int, int, int]] = field(default_factory=list)


def figures(applications: QuerySet[Application], first: date, last: date, clocks: Clocks) -> Figures:
    """The figures of those applications. A fixed number of queries, and one pass over what was answered in the time."""
    every = RequestedItem.objects.filter(application__in=applications)
    items = every.filter(rounds.FIRST)
    came = items.filter(application__arrived_on__range=(first, last))
    done = items.filter(closed_on__range=(first, last))
    waiting = items.filter(application__arrived_on__lte=last).filter(Q(closed_on=None) | Q(closed_on__gt=last))
    found = Figures(first, last, came.count(), done.count(), waiting.count())
    anew = rounds.replaced(every, first, last)
    found.by_outcome = _outcomes(done, anew)
    found.by_ground = _grounds(done, anew)
    found.by_kind = _named(came, "application__applicant_kind", dict(PartyKind.choices))
    found.by_channel = _named(came, "application__channel", dict(Channel.choices))
    found.by_department = _departments(came)
    found.by_month = _months(came, done)
    _punctuality(applications.filter(ending=Ending.REPLIED, replied_on__range=(first, last)), clocks, found)
    return found


def _outcomes(done: QuerySet[RequestedItem], anew: Sequence[Replaced]) -> list[Line]:
    counted = Counter(dict(done.values_list("outcome").annotate(number=Count("pk"))))
    for one in anew:
        counted[one.was.outcome] -= 1
        counted[one.now.outcome] += 1
    groups: Counter[str] = Counter()
    for key, number in counted.items():
        groups[replies.outcome(key).disposal.label if key else "未登记"] += number
    order = [one.label for one in replies.Disposal]
    told = [(label, number) for label, number in groups.items() if number]
    return _lines(sorted(told, key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order)))


def _grounds(done: QuerySet[RequestedItem], anew: Sequence[Replaced]) -> list[Line]:
    labels = {one.key: one.label for one in GROUNDS}
    found: Counter[str] = Counter()
    stands = done.exclude(pk__in=[one.pk for one in anew])
    kept = stands.exclude(grounds=[]).values_list("grounds", flat=True).iterator()
    for grounds in chain(kept, (one.now.grounds for one in anew)):
        found.update(labels.get(key, key) for key in grounds)
    return _lines(sorted(found.items(), key=lambda one: (-one[1], one[0])))


def _named(items: QuerySet[RequestedItem], path: str, labels: dict[str, str]) -> list[Line]:
    counted = dict(items.values_list(path).annotate(number=Count("pk")))
    return _lines([(str(label), counted[key]) for key, label in labels.items() if counted.get(key)])


def _departments(items: QuerySet[RequestedItem]) -> list[Line]:
    handed = items.filter(application__assignments__leads=True)
    name = "application__assignments__department__name"
    counted = handed.values_list(name).annotate(number=Count("pk", distinct=True))
    return _lines(list(counted.order_by("-number", name)))


def _months(came: QuerySet[RequestedItem], done: QuerySet[RequestedItem]) -> list[tuple[int, int, int]]:
    """Year × 12 + month − 1, received, closed; months without either are left to who draws."""
    received = _by_month(came, "application__arrived_on")
    closed = _by_month(done, "closed_on")
    return [(month, received[month], closed[month]) for month in sorted(received.keys() | closed.keys())]


def _by_month(items: QuerySet[RequestedItem], day: str) -> Counter[int]:
    counted = items.values_list(ExtractYear(day), ExtractMonth(day)).annotate(number=Count("pk"))
    return Counter({year * 12 + month - 1: number for year, month, number in counted})


def _punctuality(answered: QuerySet[Application], clocks: Clocks, found: Figures) -> None:
    days, late = [], 0
    for _, line in timelines(answered, clocks):
        days.append(taken(line))
        late += line.status is Status.REPLIED_LATE
        found.extended += line.due_date != line.original_due
    found.replied = len(days)
    if days:
        found.working_days = sum(days) / len(days)
        found.on_time = 1 - late / len(days)


def taken(line: Timeline) -> int:
    """Working days of the last run, the agency's own: what it waited for others is not counted, being late is."""
    runs = [one.run for one in line.segments]
    last = max(runs, default=0)
    return sum(one.working_days for one in line.segments if one.run == last and one.kind in _OWN)


def timelines(applications: QuerySet[Application], clocks: Clocks) -> Iterator[tuple[Application, Timeline]]:
    """Each with its timeline, in chunks so that memory stays small; cases whose dates contradict each other are passed
    over (the case page shows what is wrong with them)."""
    for application in applications.prefetch_related(*CASE_FACTS).order_by("pk").iterator(chunk_size=_CHUNK):
        line = clocks.read(application).line
        if line is not None:
            yield application, line


@dataclass
class OfAgency:
    """The figures of one agency beside those of others."""

    agency: int
    received: int = 0
    closed: int = 0
    open: int = 0
    replied: int = 0
    late: int = 0
    days: int = 0

    @property
    def working_days(self) -> float | None:
        return self.days / self.replied if self.replied else None

    @property
    def on_time(self) -> float | None:
        return 1 - self.late / self.replied if self.replied else None


def by_agency(applications: QuerySet[Application], first: date, last: date, clocks: Clocks) -> dict[int, OfAgency]:
    """The figures of several agencies by their number: as many queries as of one."""
    items = RequestedItem.objects.filter(rounds.FIRST, application__in=applications)
    waiting = items.filter(application__arrived_on__lte=last).filter(Q(closed_on=None) | Q(closed_on__gt=last))
    found: dict[int, OfAgency] = {}
    for name, rows in (
        ("received", items.filter(application__arrived_on__range=(first, last))),
        ("closed", items.filter(closed_on__range=(first, last))),
        ("open", waiting),
    ):
        for agency, number in rows.order_by().values_list("application__agency").annotate(number=Count("pk")):
            setattr(found.setdefault(agency, OfAgency(agency)), name, number)
    answered = applications.filter(ending=Ending.REPLIED, replied_on__range=(first, last))
    for case, line in timelines(answered, clocks):
        one = found.setdefault(case.agency_id, OfAgency(case.agency_id))
        one.replied += 1
        one.days += taken(line)
        one.late += line.status is Status.REPLIED_LATE
    return found


def _lines(pairs: list[tuple[str, int]]) -> list[Line]:
    whole = sum(number for _, number in pairs)
    return [Line(label, number, number / whole if whole else 0.0) for label, number in pairs]
