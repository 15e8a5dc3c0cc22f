"""Two people wrote in one draft, or it went on its way meanwhile: whose save came between, and both texts."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gongkai.agencies.access import DeskRequest
from gongkai.agencies.officers import Officer
from gongkai.catalog import header
from gongkai.catalog import ledger_kinds as kinds
from gongkai.catalog.editions import Disclosure, Edition
from gongkai.ledger.entries import Entry
from gongkai.publishing.actions import drafting
from gongkai.publishing.desk.forms import DraftForm, ground_choices, to_desk, to_public, values_of
from gongkai.texts import richtext


@dataclass(frozen=True)
class Difference:
    """A field in which the two differ; ``mine`` and ``theirs`` as sent, ``shown`` as read."""

    key: str
    label: str
    mine: str
    theirs: str
    wrote: bool  # whether I changed it, or the page only still shows what was there before
    mine_shown: str
    theirs_shown: str

    @property
    def is_body(self) -> bool:
        return self.key == "body"


def sentence(officer: Officer, edition: Edition) -> str:
    """Who saved, and when."""
    ref = edition.ref()
    saves = Entry.objects.filter(subject_kind=ref.kind, subject_id=ref.id, kind=kinds.DRAFT_SAVED)
    last = saves.order_by("-id").first()
    at = f"{timezone.localtime(edition.saved_at):%H:%M}"
    if last is None:
        return f"这份草稿在您打开之后（{at}）已有改动。"
    if last.actor_id == str(officer.pk):
        return f"您在另一个窗口（{at}）保存过这份草稿。"
    return f"{last.actor_label} 在您打开之后（{at}）保存过这份草稿。"


def conflict_page(request: DeskRequest, edition: Edition, form: DraftForm) -> HttpResponse:
    """Both texts, field by field, to choose from; nothing was overwritten."""
    context = _both(edition, form) | {
        "sentence": sentence(request.user, edition),
        "stamp": drafting.stamp(edition),
        "closed": False,
    }
    return render(request, "publishing/editor_conflict.html", context, status=409)


def closed_page(request: DeskRequest, edition: Edition, form: DraftForm, reason: str) -> HttpResponse:
    """The draft may no longer be written in; what was typed stands here to be copied."""
    context = _both(edition, form) | {"sentence": reason, "closed": True}
    return render(request, "publishing/editor_conflict.html", context, status=409)


def _both(edition: Edition, form: DraftForm) -> dict[str, Any]:
    theirs = values_of(edition)
    found = []
    same = []
    for key in form.fields:
        if key not in form.data:
            continue
        mine = str(form.data[key])
        if _comparable(key, mine) == _comparable(key, theirs[key]):
            same.append((key, mine))
            continue
        kept = richtext.clean(to_public(mine)) if key == "body" else mine
        wrote = drafting.wrote(form.data.get("version", ""), key, kept)
        shown = (_shown(key, mine), _shown(key, theirs[key]))
        found.append(Difference(key, _label(key, form), mine, theirs[key], wrote, *shown))
    return {"edition": edition, "document": edition.document, "differences": found, "same": same}


def _comparable(key: str, value: str) -> str:
    if key == "body":
        return to_desk(richtext.clean(to_public(value)))
    return " ".join(value.split())


def _label(key: str, form: DraftForm) -> str:
    return header.LABELS.get(key) or str(form.fields[key].label)


def _shown(key: str, value: str) -> str:
    if key == "body":
        # What was typed is shown as HTML only after cleaning, like any body.
        return to_desk(richtext.clean(to_public(value)))
    if key == "disclosure" and value in Disclosure.values:
        return str(Disclosure(value).label)
    if key == "ground":
        return dict(ground_choices()).get(value, value)
    return value
