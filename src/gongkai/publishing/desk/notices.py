"""What a page says about the act before: done, and how to take it back where the law allows."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone

from gongkai.catalog.editions import Edition
from gongkai.ledger.entries import Entry
from gongkai.ledger.refs import Ref
from gongkai.ledger.timeline import Moment, moments
from gongkai.procedures.engine import Fired
from gongkai.publishing.desk.acts import fire_url
from gongkai.publishing.procedures import EDITION

_KEY = "desk.undo"
_TAKES_BACK = {"submit": "recall", "schedule": "unschedule"}


def done(request: HttpRequest, text: str) -> None:
    """Say on the next page that it was done; what was offered to take back before is past."""
    request.session.pop(_KEY, None)
    messages.success(request, text)


def failed(request: HttpRequest, text: str) -> None:
    """Say on the next page why it was not done."""
    messages.error(request, text)


def offer_undo(request: HttpRequest, event_key: str, fired: Fired) -> None:
    """Offer the event that takes this one back, on the next page only. Call after ``done``."""
    back = _TAKES_BACK.get(event_key)
    if back is None or not isinstance(fired.subject, Edition):
        return
    request.session[_KEY] = {
        "url": fire_url(EDITION, fired.subject, back),
        "version": fired.subject.version,
        "label": EDITION.event(back).label,
    }


def undo(request: HttpRequest) -> dict[str, Any] | None:
    """What can be taken back, once: whether it still may be, the engine decides when it is pressed."""
    offered: dict[str, Any] | None = request.session.pop(_KEY, None)
    return offered


def history(*subjects: Ref) -> list[Entry]:
    """What happened to these subjects, oldest first; one query."""
    kinds: dict[str, list[str]] = {}
    for subject in subjects:
        kinds.setdefault(subject.kind, []).append(subject.id)
    wanted = Entry.objects.none()
    for kind, ids in kinds.items():
        wanted = wanted | Entry.objects.filter(subject_kind=kind, subject_id__in=ids)
    return list(wanted.order_by("id"))


def lines(entries: list[Entry], *, newest_first: bool = True) -> list[dict[str, Any]]:
    """A timeline's rows for the page."""
    rows = [_line(moment) for moment in moments(entries)]
    return rows[::-1] if newest_first else rows


def _line(moment: Moment) -> dict[str, Any]:
    return {
        "who": moment.who,
        "what": moment.label,
        "note": moment.sentence,
        "when": f"{timezone.localtime(moment.at):%Y-%m-%d %H:%M:%S}",
        "tone": "late" if moment.tone in {"danger", "warn"} else "",
    }


def typed(form: forms.Form | None) -> list[tuple[str, str]]:
    """The words a person wrote into a form whose act is no longer there, by label: they are shown to be kept."""
    if form is None:
        return []
    written = [(str(field.label), str(field.value() or "").strip()) for field in form if field.widget_type in _WORDS]
    return [(label, value) for label, value in written if value]


_WORDS = frozenset({"text", "textarea"})
