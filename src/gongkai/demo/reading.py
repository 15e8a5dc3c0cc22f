"""What readers look things up in: full lists move in by the real import, projects are told month by month."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any

from gongkai.agencies.bodies import Agency, Department
from gongkai.agencies.officers import Officer
from gongkai.agencies.queries import holders
from gongkai.agencies.roles import Role
from gongkai.catalog.actions import matter_import
from gongkai.catalog.actions import projects as project_actions
from gongkai.catalog.actions.projects import MilestoneGiven
from gongkai.catalog.full_list.planning import plan
from gongkai.catalog.full_list.reading import ReadList, ReadRow
from gongkai.catalog.projects import Project
from gongkai.demo.days import working_day_until
from gongkai.demo.full_list import DemoList, DemoMatter
from gongkai.demo.full_list import full_lists as told_lists
from gongkai.demo.projects import DUE_DAY, DemoMonth, DemoProject
from gongkai.demo.projects import projects as told_projects
from gongkai.demo.shapes import CHINA
from gongkai.ledger import moment

_MOVED_IN = timedelta(days=230)  # before today
_HEAD_ROWS = 2

Progress = Callable[[str, int, int], None]


def topics_of_lists() -> set[tuple[str, str]]:
    """Topics by which the lists find documents, with the agency that has them."""
    return {(one.agency, topic) for one in told_lists() for matter in one.matters for topic in matter.topics}


def full_lists(agencies: Mapping[str, Agency], today: date, progress: Progress) -> None:
    """Each list is read, looked at and carried out by the agency's disclosure officer."""
    every = told_lists()
    for number, one in enumerate(every, start=1):
        agency = agencies[one.agency]
        officer = holders(agency.pk, Role.DISCLOSURE_OFFICER)[0]
        with moment.at(datetime.combine(working_day_until(today - _MOVED_IN), time(15, 20), tzinfo=CHINA)):
            kept = matter_import.keep_import(agency, _read(one, agency), name=one.file, by=officer)
            planned = plan(kept, agency)
            if planned.refused:
                raise ValueError(f"{one.file}: {planned.refused[0].problems}")
            matter_import.carry_out(kept, by=officer, seen=planned.digest, remove_missing=False)
        progress("全清单", number, len(every))


def _read(one: DemoList, agency: Agency) -> ReadList:
    departments = {each.name: each.pk for each in agency.departments.all()}
    columns = {each.key: each.pk for each in agency.columns.all()}
    rows = [
        ReadRow(number + _HEAD_ROWS, _given(matter, departments, columns) | {"number": number})
        for number, matter in enumerate(one.matters, start=1)
    ]
    return ReadList(rows, list(rows[0].given), [], [])


def _given(matter: DemoMatter, departments: Mapping[str, int], columns: Mapping[str, int]) -> dict[str, Any]:
    facts = {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(matter).items()}
    facts["department"] = departments[matter.department]
    facts["column"] = columns[matter.column] if matter.column else None
    return facts


def projects(
    agencies: Mapping[str, Agency],
    departments: Mapping[tuple[str, str], Department],
    today: date,
    progress: Progress,
) -> None:
    """Each project is begun in January by the agency's disclosure officer, who tells its months one after the other."""
    every = told_projects(today)
    officers: dict[str, Officer] = {}
    for number, one in enumerate(every, start=1):
        officer = officers.setdefault(one.agency, holders(agencies[one.agency].pk, Role.DISCLOSURE_OFFICER)[0])
        _tell(one, agencies[one.agency], departments[one.agency, one.department], officer)
        progress("重点进展", number, len(every))


def _tell(one: DemoProject, agency: Agency, department: Department, officer: Officer) -> None:
    with moment.at(datetime(one.year, 1, 20, 9, 30, tzinfo=CHINA)):
        project = project_actions.create_project(
            agency,
            by=officer,
            kind=one.kind,
            year=one.year,
            name=one.name,
            goal=one.goal,
            responsible=f"{agency.name}；{one.responsible}",
            department=department,
            due_day=DUE_DAY,
        )
        planned = [MilestoneGiven(step.name, step.planned) for step in one.steps]
        project_actions.set_milestones(project, planned, by=officer)
    for month in one.months:
        if month.corrected is not None:
            _say(project, month.corrected, officer)
        _say(project, month, officer)
    if not one.months:
        return
    with moment.at(one.months[-1].at + timedelta(minutes=10)):
        done = [MilestoneGiven(step.name, step.planned, step.done) for step in one.steps]
        project_actions.set_milestones(project, _known(done), by=officer)
        if one.finished_on is not None:
            project_actions.change_project(project, by=officer, finished_on=one.finished_on)


def _known(steps: list[MilestoneGiven]) -> list[MilestoneGiven]:
    """What could be known by then: a step done later is not done yet."""
    today = moment.today()
    return [
        one if one.finished_on is None or one.finished_on <= today else MilestoneGiven(one.name, one.planned_on)
        for one in steps
    ]


def _say(project: Project, month: DemoMonth, officer: Officer) -> None:
    facts: dict[str, Any] = {"month": month.month, "percent": month.percent, "stage": month.stage, "text": month.text}
    with moment.at(month.at):
        if month.corrected is None:
            project_actions.publish_update(project, by=officer, **facts)
        else:
            note = "上次公布的数量把尚未验收的计算在内，现予更正。"
            project_actions.correct_update(project, by=officer, note=note, **facts)
