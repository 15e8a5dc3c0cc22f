"""文书设置: red head, numbers and seal of an agency, and the wording of each letter with its preview beside it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.agencies.bodies import Agency
from gongkai.applications import letter_settings as kept
from gongkai.applications.actions import letter_settings as actions
from gongkai.applications.letter_settings import KEEPERS, SEAL_KEEPERS
from gongkai.applications.letters import catalogue, printing
from gongkai.applications.letters import wording as wordings
from gongkai.applications.letters.catalogue import ADDRESSEES, SERIES_LABELS, Letter, Series
from gongkai.applications.letters.composing import Composed, House, compose
from gongkai.applications.letters.sample import sample_for
from gongkai.ledger import moment

_GROUPS = {"process": "办理中的告知", "replies": "答复", "consultations": "征求意见、协办、移送", "records": "案卷表单"}


class FrameForm(forms.Form):
    """What all letters share."""

    red_head = forms.CharField(
        label="红头",
        max_length=40,
        required=False,
        help_text="如“澜川市城市管理委员会”。不填则不用红头，标题上方写机关名称。",
    )
    number_prefix = forms.CharField(
        label="文号代字", max_length=30, required=False, help_text="如“澜城管公开”，可不填。"
    )
    number_pattern = forms.CharField(
        label="文号格式",
        max_length=120,
        help_text="可用 {{ 代字 }}、{{ 年份 }}、{{ 序号 }}、{{ 类字 }}；序号按类别和年份连续编排。",
        error_messages={"required": "请填写文号格式，如 〔{{ 年份 }}〕第{{ 序号 }}号-{{ 类字 }}。"},
    )
    reconsideration_body = forms.CharField(
        label="行政复议机关", max_length=100, required=False, help_text="写入救济告知，如“澜川市人民政府”。"
    )
    court = forms.CharField(
        label="有管辖权的人民法院", max_length=100, required=False, help_text="写入救济告知，请写全称。"
    )
    cite_interpretation = forms.BooleanField(label="救济告知引用最高人民法院的司法解释", required=False)


class SeriesForm(forms.Form):
    """Go on after a number given elsewhere."""

    series = forms.ChoiceField(label="类别", choices=[(one.value, label) for one, label in SERIES_LABELS.items()])
    last = forms.IntegerField(
        label="本年已编至第几号",
        min_value=1,
        help_text="年中启用时填写原台账的最后一号，系统从下一号接着编。",
        error_messages={"required": "请填写已编到的号数。", "invalid": "请填写数字。"},
    )


class SealForm(forms.Form):
    """A picture of the seal, and how large it is."""

    seal = forms.FileField(
        label="印章图片",
        help_text="PNG 或 JPG，正方形，印章占满图片；白底会变为透明。",
        error_messages={"required": "请选择印章图片。", "empty": "图片是空的，请重新选择。"},
    )
    width_mm = forms.IntegerField(
        label="印章直径（毫米）", initial=42, error_messages={"required": "请填写直径。", "invalid": "请填写数字。"}
    )


@require_http_methods(["GET", "POST"])
@desk_view(*KEEPERS)
def settings(request: DeskRequest) -> HttpResponse:
    """Everything letters share, and the list of letters."""
    agency = request.user.agency
    act = request.POST.get("act", "") if request.method == "POST" else ""
    stored = kept.settings_of(agency)
    initial = {name: getattr(stored, name) for name in FrameForm.base_fields}
    frame = FrameForm(request.POST if act == "frame" else None, initial=initial, label_suffix="", prefix="frame")
    series = SeriesForm(request.POST if act == "series" else None, label_suffix="", prefix="series")
    if act == "frame" and frame.is_valid() and _save_frame(request, frame):
        return HttpResponseRedirect(reverse("letters:settings"))
    if act == "series" and series.is_valid() and _save_series(request, series):
        return HttpResponseRedirect(reverse("letters:settings"))
    return _settings_page(request, {"frame": frame, "series": series, "seal_form": _seal_form()})


@require_POST
@desk_view(*SEAL_KEEPERS)
def seal(request: DeskRequest) -> HttpResponse:
    """Take a seal into use, or use none any more."""
    agency = request.user.agency
    if request.POST.get("act") == "retire":
        actions.retire_seal(agency, by=request.user)
        messages.success(request, "印章已停用，此后的文书打印后由人工加盖。")
        return HttpResponseRedirect(reverse("letters:settings"))
    form = SealForm(request.POST, request.FILES, label_suffix="", prefix="seal")
    if form.is_valid():
        try:
            data = form.cleaned_data["seal"].read()
            actions.save_seal(agency, data, width_mm=form.cleaned_data["width_mm"], by=request.user)
        except ValidationError as error:
            _take(form, error)
        else:
            messages.success(request, "印章已启用，此后定稿的文书加盖这枚印章。")
            return HttpResponseRedirect(reverse("letters:settings"))
    stored = kept.settings_of(agency)
    initial = {name: getattr(stored, name) for name in FrameForm.base_fields}
    frame = FrameForm(initial=initial, label_suffix="", prefix="frame")
    series = SeriesForm(label_suffix="", prefix="series")
    return _settings_page(request, {"frame": frame, "series": series, "seal_form": form})


@require_http_methods(["GET", "POST"])
@desk_view(*KEEPERS)
def wording(request: DeskRequest, key: str) -> HttpResponse:
    """The paragraphs of one letter, to be said in the agency's own words."""
    letter, agency = _letter(key), request.user.agency
    house = kept.house_of(agency)
    typed: Mapping[str, str] = house.of(letter)
    errors: dict[str, str] = {}
    if request.method == "POST":
        typed = _typed(request, letter)
        if request.POST.get("act") == "reset":
            typed = {one.key: one.text for one in letter.paragraphs}
        if request.POST.get("act") != "preview":
            try:
                own = actions.save_wording(agency, letter, typed, by=request.user)
            except ValidationError as error:
                errors = {name: "".join(told) for name, told in error.message_dict.items()}
            else:
                told = f"已保存，其中{own}段用本机关的文字。" if own else "已保存，全部用系统原来的文字。"
                messages.success(request, told)
                return HttpResponseRedirect(reverse("letters:wording", args=[key]))
        else:
            errors = _faults(letter, typed)
    context = {
        "letter": letter,
        "addressee": ADDRESSEES[letter.addressee],
        "rows": [_row(one, typed, errors) for one in letter.paragraphs],
        "names": _names(letter),
        **_shown(letter, agency, house, typed),
    }
    return render(request, "applications/letters/desk/wording.html", context, status=422 if errors else 200)


