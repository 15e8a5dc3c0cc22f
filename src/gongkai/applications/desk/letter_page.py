"""A letter of a case: the sheet as it will stand, the facts it needs beside it, then how it went out and arrived."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.applications import letter_drafts, letter_facts, letter_records, mailing
from gongkai.applications.actions import letters as actions
from gongkai.applications.actions import papers
from gongkai.applications.applications import Application
from gongkai.applications.clock_facts import Clocks
from gongkai.applications.desk import letter_panel, letter_steps
from gongkai.applications.desk.case import case_or_404
from gongkai.applications.desk.letter_forms import ArrivedForm, CameBackForm, FactsForm, SendForm, VoidForm, WordForm
from gongkai.applications.dispatch import Delivery, Letter, LetterState, Method
from gongkai.applications.items import RequestedItem
from gongkai.applications.letter_keys import is_reply
from gongkai.applications.letter_settings import house_of
from gongkai.applications.letters import catalogue, printing, word_back
from gongkai.applications.letters.catalogue import Addressee
from gongkai.applications.letters.composing import IncompleteLetter
from gongkai.applications.powers import OFFICE, OFFICER, WHOLE_AGENCY, roles_over
from gongkai.applications.procedures import APPLICATION
from gongkai.procedures.engine import Conflict, Refused, fire
from gongkai.publishing.desk import notices, uploading
from gongkai.publishing.desk.firing import number
from gongkai.telling.status import Told
from gongkai.texts.reading import UnreadableFile

READERS = tuple(sorted(WHOLE_AGENCY))
"""Who reads letters: they say who applied."""


def letter_or_404(request: DeskRequest, pk: int, letter: int) -> Letter:
    """A letter of a case that the officer may see. Raises Http404."""
    case = case_or_404(request.user, pk)
    found = case.letters.select_related("pdf", "consultation__party", "by").filter(pk=letter).first()
    if found is None:
        raise Http404("本件里没有这份文书。")
    found.application = case
    return found


@require_POST
@desk_view(*READERS)
def new(request: DeskRequest, pk: int) -> HttpResponse:
    """Begin the letter ``key``, about a consultation or some items of the case; then on to its page."""
    case = case_or_404(request.user, pk)
    key = request.POST.get("key", "")
    if key not in catalogue.all_letters():
        raise Http404("没有这种文书。")
    asked = request.POST.get("consultation", "")
    consultation = next((one for one in case.consultations.all() if str(one.pk) == asked), None)
    if asked and consultation is None:
        raise Http404("本件里没有这次征求意见。")
    items, given = _items(request, case), _served(request, case)
    letter = actions.write(case, key, by=request.user, items=items, consultation=consultation, given=given)
    return HttpResponseRedirect(address(letter))


def _served(request: DeskRequest, case: Application) -> dict[str, str]:
    """For a 送达回证: the letter of the case that it is to prove."""
    asked = request.POST.get("serves", "")
    one = next((one for one in case.letters.all() if str(one.pk) == asked), None)
    return {"送达文书": letter_records.copy_of(one)} if one is not None else {}


def _items(request: DeskRequest, case: Application) -> list[RequestedItem]:
    chosen = request.POST.getlist("item")
    return [one for one in case.items.all() if str(one.pk) in chosen]


def address(letter: Letter) -> str:
    """The letter's page."""
    return reverse("applications:letter", args=[letter.application_id, letter.pk])


@require_GET
@desk_view(*READERS)
def letter(request: DeskRequest, pk: int, letter: int) -> HttpResponse:
    """The page."""
    return page(request, letter_or_404(request, pk, letter))


@require_POST
@desk_view(*READERS)
def save(request: DeskRequest, pk: int, letter: int) -> HttpResponse:
    """Keep what was typed for the letter; with ``freeze`` it is then frozen: number, sheet and hash."""
    found = letter_or_404(request, pk, letter)
    known = letter_facts.known_for(found, clocks=Clocks(), masked=True)
    form = FactsForm(found, letter_drafts.rows(found, known, house_of(found.application.agency)), request.POST)
    if not form.is_valid():
        return page(request, found, facts=form, status=422)
    seen = number(request, "version")
    try:
        saved = actions.save(found, given=form.given, dated=form.cleaned_data["dated"], seen=seen, by=request.user)
        if request.POST.get("then") == "freeze":
            frozen = actions.freeze(saved, seen=saved.version, by=request.user)
            notices.done(request, f"已定稿：{frozen.title}{frozen.number}。")
        else:
            notices.done(request, "已保存。")
    except Conflict as conflict:
        return page(request, letter_or_404(request, pk, letter), facts=form, reasons=conflict.reasons, status=409)
    except Refused as refused:
        return page(request, letter_or_404(request, pk, letter), facts=form, reasons=refused.reasons, status=422)
    except printing.CannotPrint as error:
        return page(request, letter_or_404(request, pk, letter), reasons=[str(error)], status=503)
    return HttpResponseRedirect(address(found))


