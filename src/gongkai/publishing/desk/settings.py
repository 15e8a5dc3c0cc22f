"""How the agency publishes: its dictionary 词库, its review chains 审核流程, its outlets 发布渠道."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.catalog import doctypes
from gongkai.catalog.doctypes import REVIEW_STEPS
from gongkai.publishing.actions import settings
from gongkai.publishing.checks.words import starter_words
from gongkai.publishing.desk import notices
from gongkai.publishing.outlets import contract
from gongkai.publishing.parcels import OutletSetting
from gongkai.publishing.rail import KEEPERS
from gongkai.publishing.reviews import ReviewChain, Word

_BETWEEN = re.compile(r"[、，,；;\s]+")


class WordForm(forms.Form):
    """One entry of the dictionary; several suggestions or exceptions are separated by 、."""

    word = forms.CharField(label="词语", max_length=60, error_messages={"required": "请填写词语。"})
    kind = forms.ChoiceField(label="性质", choices=Word.KINDS)
    severity = forms.ChoiceField(label="级别", choices=Word.SEVERITIES)
    suggestions = forms.CharField(label="建议改为", required=False, max_length=200, help_text="多个用顿号隔开。")
    exceptions = forms.CharField(
        label="例外", required=False, max_length=300, help_text="词语出现在这些说法里时不提示，多个用顿号隔开。"
    )
    note = forms.CharField(label="说明", required=False, max_length=200)

    def facts(self) -> dict[str, Any]:
        values = self.cleaned_data
        return {
            "kind": values["kind"],
            "severity": values["severity"],
            "suggestions": _several(values["suggestions"]),
            "exceptions": _several(values["exceptions"]),
            "note": values["note"],
        }


@require_http_methods(["GET", "POST"])
@desk_view(*KEEPERS)
def words(request: DeskRequest) -> HttpResponse:
    """The agency's own entries, and a search in those that come with the software."""
    agency = request.user.agency
    form = WordForm(request.POST or None, initial=_initial_word(request), label_suffix="")
    if request.method == "POST" and form.is_valid():
        try:
            saved = settings.save_word(agency=agency, word=form.cleaned_data["word"], by=request.user, **form.facts())
        except ValidationError as error:
            _at_fields(form, error)
        else:
            notices.done(request, f"已保存“{saved.word}”，下一次检查起生效。")
            return HttpResponseRedirect(reverse("desk:words"))
    text = request.GET.get("q", "").strip()
    own = Word.objects.filter(agency=agency)
    context = {
        "form": form,
        "own": own.filter(word__icontains=text) if text else own,
        "shared": Word.objects.filter(agency=None),
        "q": text,
        "shipped": _shipped(text),
        "shipped_number": len(starter_words()),
        "undo": None,
    }
    return render(request, "publishing/words.html", context, status=422 if form.errors else 200)


@require_POST
@desk_view(*KEEPERS)
def remove_word(request: DeskRequest, pk: int) -> HttpResponse:
    """Take an own entry out; what comes with the software then holds again."""
    entry = Word.objects.filter(pk=pk, agency_id=request.user.agency_id).first()
    if entry is None:
        raise Http404("词库里没有这个词。")
    settings.remove_word(entry, by=request.user)
    notices.done(request, f"已删除“{entry.word}”。")
    return HttpResponseRedirect(reverse("desk:words"))


