"""Projects with their months and steps, as pages read them; a fixed number of queries however many there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from gongkai.agencies.bodies import Agency
from gongkai.agencies.officers import Officer
from gongkai.catalog.project_state import ProjectFacts, ProjectStatus, days_late, due_on, project_status
from gongkai.catalog.projects import Milestone, Project, ProjectUpdate


@dataclass(frozen=True)
class Month:
    """One month as it is read: the words that hold, the former ones, how late it came."""

    update: ProjectUpdate
    former: Sequence[ProjectUpdate]
    first_on: date
    late_by: int
    due_on: date

    @property
    def anchor(self) -> str:
        return f"m{self.update.key}"


@dataclass(frozen=True)
class Course:
    """A project with what has been told of it, newest month first."""

    project: Project
    months: Sequence[Month]
    milestones: Sequence[Milestone]
    status: ProjectStatus

    @property
    def percent(self) -> int:
        return self.months[0].update.percent if self.months else 0

    @property
    def latest(self) -> Month | None:
        return self.months[0] if self.months else None


def access_projects(officer: Officer) -> QuerySet[Project]:
    """Projects the officer may keep: the own agency's."""
    return Project.objects.filter(agency=officer.agency_id)


def years_of(agencies: Iterable[Agency] | None) -> list[int]:
    """Years that have projects, newest first; None: of all agencies. One query."""
    projects = Project.objects.all() if agencies is None else Project.objects.filter(agency__in=list(agencies))
    return list(projects.order_by("-year").values_list("year", flat=True).distinct())


def courses(projects: QuerySet[Project], today: date) -> list[Course]:
    """These projects with their months and steps; three queries."""
    read = projects.select_related("agency", "department").prefetch_related(
        Prefetch("updates", ProjectUpdate.objects.select_related("officer")), "milestones"
    )
    return [course_of(one, today) for one in read]


def course_of(project: Project, today: date) -> Course:
    """One project, from what was prefetched."""
    said: dict[date, list[ProjectUpdate]] = {}
    for update in project.updates.all():
        said.setdefault(update.month, []).append(update)
    months = [_month(project, ones) for ones in said.values()]
    facts = ProjectFacts(
        project.year, project.due_day, project.finished_on, {one.update.month: one.first_on for one in months}
    )
    return Course(project, months, list(project.milestones.all()), project_status(facts, today))


def _month(project: Project, revisions: Sequence[ProjectUpdate]) -> Month:
    latest, first = revisions[0], revisions[-1]
    on = timezone.localdate(first.published_at)
    return Month(
        update=latest,
        former=revisions[1:],
        first_on=on,
        late_by=days_late(latest.month, project.due_day, on),
        due_on=due_on(latest.month, project.due_day),
    )
