"""The editor's screen as a page: header, text and what stands beside it; and who may write there."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render

from gongkai.agencies.access import DeskRequest
from gongkai.agencies.officers import Officer
from gongkai.catalog.editions import Edition, EditionState
from gongkai.publishing.actions import drafting
from gongkai.publishing.desk import notices, panel, uploading
from gongkai.publishing.desk.attached import file_rows
from gongkai.publishing.desk.forms import DraftForm, LinkForm, TopicsForm
from gongkai.publishing.procedures import EDITION

WRITERS = ("drafter", "disclosure_officer")


def refusal(officer: Officer, edition: Edition) -> str:
    """Why this officer may not write in this edition now; empty when they may."""
    if edition.state != EditionState.DRAFTING:
        return f"现在的状态是“{edition.state_label}”，不能修改。需要修改的，请先退回或收回。"
    wanted = EDITION.event("submit").roles[EditionState.DRAFTING]
    if not wanted & EDITION.roles_of(officer, edition):
        return "这份草稿由本处室的撰稿人或公开经办人修改。"
    return ""


def editor_page(
    request: DeskRequest,
    edition: Edition,
    form: DraftForm,
    *,
    reasons: Sequence[str] = (),
    file_error: str = "",
    link_form: LinkForm | None = None,
    stamp: str = "",
    status: int = 200,
) -> HttpResponse:
    """The screen with these values; after a refusal with its reasons, or with the form that was not accepted."""
    topics = TopicsForm(edition)
    context = panel.around(request, edition) | {
        "form": form.for_display(),
        "stamp": stamp or drafting.stamp(edition),
        "topics": topics if edition.document.agency.topics.exists() else None,
        "files": file_rows(edition),
        "links": panel.link_rows(edition),
        "link_form": link_form or LinkForm(),
        "file_error": file_error,
        "max_bytes": uploading.largest(),
        "previous": edition.document.editions.filter(number__lt=edition.number).exists(),
        "reasons": reasons,
        "undo": notices.undo(request),
    }
    return render(request, "publishing/editor.html", context, status=status)