@require_http_methods(["GET", "POST"])
@desk_view(*KEEPERS)
def chains(request: DeskRequest) -> HttpResponse:
    """The review steps of every type, as the agency set them or as the type declares them."""
    error: dict[str, str] = {}
    if request.method == "POST":
        key = request.POST.get("type", "")
        if key not in doctypes.all_types():
            raise Http404("没有这种文件类型。")
        try:
            settings.set_chain(request.user.agency, key, request.POST.getlist("steps"), by=request.user)
        except ValidationError as refusal:
            error = {"type": key, "text": "；".join(refusal.messages)}
        else:
            notices.done(request, f"“{doctypes.get(key).label}”的审核流程已改，此后送审的按新流程办理。")
            return HttpResponseRedirect(f"{reverse('desk:chains')}#{key}")
    own = {one.type: one.steps for one in ReviewChain.objects.filter(agency_id=request.user.agency_id)}
    tried = request.POST.getlist("steps") if error else []
    rows = [
        {
            "type": kind,
            "own": kind.key in own,
            "error": error.get("text", "") if error.get("type") == kind.key else "",
            "steps": _steps(tried if error.get("type") == kind.key else own.get(kind.key, kind.review), kind.review),
        }
        for kind in doctypes.all_types().values()
    ]
    context = {"rows": rows, "labels": list(REVIEW_STEPS.values()), "undo": None}
    return render(request, "publishing/chains.html", context, status=422 if error else 200)


@require_http_methods(["GET", "POST"])
@desk_view(*KEEPERS)
def outlets(request: DeskRequest) -> HttpResponse:
    """Every outlet of the installation: whether the agency uses it, and its settings."""
    agency = request.user.agency
    tried, error = "", ""
    if request.method == "POST":
        tried = request.POST.get("outlet", "")
        given = {
            key.removeprefix("setting-"): str(value)
            for key, value in request.POST.items()
            if key.startswith("setting-")
        }
        enabled = request.POST.get("enabled") == "on"
        try:
            settings.set_outlet(agency, tried, enabled=enabled, settings=given, by=request.user)
        except ValidationError as refusal:
            error = "；".join(refusal.messages)
        else:
            notices.done(request, f"“{contract.get(tried).label}”已{'启用' if enabled else '停用'}。")
            return HttpResponseRedirect(reverse("desk:outlets"))
    kept = {one.outlet: one for one in OutletSetting.objects.filter(agency=agency)}
    rows = [
        _outlet(outlet, kept.get(outlet.key), request.POST if outlet.key == tried else None, error)
        for outlet in contract.chosen_outlets()
    ]
    return render(request, "publishing/outlets.html", {"rows": rows, "undo": None}, status=422 if error else 200)


def _outlet(outlet: contract.Outlet, kept: OutletSetting | None, tried: Any, error: str) -> dict[str, Any]:
    values = kept.settings if kept else {}
    options = [
        {
            "key": key,
            "label": label,
            "required": required,
            "value": tried.get(f"setting-{key}", "") if tried is not None else values.get(key, ""),
        }
        for key, label, required in outlet.options
    ]
    enabled = tried.get("enabled") == "on" if tried is not None else bool(kept and kept.enabled)
    return {"outlet": outlet, "options": options, "enabled": enabled, "error": error if tried is not None else ""}


def _steps(chosen: Any, declared: Any) -> list[dict[str, Any]]:
    return [
        {"key": key, "label": label, "on": key in chosen, "declared": key in declared}
        for key, label in REVIEW_STEPS.items()
    ]


def _initial_word(request: DeskRequest) -> dict[str, Any]:
    """The entry to change, when the address names one."""
    entry = Word.objects.filter(agency_id=request.user.agency_id, word=request.GET.get("word", "")).first()
    if entry is None:
        return {"severity": "warn"}
    return {
        "word": entry.word,
        "kind": entry.kind,
        "severity": entry.severity,
        "suggestions": "、".join(entry.suggestions),
        "exceptions": "、".join(entry.exceptions),
        "note": entry.note,
    }


def _shipped(text: str) -> list[Any]:
    return [one for one in starter_words() if text in one.word][:50] if text else []


def _several(text: str) -> list[str]:
    return [one for one in _BETWEEN.split(text) if one]


def _at_fields(form: forms.Form, error: ValidationError) -> None:
    for field, messages in error.message_dict.items():
        for message in messages:
            form.add_error(field if field in form.fields else None, message)
