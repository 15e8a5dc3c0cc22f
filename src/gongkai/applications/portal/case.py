"""An applicant's own page: where it stands in plain words, the clock, the letters, and what can be done now."""

from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from gongkai.applications import asked_names, case_files
from gongkai.applications import ledger_kinds as kinds
from gongkai.applications.actions import applying as actions
from gongkai.applications.aftermath import Correction, Proposal
from gongkai.applications.applications import Application, ApplicationState
from gongkai.applications.calendars import application_address
from gongkai.applications.clock_drawing import draw
from gongkai.applications.clock_facts import Clocks
from gongkai.applications.dispatch import Letter, LetterState, Method
from gongkai.applications.files import CaseFile, FileRole
from gongkai.applications.letters import catalogue
from gongkai.applications.letters.catalogue import Addressee
from gongkai.applications.portal import account, deeds, doors, opened, receipt, secrets, wordings
from gongkai.applications.portal.carried import Carried
from gongkai.applications.portal.deeds import Deed
from gongkai.applications.powers import ApplicantActor
from gongkai.catalog.portal.frame import Frame
from gongkai.interfaces import downloads
from gongkai.law import clock, replies
from gongkai.ledger.entries import Entry
from gongkai.ledger.persons import Forgotten

_ANSWERED = (ApplicationState.DELIVERED, ApplicationState.ARCHIVED)


@dataclass(frozen=True)
class Letters:
    """A letter as the applicant has it. ``waits``: sent online and not opened yet; to open it is to receive it."""

    letter: Letter
    how: str
    waits: bool
    received: str

    @property
    def there(self) -> bool:
        """Whether there is a file to open."""
        return self.letter.pdf_id is not None


def _behind_the_door(view: doors.View) -> doors.View:
    """A view of an application and the applicant who acts. For whatever this browser has not opened, or not lately,
    existing or not: the door."""

    @wraps(view)
    def opened_view(request: HttpRequest, pk: int, **rest: Any) -> HttpResponseBase:
        if opened.is_open(request, pk):
            return view(request, *opened.application_of(request, pk), **rest)
        messages.info(request, f"请输入查询码和查询密码。为保护您的信息，打开{opened.HOURS}小时以后需要重新输入。")
        return HttpResponseRedirect(reverse("apply:status"))

    return opened_view


@doors.personal("GET")
@_behind_the_door
def case(request: HttpRequest, application: Application, actor: ApplicantActor) -> HttpResponse:
    """The page."""
    return page(request, application, actor)


def page(
    request: HttpRequest,
    application: Application,
    actor: ApplicantActor,
    *,
    tried: tuple[str, forms.Form] | None = None,
    restored: Carried | None = None,
    status: int = 200,
) -> HttpResponse:
    """``tried``: an act that was refused, with its form and what was typed into it; ``restored``: one that came when
    the page had closed, filled in again."""
    frame, agency = Frame(request), application.agency
    standing = wordings.STANDINGS[ApplicationState(application.state)]
    continued = continued_by(application)
    for one in continued:
        if not opened.is_open(request, one.pk):
            opened.open_for(request, one)
    if restored is not None:
        tried = _again(restored)
    offered = deeds.offered(application, actor, tried)
    context = {
        "crumbs": _crumbs(frame, application),
        "application": application,
        "agency_applied_to": agency,
        "standing": standing,
        "items": _items(application),
        "letters": letters(application),
        "files": _given(application),
        "handed_in": [one for one in application.files.all() if one.from_applicant],
        "course": course(application),
        "asked_beside": _asked_beside(application),
        "continued": continued,
        "notices": _notices(application),
        "deeds": offered,
        "restored": _restored(restored, offered) if restored is not None else None,
        "contact": getattr(agency, "contact", None),
        "calendar": request.build_absolute_uri(application_address(application)),
        "coming": receipt.coming(application) if application.state == ApplicationState.UNCONFIRMED else None,
        "code": secrets.written(application.query_code),
        "account": account.offered(request),
    } | _clock(application)
    return frame.page("applications/portal/case.html", context, status=status)


def continued_by(application: Application) -> list[Application]:
    """The applications in which it goes on, elsewhere or in a new round; the same secret opens them."""
    return [*application.moved_to.select_related("agency"), *application.rounds.select_related("agency")]


def _again(restored: Carried) -> tuple[str, forms.Form] | None:
    form = deeds.blank(restored.key)
    if form is None:
        return None
    return restored.key, type(form)(initial=restored.initial(), auto_id=f"id_{restored.key}_%s")


def _restored(restored: Carried, offered: list[Deed]) -> dict[str, Any]:
    """What is said of a form that was filled in again; its texts, where it cannot be sent any more."""
    form, possible = deeds.blank(restored.key), any(one.tried and not one.reasons for one in offered)
    return {
        "key": restored.key,
        "label": deeds.label_of(restored.key),
        "possible": possible,
        "texts": [] if possible or form is None else restored.said(form),
        "lost": restored.lost,
    }


def _crumbs(frame: Frame, application: Application) -> list[dict[str, str]]:
    door = {"label": "查询办理进度", "url": reverse("apply:status")}
    return [*frame.crumbs(()), door, {"label": application.number, "url": ""}]


def _clock(application: Application) -> dict[str, Any]:
    """The strip and the sentences; without them where rows of a former ledger contradict each other."""
    line = Clocks().read(application).line
    if line is None:
        return {"explanation": ["这件申请的日期登记有误，正在核对，期限暂时不能显示。"]}
    names = asked_names.for_applicant(application)
    return {
        "line": line,
        "drawing": draw(line),
        "explanation": [asked_names.named(one, names) for one in clock.explain(line)],
        "steps": [{"step": one, "label": asked_names.label(one, names)} for one in line.steps if one.state.pending],
    }