@require_POST
@desk_view(*KEEPERS)
def preview(request: DeskRequest, key: str) -> HttpResponse:
    """The letter as it would read with what has been typed: for the page, as one types."""
    letter, agency = _letter(key), request.user.agency
    context = _shown(letter, agency, kept.house_of(agency), _typed(request, letter))
    return render(request, "applications/letters/desk/sheet.html", context)


@require_GET
@desk_view(*KEEPERS)
def specimen(request: DeskRequest, key: str) -> HttpResponse:
    """The letter on paper, with invented facts and without the seal: nobody gets a sealed sheet from here."""
    letter, agency = _letter(key), request.user.agency
    composed = _composed(letter, agency, replace(kept.house_of(agency), seal=b""))
    try:
        paper = printing.pdf(composed)
    except printing.CannotPrint as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("letters:wording", args=[key]))
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{letter.key}.pdf"'
    return response


def _settings_page(request: DeskRequest, forms_: dict[str, forms.Form]) -> HttpResponse:
    agency, year = request.user.agency, moment.today().year
    own: dict[str, int] = {}
    for one in kept.LetterTemplate.objects.filter(agency=agency):
        own[one.letter] = own.get(one.letter, 0) + 1
    counters = {one.series: one.last for one in kept.LetterCounter.objects.filter(agency=agency, year=year)}
    stored = kept.settings_of(agency)
    context = {
        **forms_,
        "groups": [
            (label, [(one, ADDRESSEES[one.addressee], own.get(one.key, 0)) for one in _of(group)])
            for group, label in _GROUPS.items()
        ],
        "counters": [
            (label, counters.get(one.value, 0), kept.number_text(stored, one, year, counters.get(one.value, 0) + 1))
            for one, label in SERIES_LABELS.items()
        ],
        "year": year,
        "seal": kept.seal_of(agency),
        "keeps_seal": request.user.holds(SEAL_KEEPERS),
    }
    wrong = any(form.errors for form in forms_.values())
    return render(request, "applications/letters/desk/settings.html", context, status=422 if wrong else 200)


