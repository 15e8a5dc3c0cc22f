"""Stories happen side by side in the order of time, whatever order they are told in."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property

from gongkai.agencies.bodies import Agency, Department
from gongkai.agencies.officers import Officer
from gongkai.agencies.queries import holders
from gongkai.demo.shapes import CHINA
from gongkai.ledger import moment

Story = Generator[datetime, None, None]
"""Yields when its next act happens; what stands after the ``yield`` happens then."""
Progress = Callable[[str, int, int], None]


@dataclass
class Office:
    """The disclosure office of an agency and who else has to do with its applications."""

    agency: Agency
    departments: Mapping[str, Department]
    city: Mapping[str, Office] = field(default_factory=dict, repr=False)
    _known: dict[tuple[str, int | None], list[Officer]] = field(default_factory=dict, repr=False)

    def holders(self, role: str, department: str = "") -> list[Officer]:
        """Who holds the role (in that department)."""
        pk = self.departments[department].pk if department else None
        if (role, pk) not in self._known:
            self._known[role, pk] = holders(self.agency.pk, role, pk)
        found = self._known[role, pk]
        if not found:
            raise LookupError(f"{self.agency.name}：没有人担任“{role}”（{department}）")
        return found

    @cached_property
    def officer(self) -> Officer:
        """公开经办人."""
        return self.holders("disclosure_officer")[0]

    @cached_property
    def head(self) -> Officer:
        """公开机构负责人."""
        return self.holders("disclosure_head")[0]

    @cached_property
    def legal(self) -> Officer:
        """法制审核."""
        return self.holders("legal_reviewer")[0]

    @cached_property
    def leader(self) -> Officer:
        """分管领导."""
        return self.holders("leader")[0]


def at(day: date, clock: str) -> datetime:
    """That day at that time of the clock ("09:30")."""
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=CHINA)


def play(stories: Sequence[Story], what: str, progress: Progress, until: datetime) -> None:
    """Let every story happen to its end; raises ValueError for an act after ``until``: the demo tells no future."""
    waiting = [(next(story), number, story) for number, story in enumerate(stories)]
    heapq.heapify(waiting)
    done = 0
    while waiting:
        when, number, story = heapq.heappop(waiting)
        if when > until:
            raise ValueError(f"an act of {what} would happen on {when:%Y-%m-%d %H:%M}")
        with moment.at(when):
            coming = next(story, None)
        if coming is not None:
            heapq.heappush(waiting, (max(coming, when), number, story))
            continue
        done += 1
        progress(what, done, len(stories))