@uploading.bounded
@require_POST
@desk_view(*READERS)
def word(request: DeskRequest, pk: int, letter: int) -> HttpResponse:
    """The body comes back from Word; with ``act`` = reset it is composed from the facts again."""
    found = letter_or_404(request, pk, letter)
    seen = number(request, "version")
    try:
        if request.POST.get("act") == "reset":
            actions.set_body(found, "", seen=seen, by=request.user)
            notices.done(request, "已恢复为按案件自动生成的正文。")
            return HttpResponseRedirect(address(found))
        form = WordForm(request.POST, request.FILES, prefix="word")
        if not form.is_valid():
            return page(request, found, word=form, status=422)
        read = word_back.read_back(form.cleaned_data["word"].read(), actions.compose(found))
        actions.set_body(found, read.html, seen=seen, by=request.user)
    except UnreadableFile as unreadable:
        form.add_error("word", unreadable.message_zh)
        return page(request, found, word=form, status=422)
    except IncompleteLetter as incomplete:
        return page(request, found, reasons=[str(incomplete)], status=422)
    except Refused as refused:
        status = 409 if isinstance(refused, Conflict) else 422
        return page(request, letter_or_404(request, pk, letter), reasons=refused.reasons, status=status)
    notices.done(request, "已采用修改后的正文，请核对。")
    for note in read.notes:
        notices.failed(request, note)
    return HttpResponseRedirect(address(found))


@require_POST
@desk_view(*READERS)
def void(request: DeskRequest, pk: int, letter: int) -> HttpResponse:
    """作废."""
    found = letter_or_404(request, pk, letter)
    form = VoidForm(request.POST, prefix="void")
    if not form.is_valid():
        return page(request, found, void=form, status=422)
    try:
        actions.void(found, reason=form.cleaned_data["reason"], by=request.user)
    except Refused as refused:
        return page(request, letter_or_404(request, pk, letter), void=form, reasons=refused.reasons, status=422)
    notices.done(request, f"已作废：{found.title}{found.number}。文号不再使用。")
    return HttpResponseRedirect(f"{found.application.get_absolute_url()}#letters")


@require_POST
@desk_view(*READERS)
def send(request: DeskRequest, pk: int, letter: int) -> HttpResponse:
    """It goes out. A reply that was signed and not delivered yet is delivered with it, in one step."""
    found = letter_or_404(request, pk, letter)
    form = SendForm(found, request.POST)
    if not form.is_valid():
        return page(request, found, send=form, status=422)
    given = form.cleaned_data
    (method, recorded), case = form.chosen, found.application
    how = {"method": method, "sent_on": given["sent_on"], "tracking": given["tracking"], "recorded": recorded}
    mailed = method == Method.EMAIL and not recorded
    try:
        if delivers(found):
            facts = {"replied_on": given["sent_on"], "tracking": given["tracking"]}
            facts["method"] = "" if recorded else method.value
            with transaction.atomic():
                fire(APPLICATION, case, "deliver", by=request.user, given=facts, version=case.version)
                if recorded:
                    actions.send(found, by=request.user, **how)
            after = "结果在“送达”中显示" if mailed else "请登记送达结果"
            notices.done(request, f"答复书{'已交邮件系统发送' if mailed else '已发出'}，{case.number}办结。{after}。")
        else:
            actions.send(found, by=request.user, **how)
            done = "已交邮件系统发送，结果在“送达”中显示。" if mailed else f"已登记发出：{method.label}。"
            notices.done(request, done)
            letter_steps.sent(request, found, given["sent_on"], by=request.user)
    except Refused as refused:
        return page(request, letter_or_404(request, pk, letter), send=form, reasons=refused.reasons, status=422)
    return HttpResponseRedirect(f"{address(found)}#deliveries")


def delivers(letter: Letter) -> bool:
    """Whether sending this letter is delivering the reply."""
    return is_reply(letter.key) and letter.application.state == "signed"


