"""Signing in and out: password, second factor 动态口令, lockout, one's own account."""

from typing import Any, cast

import segno
from axes.helpers import get_cool_off
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django_otp import login as otp_login
from django_otp.plugins.otp_totp.models import TOTPDevice

from gongkai.agencies import ledger_kinds as kinds
from gongkai.agencies.access import SECOND_FACTOR_DUE, desk_view
from gongkai.agencies.actions import people
from gongkai.agencies.officers import Officer
from gongkai.ledger.recording import record
from gongkai.ledger.refs import Ref


class SignInForm(forms.Form):
    """Username and password."""

    username = forms.CharField(
        label="用户名", max_length=40, widget=forms.TextInput({"autocomplete": "username", "autofocus": True})
    )
    password = forms.CharField(label="密码", widget=forms.PasswordInput({"autocomplete": "current-password"}))


class TokenForm(forms.Form):
    """Six digits of the second factor."""

    token = forms.RegexField(
        r"^\s*\d{6}\s*$",
        label="动态口令",
        help_text="手机验证器应用上显示的6位数字。",
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
        error_messages={"invalid": "动态口令是6位数字。"},
    )


class PasswordForm(forms.Form):
    """The present password and the new one twice."""

    present = forms.CharField(label="现在的密码", widget=forms.PasswordInput({"autocomplete": "current-password"}))
    new = forms.CharField(
        label="新密码",
        help_text="至少10个字符，不能全是数字，不要用常见密码。",
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(label="再输入一次新密码", widget=forms.PasswordInput({"autocomplete": "new-password"}))

    def __init__(self, officer: Officer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officer = officer

    def clean_present(self) -> str:
        """The present password must be right: an unattended screen is not enough to take an account over."""
        present: str = self.cleaned_data["present"]
        if not self.officer.check_password(present):
            raise ValidationError("现在的密码不对。")
        return present

    def clean_again(self) -> str:
        """Both must agree."""
        again: str = self.cleaned_data["again"]
        if self.cleaned_data.get("new") not in (None, again):
            raise ValidationError("两次输入的新密码不一致。")
        return again


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The way in. A wrong name and a wrong password read the same; too many tries lock for a while."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = authenticate(request, **form.cleaned_data)
        if isinstance(user, Officer):
            return _enter(request, user)
        form.add_error(None, "用户名或密码不对，请核对后再试。忘记密码的，请联系本单位系统管理员重置。")
    return render(request, "agencies/sign_in.html", {"form": form, "next": request.GET.get("next", "")})


def _enter(request: HttpRequest, officer: Officer) -> HttpResponse:
    login(request, officer)
    request.session[SECOND_FACTOR_DUE] = _device(officer) is not None
    with transaction.atomic():
        record(kinds.SIGNED_IN, by=officer, subject=officer, agency=officer.agency)
    return HttpResponseRedirect(_onward(request))


def locked_out(
    request: HttpRequest, credentials: dict[str, Any] | None = None, *args: Any, **kwargs: Any
) -> HttpResponse:
    """What is said after too many wrong tries: why, for how long, and whom to ask."""
    username = str((credentials or {}).get("username") or request.POST.get("username") or "")
    officer = Officer.objects.filter(username=username).select_related("agency").first()
    if officer is not None:
        with transaction.atomic():
            record(kinds.LOCKED_OUT, by=Ref("visitor", "", "登录页"), subject=officer, agency=officer.agency)
    wait = get_cool_off(request)
    minutes = max(1, round(wait.total_seconds() / 60)) if wait else 15
    return render(request, "agencies/locked_out.html", {"minutes": minutes}, status=429)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """The way out."""
    user = request.user
    if isinstance(user, Officer):
        with transaction.atomic():
            record(kinds.SIGNED_OUT, by=user, subject=user, agency=user.agency)
    logout(request)
    return redirect("staff:sign_in")


@never_cache
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor, or set one up when there is none yet."""
    officer = request.user
    if not isinstance(officer, Officer):
        return redirect("staff:sign_in")
    device = _device(officer)
    new = device is None
    if device is None:
        device, _ = TOTPDevice.objects.get_or_create(user=officer, confirmed=False, defaults={"name": "验证器"})
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if device.verify_token(form.cleaned_data["token"].strip()):
            _verified(request, officer, device, new=new)
            return HttpResponseRedirect(_onward(request))
        form.add_error("token", "动态口令不对。请核对手机时间是否准确，等下一个口令出现再试。")
    context = {"form": form, "new": new, "next": request.GET.get("next", ""), "optional": new and not _required()}
    if new:
        context |= {"qr": _qr(device.config_url), "secret": device.config_url.split("secret=")[1].split("&")[0]}
    return render(request, "agencies/second_factor.html", context)


def _verified(request: HttpRequest, officer: Officer, device: TOTPDevice, *, new: bool) -> None:
    with transaction.atomic():
        if new:
            device.confirmed = True
            device.save(update_fields=["confirmed"])
            record(kinds.TOTP_CHANGED, by=officer, subject=officer, agency=officer.agency, note="启用")
    otp_login(request, device)
    request.session[SECOND_FACTOR_DUE] = False


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; other sessions end, this one goes on."""
    officer = request.user
    if not isinstance(officer, Officer):
        return redirect("staff:sign_in")
    form = PasswordForm(officer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            people.change_password(officer, password=form.cleaned_data["new"], by=officer)
        except ValidationError as error:
            form.add_error("new", error)
        else:
            update_session_auth_hash(request, officer)
            messages.success(request, "密码已修改，其他地方的登录已全部退出。")
            return redirect("desk:tasks")
    return render(request, "agencies/password.html", {"form": form, "forced": officer.must_change_password})


@desk_view()
def me(request: HttpRequest) -> HttpResponse:
    """One's own account: roles, password, second factor."""
    officer = cast(Officer, request.user)
    if request.method == "POST" and request.POST.get("act") == "drop_second_factor":
        return _drop_second_factor(request, officer)
    appointments = officer.appointments.select_related("department")
    context = {"officer": officer, "appointments": appointments, "device": _device(officer), "required": _required()}
    return render(request, "agencies/me.html", context)


def _drop_second_factor(request: HttpRequest, officer: Officer) -> HttpResponse:
    if _required():
        messages.error(request, "本平台要求使用动态口令，不能停用。")
        return redirect("staff:me")
    with transaction.atomic():
        TOTPDevice.objects.filter(user=officer).delete()
        record(kinds.TOTP_CHANGED, by=officer, subject=officer, agency=officer.agency, note="停用")
    request.session[SECOND_FACTOR_DUE] = False
    messages.success(request, "已停用动态口令。")
    return redirect("staff:me")


def _device(officer: Officer) -> TOTPDevice | None:
    return cast("TOTPDevice | None", TOTPDevice.objects.filter(user=officer, confirmed=True).first())


def _required() -> bool:
    return bool(settings.GONGKAI_REQUIRE_TOTP)


def _qr(text: str) -> str:
    """A QR code as an SVG data address."""
    return str(segno.make(text).svg_data_uri(scale=5))


def _onward(request: HttpRequest) -> str:
    """Where the person wanted to go, if that is on this host; else the tasks."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return reverse("desk:tasks")