def _items(application: Application) -> list[dict[str, Any]]:
    told = application.state in _ANSWERED
    return [
        {"item": one, "outcome": replies.outcome(one.outcome).label if told and one.outcome else ""}
        for one in application.items.all()
    ]


def _notices(application: Application) -> list[dict[str, Any]]:
    """What the applicant must know to act: what is to be supplemented, paid, justified, by when."""
    found: list[dict[str, Any]] = []
    if application.state == ApplicationState.CLARIFYING:
        for one in application.clarifications.all():
            if one.answered_on is None:
                until = one.excused_until or one.until
                found.append({"title": "需要补正", "until": until, "texts": [one.unclear, one.wanted]})
    if application.state == ApplicationState.JUSTIFYING:
        for demand in application.reason_demands.all():
            if demand.judged_on is None:
                given = [f"您的说明：{demand.given}"] if demand.given else []
                found.append({"title": "需要说明理由", "until": demand.until, "texts": [demand.facts, *given]})
    if application.state == ApplicationState.PAYING:
        for fee in application.fees.all():
            if fee.paid_on is None and fee.waived_on is None:
                found.append({"title": f"需要缴费{fee.amount}元", "until": None, "texts": list(fee.lines)})
    return found


def letters(application: Application) -> list[Letters]:
    """What was sent to the applicant, newest first; what went to others is not theirs to read."""
    found = []
    for one in application.letters.select_related("pdf").prefetch_related("deliveries"):
        sent = list(one.deliveries.all())
        if one.state != LetterState.FROZEN or not sent or not _to_applicant(one):
            continue
        online = [delivery for delivery in sent if delivery.method == Method.ONLINE]
        received = next((delivery.received_on for delivery in sent if delivery.received_on), None)
        waits = bool(online) and all(delivery.received_on is None for delivery in online)
        found.append(Letters(one, Method(sent[-1].method).label, waits, f"{received:%Y-%m-%d}" if received else ""))
    return found[::-1]


def _to_applicant(letter: Letter) -> bool:
    """Whether its form is one that goes to the applicant: those to third parties and for the file do not."""
    form = catalogue.all_letters().get(letter.key)
    return form is not None and form.addressee is Addressee.APPLICANT and letter.consultation_id is None


def _given(application: Application) -> list[CaseFile]:
    """Files that are provided with the reply, once it was sent."""
    if application.state not in _ANSWERED:
        return []
    return [one for one in application.files.all() if one.for_applicant and one.role == FileRole.PROVIDED]


def _asked_beside(application: Application) -> list[dict[str, Any]]:
    """Corrections and proposals that the applicant filed here, with what was answered."""
    beside: list[tuple[str, Correction | Proposal]] = [("更正申请", one) for one in application.corrections.all()]
    beside += [("主动公开建议", one) for one in application.proposals.filter(by_applicant=True)]
    return [{"what": what, "one": one} for what, one in beside]


def course(application: Application) -> list[dict[str, Any]]:
    """What happened, as far as it concerns the applicant, the latest first."""
    reference = application.ref()
    kinds_told = (*wordings.COURSE, kinds.UNSIGNED)
    entries = Entry.objects.filter(subject_kind=reference.kind, subject_id=reference.id, kind__in=kinds_told)
    told: list[Entry] = []
    for entry in entries.order_by("id"):
        if entry.kind == kinds.UNSIGNED:  # a signature that was taken back before anybody was answered
            told = [one for one in told if one.kind != kinds.SIGNED]
        else:
            told.append(entry)
    return [{"at": entry.at, "what": wordings.COURSE[entry.kind]} for entry in reversed(told)]


@doors.personal("POST")
@_behind_the_door
def open_letter(request: HttpRequest, application: Application, actor: ApplicantActor, letter: int) -> HttpResponse:
    """The first opening of a letter sent online: it counts as received. Then it is there to be read."""
    found = _letter(application, letter)
    actions.open_letter(found.letter, by=actor)
    return HttpResponseRedirect(reverse("apply:letter", args=[application.pk, letter]))


@doors.personal("GET")
@_behind_the_door
def letter(
    request: HttpRequest, application: Application, actor: ApplicantActor, letter: int
) -> HttpResponse | StreamingHttpResponse:
    """The frozen PDF of a letter; one sent online and not opened yet is opened by its button."""
    found = _letter(application, letter)
    if found.waits or found.letter.pdf is None:
        return HttpResponseRedirect(f"{reverse('apply:case', args=[application.pk])}#letters")
    return _download(found.letter.pdf, f"{found.letter.title}{found.letter.number}.pdf", actor)


@doors.personal("POST")
@_behind_the_door
def given_file(
    request: HttpRequest, application: Application, actor: ApplicantActor, code: UUID
) -> HttpResponse | StreamingHttpResponse:
    """A file provided with the reply."""
    file = next((one for one in _given(application) if one.code == code), None)
    if file is None:
        raise Http404("not provided to this applicant")
    return _download(file, file.name, actor)


def _letter(application: Application, pk: int) -> Letters:
    found = next((one for one in letters(application) if one.letter.pk == pk), None)
    if found is None:
        raise Http404("not a letter to this applicant")
    return found


def _download(file: CaseFile, name: str, actor: ApplicantActor) -> StreamingHttpResponse:
    """Handed out once the look is in the ledger."""
    if file.erased_at is not None:
        raise Http404("the file is gone")
    try:
        chunks = case_files.opened(file, by=actor, why="申请人下载")
    except Forgotten:
        raise Http404("the file is gone") from None
    return downloads.attachment(name=name, content_type=file.content_type, chunks=chunks, size=file.size)