def _save_frame(request: DeskRequest, form: FrameForm) -> bool:
    try:
        actions.save_settings(request.user.agency, by=request.user, **form.cleaned_data)
    except ValidationError as error:
        _take(form, error)
        return False
    messages.success(request, "已保存，此后拟写的文书按新的设置。")
    return True


def _save_series(request: DeskRequest, form: SeriesForm) -> bool:
    series, last = Series(form.cleaned_data["series"]), form.cleaned_data["last"]
    try:
        actions.continue_series(request.user.agency, series, moment.today().year, last, by=request.user)
    except ValidationError as error:
        _take(form, error)
        return False
    messages.success(request, f"{SERIES_LABELS[series]}从第{last + 1}号接着编。")
    return True


def _seal_form() -> SealForm:
    return SealForm(label_suffix="", prefix="seal")


def _take(form: forms.Form, error: ValidationError) -> None:
    """Put what the action refused at its field."""
    for field, told in error.message_dict.items():
        form.add_error(field if field in form.fields else None, told)


def _letter(key: str) -> Letter:
    try:
        return catalogue.get(key)
    except KeyError:
        raise Http404("没有这种文书。") from None


def _of(group: str) -> list[Letter]:
    return [one for one in catalogue.all_letters().values() if one.group == group]


def _typed(request: HttpRequest, letter: Letter) -> dict[str, str]:
    """What stands in the fields of the form, by paragraph."""
    return {
        one.key: str(request.POST[f"text-{one.key}"]) for one in letter.paragraphs if f"text-{one.key}" in request.POST
    }


def _row(one: catalogue.Paragraph, typed: Mapping[str, str], errors: Mapping[str, str]) -> dict[str, Any]:
    text = typed.get(one.key, one.text)
    return {
        "paragraph": one,
        "text": text,
        "lines": max(2, len(text) // 34 + 1),
        "own": text.strip() != one.text,
        "error": errors.get(one.key, ""),
    }


def _names(letter: Letter) -> list[str]:
    """The facts this letter's own wording calls; others may be used too, and are then required."""
    return list(dict.fromkeys(name for one in letter.paragraphs for name in one.names))


def _faults(letter: Letter, typed: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for one in letter.paragraphs:
        if one.key in typed:
            try:
                wordings.check(typed[one.key])
            except wordings.BadWording as error:
                found[one.key] = str(error)
    return found


def _shown(letter: Letter, agency: Agency, house: House, typed: Mapping[str, str]) -> dict[str, Any]:
    """What the preview shows: paragraphs that cannot be used yet stand in their former words."""
    faults = _faults(letter, typed)
    usable = {**house.of(letter), **{key: text for key, text in typed.items() if key not in faults}}
    composed = _composed(letter, agency, replace(house, wordings={**house.wordings, letter.key: usable}))
    return {"composed": composed, "body": mark_safe(composed.body), "faults": len(faults)}


def _composed(letter: Letter, agency: Agency, house: House) -> Composed:
    settings_ = kept.settings_of(agency)
    number = kept.number_text(settings_, letter.series, moment.today().year, 1) if letter.series else ""
    facts = replace(sample_for(letter), agency=agency.name, number=number)
    return compose(letter, facts, house)
