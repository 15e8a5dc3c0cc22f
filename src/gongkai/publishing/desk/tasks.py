"""今天要办: what waits for me, the most urgent first."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.agencies.officers import Officer
from gongkai.catalog.editions import Edition
from gongkai.publishing import rail, worklist
from gongkai.publishing.clocks import Clocks
from gongkai.publishing.desk import notices, queue
from gongkai.publishing.procedures import EDITION
from gongkai.publishing.worklist import Section, Task

BULK_EVENTS = ("pass", "release", "schedule")
"""What may be done to several editions at once."""

_EMPTY = {
    Section.ALL: ("现在没有等您办的事", "别人送审、退回，或者定时发布出了问题，会自动出现在这里。"),
    Section.REVIEW: ("没有等您审核的信息", "送到您这一环节的信息会自动出现在这里。"),
    Section.DRAFTS: ("您没有在办的稿件", "点“起草”开始，或上传 Word 文件。"),
    Section.RELEASE: ("没有待发布的信息", "审核全部通过的信息会自动出现在这里。"),
    Section.SCHEDULED: ("没有定时发布", "在待发布的信息上选“定时发布”，到点由系统发布。"),
    Section.RETURNED: ("没有退回给您的稿件", "审核人退回的稿件连同理由会出现在这里。"),
    Section.LATE: ("没有超期的信息", "条例第二十六条：自信息形成或者变更之日起20个工作日内公开。"),
}


@require_GET
@desk_view()
def tasks(request: DeskRequest) -> HttpResponse:
    """The worklist: sections, words, keyset paging; what was chosen stays for the session."""
    view = queue.chosen(request)
    queue.remember(request, view)
    clocks = Clocks()
    found = queue.load(request, view, clocks)
    title, text = _EMPTY[view.section]
    context = {
        "view": view,
        "tabs": tabs(view, found.counts),
        "tasks": found.tasks,
        "further": view.address(after=found.further) if found.further else "",
        "first": view.address() if view.after else "",
        "total": found.counts[view.section],
        "emergencies": after_the_fact(worklist.emergencies(request.user)),
        "dead_letters": rail.dead_count(request.user) if request.user.holds(rail.OPERATORS) else None,
        "today": clocks.today,
        "may_draft": request.user.holds(rail.DRAFTERS),
        "empty": {"title": title, "text": text},
        "bulk_events": bulk_events(request.user),
        "undo": notices.undo(request),
    }
    return render(request, "publishing/tasks.html", context)


def tabs(view: queue.Chosen, counts: dict[Section, int]) -> list[dict[str, Any]]:
    """Every section with its number; those that can never hold anything for this officer stay, at 0."""
    return [
        {
            "label": section.label,
            "url": view.address(section=section),
            "count": counts[section],
            "current": section is view.section,
        }
        for section in Section
    ]


def after_the_fact(editions: Sequence[Edition]) -> list[dict[str, Any]]:
    """Emergency releases awaiting their review, with the hours left of the day."""
    now = timezone.now()
    rows = []
    for edition in editions:
        due = worklist.review_after_due(edition)
        hours = int((due - now).total_seconds() // 3600) if due else 0
        late = due is not None and due < now
        text = "补审已超时" if late else f"{hours}小时内补审" if hours else "1小时内补审"
        rows.append({"edition": edition, "due": due, "text": text, "tone": "late" if late or hours < 4 else "soon"})
    return rows


def bulk_events(officer: Officer) -> list[tuple[str, str]]:
    """What may be done to several at once, of what this officer ever does."""
    found = []
    for key in BULK_EVENTS:
        event = EDITION.event(key)
        if any(roles & officer.roles for roles in event.roles.values()):
            found.append((key, event.label))
    return found


def queue_rows(tasks: Sequence[Task], current: int | None) -> list[dict[str, Any]]:
    """The rows of the list beside the review screen."""
    return [
        {"task": task, "current": task.edition.pk == current, "step": queue.step_label(task.edition)} for task in tasks
    ]
