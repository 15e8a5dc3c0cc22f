"""Forms of the drafting desk. What is wrong with a value is said at its field; the other values are saved."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError

from gongkai.agencies.bodies import Department
from gongkai.agencies.officers import Officer
from gongkai.agencies.roles import Role
from gongkai.catalog import header
from gongkai.catalog.doctypes import DocumentType
from gongkai.catalog.documents import Topic
from gongkai.catalog.editions import Disclosure, Edition
from gongkai.catalog.links import LinkKind
from gongkai.law import articles
from gongkai.publishing.incoming import READABLE
from gongkai.texts import dates, docnumbers

_CHOOSE = "（请选择）"
_ASKS_CHOICE = {"invalid_choice": "请从列出的选项中选择。"}
_LONG_FIELDS = {"summary": 4, "title": 2}
SUMMARY_CHARACTERS = 200  # what a list and a shared link still show; longer ones are allowed
DESK_FILES, PUBLIC_FILES = "/desk/files/", "/files/"


def ground_choices() -> list[tuple[str, str]]:
    """Grounds for not disclosing, each with its article."""
    return [(one.key, f"{one.label}（第{one.article}条）") for one in articles.GROUNDS]


class DayField(forms.DateField):
    """A day from a date input, or typed in any official way."""

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return value or None
        try:
            return dates.parse_date(str(value))
        except dates.InvalidDate as error:
            raise ValidationError(str(error)) from None


class NumberField(forms.CharField):
    """A 发文字号, brought into its official form."""

    def clean(self, value: Any) -> str:
        written: str = super().clean(value)
        if not written:
            return ""
        try:
            return str(docnumbers.parse(written))
        except docnumbers.InvalidDocumentNumber as error:
            raise ValidationError(str(error)) from None


class DraftForm(forms.Form):
    """Header, disclosure and body of a draft, as its type declares them.

    Nothing is demanded here: a draft is saved incomplete, and the checks say what is missing before it is handed in.
    """

    use_required_attribute = False

    def __init__(self, edition: Edition, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data if data is not None else values_of(edition), label_suffix="", auto_id="%s")
        self.edition = edition
        self.kind = edition.document.type_info
        if edition.number > 1:
            self.fields["change_note"] = forms.CharField(
                label="修改说明",
                required=False,
                max_length=500,
                widget=forms.Textarea({"rows": 2}),
                help_text="改了什么，为什么。公众在历次版本中看到。",
            )
        for key in self.kind.fields:
            self.fields[key] = _header_field(header.BY_KEY[key], self.kind, edition)
        self.fields |= _disclosure_fields()
        self.fields["body"] = forms.CharField(label="正文", required=False, strip=False, widget=forms.Textarea)

    def facts(self) -> dict[str, Any]:
        """What may be saved: values that were sent and can be. Call after ``is_valid``, whatever it said."""
        given = {key: value for key, value in self.cleaned_data.items() if key in self.data}
        if "title" in given:
            given["title"] = "".join(given["title"].splitlines()).strip()
        if "keywords" in given:
            given["keywords"] = " ".join(given["keywords"].replace("，", " ").replace("、", " ").split())
        if "body" in given:
            given["body"] = to_public(given["body"])
        if given.get("disclosure") == Disclosure.PROACTIVE:
            given["ground"] = ""
        if not given.get("disclosure", "kept"):
            del given["disclosure"]
        return given

    def problems(self) -> dict[str, str]:
        """What is wrong, by field."""
        return {key: "；".join(str(one) for one in told) for key, told in self.errors.items()}

    def rejected(self) -> dict[str, str]:
        """The values as typed that could not be saved, for the next time the page is opened."""
        return {key: str(self.data.get(key, "")) for key in self.errors if key in self.fields}

    def for_display(self) -> "DraftForm":
        """Marks what the type demands; only after the values were read, since drafts are saved without it."""
        if not self.is_bound:
            raise ValueError("a draft's form always shows values")
        self.is_valid()
        for key, field in self.fields.items():
            field.required = key in self.kind.required or key in {"change_note", "disclosure", "ground"}
        return self


def values_of(edition: Edition) -> dict[str, str]:
    """The draft as its form would be sent."""
    values = {key: _as_sent(getattr(edition, key)) for key in (*header.BY_KEY, "disclosure", "ground", "ground_note")}
    return values | {"change_note": edition.change_note, "body": to_desk(edition.body)}


def to_desk(body: str) -> str:
    """Body for the editor: a draft's pictures have no public address yet, so they are shown from the desk's."""
    return body.replace(f'src="{PUBLIC_FILES}', f'src="{DESK_FILES}').replace(
        f'href="{PUBLIC_FILES}', f'href="{DESK_FILES}'
    )


def to_public(body: str) -> str:
    """Body from the editor, with the addresses under which it is kept."""
    for quote in ('"', "'"):
        for name in ("src", "href"):
            body = body.replace(f"{name}={quote}{DESK_FILES}", f"{name}={quote}{PUBLIC_FILES}")
    return body


class NewForm(forms.Form):
    """A new document: whose it is, whether it is to be disclosed, and the text to begin with, if there is one."""

    use_required_attribute = False
    once = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput)
    department = forms.ModelChoiceField(
        Department.objects.none(), label="处室", required=False, empty_label="（不属于处室）"
    )
    title = forms.CharField(
        label="标题", required=False, max_length=300, help_text="可以不填：读入文件时取文件中的标题。"
    )
    file = forms.FileField(
        label="Word 等文件",
        required=False,
        widget=forms.ClearableFileInput({"accept": ",".join(READABLE)}),
        help_text="支持 .docx、.html、.txt、.md。修订痕迹、批注、隐藏文字不会带入正文，读入后逐项列出。",
        error_messages={"empty": "文件是空的（0 字节）。请检查原文件后重新选择。"},
    )
    pasted = forms.CharField(
        label="粘贴正文",
        required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text="从 Word、WPS 或网页复制后粘贴在这里。",
    )

    def __init__(self, officer: Officer, kind: DocumentType, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, label_suffix="", auto_id="%s")
        departments = officer.agency.departments.filter(abolished_on=None)
        allowed = _departments_to_draft_for(officer)
        field = self.fields["department"]
        if allowed is not None:
            departments = departments.filter(pk__in=allowed)
            field.required, field.empty_label = True, None  # type: ignore[attr-defined]
        field.queryset = departments  # type: ignore[attr-defined]
        if officer.department_id and departments.filter(pk=officer.department_id).exists():
            self.initial.setdefault("department", officer.department_id)
        elif field.required and (first := departments.first()):
            self.initial.setdefault("department", first.pk)
        self.fields |= _disclosure_fields()
        self.fields["disclosure"].required = True
        self.initial.setdefault("disclosure", Disclosure.PROACTIVE.value)
        self.order_fields(["department", "disclosure", "ground", "ground_note", "title", "file", "pasted"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("file") and (values.get("pasted") or "").strip():
            self.add_error("pasted", "已选择文件，又粘贴了正文：请只用其中一种。")
        if values.get("disclosure") in {Disclosure.WITHHELD, Disclosure.ON_APPLICATION} and not values.get("ground"):
            self.add_error("ground", "不主动公开的，请选择依据（条例第十四、十五、十六条）。")
        return values

    def for_display(self) -> "NewForm":
        """Shows the ground as demanded; whether it is, depends on the choice above it."""
        self.is_valid()  # judged before: the form itself does not demand it
        self.fields["ground"].required = True
        return self

    def facts(self) -> dict[str, Any]:
        """Header values to begin with."""
        values = self.cleaned_data
        withheld = values["disclosure"] != Disclosure.PROACTIVE
        return {
            "title": " ".join(values["title"].split()),
            "disclosure": values["disclosure"],
            "ground": values["ground"] if withheld else "",
            "ground_note": values["ground_note"] if withheld else "",
        }


class LinkForm(forms.Form):
    """One typed link: to a document found here, or outside with name and address."""

    use_required_attribute = False
    kind = forms.ChoiceField(label="关系", choices=LinkKind.choices, error_messages=_ASKS_CHOICE)
    words = forms.CharField(label="本平台的文件", required=False, max_length=200)
    target = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label="站外文件名称", required=False, max_length=300)
    url = forms.URLField(
        label="网址",
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": "请填写完整网址，如 https://www.gov.cn/……"},
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, label_suffix="", auto_id="link-%s")


class TopicsForm(forms.Form):
    """The agency's topics this document belongs to."""

    topics = forms.ModelMultipleChoiceField(
        Topic.objects.none(), label="专题", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, edition: Edition, data: Mapping[str, Any] | None = None) -> None:
        initial = None if data is not None else {"topics": edition.document.topics.all()}
        super().__init__(data, initial=initial, label_suffix="", auto_id="%s")
        self.fields["topics"].queryset = edition.document.agency.topics.all()  # type: ignore[attr-defined]


