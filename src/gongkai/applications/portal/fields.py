"""What the public types into our forms: read leniently, refused in words that say what to do."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from gongkai.texts import contacts
from gongkai.texts.contacts import InvalidContact
from gongkai.texts.credentials import CredentialKind

PERSONAL_PAPERS = [(kind.value, kind.label) for kind in CredentialKind if not kind.of_organisation]


class Line(forms.CharField):
    """One line of text; how much was typed too much is said in Chinese."""

    def __init__(self, label: str, *, longest: int, missing: str = "", **options: Any) -> None:
        attrs = options.pop("attrs", {})
        super().__init__(label=label, max_length=longest, widget=forms.TextInput(attrs), **options)
        self.error_messages["required"] = missing or f"请填写{label}。"
        self.error_messages["max_length"] = "最多%(limit_value)d个字，现在是%(show_value)d个字，请精简。"


class Words(forms.CharField):
    """Several lines of text."""

    def __init__(self, label: str, *, longest: int, rows: int = 3, missing: str = "", **options: Any) -> None:
        attrs = {"rows": rows} | options.pop("attrs", {})
        super().__init__(label=label, max_length=longest, widget=forms.Textarea(attrs), **options)
        self.error_messages["required"] = missing or f"请填写{label}。"
        self.error_messages["max_length"] = "最多%(limit_value)d个字，现在是%(show_value)d个字，请精简。"


class Choice(forms.ChoiceField):
    """One of several, as buttons to tick where there are few."""

    def __init__(self, label: str, choices: Any, *, buttons: bool = False, **options: Any) -> None:
        widget = forms.RadioSelect if buttons else forms.Select
        super().__init__(label=label, choices=choices, widget=widget, **options)
        self.error_messages["required"] = f"请选择{label}。"
        self.error_messages["invalid_choice"] = f"请在列出的选项中选择{label}。"


class Reached(Line):
    """A way to reach somebody, normalised by one of ``texts.contacts``."""

    def __init__(self, label: str, read: Callable[[str], str], **options: Any) -> None:
        super().__init__(label, longest=options.pop("longest", 254), **options)
        self._read = read

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if not text:
            return ""
        try:
            return self._read(text)
        except InvalidContact as problem:
            raise ValidationError(f"{problem}。") from None


def phone(label: str = "联系电话", **options: Any) -> Reached:
    attrs = {"inputmode": "tel", "autocomplete": "tel"} | options.pop("attrs", {})
    return Reached(label, contacts.phone, longest=60, attrs=attrs, **options)


def email(**options: Any) -> Reached:
    attrs = {"inputmode": "email", "autocomplete": "email", "autocapitalize": "off", "spellcheck": "false"}
    return Reached("电子邮箱", contacts.email, attrs=attrs, **options)


def postcode(**options: Any) -> Reached:
    attrs = {"inputmode": "numeric", "autocomplete": "postal-code"}
    return Reached("邮政编码", contacts.postcode, longest=12, attrs=attrs, **options)
