"""How a project stands: which months have been told, which are due, which are late. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.law.periods import add_months, last_of_month


@dataclass(frozen=True)
class ProjectFacts:
    """``told``: by first day of the month, the day its progress was first published."""

    year: int
    due_day: int
    finished_on: date | None
    told: Mapping[date, date]


@dataclass(frozen=True)
class ProjectStatus:
    """``late``: months whose progress should be public and is not. ``due``: the month whose progress is to be published
    now, with its last day. ``changes_on``: when this reads differently by itself."""

    late: tuple[date, ...]
    due: date | None
    due_on: date | None
    finished: bool
    changes_on: date | None

    @property
    def label(self) -> str:
        if self.late:
            return f"{len(self.late)}个月未公布进展" if len(self.late) > 1 else f"{self.late[0].month}月进展未按时公布"
        return "已完成" if self.finished else "推进中"

    @property
    def tone(self) -> str:
        """Tone of the tag that shows it."""
        return "late" if self.late else "good" if self.finished else "info"


def due_on(month: date, due_day: int) -> date:
    """The last day on which the progress of a month is published in time; short months end the count."""
    after = add_months(month.replace(day=1), 1)
    return after.replace(day=min(due_day, last_of_month(after.year, after.month).day))


def days_late(month: date, due_day: int, published: date) -> int:
    """Calendar days after the last day in time; 0 in time."""
    return max(0, (published - due_on(month, due_day)).days)


def project_status(facts: ProjectFacts, today: date) -> ProjectStatus:
    """How it stands today. Nothing is expected of months after the one in which it was finished."""
    last = facts.finished_on.replace(day=1) if facts.finished_on else date(facts.year, 12, 1)
    months = [date(facts.year, number, 1) for number in range(1, 13)]
    missing = [month for month in months if month <= last and month not in facts.told]
    late = tuple(month for month in missing if due_on(month, facts.due_day) < today)
    begun = [month for month in missing if month not in late and month <= today]
    # The month that runs can be told, but must be only in the next one.
    due = next((month for month in begun if add_months(month, 1) <= today), None)
    changes = [add_months(month, 1) for month in missing if add_months(month, 1) > today]
    changes += [due_on(due, facts.due_day) + timedelta(days=1)] if due else []
    return ProjectStatus(
        late=late,
        due=due,
        due_on=due_on(due, facts.due_day) if due else None,
        finished=facts.finished_on is not None,
        changes_on=min(changes, default=None),
    )