def _departments_to_draft_for(officer: Officer) -> set[int] | None:
    """Departments the officer may set documents up for; None: the whole agency."""
    if Role.DISCLOSURE_OFFICER in officer.roles:
        return None
    return officer.departments_as(Role.DRAFTER)


def _header_field(one: header.HeaderField, kind: DocumentType, edition: Edition) -> forms.Field:
    common: dict[str, Any] = {"label": one.label, "required": False, "help_text": one.help}
    if one.kind == "date":
        return DayField(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **common)
    if one.kind == "choice":
        options = header.SUBJECTS if one.key == "subject" else kind.genres
        present = str(getattr(edition, one.key))
        more = [present] if present and present not in options else []
        choices = [("", _CHOOSE), *((value, value) for value in (*options, *more))]
        return forms.ChoiceField(choices=choices, error_messages=_ASKS_CHOICE, **common)
    limit = getattr(Edition._meta.get_field(one.key), "max_length", None) or 2000
    if one.key == "document_number":
        return NumberField(max_length=limit, **common)
    if one.key in _LONG_FIELDS:
        attrs: dict[str, Any] = {"rows": _LONG_FIELDS[one.key]}
        if one.key == "summary":
            attrs["data-count"] = SUMMARY_CHARACTERS
        return forms.CharField(max_length=limit, widget=forms.Textarea(attrs), **common)
    return forms.CharField(max_length=limit, **common)


def _disclosure_fields() -> dict[str, forms.Field]:
    return {
        "disclosure": forms.ChoiceField(
            label="公开属性",
            required=False,
            choices=Disclosure.choices,
            widget=forms.RadioSelect,
            error_messages=_ASKS_CHOICE,
        ),
        "ground": forms.ChoiceField(
            label="不予公开依据",
            required=False,
            choices=[("", _CHOOSE), *ground_choices()],
            help_text="不主动公开的须有依据。",
            error_messages=_ASKS_CHOICE,
        ),
        "ground_note": forms.CharField(label="不予公开说明", required=False, max_length=300),
    }


def _as_sent(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")
