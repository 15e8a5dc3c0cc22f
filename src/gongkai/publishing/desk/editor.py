"""The editor: one screen for header, text and what is around it; saved by itself, by hand, and against conflicts."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.catalog.actions.documents import DraftConflict, set_topics
from gongkai.catalog.editions import Edition
from gongkai.procedures.engine import Refused
from gongkai.publishing import checking
from gongkai.publishing.actions import drafting
from gongkai.publishing.desk import conflicts, notices, panel, uploading
from gongkai.publishing.desk.forms import DraftForm, TopicsForm, values_of
from gongkai.publishing.desk.review import edition_or_404
from gongkai.publishing.desk.screen import WRITERS, editor_page, refusal
from gongkai.publishing.procedures import EDITION


@require_GET
@desk_view(*WRITERS)
def edit(request: DeskRequest, pk: int) -> HttpResponse:
    """The screen."""
    edition = edition_or_404(request.user, pk)
    reason = refusal(request.user, edition)
    if reason:
        notices.failed(request, reason)
        return HttpResponseRedirect(reverse("desk:edition", args=[pk]))
    rejected = _rejected(request, edition)
    form = DraftForm(edition, values_of(edition) | rejected)
    return editor_page(request, edition, form)


@require_POST
@desk_view(*WRITERS)
def save(request: DeskRequest, pk: int) -> HttpResponse:
    """Save what was sent: JSON for a page that saves itself, else a page. ``then`` says what follows a plain save:
    ``submit``, ``preview``, ``accept:<field>``, ``mend:<finding>``.

    Values that cannot be are kept as typed and shown again with what is wrong; everything else is saved.
    """
    edition = edition_or_404(request.user, pk)
    unasked = uploading.wants_json(request)
    form = DraftForm(edition, request.POST)
    form.is_valid()
    reason = refusal(request.user, edition)
    if reason:
        return _answer(reason) if unasked else conflicts.closed_page(request, edition, form, reason)
    chosen = {key: value for key, value in form.facts().items() if request.POST.get(f"choose-{key}") != "theirs"}
    seen = request.POST.get("version", "")
    try:
        edition = drafting.save(edition, by=request.user, seen=seen, facts=chosen, unasked=unasked)
    except DraftConflict as conflict:
        if unasked:
            return _answer(conflicts.sentence(request.user, conflict.edition) + "请点“保存”，对照两份文字再定。")
        return conflicts.conflict_page(request, conflict.edition, form)
    except ValidationError as error:
        told = "；".join(error.messages)
        return _answer(told) if unasked else editor_page(request, edition, form, reasons=[told], stamp=seen, status=422)
    _save_topics(request, edition)
    problems = {key: told for key, told in form.problems().items() if f"choose-{key}" not in request.POST}
    _remember(request, edition, form.rejected() if problems else {})
    if unasked:
        at = f"{timezone.localtime():%H:%M}"
        return JsonResponse({"saved_at": at, "version": drafting.stamp(edition), "problems": problems})
    return _then(request, edition, form, problems)


def _answer(error: str) -> JsonResponse:
    return JsonResponse({"error": error}, status=409)


def _then(request: DeskRequest, edition: Edition, form: DraftForm, problems: dict[str, str]) -> HttpResponse:
    """What a plain save leads to."""
    then, _, what = request.POST.get("then", "").partition(":")
    here = HttpResponseRedirect(reverse("desk:edit", args=[edition.pk]))
    if then == "submit":
        if problems:
            reason = "有的栏目没有保存：请先改正，再送审。其他内容已经保存。"
            return editor_page(request, edition, form, reasons=[reason], status=422)
        return _submitted(request, edition, form)
    if then == "preview":
        return HttpResponseRedirect(reverse("desk:preview", args=[edition.pk]))
    if problems:
        return editor_page(request, edition, form, reasons=["标出的栏目没有保存，其他内容已经保存。"], status=422)
    try:
        if then == "accept":
            drafting.accept(edition, what, by=request.user)
        elif then == "mend":
            drafting.mend(edition, fingerprint=what, by=request.user)
    except ValidationError as error:
        return editor_page(request, edition, form, reasons=error.messages, status=422)
    notices.done(request, "已保存。")
    return here


def _submitted(request: DeskRequest, edition: Edition, form: DraftForm) -> HttpResponse:
    try:
        fired = drafting.hand_in(edition, by=request.user)
    except Refused as refused:
        return editor_page(request, edition, form, reasons=refused.reasons, status=422)
    label = EDITION.state(fired.target).label
    notices.done(request, f"已送审：《{edition.title or '（无标题）'}》，现在是“{label}”。")
    notices.offer_undo(request, "submit", fired)
    return HttpResponseRedirect(reverse("desk:edition", args=[edition.pk]))


def _save_topics(request: DeskRequest, edition: Edition) -> None:
    """Topics are the document's; sent with the same form, kept when they changed."""
    if "topics-sent" not in request.POST:
        return
    form = TopicsForm(edition, request.POST)
    if form.is_valid():
        chosen = set(form.cleaned_data["topics"])
        if chosen != set(edition.document.topics.all()):
            set_topics(edition.document, sorted(chosen, key=lambda one: one.name), by=request.user)


