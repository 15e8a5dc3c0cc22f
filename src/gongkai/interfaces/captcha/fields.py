"""The captcha as a form field: solved by the browser where there is a script, by answering a question in words
otherwise.

    class ApplicationForm(forms.Form):
        captcha = CaptchaField()

    form = ApplicationForm(request.POST or None)
    form.fields["captcha"].for_request(request)   # limits per address
    if form.is_valid():
        with transaction.atomic():
            form.cleaned_data["captcha"].spend()  # raises AlreadyUsed

When other fields are wrong the form is shown again with the same challenge and its solution: nobody answers twice.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from gongkai.interfaces.captcha import challenge as challenges
from gongkai.interfaces.captcha.challenge import Challenge, Stale
from gongkai.interfaces.captcha.spending import spend, spent
from gongkai.interfaces.limits import client_address, demand_room
from gongkai.interfaces.problems import Problem

_ANSWERS_PER_MINUTE = 10
_EXPIRED = "验证已过期，请回答新的问题。"


class AlreadyUsed(ValidationError):
    """The challenge served another submission."""

    def __init__(self) -> None:
        super().__init__(_EXPIRED)


@dataclass(frozen=True)
class Solved:
    """A challenge that was solved and not used yet."""

    challenge: Challenge

    def spend(self) -> None:
        """Use it, in the transaction of what it guards; raises AlreadyUsed."""
        if not spend(self.challenge):
            raise AlreadyUsed


@dataclass(frozen=True)
class Sent:
    """What the form carried."""

    token: str = ""
    counter: str = ""
    answer: str = ""


class CaptchaWidget(forms.Widget):
    """Question, answer, and what the script needs to do the work instead."""

    template_name = "interfaces/captcha.html"
    challenge: Challenge | None = None

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Sent:
        return Sent(*(str(data.get(f"{name}{part}", "")) for part in ("-token", "-work", "")))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}-token" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        kept = self._kept(value)
        challenge = kept or challenges.new(settings.GONGKAI_CAPTCHA_BITS)
        solution = value if kept and isinstance(value, Sent) else Sent()
        return context | {"challenge": challenge, "solution": solution}

    def _kept(self, value: Any) -> Challenge | None:
        """The challenge that was sent, as long as it can still be solved or is."""
        try:
            challenge = challenges.read(value.token) if isinstance(value, Sent) else None
        except Stale:
            return None
        return None if challenge is None or spent(challenge) else challenge


class CaptchaField(forms.Field):
    """Cleans to ``Solved``. A wrong answer uses the challenge up: there is no trying through."""

    widget = CaptchaWidget
    _request: HttpRequest | None = None

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"label": "验证问题", "help_text": "用来防止程序自动提交，请用数字回答。", **options})

    def for_request(self, request: HttpRequest) -> None:
        """Whose request it is; answers are counted by address."""
        self._request = request

    def clean(self, value: Any) -> Solved:
        sent = value if isinstance(value, Sent) else Sent()
        try:
            challenge = challenges.read(sent.token)
        except Stale:
            raise ValidationError(_EXPIRED, code="expired") from None
        if spent(challenge):
            raise ValidationError(_EXPIRED, code="expired")
        if sent.counter and challenge.worked(sent.counter):
            return Solved(challenge)
        if not sent.answer.strip():
            raise ValidationError("请回答验证问题。", code="required")
        self._count()
        if not challenge.answered(sent.answer):
            spend(challenge)
            raise ValidationError("回答不对，请回答新的问题。", code="wrong")
        return Solved(challenge)

    def _count(self) -> None:
        if self._request is None:
            raise AssertionError("call for_request before the form is validated")
        try:
            demand_room(
                self._request, group="captcha", whose=client_address(self._request), per_minute=_ANSWERS_PER_MINUTE
            )
        except Problem as problem:
            raise ValidationError(f"回答得太频繁。{problem.detail}", code="limit") from None