@uploading.bounded
@require_POST
@desk_view(*READERS)
def result(request: DeskRequest, pk: int, letter: int, delivery: int) -> HttpResponse:
    """What became of a delivery: ``act`` arrived or back."""
    found = letter_or_404(request, pk, letter)
    one = found.deliveries.filter(pk=delivery).first()
    if one is None:
        raise Http404("本文书没有这次送达。")
    one.letter = found
    came_back = request.POST.get("act") == "back"
    prefix = f"{'back' if came_back else 'arrived'}{one.pk}"
    form = (CameBackForm if came_back else ArrivedForm)(request.POST, request.FILES, prefix=prefix)
    if not form.is_valid():
        return page(request, found, result=form, status=422)
    given = form.cleaned_data
    try:
        if came_back:
            actions.came_back(one, on=given["on"], why=given["why"], by=request.user)
        else:
            proof = given["proof"]
            papers.arrived(
                one,
                on=given["on"],
                received_by=given["received_by"],
                proof=(proof.name, proof.read()) if proof else None,
                by=request.user,
            )
            letter_steps.arrived(request, found, given["on"], by=request.user)
    except Refused as refused:
        return page(request, letter_or_404(request, pk, letter), result=form, reasons=refused.reasons, status=422)
    notices.done(request, "已登记退回，可以再次送达。" if came_back else "已登记送达。")
    return HttpResponseRedirect(f"{address(found)}#deliveries")


def page(
    request: DeskRequest, found: Letter, *, reasons: Sequence[str] = (), status: int = 200, **tried: Any
) -> HttpResponse:
    """The page; ``tried``: forms that were refused, by name, ``reasons`` why."""
    form = catalogue.get(found.key)
    roles = roles_over(request.user, found.application)
    if not roles & WHOLE_AGENCY:
        raise PermissionDenied("文书由公开工作机构和审核、签发人员查看。")
    draft = found.state == LetterState.DRAFT
    context = {
        "letter": found,
        "form": form,
        "case": found.application,
        "row": letter_panel.row(found, {}),
        "may_write": draft and bool(roles & OFFICE),
        "may_void": found.state != LetterState.VOID and bool(roles & OFFICE) and not found.deliveries.all(),
        "may_send": found.state == LetterState.FROZEN
        and bool(roles & OFFICER)
        and form.addressee is not Addressee.INTERNAL,
        "delivers": delivers(found),
        "early": is_reply(found.key) and found.application.signed_at is None and found.application.closed_on is None,
        "reasons": reasons,
        "void": tried.get("void") or VoidForm(prefix="void"),
        "word": tried.get("word") or WordForm(prefix="word"),
        "send": tried.get("send") or SendForm(found),
        "deliveries": _outcomes(found, tried.get("result")),
        "reached": any(one.received_on for one in found.deliveries.all()),
        **(_drafted(found, tried.get("facts")) if draft else {}),
    }
    return render(request, "applications/letters/desk/letter.html", context, status=status)


def _drafted(found: Letter, tried: FactsForm | None) -> dict[str, Any]:
    """What the page of a draft shows beside: facts with their sources, the sheet with its gaps. People are masked."""
    house = house_of(found.application.agency)
    known = letter_facts.known_for(found, clocks=Clocks(), masked=True)
    rows = letter_drafts.rows(found, known, house)
    composed = letter_drafts.sheet(found, known, house)
    return {
        "facts": tried or FactsForm(found, rows),
        "known": [one for one in rows if one.value and not one.missing],
        "elsewhere": list(letter_drafts.missing_parts(found, known, house)),
        "lacking": actions.missing(found, known.facts, house),
        "composed": composed,
        "body": mark_safe(composed.body) if composed else "",
    }


def _outcomes(found: Letter, tried: Any) -> list[dict[str, Any]]:
    sent = list(found.deliveries.select_related("evidence", "by"))
    mailed = mailing.told_of(found.application, sent)
    return [_outcome(one, mailed.get(one.pk), tried) for one in sent]


def _outcome(one: Delivery, mail: Told | None, tried: Any) -> dict[str, Any]:
    arrived, back = ArrivedForm(prefix=f"arrived{one.pk}"), CameBackForm(prefix=f"back{one.pk}")
    if tried is not None and tried.prefix == arrived.prefix:
        arrived = tried
    if tried is not None and tried.prefix == back.prefix:
        back = tried
    return letter_panel.delivery(one, mail) | {"arrived": arrived, "back": back}
