"""One act on several editions: looked at one by one first, then fired one by one, with a result for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.agencies.officers import Officer
from gongkai.catalog.editions import Edition
from gongkai.catalog.queries import access_documents
from gongkai.procedures.engine import Refused, fire, permitted
from gongkai.procedures.tables import Event
from gongkai.publishing import guards
from gongkai.publishing.desk import notices, queue
from gongkai.publishing.desk.act_forms import ActForm
from gongkai.publishing.desk.acts import form_for
from gongkai.publishing.desk.tasks import BULK_EVENTS
from gongkai.publishing.procedures import EDITION

_AT_ONCE = 50


@dataclass(frozen=True)
class Picked:
    """One edition picked, with the version that was looked at."""

    edition: Edition
    version: int
    reasons: tuple[str, ...]
    done: str = ""

    @property
    def value(self) -> str:
        return f"{self.edition.pk}.{self.version}"


@require_POST
@desk_view()
def bulk(request: DeskRequest) -> HttpResponse:
    """First the list with what holds each back and the fields of the act; with ``confirmed`` the results."""
    event = _event(request.POST.get("event", ""))
    picked = _picked(request.user, request.POST.getlist("edition"), event)
    if not picked:
        notices.failed(request, "请先在列表左侧勾选要一起办理的信息。")
        return HttpResponseRedirect(queue.remembered(request).url)
    able = [one for one in picked if not one.reasons]
    sample = (able or picked)[0].edition
    if request.POST.get("confirmed") != "1":
        form = form_for(EDITION, sample, request.user, event)
        return _page(request, event, picked, form)
    form = form_for(EDITION, sample, request.user, event, request.POST)
    if not form.is_valid() or _lacking(form, event, able):
        return _page(request, event, picked, form, status=422)
    results = [_fired(one, event, request.user, form.given) for one in picked]
    context = {
        "event": event,
        "results": results,
        "done": sum(1 for one in results if one.done),
        "back": _back(request),
    }
    return render(request, "publishing/bulk_result.html", context)


def _page(
    request: DeskRequest, event: Event, picked: Sequence[Picked], form: ActForm, status: int = 200
) -> HttpResponse:
    able = [one for one in picked if not one.reasons]
    context = {
        "event": event,
        "able": able,
        "unable": [one for one in picked if one.reasons],
        "form": form,
        "demanded": _demanded(able) if event.key == "pass" else {},
        "back": _back(request),
    }
    return render(request, "publishing/bulk.html", context, status=status)


def _event(key: str) -> Event:
    if key not in BULK_EVENTS:
        raise Http404("没有这个事项。")
    return EDITION.event(key)


def _picked(officer: Officer, values: Sequence[str], event: Event) -> list[Picked]:
    """The editions picked that the officer may see, in the order of the list, with why the act is not possible."""
    versions: dict[int, int] = {}
    for value in values[:_AT_ONCE]:
        pk, _, version = value.partition(".")
        if pk.isdigit() and version.isdigit():
            versions[int(pk)] = int(version)
    editions = (
        Edition.objects.filter(pk__in=versions, document__in=access_documents(officer))
        .select_related("document", "document__agency", "document__department", "document__live", "drafted_by")
        .in_bulk()
    )
    return [
        Picked(editions[pk], version, _reasons(editions[pk], officer, event))
        for pk, version in versions.items()
        if pk in editions
    ]


def _reasons(edition: Edition, officer: Officer, event: Event) -> tuple[str, ...]:
    for permission in permitted(EDITION, edition, officer):
        if permission.event.key == event.key:
            return permission.reasons
    return (f"现在的状态是“{edition.state_label}”，不能{event.label}。",)


def _demanded(able: Sequence[Picked]) -> dict[str, str]:
    """What is attested for any of them: reviewers of several steps attest what each step wants."""
    demanded: dict[str, str] = {}
    for one in able:
        demanded |= guards.demanded_attestations(one.edition.state)
    return demanded


def _lacking(form: ActForm, event: Event, able: Sequence[Picked]) -> bool:
    """Whether what each of them needs attested is missing; says so at the boxes."""
    if event.key == "pass":
        for key, label in _demanded(able).items():
            if not form.cleaned_data.get(key):
                form.add_error(key, f"请确认{label}。")
    return bool(form.errors)


def _fired(one: Picked, event: Event, officer: Officer, given: dict[str, Any]) -> Picked:
    try:
        fired = fire(EDITION, one.edition, event.key, by=officer, given=given, version=one.version)
    except Refused as refusal:
        return Picked(one.edition, one.version, tuple(refusal.reasons))
    return Picked(one.edition, one.version, (), done=EDITION.state(fired.target).label)


def _back(request: DeskRequest) -> str:
    back = request.POST.get("back", "")
    known = (reverse("desk:tasks"), reverse("desk:documents"))
    return back if back.split("?")[0] in known else queue.remembered(request).url