def _key(edition: Edition) -> str:
    return f"desk.rejected.{edition.pk}"


def _remember(request: DeskRequest, edition: Edition, rejected: dict[str, str]) -> None:
    """Values that could not be saved, as typed, for when the page is opened again."""
    if rejected:
        request.session[_key(edition)] = rejected
    else:
        request.session.pop(_key(edition), None)


def _rejected(request: DeskRequest, edition: Edition) -> dict[str, Any]:
    kept: dict[str, Any] = request.session.get(_key(edition), {})
    return kept


@require_GET
@desk_view(*WRITERS)
def live(request: DeskRequest, pk: int) -> HttpResponse:
    """What stands beside the text, as of the last save: a fragment for the page that has just saved."""
    return panel.fragment(request, edition_or_404(request.user, pk))


@require_POST
@desk_view(*WRITERS)
def replace(request: DeskRequest, pk: int) -> HttpResponse:
    """Put a finding's replacement in its place; JSON ``{"version", "field", "value"}`` for the page to show it, or
    ``{"error"}``."""
    edition = edition_or_404(request.user, pk)
    reason = refusal(request.user, edition)
    if reason:
        return _answer(reason)
    try:
        saved, field = drafting.mend(edition, fingerprint=request.POST.get("fingerprint", ""), by=request.user)
    except ValidationError as error:
        return JsonResponse({"error": "；".join(error.messages)}, status=422)
    return JsonResponse({"version": drafting.stamp(saved), "field": field, "value": values_of(saved)[field]})


@require_POST
@desk_view(*WRITERS)
def keep(request: DeskRequest, pk: int) -> HttpResponse:
    """保留并说明, without leaving the text: the fragment again, with the finding answered or what was wrong."""
    edition = edition_or_404(request.user, pk)
    fingerprint, note = request.POST.get("fingerprint", ""), request.POST.get("note", "")
    error = refusal(request.user, edition)
    if not error:
        try:
            checking.answer(edition, fingerprint=fingerprint, note=note, by=request.user)
        except ValueError as refused:
            error = str(refused)
    answering = {"fingerprint": fingerprint, "note": note, "error": error} if error else {}
    return panel.fragment(request, edition_or_404(request.user, pk), answering=answering)


@require_POST
@desk_view(*WRITERS)
def show_hidden(request: DeskRequest, pk: int, code: str) -> HttpResponse:
    """A person decides that what Word hides in the source belongs to the text."""
    edition = edition_or_404(request.user, pk)
    reason = refusal(request.user, edition)
    stored = edition.document.files.filter(code=code, uses__edition=edition).first()
    if not reason and stored is not None:
        try:
            drafting.show_hidden(edition, stored, by=request.user)
        except ValidationError as error:
            reason = "；".join(error.messages)
    if reason:
        notices.failed(request, reason)
    else:
        notices.done(request, "已把来稿中的隐藏文字读入正文，请逐处核对。")
    return HttpResponseRedirect(reverse("desk:edit", args=[pk]))
