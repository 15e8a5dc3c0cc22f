"""Acts are sent here: the engine decides, the page says what happened, and nothing typed is lost on a refusal."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.catalog.editions import Edition
from gongkai.ledger.refs import Ref
from gongkai.procedures.engine import Conflict, Fired, Refused, fire, permitted
from gongkai.procedures.tables import Event, Procedure
from gongkai.publishing.clocks import Clocks
from gongkai.publishing.desk import notices, queue
from gongkai.publishing.desk.acts import form_for
from gongkai.publishing.desk.documents import document_or_404, document_page
from gongkai.publishing.desk.review import edition_or_404, review_page
from gongkai.publishing.procedures import DOCUMENT, EDITION

UNKNOWN_VERSION = 0  # versions count from 1: an act sent without one is never current

Again = Callable[..., HttpResponse]


@require_POST
@desk_view()
def fire_edition(request: DeskRequest, pk: int, event: str) -> HttpResponse:
    """Fire an event of the review procedure; then on to the next of my list."""
    edition = edition_or_404(request.user, pk)

    def again(**shown: Any) -> HttpResponse:
        return review_page(request, edition_or_404(request.user, pk), **shown)

    following = _next_of_mine(request, edition)
    answer = carry_out(request, EDITION, edition, event, again, [edition.ref(), edition.document.ref()])
    if isinstance(answer, HttpResponse):
        return answer
    label = EDITION.event(event).label
    notices.done(
        request, f"已{label}：《{edition.title or '（无标题）'}》，现在是“{EDITION.state(answer.target).label}”。"
    )
    notices.offer_undo(request, event, answer)
    stays = event in {"recall", "unschedule"}
    return HttpResponseRedirect(reverse("desk:edition", args=[pk]) if stays else following)


@require_POST
@desk_view()
def fire_document(request: DeskRequest, pk: int, event: str) -> HttpResponse:
    """Fire an event of the document: notices, withdrawal, redirect."""
    document = document_or_404(request.user, pk)

    def again(**shown: Any) -> HttpResponse:
        return document_page(request, document_or_404(request.user, pk), **shown)

    answer = carry_out(request, DOCUMENT, document, event, again, [document.ref()])
    if isinstance(answer, HttpResponse):
        return answer
    label = DOCUMENT.event(event).label
    notices.done(request, f"已办理“{label}”，现在的状态是“{DOCUMENT.state(answer.target).label}”。")
    return HttpResponseRedirect(reverse("desk:document", args=[pk]))


def carry_out(
    request: DeskRequest,
    procedure: Procedure,
    subject: Any,
    event_key: str,
    again: Again,
    about: list[Ref],
    *,
    prefix: str = "",
) -> Fired | HttpResponse:
    """What the engine did, or the page once more (``again``) with every reason, and on a conflict with what happened
    ``about`` the subject meanwhile. ``prefix`` as the page gave it to its forms."""
    event = _event(procedure, event_key)
    form = form_for(procedure, subject, request.user, event, request.POST, prefix=prefix)
    if not form.is_valid():
        held_up = [one.reasons for one in permitted(procedure, subject, request.user) if one.event.key == event_key]
        return again(tried=form, reasons=[reason for reasons in held_up for reason in reasons], status=422)
    try:
        return fire(
            procedure, subject, event_key, by=request.user, given=form.given, version=number(request, "version")
        )
    except Conflict as conflict:
        return again(tried=form, reasons=conflict.reasons, meanwhile=meanwhile(request, about), status=409)
    except Refused as refusal:
        return again(tried=form, reasons=refusal.reasons, status=422)


def _event(procedure: Procedure, key: str) -> Event:
    try:
        return procedure.event(key)
    except KeyError:
        raise Http404("没有这个事项。") from None


def meanwhile(request: DeskRequest, about: list[Ref]) -> list[dict[str, Any]]:
    """What others did since the page was opened."""
    seen = number(request, "seen")
    return notices.lines([entry for entry in notices.history(*about) if entry.pk > seen], newest_first=False)


def number(request: DeskRequest, name: str) -> int:
    given = request.POST.get(name, "")
    return int(given) if given.isdigit() and len(given) < 19 else UNKNOWN_VERSION


def _next_of_mine(request: DeskRequest, edition: Edition) -> str:
    """The address of the next edition of the list the person works through."""
    found = queue.load(request, queue.remembered(request), Clocks())
    return queue.next_after(found.tasks, edition.pk)
