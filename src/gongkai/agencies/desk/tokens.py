"""接口令牌: which systems may send and ask, by the agency's administrator."""

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from gongkai.agencies import queries
from gongkai.agencies.access import desk_view
from gongkai.agencies.actions import tokens as actions
from gongkai.agencies.bodies import Agency, Department
from gongkai.agencies.desk.forms import day_field, take_errors
from gongkai.agencies.officers import Officer
from gongkai.agencies.roles import Role
from gongkai.agencies.tokens import ApiToken, TokenAct
from gongkai.ledger import timeline

_USUAL = timedelta(days=365)


def _callback_field() -> forms.URLField:
    return forms.URLField(
        label="回告地址",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="审核、发布有进展时通知这个地址；不需要的不填。",
        error_messages={"invalid": "请填写以 http 或 https 开头的完整网址。"},
    )


def _officer_field() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        Officer.objects.none(),
        label="承办人",
        empty_label="（请选择）",
        help_text="撰稿人或公开经办人。送来的草稿出现在其工作台，由其核对、送审。",
        error_messages={"required": "请选择承办人。", "invalid_choice": "请从列出的人员中选择。"},
    )


def _drafters(agency: Agency) -> QuerySet[Officer]:
    """Who may answer for drafts; the action looks at department and dates."""
    return agency.officers.filter(is_active=True, appointments__role__in=actions.DRAFTERS).distinct()


class TokenForm(forms.Form):
    """A new token."""

    name = forms.CharField(label="系统名称", max_length=60, help_text="如：市城管委 OA。")
    acts = forms.MultipleChoiceField(
        label="可以做什么",
        choices=TokenAct.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[act.value for act in TokenAct],
        error_messages={"required": "请选择这个系统可以做什么。"},
    )
    department = forms.ModelChoiceField(
        Department.objects.none(), label="限于处室", required=False, empty_label="（全机关）"
    )
    officer = _officer_field()
    expires_on = day_field("有效期至")
    callback_url = _callback_field()

    def __init__(self, agency: Agency, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = agency.departments.filter(abolished_on=None)  # type: ignore[attr-defined]
        self.fields["officer"].queryset = _drafters(agency)  # type: ignore[attr-defined]


class ChangeForm(forms.Form):
    """Who answers for it, and where it is told."""

    officer = _officer_field()
    callback_url = _callback_field()

    def __init__(self, agency: Agency, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = _drafters(agency)  # type: ignore[attr-defined]


@never_cache
@desk_view(Role.ADMIN)
def tokens(request: HttpRequest) -> HttpResponse:
    """All tokens; a new one, which is shown on the page that answers and never again."""
    admin = cast(Officer, request.user)
    usual = {"expires_on": timezone.localdate() + _USUAL}
    form = TokenForm(admin.agency, request.POST or None, initial=usual)
    issued: tuple[ApiToken, str] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            issued = actions.issue(agency=admin.agency, by=admin, **form.cleaned_data)
            form = TokenForm(admin.agency, initial=usual)
        except ValidationError as error:
            take_errors(form, error)
    today = timezone.localdate()
    rows = [{"token": one, "state": one.state(today)} for one in queries.access_tokens(admin)]
    return render(request, "agencies/tokens.html", {"rows": rows, "form": form, "issued": issued})


@never_cache
@desk_view(Role.ADMIN)
def token(request: HttpRequest, pk: int) -> HttpResponse:
    """One token: change it, look at its signing key, revoke it; what was done with it."""
    admin = cast(Officer, request.user)
    one = queries.access_tokens(admin).filter(pk=pk).first()
    if one is None:
        raise Http404("没有这个令牌。")
    act = request.POST.get("act", "") if request.method == "POST" else ""
    initial = {"officer": one.officer, "callback_url": one.callback_url}
    form = ChangeForm(one.agency, request.POST if act == "change" else None, initial=initial)
    secret = actions.show_secret(one, by=admin) if act == "secret" else ""
    if act == "revoke":
        actions.revoke(one, by=admin)
        messages.success(request, "已作废，立即生效。")
        return redirect("staff:token", one.pk)
    if act == "change" and form.is_valid() and _changed(request, one, admin, form):
        return redirect("staff:token", one.pk)
    context = {
        "token": one,
        "state": one.state(timezone.localdate()),
        "usable": one.usable(timezone.localdate()),
        "form": form,
        "secret": secret,
        "timeline": timeline.of(one.ref())[::-1][:50],
    }
    return render(request, "agencies/token.html", context)


def _changed(request: HttpRequest, one: ApiToken, admin: Officer, form: ChangeForm) -> bool:
    try:
        actions.change(one, by=admin, **form.cleaned_data)
    except ValidationError as error:
        take_errors(form, error)
        return False
    messages.success(request, "已保存。")
    return True
