"""培训台账: trainings in disclosure, written down as they are held (条例第四十八条)."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.agencies.access import DeskRequest, desk_view
from gongkai.oversight.actions import registers as actions
from gongkai.oversight.annual_report.powers import OFFICE
from gongkai.oversight.desk.reports import STAFF_ROLES
from gongkai.oversight.queries import access_trainings
from gongkai.publishing.desk import notices

_SHOWN = 200
_DAY = {"invalid": "请填写日期，如 2026-11-23。", "required": "请填写日期。"}


class TrainingForm(forms.Form):
    """One training."""

    held_on = forms.DateField(
        label="日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), error_messages=_DAY
    )
    subject = forms.CharField(label="培训内容", max_length=120, error_messages={"required": "请填写培训内容。"})
    lecturer = forms.CharField(label="授课人", max_length=60, required=False)
    people = forms.IntegerField(
        label="参加人数", min_value=1, max_value=1_000_000, error_messages={"required": "请填写参加人数。"}
    )
    note = forms.CharField(label="备注", max_length=200, required=False)


@require_http_methods(["GET", "POST"])
@desk_view(*STAFF_ROLES)
def trainings(request: DeskRequest) -> HttpResponse:
    """The register, and the form of one more."""
    form = TrainingForm(request.POST or None)
    may_write = request.user.holds(OFFICE)
    if request.method == "POST" and may_write and form.is_valid():
        try:
            actions.save_training(request.user.agency, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            for field, told in error.message_dict.items():
                form.add_error(field if field in form.fields else None, told)
        else:
            notices.done(request, "已登记。")
            return HttpResponseRedirect(reverse("oversight:trainings"))
    rows = list(access_trainings(request.user)[:_SHOWN])
    context = {"form": form, "rows": rows, "may_write": may_write, "undo": None, "most": _SHOWN}
    return render(request, "oversight/desk/trainings.html", context, status=422 if form.errors else 200)


@require_POST
@desk_view(*sorted(OFFICE))
def remove(request: DeskRequest, pk: int) -> HttpResponse:
    """It was written down by mistake."""
    one = access_trainings(request.user).filter(pk=pk).first()
    if one is None:
        raise Http404("没有这项登记。")
    actions.remove_training(one, by=request.user)
    notices.done(request, "已删除。")
    return HttpResponseRedirect(reverse("oversight:trainings"))
