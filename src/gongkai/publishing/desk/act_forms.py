"""Forms made from what an event asks: one field per ``Asked``, values as the engine wants them."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from gongkai.agencies.officers import Officer
from gongkai.catalog.documents import Document
from gongkai.procedures.tables import Asked, Attempt, Event
from gongkai.publishing.desk import document_picker

_SECOND = "%Y-%m-%dT%H:%M:%S"
_WRONG_TIME = "请填写日期和时间，如 2026-11-23 09:00:00。"
_WRONG_DATE = "请填写日期，如 2026-11-23。"
_MOST = 1_000_000  # pieces or pages: what is more is a slip of the hand


class ActForm(forms.Form):
    """The facts an event asks for. Field names carry the event's key, so that several stand on one page; where several
    subjects do, ``prefix`` keeps them apart."""

    use_required_attribute = False  # what is missing is said in our words, together with everything else

    def __init__(self, attempt: Attempt, data: Mapping[str, Any] | None = None, *, prefix: str = "") -> None:
        self.event: Event = attempt.event
        super().__init__(data, prefix=f"{prefix}{attempt.event.key}", label_suffix="")
        for asked in self.event.asks:
            self.fields[asked.key] = _field(asked, attempt)

    @property
    def given(self) -> dict[str, Any]:
        """What was given, for ``engine.fire``; fields left empty are left out. Call after ``is_valid``."""
        return {key: value for key, value in self.cleaned_data.items() if value not in (None, "")}


def _field(asked: Asked, attempt: Attempt) -> forms.Field:
    common: dict[str, Any] = {"label": asked.label, "required": asked.required, "help_text": asked.help}
    common["initial"] = asked.initial(attempt) if asked.initial else None
    missing = {"required": f"请填写“{asked.label}”。"}
    if asked.kind == "checkbox":
        field: forms.Field = forms.BooleanField(error_messages=missing, **common)
    elif asked.kind == "choice":
        options = asked.choices(attempt) if asked.choices else []
        field = forms.ChoiceField(
            choices=options,
            widget=forms.RadioSelect,
            error_messages=missing | {"invalid_choice": "请从列出的选项中选择。"},
            **common,
        )
    elif asked.kind == "datetime":
        moment = forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}, format=_SECOND)
        field = forms.DateTimeField(widget=moment, error_messages=missing | {"invalid": _WRONG_TIME}, **common)
    elif asked.kind == "date":
        day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        field = forms.DateField(widget=day, error_messages=missing | {"invalid": _WRONG_DATE}, **common)
    elif asked.kind == "document":
        if not isinstance(attempt.actor, Officer):
            raise TypeError("documents are picked by officers")
        field = DocumentField(attempt.actor, error_messages=missing, **common)
    elif asked.kind == "number":
        wrong = dict.fromkeys(("invalid", "min_value", "max_value"), f"“{asked.label}”请填写数字，如 12。")
        field = forms.IntegerField(min_value=0, max_value=_MOST, error_messages=missing | wrong, **common)
    elif asked.kind == "line":
        field = forms.CharField(max_length=500, error_messages=missing, **common)
    else:
        long = forms.Textarea(attrs={"rows": 3})
        field = forms.CharField(widget=long, max_length=2000, error_messages=missing, **common)
    return field


class DocumentField(forms.Field):
    """A public document, by its 索引号 or words of its title; several matches are offered to choose from."""

    widget: Any

    def __init__(self, officer: Officer, **kwargs: Any) -> None:
        super().__init__(widget=document_picker.PickerWidget(), **kwargs)
        self.officer = officer

    def clean(self, value: Any) -> Document | None:
        chosen, text = value or ("", "")
        try:
            found = document_picker.resolve(self.officer, chosen, text)
            self.validate(found)
            return found
        except document_picker.Unclear as several:
            self.widget.offered = several.options
            raise ValidationError(str(several)) from several
