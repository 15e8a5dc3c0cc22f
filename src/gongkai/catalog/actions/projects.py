"""Projects of regular progress disclosure: begun, changed, their months told and corrected; each with its entry.

An update is published at once by the disclosure office (公开经办人, 公开机构负责人); no other review stands before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max

from gongkai.agencies.bodies import Agency
from gongkai.agencies.officers import Officer
from gongkai.agencies.roles import Role
from gongkai.catalog import ledger_kinds as kinds
from gongkai.catalog.full_list.cells import tidied, tidy
from gongkai.catalog.projects import Milestone, Project, ProjectUpdate
from gongkai.ledger import moment
from gongkai.ledger.changes import set_fields
from gongkai.ledger.recording import record
from gongkai.ledger.refs import Named, Ref

PUBLISHERS = (Role.DISCLOSURE_OFFICER, Role.DISCLOSURE_HEAD)
_FIELDS = ("kind", "year", "number", "name", "goal", "responsible", "department", "due_day", "finished_on")
_LAST_DUE_DAY = 28


@dataclass(frozen=True)
class MilestoneGiven:
    """One step as it was typed."""

    name: str
    planned_on: date
    finished_on: date | None = None


@transaction.atomic
def create_project(agency: Agency, *, by: Ref | Named, **facts: Any) -> Project:
    """Begin a project; without a number, after the last of its year and kind. Raises ValidationError by field."""
    project = Project(agency=agency, **tidied(facts))
    if not project.number:
        there = Project.objects.filter(agency=agency, year=project.year, kind=project.kind)
        project.number = int(there.aggregate(last=Max("number"))["last"] or 0) + 1
    _check(project)
    project.save()
    record(kinds.PROJECT_CREATED, by=by, subject=project, agency=agency)
    return project


@transaction.atomic
def change_project(project: Project, *, by: Ref | Named, **facts: Any) -> bool:
    """Change what is given. Returns whether anything changed. Raises ValidationError by field."""
    if refused := facts.keys() - set(_FIELDS):
        raise ValueError(f"of a project never changes: {', '.join(sorted(refused))}")
    before, after = set_fields(project, tidied(facts))
    if not after:
        return False
    _check(project)
    project.save()
    record(kinds.PROJECT_CHANGED, by=by, subject=project, agency=project.agency, before=before, after=after)
    return True


@transaction.atomic
def remove_project(project: Project, *, by: Ref | Named) -> None:
    """Remove one that was entered by mistake. What has been told in public stays."""
    if project.updates.exists():
        raise ValidationError("已经公布过进展的项目不能删除。不再推进的，请在进展中说明，并填写完成日期。")
    subject, agency = project.ref(), project.agency
    project.delete()
    record(kinds.PROJECT_REMOVED, by=by, subject=subject, agency=agency)


@transaction.atomic
def set_milestones(project: Project, steps: Sequence[MilestoneGiven], *, by: Ref | Named) -> None:
    """The steps of the project, in this order, instead of those there are."""
    today = moment.today()
    if wrong := [one.name for one in steps if one.finished_on is not None and one.finished_on > today]:
        raise ValidationError(f"“{'”、“'.join(wrong)}”的实际完成日期在今天之后，请核对。")
    Milestone.objects.filter(project=project).delete()
    Milestone.objects.bulk_create(
        [
            Milestone(
                project=project,
                position=place,
                name=tidy(one.name),
                planned_on=one.planned_on,
                finished_on=one.finished_on,
            )
            for place, one in enumerate(steps)
        ]
    )
    done = sum(one.finished_on is not None for one in steps)
    record(kinds.MILESTONES_SET, by=by, subject=project, agency=project.agency, count=len(steps), done=done)


@transaction.atomic
def publish_update(
    project: Project, *, month: date, percent: int, text: str, by: Officer, stage: str = ""
) -> ProjectUpdate:
    """Tell the progress of a month. Raises ValidationError by field, PermissionDenied for who may not publish."""
    _allowed(project, by)
    month = month.replace(day=1)
    if _revisions(project, month):
        raise ValidationError({"month": f"{month.year}年{month.month}月的进展已经公布。需要改动的，请用“更正”。"})
    update = _update(project, month, 1, percent=percent, stage=stage, text=text, by=by)
    record(
        kinds.PROGRESS_PUBLISHED,
        by=by,
        subject=project,
        agency=project.agency,
        month=f"{month.year}年{month.month}月",
        percent=percent,
    )
    return update


@transaction.atomic
def correct_update(
    project: Project, *, month: date, percent: int, text: str, note: str, by: Officer, stage: str = ""
) -> ProjectUpdate:
    """Say a month anew, and why. The former words stay readable."""
    _allowed(project, by)
    month = month.replace(day=1)
    said = _revisions(project, month)
    if not said:
        raise ValidationError({"month": f"{month.year}年{month.month}月的进展还没有公布，不需要更正。"})
    if not note.strip():
        raise ValidationError({"note": "请写明更正了什么、为什么更正，读者会看到。"})
    update = _update(project, month, said + 1, percent=percent, stage=stage, text=text, by=by, note=note)
    record(
        kinds.PROGRESS_CORRECTED,
        by=by,
        subject=project,
        agency=project.agency,
        month=f"{month.year}年{month.month}月",
        percent=percent,
        note=tidy(note),
    )
    return update


def _update(
    project: Project, month: date, revision: int, *, percent: int, stage: str, text: str, by: Officer, note: str = ""
) -> ProjectUpdate:
    now = moment.now()
    problems: dict[str, str] = {}
    if month.year != project.year:
        problems["month"] = f"这是{project.year}年度的项目，请选择{project.year}年的月份。"
    elif month > moment.today():
        problems["month"] = "这个月还没有开始，不能公布进展。"
    if not 0 <= percent <= 100:
        problems["percent"] = "完成比例应在0到100之间。"
    if not text.strip():
        problems["text"] = "请写明这个月做了什么、完成了多少。"
    if problems:
        raise ValidationError(problems)
    update = ProjectUpdate(
        project=project,
        month=month,
        revision=revision,
        percent=percent,
        stage=tidy(stage),
        text=tidy(text),
        note=tidy(note),
        officer=by,
        published_at=now,
    )
    update.full_clean(exclude={"project", "officer"})
    update.save()
    return update


def _revisions(project: Project, month: date) -> int:
    """How often the month has been said. Two who publish at once: the second waits here, and is told."""
    Project.objects.select_for_update().get(pk=project.pk)
    return ProjectUpdate.objects.filter(project=project, month=month).count()


def _allowed(project: Project, by: Officer) -> None:
    if by.agency_id != project.agency_id or not by.holds(PUBLISHERS):
        raise PermissionDenied("项目进展由本机关的公开经办人或者公开机构负责人公布。")


def _check(project: Project) -> None:
    problems: dict[str, str] = {}
    if not 2000 <= project.year <= 2100:
        problems["year"] = "请填写四位年份，如2026。"
    if not 1 <= project.due_day <= _LAST_DUE_DAY:
        problems["due_day"] = f"请填写1到{_LAST_DUE_DAY}之间的日期。"
    if project.department is not None and project.department.agency_id != project.agency_id:
        problems["department"] = "请选择本机关的处室。"
    if project.finished_on is not None and project.finished_on > moment.today():
        problems["finished_on"] = "完成日期在今天之后，请核对。"
    try:
        project.full_clean(exclude={"agency", "department"})
    except ValidationError as error:
        problems |= {key: "；".join(told) for key, told in error.message_dict.items() if key not in problems}
    if problems:
        raise ValidationError(problems)
