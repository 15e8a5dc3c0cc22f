"""告知设置: quiet hours, digest, warnings, and the agency's own words."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.agencies.desk.forms import take_errors
from gongkai.telling import wordings as templates
from gongkai.telling.actions import choices
from gongkai.telling.arrangements import Wording
from gongkai.telling.desk.forms import ArrangementForm, WordingForm
from gongkai.telling.rail import KEEPERS
from gongkai.telling.wordings import Audience
from gongkai.telling.writing import arrangement_of

_SET = ("quiet_from", "quiet_until", "digest_at", "gather_minutes", "warn_days", "sms_sign")


@never_cache
@require_http_methods(["GET", "POST"])
@desk_view(*sorted(KEEPERS))
def arrangement(request: DeskRequest) -> HttpResponse:
    """How the agency tells, and which way mail and short messages go in this installation."""
    agency = request.user.agency
    row = arrangement_of(agency.pk)
    form = ArrangementForm(request.POST or None, initial={name: getattr(row, name) for name in _SET})
    if request.method == "POST" and form.is_valid():
        try:
            choices.arrange(agency, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, "已保存。")
            return redirect("telling:arrangement")
    context = {
        "form": form,
        "mail": bool(settings.GONGKAI_MAIL_HOST),
        "sms": bool(settings.GONGKAI_SMS_PROVIDER),
    }
    return render(request, "telling/arrangement.html", context)


@never_cache
@require_GET
@desk_view(*sorted(KEEPERS))
def wordings(request: DeskRequest) -> HttpResponse:
    """Every template, and which of them the agency words itself."""
    own = {one.template: one for one in Wording.objects.filter(agency_id=request.user.agency_id)}
    groups = [
        {
            "label": label,
            "rows": [_row(one, own.get(one.key)) for one in templates.all_templates() if one.audience is audience],
        }
        for audience, label in ((Audience.PUBLIC, "发给申请人"), (Audience.STAFF, "发给工作人员"))
    ]
    return render(request, "telling/wordings.html", {"groups": groups})


def _row(template: templates.Template, own: Wording | None) -> dict[str, Any]:
    title = (own.title if own is not None else "") or template.title
    return {"template": template, "own": own, "title": templates.readable(template, title)}


@never_cache
@require_http_methods(["GET", "POST"])
@desk_view(*sorted(KEEPERS))
def wording(request: DeskRequest, key: str) -> HttpResponse:
    """One template: the agency's own words, with what may be filled in."""
    try:
        template = templates.get(key)
    except KeyError:
        raise Http404("没有这个模板。") from None
    agency = request.user.agency
    own = Wording.objects.filter(agency=agency, template=key).first() or Wording()
    form = WordingForm(template, request.POST or None, initial=_words(template, own))
    if request.method == "POST" and form.is_valid():
        given = {"sms": "", "sms_code": ""} | form.cleaned_data
        try:
            choices.word(agency, template, by=request.user, **given)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, f"已保存“{template.label}”。")
            return redirect("telling:wordings")
    return render(request, "telling/wording.html", {"form": form, "template": template, "own": own.pk is not None})


def _words(template: templates.Template, own: Wording) -> dict[str, Any]:
    return {
        "title": own.title or template.title,
        "text": own.text or template.text,
        "sms": own.sms or template.sms,
        "sms_code": own.sms_code,
    }
